#!/bin/sh
# Tool: git 2.39.5
# Behaviour: in a partial clone git ls-tree --long, which prints the sizes of files, fetches each of them, one after the other.
# Expected: one request for all, as git checkout and git diff make it.
# Matters: git-lfs asks so for the files that it keeps. A checkout that fetches from Git LFS first is a request for each file of the repository.
# Seen:
#   fetches: 3
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
for n in 1 2 3; do echo "$n" >"repository/file$n"; done
git -C repository add .
git -C repository commit -q -m all
git -C repository config uploadpack.allowFilter true
git -C repository config uploadpack.allowAnySHA1InWant true
git clone -q --no-checkout --filter=blob:none "file://$tmp/repository" partial
cd partial

GIT_TRACE="$tmp/trace" git ls-tree -r --long HEAD >/dev/null
fetches=$(grep -c 'run_command: git .*fetch' "$tmp/trace") || true
echo "fetches: $fetches"
[ "$fetches" = 3 ] || changed "$fetches fetches for three files"

echo "as described"
