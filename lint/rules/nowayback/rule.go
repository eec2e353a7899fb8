package nowayback

import (
	_ "embed"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "no-way-back"

// Rule is no-way-back.
var Rule = &lint.Rule{ID: "HF078", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || p.Policy.Redeploy != nil {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: h.Range,
		Fix:     &diag.Fix{Message: "Offer a redeployment", Edits: []diag.Edit{{Range: after(h.Whole), New: "\n\nredeploy {}"}}},
		Summary: "No way back from a hotfix",
		Detail:  "A hotfix that makes things worse cannot be taken back: no redeployment is offered. Add: redeploy {}.",
	}}
}

// after is the place behind a block.
func after(block hcl.Range) hcl.Range {
	return hcl.Range{Filename: block.Filename, Start: block.End, End: block.End}
}
