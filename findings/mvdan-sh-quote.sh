#!/bin/sh
# Tool: mvdan.cc/sh/v3 v3.14.1 (syntax.Quote), with a POSIX shell
# Behaviour: for POSIX, Quote refuses a text with a line end, a tab or any control character: "POSIX shell lacks escape sequences". In single
#   quotes each of them stands for itself.
# Expected: every text without NUL can be quoted.
# Matters: commit messages and descriptions have several lines, so a generator of scripts has to quote by itself what the library could.
# Seen:
#   Quote("one\ntwo", LangPOSIX)   cannot quote character at byte 3: POSIX shell lacks escape sequences
#   sh: 'one, a line end, two'     the same two lines
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get mvdan.cc/sh/v3@v3.14.1 2>/dev/null || { echo "the module could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"fmt"

	"mvdan.cc/sh/v3/syntax"
)

func main() {
	for _, text := range []string{"one two", "one\ntwo", "one\ttwo"} {
		quoted, err := syntax.Quote(text, syntax.LangPOSIX)
		fmt.Println(quoted, err)
	}
}
END
printed=$(go run .) || exit 2
echo "$printed"
[ "$printed" = "'one two' <nil>
 cannot quote character at byte 3: POSIX shell lacks escape sequences
 cannot quote character at byte 3: POSIX shell lacks escape sequences" ] || changed "texts are quoted otherwise"
[ "$(sh -c "printf '%s' 'one
two'" | wc -l)" = 1 ] || changed "the shell does not keep a line end"

echo "as described"
