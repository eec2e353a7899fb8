package undeliveredproduction

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "undelivered-production"

// Rule is undelivered-production.
var Rule = &lint.Rule{ID: "HF018", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

// check looks at what a hotfix or a redeployment goes to: an environment that
// nothing goes to is unused. Where a delivery goes to some production, another
// one may be on its way; where it goes to none, neither can ever do anything.
func check(p *lint.Pass) diag.Diagnostics {
	if p.Policy.Delivery == nil {
		return nil
	}
	production := slices.ContainsFunc(p.Policy.Environments, isProduction)
	never := production && !slices.ContainsFunc(p.Policy.Delivery.Environments, refersToProduction)
	var out diag.Diagnostics
	if h := p.Policy.Hotfix; h != nil && never {
		out = append(out, nowhere(p.Policy, "hotfix", h.Range))
	} else if h != nil {
		out = append(out, undelivered(p.Policy, "hotfix", h.Environments)...)
	}
	if r := p.Policy.Redeploy; r != nil && never && !r.Set {
		out = append(out, nowhere(p.Policy, "redeploy", r.Range))
	} else if r != nil {
		out = append(out, undelivered(p.Policy, "redeploy", r.Environments)...)
	}
	return out
}

func isProduction(e *schema.Environment) bool { return flow.Tier(e.Tier.V) == flow.Production }

func refersToProduction(r schema.Ref[schema.Environment]) bool {
	return r.To != nil && isProduction(r.To)
}

func undelivered(p *schema.Policy, block string, refs []schema.Ref[schema.Environment]) diag.Diagnostics {
	var out diag.Diagnostics
	for _, r := range refs {
		delivered := schema.Refers(p.Delivery.Environments, r.To)
		if refersToProduction(r) && !delivered {
			out = append(out, finding(p, diag.Warning, r.Range, "`%s` names %q, and no delivery ever brings a version there. Name it in `environments` of delivery too.", block, r.To.Label))
		}
	}
	return out
}

func nowhere(p *schema.Policy, block string, at hcl.Range) *diag.Diagnostic {
	return finding(p, diag.Error, at, "`%s` is for what a delivery brought to production, and no delivery goes to an environment of that tier. Name it in `environments` of delivery.", block)
}

func finding(p *schema.Policy, s diag.Severity, at hcl.Range, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: s, Subject: at,
		Summary: "Production that no delivery goes to",
		Detail:  fmt.Sprintf(format, args...),
		Notes:   []diag.Note{{Range: p.Delivery.Range, Text: "the delivery is here"}},
	}
}
