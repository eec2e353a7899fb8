#!/bin/sh
# Tool: git 2.39.5
# Behaviour: a line of prose in the last paragraph ends its being trailers, unless git knows one of the lines (Signed-off-by, "(cherry
#   picked from commit …)") and at least a quarter are trailers: then the others count too. A trailer alone as the message is a subject.
# Expected: the line "Fix-Of: 12" is a trailer, or not, by itself.
# Matters: the same record in a commit's message is there after a cherry-pick -x and was not before, or the other way round after an edit.
# Seen:
#   Fix-Of: 12 / some words                            (nothing)
#   Fix-Of: 12 / some words / Signed-off-by: A         Fix-Of: 12 Signed-off-by: A
#   Fix-Of: 12 / some words / (cherry picked from …)   Fix-Of: 12
#   Fix-Of: 12, as the only line                       (nothing)
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

parse() { git interpret-trailers --parse | tr '\n' ' ' | sed 's/ $//'; }
prose=$(printf 'Subject\n\nFix-Of: 12\nsome words\n' | parse)
signed=$(printf 'Subject\n\nFix-Of: 12\nsome words\nSigned-off-by: A\n' | parse)
picked=$(printf 'Subject\n\nFix-Of: 12\nsome words\n(cherry picked from commit 1111111111111111111111111111111111111111)\n' | parse)
alone=$(printf 'Fix-Of: 12\n' | parse)
printf '%s\n' "with prose: $prose" "signed: $signed" "picked: $picked" "alone: $alone"
[ -z "$prose" ] || changed "a paragraph with prose has trailers"
[ "$signed" = "Fix-Of: 12 Signed-off-by: A" ] || changed "Signed-off-by does not make the paragraph one of trailers"
[ "$picked" = "Fix-Of: 12" ] || changed "the line of cherry-pick -x does not make the paragraph one of trailers"
[ -z "$alone" ] || changed "a subject can be a trailer"

echo "as described"
