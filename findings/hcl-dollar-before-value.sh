#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: a dollar sign cannot be written right before a value. $${ is the escape of ${, wherever dollars stand before it:
#   "$$${number}" is the text $${number}, without the value. A further ${"$"} is needed.
# Expected: $$ stands for one dollar, so that $$${number} is a dollar and the value, as in Makefiles or Compose files.
# Matters: commands of shells and PowerShell are full of dollars; the value is not in the command, and nothing says so.
# Seen:
#   "$${number}"         ${number}
#   "$$${number}"        $${number}
#   "$$$${number}"       $$${number}
#   "${"$"}${number}"    $43
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

# shellcheck disable=SC2016 # these are expressions of HCL
{
  expect '"$${number}"' 'cty.StringVal("${number}")'
  expect '"$$${number}"' 'cty.StringVal("$${number}")'
  expect '"$$$${number}"' 'cty.StringVal("$$${number}")'
  expect '"${"$"}${number}"' 'cty.StringVal("$43")'
}

echo "as described"
