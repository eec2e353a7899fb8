package stagingafterproduction

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

const code diag.Code = "staging-after-production"

// Rule is staging-after-production.
var Rule = &lint.Rule{ID: "HF018", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	if d := p.Policy.Delivery; d != nil {
		out = append(out, late(d.Environments)...)
	}
	if h := p.Policy.Hotfix; h != nil && h.EnvironmentsSet {
		out = append(out, late(h.Environments)...)
	}
	return out
}

// late finds what stands behind the last production of a list. Whether something
// with a name of production is one, unsaid-production asks.
func late(refs []schema.Ref[schema.Environment]) diag.Diagnostics {
	last := -1
	for i, r := range refs {
		if tier(r) == flow.Production {
			last = i
		}
	}
	var out diag.Diagnostics
	for _, r := range refs[last+1:] {
		if last >= 0 && tier(r) == flow.Staging && (r.To.Tier.Set || !lint.SoundsLikeProduction(r.To.Label)) {
			out = append(out, after(r, refs[last]))
		}
	}
	return out
}

func tier(r schema.Ref[schema.Environment]) flow.Tier {
	if r.To == nil {
		return ""
	}
	return flow.Tier(r.To.Tier.V)
}

func after(r, production schema.Ref[schema.Environment]) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: r.Range,
		Summary: "Staging after production",
		Detail:  fmt.Sprintf("%q is deployed to after %q, so what fails there is in production already. Name it before %q, or give it the tier that it has.", r.To.Label, production.To.Label, production.To.Label),
		Notes:   []diag.Note{{Range: production.Range, Text: "production is here"}},
	}
}
