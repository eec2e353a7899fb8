#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: NAME = null satisfies Required of hcldec, and the decoded value is null. gohcl refuses the same for a string, and takes it
#   for a *string that is required.
# Expected: null is the way of HCL to leave an argument out, so a required one is missing.
# Matters: a command or a branch that must be said is null behind a check that seems to have asked for it.
# Seen:
#   hcldec  cty.NullVal(cty.String), 0 diagnostics
#   gohcl string: Unsuitable value type    *string: 0 diagnostics
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
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func main() {
	file, _ := hclsyntax.ParseConfig([]byte("name = null\n"), "x", hcl.InitialPos)
	value, wrong := hcldec.Decode(file.Body, &hcldec.AttrSpec{Name: "name", Type: cty.String, Required: true}, nil)
	fmt.Printf("hcldec %#v %d\n", value, len(wrong))
	var text struct {
		Name string `hcl:"name"`
	}
	fmt.Println("string", gohcl.DecodeBody(file.Body, nil, &text)[0].Summary)
	var pointer struct {
		Name *string `hcl:"name"`
	}
	fmt.Println("*string", len(gohcl.DecodeBody(file.Body, nil, &pointer)))
}
END
printed=$(go run .) || exit 2
echo "$printed"
[ "$printed" = "hcldec cty.NullVal(cty.String) 0
string Unsuitable value type
*string 0" ] || changed "null is decoded otherwise"

echo "as described"
