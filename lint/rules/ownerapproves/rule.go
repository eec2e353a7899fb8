package ownerapproves

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

const code diag.Code = "owner-approves"

// Rule is owner-approves.
var Rule = &lint.Rule{ID: "HF022", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || h.MergeBack.Owner == nil {
		return nil
	}
	var out diag.Diagnostics
	for _, e := range flow.HotfixEnvironments(p.Policy) {
		if e.To == nil || e.To.Tier.V != string(flow.Production) {
			continue
		}
		for _, a := range e.To.Approvals {
			if len(a.Approvers) == 1 && a.Approvers[0].To == h.MergeBack.Owner.To {
				out = append(out, same(a, h))
			}
		}
	}
	return out
}

func same(a *schema.Approval, h *schema.Hotfix) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: a.Approvers[0].Range,
		Summary: "Approval by those who did the work",
		Detail:  fmt.Sprintf("Group %q alone gives the approval %q, and owns the merge-back of hotfixes. Name another group in one of the two places.", a.Approvers[0].To.Label, a.Label),
		Notes:   []diag.Note{{Range: h.MergeBack.Owner.Range, Text: "the owner is named here"}},
	}
}
