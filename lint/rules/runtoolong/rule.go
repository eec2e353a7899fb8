package runtoolong

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "run-too-long"

// Rule is run-too-long.
var Rule = &lint.Rule{ID: "HF080", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, f := range p.Plan.Flows {
		for _, target := range p.Plan.Targets {
			if most := flow.HostLimits[target].Run; most > 0 && f.Longest() > most {
				out = append(out, tooLong(f, target, most))
			}
		}
	}
	return out
}

func tooLong(f *flow.Flow, target string, most time.Duration) *diag.Diagnostic {
	const day = 24 * time.Hour
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: f.Origin,
		Summary: "Run that its host may cancel",
		Detail: fmt.Sprintf("With every approval given in the last moment, a run of %s takes up to %d days, and %s cancels it after %d, its waiting included. Give the approvals on its way shorter timeouts.",
			f.ID(), (f.Longest()+day-1)/day, target, most/day),
	}
}
