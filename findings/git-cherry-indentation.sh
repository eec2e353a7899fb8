#!/bin/sh
# Tool: git 2.39.5
# Behaviour: two commits that differ in indentation alone have one patch id. git cherry calls the second one already applied, and git
#   rebase drops it: the file keeps the other meaning, with exit status 0 and a hint.
# Expected: where blanks are the meaning (YAML, Python, Makefiles), two different changes are two changes.
# Matters: a pipeline that asks by git cherry, git patch-id or --cherry-pick whether a fix is on a branch gets yes for a fix that is not.
#   git patch-id --verbatim (2.39 and later) tells them apart; git cherry has no such option.
# Seen:
#   git cherry nested flat        - <the commit>: already there
#   git rebase nested             rc 0, the commit "flat" is gone, the file says "  deploy: yes"
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
printf 'jobs:\n' >file
git add file
git commit -q -m base
git checkout -q -b nested
printf 'jobs:\n  deploy: yes\n' >file
git commit -q -a -m nested
git checkout -q -b flat main
printf 'jobs:\ndeploy: yes\n' >file
git commit -q -a -m flat

cherry=$(git cherry nested flat)
echo "git cherry: $cherry"
[ "${cherry%% *}" = - ] || changed "git cherry tells the two commits apart"
verbatim() { git show "$1" | git patch-id --verbatim | cut -d ' ' -f 1; }
[ "$(verbatim nested)" != "$(verbatim flat)" ] || changed "--verbatim does not tell them apart"
git rebase -q nested 2>/dev/null || changed "git rebase stops"
git log --oneline
cat file
[ "$(git log --format=%s -1)" = nested ] || changed "git rebase keeps the commit"

echo "as described"
