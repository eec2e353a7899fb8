package irreversibleunsaid

import (
	_ "embed"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "irreversible-unsaid"

// Rule is irreversible-unsaid.
var Rule = &lint.Rule{ID: "HF043", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	r := p.Policy.Redeploy
	if r == nil || len(p.Policy.Irreversible) > 0 {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: r.Range,
		Summary: "Nothing is irreversible",
		Detail:  "A redeployment is offered, and the policy names no files whose changes it cannot take back. Add to the policy block: irreversible = [\"migrations/**\"].",
	}}
}
