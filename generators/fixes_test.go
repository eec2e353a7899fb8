package generators_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Every repair makes its finding go, and brings no other one, in the wrong
// example of its page; and there are some.
func TestEveryFixHolds(t *testing.T) {
	fixes := 0
	for _, p := range generators.Docs() {
		if p.Code == "drift" {
			continue
		}
		text := completed(t, p.Wrong)
		archive := txtar.Parse(text)
		ins, _ := wrongPolicy(string(text))
		_, diags := generators.CompileAll(ins, nil)
		if len(diags) != 1 || diags[0].Fix == nil {
			continue
		}
		fixes++
		repaired, ok := format.Repair(syntax.Source{Name: "policy.hcl", Bytes: archive.Comment}, diags[0].Fix)
		if !ok {
			t.Errorf("%s: the repair cannot be made", p.Code)
			continue
		}
		archive.Comment = repaired.Bytes
		ins, _ = wrongPolicy(string(txtar.Format(archive)))
		if _, left := generators.CompileAll(ins, nil); len(left) > 0 {
			t.Errorf("%s: after the repair there is:\n%s", p.Code, diagnosticsText(left))
		}
	}
	if fixes < 11 {
		t.Errorf("only %d repairs found", fixes)
	}
}
