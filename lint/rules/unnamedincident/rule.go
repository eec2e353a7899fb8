package unnamedincident

import (
	_ "embed"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unnamed-incident"

// Rule is unnamed-incident.
var Rule = &lint.Rule{ID: "HF075", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || h.Incident.Pattern.V != "" {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: h.Range,
		Summary: "Incident of any form",
		Detail:  "A hotfix may name any text as its incident. Add to hotfix: incident { pattern = \"INC[0-9]{7}\" }.",
	}}
}
