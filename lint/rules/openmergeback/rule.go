package openmergeback

import (
	_ "embed"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "open-merge-back"

// Rule is open-merge-back.
var Rule = &lint.Rule{ID: "HF033", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || h.MergeBack.Owner != nil && h.MergeBack.Within.V > 0 {
		return nil
	}
	at := h.MergeBack.Range
	if at.Filename == "" {
		at = h.Range
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: at,
		Summary: "Merge-back of nobody",
		Detail:  "The merge-back of a hotfix needs somebody who sees to it, and a time. Write: merge_back { owner = group.NAME  within = \"72h\" }.",
	}}
}
