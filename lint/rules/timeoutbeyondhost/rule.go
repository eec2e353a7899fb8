package timeoutbeyondhost

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

const code diag.Code = "timeout-beyond-host"

// Rule is timeout-beyond-host.
var Rule = &lint.Rule{ID: "HF080", Code: code, Doc: doc, Check: check}

// place is one block on one target: its jobs in several flows are one mistake.
type place struct {
	origin hcl.Range
	target string
}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	said, seen := timeouts(p.Policy), map[place]bool{}
	for _, f := range p.Plan.Flows {
		for _, j := range f.Jobs {
			if j.Agent == nil {
				continue // nothing runs
			}
			for _, target := range p.Plan.Targets {
				if most := limit(j.Agent, target); most > 0 && j.Timeout > most && !seen[place{j.Origin, target}] {
					seen[place{j.Origin, target}] = true
					out = append(out, beyond(j, target, most, said[j.Origin]))
				}
			}
		}
	}
	return out
}

func limit(a *flow.Agent, target string) time.Duration {
	if a.HostedOn(target) {
		return flow.HostLimits[target].Hosted
	}
	return flow.HostLimits[target].Own
}

// timeouts are where the policy says how long a job may take, by the place of
// what the job is made of.
func timeouts(p *schema.Policy) map[hcl.Range]hcl.Range {
	out := map[hcl.Range]hcl.Range{}
	add := func(at hcl.Range, r schema.Runner) {
		if r.Timeout.Set {
			out[at] = r.Timeout.Range
		}
	}
	if b := p.Build; b != nil {
		add(b.Range, b.Runner)
	}
	for _, c := range p.Checks {
		add(c.Range, c.Runner)
	}
	for _, e := range p.Environments {
		add(e.Range, e.Runner)
	}
	return out
}

func beyond(j *flow.Job, target string, most time.Duration, at hcl.Range) *diag.Diagnostic {
	if at.Filename == "" {
		at = j.Origin
	}
	what, machine, way := fmt.Sprintf("The job %q", j.Title), "a machine of its own", "let an agent of your own run it, or "
	if j.Kind == flow.JobDeploy || j.Kind == flow.JobMirror {
		what += ", with the checks in it,"
	}
	if !j.Agent.HostedOn(target) {
		machine, way = "a machine that you bring", ""
	}
	return &diag.Diagnostic{
		Code: code, Subject: at,
		Summary: "Longer than the host allows",
		Detail: fmt.Sprintf("%s may take %s, and %s ends a job on %s after %s, whatever a pipeline says. Write a shorter `timeout`, %sor make several of it.",
			what, flow.Duration(j.Timeout), target, machine, flow.Duration(most), way),
	}
}
