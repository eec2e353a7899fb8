package uncheckedproduction

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

const code diag.Code = "unchecked-production"

// Rule is unchecked-production.
var Rule = &lint.Rule{ID: "HF010", Code: code, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, f := range p.Plan.Flows {
		if f.Kind != flow.Delivery && f.Kind != flow.Hotfix {
			continue
		}
		for _, j := range f.Jobs {
			if j.Kind == flow.JobDeploy && j.Environment.Tier == flow.Production && !checked(f, j) {
				out = append(out, unchecked(f, j.Environment))
				break
			}
		}
	}
	return out
}

// checked tells whether a check has passed when the deployment begins: a job
// of its own, one that an environment before it requires or is verified by, or
// one that the environment itself requires.
func checked(f *flow.Flow, production *flow.Job) bool {
	for _, j := range f.Jobs[:slices.Index(f.Jobs, production)] {
		if j.Kind == flow.JobCheck && !j.Informs || j.Kind == flow.JobDeploy && (runs(j.Steps, "checkout") || runs(j.Steps, "deployed")) {
			return true
		}
	}
	return runs(production.Steps, "checkout")
}

// runs tells whether a command of a check stands in a part of a job: after the
// operation deployed, or before begin.
func runs(steps []flow.Step, from string) bool {
	inside := from == "checkout"
	for _, s := range steps {
		switch s := s.(type) {
		case flow.Operation:
			if s.Name == "begin" && inside || s.Name == "passed" {
				return false
			}
			inside = inside || s.Name == from
		case flow.Run:
			if inside {
				return true
			}
		}
	}
	return false
}

func unchecked(f *flow.Flow, e *flow.Environment) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: f.Origin,
		Summary: "Production without a check",
		Detail:  fmt.Sprintf("The flow %s reaches %q without having run any required check. Add one to its `checks`, or to `verify` of an environment before %q.", f.Kind, e.ID, e.ID),
	}
}
