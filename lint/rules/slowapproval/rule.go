package slowapproval

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "slow-approval"

// Rule is slow-approval.
var Rule = &lint.Rule{ID: "HF023", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

// longest is how long an approval of a hotfix may wait: a day, the default.
const longest = 24 * time.Hour

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	hotfix := p.Plan.Flow(string(flow.Hotfix))
	if hotfix == nil {
		return nil
	}
	for _, j := range hotfix.Jobs {
		if j.Kind == flow.JobApprove && j.Approval != nil && j.Approval.Timeout > longest && j.Environment.Tier == flow.Production {
			out = append(out, slow(p.Policy, j.Approval, j.Environment))
		}
	}
	return out
}

func slow(p *schema.Policy, a *flow.Approval, e *flow.Environment) *diag.Diagnostic {
	return &diag.Diagnostic{
		Fix:  &diag.Fix{Message: "Let it wait for a day at most", Edits: []diag.Edit{{Range: timeoutAt(p, a), New: `"24h"`}}},
		Code: code, Severity: diag.Warning, Subject: a.Origin,
		Summary: "Hotfix that may wait for days",
		Detail:  fmt.Sprintf("A hotfix waits for the approval %q of %q for up to %s. Write a timeout of at most 24 hours.", a.Label, e.ID, flow.Duration(a.Timeout)),
	}
}

// timeoutAt is where the policy says the timeout of an approval.
func timeoutAt(p *schema.Policy, a *flow.Approval) hcl.Range {
	for _, e := range p.Environments {
		for _, o := range e.Approvals {
			if o.Range == a.Origin {
				return o.Timeout.Range
			}
		}
	}
	panic("slowapproval: an approval of no environment")
}
