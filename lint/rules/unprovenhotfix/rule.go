package unprovenhotfix

import (
	_ "embed"
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unproven-hotfix"

// Rule is unproven-hotfix.
var Rule = &lint.Rule{ID: "HF016", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h, d := p.Policy.Hotfix, p.Policy.Delivery
	if h == nil || d == nil || !proves(d.Checks, d.Environments) || proves(flow.HotfixChecks(p.Policy), flow.HotfixEnvironments(p.Policy)) {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: h.Range,
		Summary: "Hotfix without a report",
		Detail:  "Delivery has a check with a report, and hotfix has none: nothing says which tests it passed. Keep one in `checks`, a short one if need be.",
	}}
}

// proves tells whether a required check of a flow leaves a report.
func proves(checks []schema.Ref[schema.Check], environments []schema.Ref[schema.Environment]) bool {
	for _, e := range environments {
		if e.To != nil {
			checks = slices.Concat(checks, e.To.Requires, e.To.Verify)
		}
	}
	return slices.ContainsFunc(checks, func(r schema.Ref[schema.Check]) bool { return r.To != nil && r.To.Required.V && r.To.Report.V != "" })
}
