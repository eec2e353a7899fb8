package oneapprover

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "one-approver"

// Rule is one-approver.
var Rule = &lint.Rule{ID: "HF022", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, e := range p.Plan.Environments {
		for _, a := range e.Approvals {
			if e.Tier != flow.Production || len(a.Groups) != 1 {
				continue
			}
			if name := person(a.Groups[0]); name != "" {
				out = append(out, alone(name, a))
			}
		}
	}
	return out
}

// person is the name of a group that is one person, or "".
func person(g flow.Group) string {
	switch {
	case g.GitHub != "" && !strings.Contains(g.GitHub, "/"):
		return g.GitHub
	case strings.Contains(g.Azure, "@"):
		return g.Azure
	}
	return ""
}

func alone(name string, a *flow.Approval) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: a.Origin,
		Summary: "Approval by one person",
		Detail:  fmt.Sprintf("Only %q can give the approval %q. Name a group of several, or a second one in `approvers`.", name, a.Label),
		Notes:   []diag.Note{{Range: a.Groups[0].Origin, Text: "the person is named here"}},
	}
}
