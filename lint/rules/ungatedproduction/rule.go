package ungatedproduction

import (
	_ "embed"
	"fmt"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "ungated-production"

// Rule is ungated-production.
var Rule = &lint.Rule{ID: "HF020", Code: code, Doc: doc, Check: check}

// check looks at the plan, not at the policy: what counts is that the approval
// stands before the deployment in the flow.
func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	seen := map[*flow.Environment]bool{}
	for _, f := range p.Plan.Flows {
		for _, j := range f.Jobs {
			if j.Kind != flow.JobDeploy || j.Environment.Tier != flow.Production || seen[j.Environment] || gated(j) {
				continue
			}
			seen[j.Environment] = true
			out = append(out, ungated(f, j.Environment))
		}
	}
	return out
}

func gated(j *flow.Job) bool {
	for _, n := range j.Needs {
		if n.Kind == flow.JobApprove && n.Environment == j.Environment {
			return true
		}
	}
	return false
}

func ungated(f *flow.Flow, e *flow.Environment) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: e.Origin,
		Summary: "Production without an approval",
		Detail: fmt.Sprintf("The flow %s deploys to %q, and nobody has to approve it. Add to the environment: approval \"release\" { approvers = [group.…] }.",
			f.Kind, e.ID),
	}
}
