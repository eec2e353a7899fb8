package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

// evidence: a check whose report was demanded, and whose exit code is enough
// now; one whose report is looked for elsewhere. However many jobs run the
// check, it is one finding.
func (c *comparison) evidence() {
	seen := map[string]bool{}
	c.jobs(func(before, now *flow.Job) {
		for check, was := range reports(before) {
			is, still := reports(now)[check]
			n := checkWith(c.now.Policy, check)
			switch {
			case was == is || n == nil || seen[check] || !runs(now, check):
				continue
			case !still:
				c.report(evidenceGone(n))
			default:
				c.report(evidenceElsewhere(n, was, is))
			}
			seen[check] = true
		}
	})
}

// reports are the reports that a job judges, by check.
func reports(j *flow.Job) map[string]string {
	out := map[string]string{}
	for _, s := range j.Steps {
		if e, ok := s.(flow.Evidence); ok {
			out[e.Check] = e.Glob
		}
	}
	return out
}

// runs tells whether a job still runs a check.
func runs(j *flow.Job, check string) bool {
	return slices.ContainsFunc(j.Steps, func(s flow.Step) bool {
		r, ok := s.(flow.Run)
		return ok && r.Title == "Check "+check
	})
}

// checkWith is the policy's check with an id of the plan.
func checkWith(p *schema.Policy, id string) *schema.Check {
	for _, c := range p.Checks {
		if language.ID(c.Label) == id {
			return c
		}
	}
	return nil
}
