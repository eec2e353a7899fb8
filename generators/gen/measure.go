package gen

import (
	"bytes"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Measure judges a file by what its host takes of a file, and of an expression
// in it: the generated ones stand on one line each.
func Measure(target string, f File, at hcl.Range) diag.Diagnostics {
	var diags diag.Diagnostics
	add := func(kind flow.CountKind, n int) {
		if d := flow.TooMuch(target, kind, "the file "+f.Path, n, at); d != nil {
			diags = append(diags, d)
		}
	}
	add(flow.FileSize, len(f.Content))
	most := flow.Most(target, flow.Expressions)
	if most == 0 || len(f.Content) <= most {
		return diags
	}
	for line := range bytes.Lines(f.Content) {
		line = bytes.TrimSpace(line)
		if len(line) > most && (bytes.Contains(line, []byte("${{")) || bytes.HasPrefix(line, []byte("if: "))) {
			add(flow.Expressions, utf8.RuneCount(line))
		}
	}
	return diags
}
