package brokenrule

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "broken-rule"

// Rule is broken-rule.
var Rule = &lint.Rule{Code: code, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	if len(p.Policy.Rules) == 0 {
		return nil
	}
	facts := newFacts(p)
	var out diag.Diagnostics
	for _, r := range p.Policy.Rules {
		holds, why, diags := r.Judge(facts)
		out = append(out, diags...)
		if !holds && len(diags) == 0 {
			out = append(out, broken(r, why))
		}
	}
	return out
}

func broken(r *schema.Rule, why string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: r.At,
		Summary: fmt.Sprintf("Rule %q does not hold", r.Label),
		Detail:  strings.TrimSpace(r.Message.V + " " + why),
	}
}
