#!/bin/sh
# Tool: git 2.39.5
# Behaviour: the patch id of `git diff-tree -R A B` is not that of `git diff-tree B A`, though both are the reverse of one change.
# Expected: -R swaps the two sides, so both print one change and have one patch id.
# Matters: whoever looks for a revert by its content, and asks for the reverse of a commit with -R, finds none. -R swaps the prefixes a/ and b/
#   too, and patch-id hashes them: swap the trees, or say --src-prefix=b/ --dst-prefix=a/ beside -R.
# Seen:
#   B A                                       349dc4fc…
#   -R A B                                    580eeb15…
#   -R --src-prefix=b/ --dst-prefix=a/ A B    349dc4fc…
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
git --version

git init -q -b main repository
cd repository
printf '1\n2\n3\n' >file
git add file
git commit -q -m one
printf '1\nx\n3\n' >file
git commit -q -a -m two

id() { git diff-tree -p "$@" | git patch-id --stable | cut -d ' ' -f 1; }
swapped=$(id HEAD HEAD~)
reversed=$(id -R HEAD~ HEAD)
prefixed=$(id -R --src-prefix=b/ --dst-prefix=a/ HEAD~ HEAD)
echo "swapped trees: $swapped"
echo "-R:            $reversed"
echo "-R, prefixes:  $prefixed"
[ "$swapped" != "$reversed" ] || changed "-R has the patch id of the swapped trees"
[ "$swapped" = "$prefixed" ] || changed "prefixes do not help"

echo "as described"
