#!/bin/sh
# Tool: git 2.39.5
# Behaviour: git merge-file ends with 255 for a file that it cannot merge because it is binary, and --quiet takes the only line that says so.
# Expected: -q is documented to silence warnings about conflicts; an error keeps its message.
# Matters: a script that merges file by file must tell "binary, a person decides" from "the disk is full", and both are 255: with -q nothing
#   tells them apart. Leave -q out for the call whose error counts.
# Seen:
#   git merge-file -p ours base theirs      rc 255, error: Cannot merge binary files: ours
#   git merge-file -q -p ours base theirs   rc 255, nothing
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C
git --version

for file in base ours theirs; do printf 'a\n\0%s\n' "$file" >"$file"; done
merged() { # merged OPTION…: the exit status, and what is said
  code=0
  git merge-file "$@" -p ours base theirs >merged 2>said || code=$?
  echo "rc $code, $(cat said)"
}
plain=$(merged)
quiet=$(merged -q)
echo "plain: $plain"
echo "quiet: $quiet"
[ "$plain" = "rc 255, error: Cannot merge binary files: ours" ] || changed "without -q it says: $plain"
[ "$quiet" = "rc 255, " ] || changed "with -q it says: $quiet"

echo "as described"
