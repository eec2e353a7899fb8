#!/bin/sh
# Tool: github.com/hashicorp/hcl/v2 v2.25.0, github.com/zclconf/go-cty v1.20.0
# Behaviour: SetAttributeValue appends without looking at what stands before. In a block of one line, empty or not, it makes text that
#   does not parse; behind a last line without a line end it stands on that line, and if that is a comment, in the comment: it is lost.
# Expected: hclwrite, made for changing files, gives HCL that says what was asked for, or an error.
# Matters: a tool that repairs configuration breaks the short blocks that people write. Parse again after each change and look for it.
# Seen:
#   b { a = 1 }     b { a = 1 c = 2 …       does not parse
#   b {}            b { c = 2 …             does not parse
#   a = 1           a = 1 c = 2             does not parse   (no line end behind it)
#   # last          # last c = 2            parses, without c
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
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

func main() {
	for _, source := range []string{"b { a = 1 }\n", "b {}\n", "a = 1", "# last", "b {\n}\n", "a = 1\n"} {
		file, _ := hclwrite.ParseConfig([]byte(source), "x", hcl.InitialPos)
		body := file.Body()
		if blocks := body.Blocks(); len(blocks) > 0 {
			body = blocks[0].Body()
		}
		body.SetAttributeValue("c", cty.NumberIntVal(2))
		again, wrong := hclsyntax.ParseConfig(file.Bytes(), "x", hcl.InitialPos)
		parses, found := "parses", "c is there"
		if wrong.HasErrors() {
			parses = "does not parse"
		}
		inner := again.Body.(*hclsyntax.Body)
		if len(inner.Blocks) > 0 {
			inner = inner.Blocks[0].Body
		}
		if inner.Attributes["c"] == nil {
			found = "c is lost"
		}
		fmt.Printf("%-14q %-24q %s", source, strings.TrimSpace(string(file.Bytes())), parses)
		if parses == "parses" {
			fmt.Print(", ", found)
		}
		fmt.Println()
	}
}
END
go run . | tee printed
[ "$(grep -c 'does not parse' printed)" = 3 ] || changed "other texts parse"
[ "$(grep -c 'c is lost' printed)" = 1 ] || changed "what is behind a comment is found"
[ "$(grep -c 'c is there' printed)" = 2 ] || changed "the plain cases fail"

echo "as described"
