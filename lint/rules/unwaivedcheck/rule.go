package unwaivedcheck

import (
	_ "embed"
	"fmt"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unwaived-check"

// Rule is unwaived-check.
var Rule = &lint.Rule{ID: "HF015", Code: code, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || p.Policy.Delivery == nil {
		return nil
	}
	has := checksOf(flow.HotfixChecks(p.Policy), flow.HotfixEnvironments(p.Policy))
	var out diag.Diagnostics
	for _, c := range p.Policy.Checks {
		if checksOf(p.Policy.Delivery.Checks, p.Policy.Delivery.Environments)[c] && !has[c] && !h.Waives(c) {
			out = append(out, unwaived(c, h))
		}
	}
	return out
}

// checksOf are the checks of a flow, wherever they stand in it.
func checksOf(checks []schema.Ref[schema.Check], environments []schema.Ref[schema.Environment]) map[*schema.Check]bool {
	out := map[*schema.Check]bool{}
	add := func(refs []schema.Ref[schema.Check]) {
		for _, r := range refs {
			if r.To != nil && r.To.Required.V {
				out[r.To] = true
			}
		}
	}
	add(checks)
	for _, e := range environments {
		if e.To != nil {
			add(e.To.Verify)
			add(e.To.Requires)
		}
	}
	return out
}

func unwaived(c *schema.Check, h *schema.Hotfix) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: h.Range,
		Summary: "Gate left out without a waiver",
		Detail: fmt.Sprintf("Delivery requires check %q, and hotfix leaves it out. Add it, or say why it may be left out: waive { check = check.%s  reason = \"…\" }.",
			c.Block, c.Block),
		Notes: []diag.Note{{Range: c.Range, Text: "the check is defined here"}},
	}
}
