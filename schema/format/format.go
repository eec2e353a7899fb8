// Package format writes a file of a policy anew: in its canonical form, or with a
// repair made in it. No byte of an expression and no comment is lost.
package format

import (
	"bytes"
	"encoding/json"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Canonical returns a file of a policy in its canonical form: the attributes of a
// block in the order of the table, nested blocks behind them, the policy block
// before the others, one empty line at most, and HCL's own layout of a line.
// The other blocks stay in their author's order, and so do nested ones: it
// tells the reader what comes first, as in a list of approvals.
//
// Broken text has no canonical form: the formatter would move it about, so it
// is parsed first.
func Canonical(s syntax.Source) ([]byte, diag.Diagnostics) {
	bodies, diags := syntax.Parse(s)
	if len(diags) > 0 {
		return nil, diags.Sorted()
	}
	src := syntax.Unix(s.Bytes)
	if syntax.IsJSON(s.Name) {
		var out bytes.Buffer
		if err := json.Indent(&out, bytes.TrimSpace(src), "", "  "); err != nil {
			panic("format: JSON that was parsed is none: " + err.Error())
		}
		return append(out.Bytes(), '\n'), nil
	}
	out := bytes.TrimRight(hclwrite.Format(arrange(s.Name, src, bodies[0])), "\n")
	return append(out, '\n'), nil
}
