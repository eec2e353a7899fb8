#!/bin/sh
# Tool: git 2.39.5
# Behaviour: in a partial clone git cat-file -e OBJECT, the question whether an object is there, fetches it, and says yes.
#   git rev-list --missing=print asks without fetching.
# Expected: a question about the local repository changes nothing and needs no network.
# Matters: with --filter=blob:none, which makes check-outs of CI cheap, a loop over many files becomes one request to the host for each.
# Seen:
#   missing before: 3
#   git cat-file -e BLOB: rc 0
#   missing after: 2
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
for n in 1 2 3; do
  echo "$n" >repository/file
  git -C repository add file
  git -C repository commit -q -m "$n"
done
git -C repository config uploadpack.allowFilter true
git clone -q --no-checkout --filter=blob:none "file://$tmp/repository" partial
cd partial

missing() { git rev-list --objects --all --missing=print | grep -c '^?'; }
blob=$(git rev-parse HEAD~1:file)
before=$(missing)
git cat-file -e "$blob" || changed "an object that was left out is told as missing"
after=$(missing)
echo "missing before: $before, after: $after"
[ "$before" = 3 ] || changed "other objects were left out"
[ "$after" = 2 ] || changed "the question fetched nothing"

echo "as described"
