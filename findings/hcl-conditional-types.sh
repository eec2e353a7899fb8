#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: the two results of a conditional are brought to one type, and what is chosen is converted: true ? 1 : "two" is the text
#   "1", and true ? [1, "a"] : [true] a list of texts. == compares without converting, so the result is not 1; < converts.
# Expected: the value that was chosen.
# Matters: a number that came through a conditional is not == to the same number, and is written with quotes by whoever renders it.
# Seen:
#   true ? 1 : "two"              "1"
#   (true ? 1 : "two") == 1       false
#   (true ? 1 : "two") < 2        true
#   true ? [1, "a"] : [true]      ["1", "a"]
#   (true ? ["a"] : ["b", "c"]) == ["a"]   false
#   true ? { a = 1 } : {}         a map, no longer an object
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

expect 'true ? 1 : "two"' 'cty.StringVal("1")'
expect '(true ? 1 : "two") == 1' 'cty.False'
expect '(true ? 1 : "two") < 2' 'cty.True'
expect 'true ? [1, "a"] : [true]' 'cty.ListVal([]cty.Value{cty.StringVal("1"), cty.StringVal("a")})'
expect '(true ? ["a"] : ["b", "c"]) == ["a"]' 'cty.False'
expect '["a"] == ["a"]' 'cty.True'
expect 'true ? { a = 1 } : {}' 'cty.MapVal(map[string]cty.Value{"a":cty.NumberIntVal(1)})'

echo "as described"
