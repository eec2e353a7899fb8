package schema

import (
	"bytes"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/fettle-ci/fettle/schema/diag"
)

// Format returns a file of a policy in its canonical form. Broken text has
// none: the formatter would move it about, so it is parsed first.
func Format(s Source) ([]byte, diag.Diagnostics) {
	if _, diags := parseSource(s); len(diags) > 0 {
		return nil, diags.Sorted()
	}
	src := bytes.ReplaceAll(s.Bytes, []byte("\r\n"), []byte("\n"))
	out := bytes.TrimRight(hclwrite.Format(src), "\n")
	return append(out, '\n'), nil
}
