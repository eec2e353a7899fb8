#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: in the JSON form a reference (an argument that is read by AbsTraversalForExpr) is the bare text "environment.staging";
#   "${environment.staging}" is refused. As a value it is the other way round: the bare text is a text. And without an EvalContext
#   the text ${5} is not evaluated but returned as it stands, without a diagnostic.
# Expected: one way of writing a reference in JSON, whoever reads it.
# Matters: a file cannot be translated from HCL to JSON without knowing how each argument will be decoded.
# Seen:
#   reference, bare  2 steps      reference, ${}  Invalid expression
#   value, bare      the text     value, ${}      what it refers to
#   "${5}" without a context: ${5}, with one: 5
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

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"
)

func main() {
	file, _ := json.Parse([]byte(`{"bare": "environment.staging", "wrapped": "${environment.staging}", "five": "${5}"}`), "x.json")
	arguments, _ := file.Body.JustAttributes()
	context := &hcl.EvalContext{Variables: map[string]cty.Value{"environment": cty.ObjectVal(map[string]cty.Value{"staging": cty.StringVal("found")})}}
	for _, name := range []string{"bare", "wrapped"} {
		steps, wrong := hcl.AbsTraversalForExpr(arguments[name].Expr)
		value, _ := arguments[name].Expr.Value(context)
		fmt.Println(name, len(steps), wrong.HasErrors(), value.AsString())
	}
	without, wrong := arguments["five"].Expr.Value(nil)
	with, _ := arguments["five"].Expr.Value(context)
	fmt.Printf("five %#v %d %#v\n", without, len(wrong), with)
}
END
printed=$(go run .) || exit 2
printf '%s\n' "$printed"
# shellcheck disable=SC2016 # a text of HCL
[ "$printed" = 'bare 2 false environment.staging
wrapped 0 true found
five cty.StringVal("${5}") 0 cty.NumberIntVal(5)' ] || changed "references in JSON are read otherwise"

echo "as described"
