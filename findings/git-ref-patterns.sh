#!/bin/sh
# Tool: git 2.39.5
# Behaviour: one pattern finds different refs from command to command. For git for-each-ref a * does not match a slash; for git branch
#   --list and git ls-remote it does; and a name without * is, for git ls-remote, the end of a longer name as well.
# Expected: one meaning of a pattern in one tool.
# Matters: "is there a branch main on the remote?" is answered yes by a branch somebody/main, and a loop over refs/heads/* leaves out
#   every branch with a slash. Write refs/heads/main in full, and refs/heads (no star) for all below it in for-each-ref.
# Seen:
#   for-each-ref 'refs/heads/*'     refs/heads/main
#   ls-remote    'refs/heads/*'     refs/heads/main refs/heads/topic/1 refs/heads/topic/main
#   branch --list 'topic*'          topic/1 topic/main
#   for-each-ref 'refs/heads/topic*' (nothing)
#   ls-remote    main               refs/heads/main refs/heads/topic/main
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
git branch topic/1
git branch topic/main

line() { tr '\n' ' ' | sed 's/ $//'; }
each=$(git for-each-ref --format='%(refname)' 'refs/heads/*' | line)
remote=$(git ls-remote . 'refs/heads/*' | cut -f2 | line)
listed=$(git branch --list --format='%(refname:short)' 'topic*' | line)
topic=$(git for-each-ref --format='%(refname)' 'refs/heads/topic*' | line)
short=$(git ls-remote . main | cut -f2 | line)
printf '%s\n' "for-each-ref refs/heads/*: $each" "ls-remote refs/heads/*: $remote" "branch --list topic*: $listed"
printf '%s\n' "for-each-ref refs/heads/topic*: $topic" "ls-remote main: $short"
[ "$each" = refs/heads/main ] || changed "for-each-ref matches a slash"
[ "$remote" = "refs/heads/main refs/heads/topic/1 refs/heads/topic/main" ] || changed "ls-remote does not match a slash"
[ "$listed" = "topic/1 topic/main" ] || changed "branch --list does not match a slash"
[ -z "$topic" ] || changed "for-each-ref with a prefix and a star matches a slash"
[ "$short" = "refs/heads/main refs/heads/topic/main" ] || changed "ls-remote with a short name matches otherwise"

echo "as described"
