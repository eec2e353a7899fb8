#!/bin/sh
# Tool: dash 0.5.12
# Behaviour: dash -n finds nothing wrong with expansions that dash cannot do. They end the script when they are reached. (bash can do
#   them; mvdan.cc/sh, told to read POSIX, and shellcheck --shell=sh both name them.)
# Expected: the check of a shell's own syntax refuses what that shell cannot run.
# Matters: a script that is checked with sh -n in CI dies half way, at the one branch that nobody took before.
# Seen:
#   dash -n: rc 0
#   dash script: before, script: 2: Bad substitution, rc 2
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v dash >/dev/null || { echo "dash is missing" >&2; exit 2; }
dpkg-query -W dash 2>/dev/null || true

# shellcheck disable=SC2016 # what stands there is the program
printf '%s\n' 'echo before' 'echo ${1//a/b}' 'echo after' >script
dash -n script || changed "dash -n refuses the script"
printed=$(dash script x 2>&1) && changed "dash does the expansion"
echo "$printed"
[ "${printed#*before}" != "$printed" ] || changed "dash refuses the script before it runs"
[ "${printed#*Bad substitution}" != "$printed" ] || changed "dash stops for another reason"

echo "as described"
