#!/bin/sh
# Tool: git 2.39.5
# Behaviour: a push of three refs, without --atomic, loses all three where a pre-receive hook refuses one; where an update hook refuses
#   it, the other two go through. The exit status is 1 in both cases.
# Expected: without --atomic what is allowed arrives.
# Matters: hosts refuse protected branches in one way or the other, and say so in the same words. A release that pushes a tag, a branch
#   and a record together must read the remote afterwards, not the exit status, before it goes on or tries again.
# Seen:
#   pre-receive refuses main: (no refs)
#   update refuses main: refs/heads/line refs/tags/v1
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
git -C repository commit -q --allow-empty -m base
git -C repository tag v1

push() { # push HOOK SCRIPT: what the remote has afterwards
  git init -q --bare "$1.git"
  printf '#!/bin/sh\n%s\n' "$2" >"$1.git/hooks/$1"
  chmod +x "$1.git/hooks/$1"
  if git -C repository push -q "../$1.git" main v1 main:refs/heads/line 2>/dev/null; then changed "a push that was refused in part ends with 0"; fi
  git -C "$1.git" for-each-ref --format='%(refname)' | tr '\n' ' '
}
# shellcheck disable=SC2016 # these are programs of the hooks
pre=$(push pre-receive 'while read -r old new ref; do [ "$ref" != refs/heads/main ] || exit 1; done')
# shellcheck disable=SC2016
update=$(push update '[ "$1" != refs/heads/main ]')
printf '%s\n' "pre-receive refuses main: $pre" "update refuses main: $update"
[ -z "$pre" ] || changed "pre-receive lets the others through"
[ "$update" = "refs/heads/line refs/tags/v1 " ] || changed "update does not let the others through"

echo "as described"
