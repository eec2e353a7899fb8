#!/bin/sh
# Tool: git 2.39.5
# Behaviour: git rev-parse --verify accepts any 40 hexadecimal digits, whether there is such an object or not. With ^{commit} behind
#   them it asks the repository.
# Expected: a command called "verify" fails for an object that does not exist.
# Matters: a pipeline that takes a commit as an input checks it in this way, and fails (or deploys something else) later.
# Seen:
#   git rev-parse --verify 1111…            rc 0
#   git rev-parse --verify 1111…^{commit}   rc 128 (fatal: Needed a single revision)
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

# Nothing of the person who runs this is read: no identity, no settings.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
git --version

git init -q -b main repository
cd repository
git commit -q --allow-empty -m base
nobody=1111111111111111111111111111111111111111

git rev-parse --verify "$nobody" || changed "a commit that does not exist is refused"
if git rev-parse --verify "$nobody^{commit}"; then changed "it is accepted with ^{commit} too"; fi
if git cat-file -e "$nobody"; then changed "the object exists"; fi

echo "as described"
