package unapprovedoperations

import (
	_ "embed"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unapproved-operations"

// Rule is unapproved-operations.
var Rule = &lint.Rule{ID: "HF029", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	if p.Plan.Approved || p.Plan.Flow(string(flow.Correction)) == nil {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: p.Policy.Range,
		Summary: "Operations that nobody approves",
		Detail:  "One person alone can resume, settle and adopt for a production environment, and the next deployment goes by it. Add to the policy block: approved_operations = true.",
	}}
}
