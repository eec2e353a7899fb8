#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: a key that is given twice in an object is taken, and the last one counts, quoted or not. The same argument twice in a body
#   is an error, and so is the same key twice in a for expression.
# Expected: an error, as everywhere else in HCL.
# Matters: a map of environments or variables in a policy loses an entry when a block of lines is copied and one name forgotten.
# Seen:
#   { a = 1, a = 2 }              {"a": 2}
#   { a = 1, "a" = 2 }            {"a": 2}
#   { for x in ["a", "a"] : x => 1 }   Duplicate object key
#   a = 1 / a = 2 in a body       Attribute redefined
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

expect '{ a = 1, a = 2 }' 'cty.ObjectVal(map[string]cty.Value{"a":cty.NumberIntVal(2)})'
expect '{ a = 1, "a" = 2 }' 'cty.ObjectVal(map[string]cty.Value{"a":cty.NumberIntVal(2)})'
case $(./value '{ for x in ["a", "a"] : x => 1 }') in
"Duplicate object key"*) ;;
*) changed "a for expression takes a key twice" ;;
esac
mkdir body
cat >body/main.go <<'END'
package main

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func main() {
	_, wrong := hclsyntax.ParseConfig([]byte("a = 1\na = 2\n"), "x", hcl.InitialPos)
	for _, w := range wrong {
		fmt.Println(w.Summary)
	}
}
END
body=$(go run ./body)
echo "in a body: $body"
[ "$body" = "Attribute redefined" ] || changed "a body takes an argument twice"

echo "as described"
