#!/bin/sh
# Tool: github.com/Masterminds/sprig/v3 v3.3.0
# Behaviour: int, atoi, add and float64 turn a text that is no number into 0 without an error. A leading zero makes it octal: int "010" is 8,
#   and int "08", which is no octal number, is 0. int "1.9" is 0 as well.
# Expected: an error, which a template function can return, or the decimal number.
# Matters: months, hours and parts of versions have leading zeros: the eighth month is 0, the tenth is 8.
# Seen:
#   int "08" 0, int "010" 8, int "1.9" 0, int "x" 0, atoi "12x" 0, add 1 "x" 1, float64 "x" 0
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/Masterminds/sprig/v3@v3.3.0 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }
cat >main.go <<'END'
package main

import (
	"os"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

func main() {
	source := `{{int "08"}} {{int "010"}} {{int "1.9"}} {{int "x"}} {{atoi "12x"}} {{add 1 "x"}} {{float64 "x"}}`
	if err := template.Must(template.New("").Funcs(sprig.HermeticTxtFuncMap()).Parse(source)).Execute(os.Stdout, nil); err != nil {
		panic(err)
	}
}
END
printed=$(go run .) || exit 2
echo "$printed"
[ "$printed" = "0 8 0 0 0 1 0" ] || changed "texts become other numbers"

echo "as described"
