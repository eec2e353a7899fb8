package authorsapprove

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "authors-approve"

// Rule is authors-approve.
var Rule = &lint.Rule{ID: "HF021", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, e := range p.Plan.Environments {
		// One approval that no author can give is enough: a version needs it too.
		excluded := slices.ContainsFunc(e.Approvals, func(a *flow.Approval) bool { return a.Authors })
		if e.Tier == flow.Production && len(e.Approvals) > 0 && !excluded {
			out = append(out, approves(e, p.Plan))
		}
	}
	return out
}

func approves(e *flow.Environment, p *flow.Plan) *diag.Diagnostic {
	what := "Add to one of its approvals: exclude = [requester, authors]."
	blind := slices.DeleteFunc(slices.Clone(p.Targets), flow.NamesAuthors)
	if len(blind) > 0 {
		what = fmt.Sprintf("%s cannot compare the two: take it out of the targets, or leave the rule off and let a group approve that no developer is in.", diag.List(blind))
	}
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: e.Approvals[0].Origin,
		Summary: "Approval by the author",
		Detail:  fmt.Sprintf("Who wrote a version may approve it for %q. %s", e.ID, what),
	}
}
