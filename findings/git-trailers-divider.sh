#!/bin/sh
# Tool: git 2.39.5
# Behaviour: for git interpret-trailers a line of three dashes ends the message; for %(trailers) of git log it does not. One message
#   has a trailer by the one and none by the other.
# Expected: two readers in one tool agree on what a commit says. (git interpret-trailers --no-divider reads like git log.)
# Matters: merge requests are often described in Markdown, where --- is a rule, and a squash makes that the commit's message. Who writes
#   a record by one command and reads it by the other loses it.
# Seen:
#   git interpret-trailers --parse               (nothing)
#   git interpret-trailers --parse --no-divider  Fix-Of: 12
#   git log -1 --format='%(trailers:only)'       Fix-Of: 12
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

printf 'Subject\n\nWhat was done.\n---\nWhat is left.\n\nFix-Of: 12\n' >message
git init -q -b main repository
git -C repository commit -q --allow-empty -F ../message

parsed=$(git interpret-trailers --parse <message)
undivided=$(git interpret-trailers --parse --no-divider <message)
logged=$(git -C repository log -1 --format='%(trailers:only)' | sed '/^$/d')
printf '%s\n' "interpret-trailers: $parsed" "interpret-trailers --no-divider: $undivided" "log: $logged"
[ -z "$parsed" ] || changed "interpret-trailers reads beyond the dashes"
[ "$undivided" = "Fix-Of: 12" ] || changed "--no-divider finds no trailer"
[ "$logged" = "Fix-Of: 12" ] || changed "git log finds no trailer"

echo "as described"
