package unsaidproduction

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

const code diag.Code = "unsaid-production"

// Rule is unsaid-production.
var Rule = &lint.Rule{ID: "HF028", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

// check asks about names that people use for production; where there is none of
// them, and no production either, about the whole way, unless each environment
// says its tier.
func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	some, said := false, true
	for _, e := range p.Policy.Environments {
		some, said = some || flow.Tier(e.Tier.V) == flow.Production, said && e.Tier.Set
		if !e.Tier.Set && flow.Tier(e.Tier.V) != flow.Production && lint.SoundsLikeProduction(e.Label) {
			out = append(out, unsaid(e))
		}
	}
	if !some && !said && len(out) == 0 && p.Policy.Delivery != nil && !needed(p.Policy) {
		out = append(out, none(p.Policy.Delivery))
	}
	return out
}

// needed tells whether the policy has what is for production: then its lack is
// an error of the compiler.
func needed(p *schema.Policy) bool {
	return p.Hotfix != nil || p.Redeploy != nil || p.BreakGlass != nil || p.Approved.V
}

func unsaid(e *schema.Environment) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: e.Range,
		Summary: "Production, or not?",
		Detail:  fmt.Sprintf("The environment %q has a name of production and is of the tier staging: it has no guard of production, no hotfix branch and no release tag. Write tier = \"production\"; or tier = \"staging\", if it is none.", e.Label),
	}
}

func none(d *schema.Delivery) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: d.Range,
		Summary: "No production",
		Detail:  "No environment is of the tier production, so that no guard of production stands anywhere. Write tier = \"production\" in the environment that is, or call it production.",
	}
}
