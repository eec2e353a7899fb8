#!/bin/sh
# Tool: shellcheck 0.9.0
# Behaviour: a comment whose first word is shellcheck is read as a directive, whatever follows. Prose is a parse error, and shellcheck
#   says nothing more of the file, also of mistakes above the comment.
# Expected: a comment that is no directive is a comment.
# Matters: "# shellcheck reads this too" turns the check of a whole file off, but for one error that is often silenced. Begin with
#   another word.
# Seen:
#   with the comment     SC1073 SC1072
#   without it           SC2086 SC2045
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v shellcheck >/dev/null || { echo "shellcheck is missing" >&2; exit 2; }
shellcheck --version | sed -n 's/^version/shellcheck/p'

codes() { shellcheck -f gcc "$1" | sed 's/.*\[\(SC[0-9]*\)]$/\1/' | tr '\n' ' '; }
# shellcheck disable=SC2016 # what stands there is the program
printf '%s\n' '#!/bin/sh' 'echo $1' 'for f in $(ls); do echo "$f"; done' >plain
{ cat plain; echo '# shellcheck reads this file too'; echo 'echo done'; } >prose
plain=$(codes plain) prose=$(codes prose)
printf '%s\n' "without the comment: $plain" "with it: $prose"
[ "$plain" = "SC2086 SC2045 " ] || changed "the file has other mistakes"
[ "$prose" = "SC1073 SC1072 " ] || changed "the comment is read as one"

echo "as described"
