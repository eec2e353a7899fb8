#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: a minus sign between two names, or a name and a digit, is part of the name: release.number-1 asks for an attribute called
#   "number-1". With blanks around it, it subtracts.
# Expected: subtraction, as in most languages; the error is found only if no such name exists.
# Matters: who writes numbers of releases in a policy meets it at once: "This object does not have an attribute named "number-1"".
# Seen:
#   release.number-1     Unsupported attribute: This object does not have an attribute named "number-1".
#   release.number - 1   42
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

export GOFLAGS=-mod=mod GOWORK=off
go mod init example.com/finding 2>/dev/null
go get github.com/hashicorp/hcl/v2@v2.25.0 github.com/zclconf/go-cty@v1.20.0 2>/dev/null || { echo "the modules could not be fetched" >&2; exit 2; }

cat >main.go <<'END'
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Prints the value of each expression, or what is wrong with it.
func main() {
	number := cty.NumberIntVal(43)
	context := &hcl.EvalContext{Variables: map[string]cty.Value{"number": number, "release": cty.ObjectVal(map[string]cty.Value{"number": number})}}
	for _, source := range os.Args[1:] {
		expression, wrong := hclsyntax.ParseExpression([]byte(source), "x", hcl.InitialPos)
		var value cty.Value
		if !wrong.HasErrors() {
			value, wrong = expression.Value(context)
		}
		if wrong.HasErrors() {
			fmt.Println(wrong[0].Summary+":", wrong[0].Detail)
			continue
		}
		fmt.Printf("%#v\n", value)
	}
}
END
go build -o value . || exit 2
expect() { # expect EXPRESSION VALUE
  got=$(./value "$1")
  printf '%s  is  %s\n' "$1" "$got"
  [ "$got" = "$2" ] || changed "the value of $1"
}

expect 'release.number-1' 'Unsupported attribute: This object does not have an attribute named "number-1".'
expect 'release.number - 1' 'cty.NumberIntVal(42)'

echo "as described"
