#!/bin/sh
# Tool: mawk 1.3.4 20200120 (Debian's awk) beside gawk
# Behaviour: a whole number above 2147483647 is printed with six digits, and printf "%d" prints 2147483647 for every one of them.
# Expected: POSIX has print write a whole number as by "%d"; numbers are doubles, and whole up to 2^53.
# Matters: a release script that counts up calendar versions (20260101001) or run ids with awk makes the same name for all of them on Debian
#   and Ubuntu, and the right one where awk is another program. printf "%.0f" is right in all.
# Seen:
#   mawk print 20260101001 + 1            2.02601e+10
#   mawk printf "%d", 20260101001 + 1     2147483647
#   mawk printf "%.0f", 20260101001 + 1   20260101002
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v mawk >/dev/null || { echo "mawk is missing" >&2; exit 2; }
dpkg-query -W mawk 2>/dev/null || true

printed=$(mawk 'BEGIN { print 20260101001 + 1 }')
as_d=$(mawk 'BEGIN { printf "%d", 20260101001 + 1 }')
as_f=$(mawk 'BEGIN { printf "%.0f", 20260101001 + 1 }')
below=$(mawk 'BEGIN { print 2147483646 + 1 }')
echo "print: $printed, %d: $as_d, %.0f: $as_f, 2147483646 + 1: $below"
[ "$printed" = 2.02601e+10 ] || changed "print writes all digits"
[ "$as_d" = 2147483647 ] || changed "%d writes the number"
[ "$as_f" = 20260101002 ] || changed "%.0f does not write the number"
[ "$below" = 2147483647 ] || changed "smaller numbers are not written as they are"
if command -v gawk >/dev/null; then
  gawk=$(gawk 'BEGIN { print 20260101001 + 1 }')
  echo "gawk print: $gawk"
  [ "$gawk" = 20260101002 ] || changed "gawk does not write all digits"
fi

echo "as described"
