#!/bin/sh
# Tool: git 2.39.5
# Behaviour: in a shallow clone that holds both commits, but not all between them, git merge-base --is-ancestor ends with 1, which
#   means "no", where the full repository says yes. rev-list --count counts what is there. Nothing warns of either.
# Expected: an error (128), since the history that would answer is cut off.
# Matters: a check-out of CI is shallow by default on several systems, and fetching the one tag to compare with is the usual next step.
#   A guard such as "production runs an ancestor of this commit" then refuses, and the reverse guard passes, for a wrong reason.
#   Ask `git rev-parse --is-shallow-repository` first, or fetch all.
# Seen:
#   full clone      is-ancestor rc 0, 4 commits since the tag
#   depth 2, + tag  is-ancestor rc 1, 2 commits since the tag
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
for n in 1 2 3 4 5 6; do
  git -C repository commit -q --allow-empty -m "$n"
  [ "$n" != 2 ] || git -C repository tag old
done
git clone -q --depth 2 "file://$tmp/repository" shallow
git -C shallow fetch -q --depth 1 origin tag old

ancestor() { git -C "$1" merge-base --is-ancestor old HEAD && echo 0 || echo $?; }
for where in repository shallow; do
  echo "$where: is-ancestor rc $(ancestor $where), $(git -C $where rev-list --count old..HEAD) commits since the tag"
done
[ "$(ancestor repository)" = 0 ] || changed "the full repository does not say yes"
[ "$(ancestor shallow)" = 1 ] || changed "the shallow clone does not say no"
[ "$(git -C shallow rev-list --count old..HEAD)" = 2 ] || changed "the shallow clone counts otherwise"

echo "as described"
