package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
)

// way is one way to production: a flow, and the job of it that deploys there.
type way struct {
	flow *flow.Flow
	job  *flow.Job
}

// ways are all of them, in the plan's order.
func ways(p *flow.Plan) []way {
	var out []way
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if j.Kind == flow.JobDeploy && j.Environment.Tier == flow.Production {
				out = append(out, way{f, j})
			}
		}
	}
	return out
}

// both calls compare for every way that there was and still is. A way that is
// new had no gate to lose; one that is gone leads nowhere.
func (c *comparison) both(compare func(before, now way)) {
	for _, b := range ways(c.before.Plan) {
		for _, n := range ways(c.now.Plan) {
			if b.flow.Kind == n.flow.Kind && b.job.Environment.ID == n.job.Environment.ID {
				compare(b, n)
			}
		}
	}
}

// passed are the jobs that a deployment waits for, however far before it, and
// itself.
func (w way) passed() []*flow.Job {
	seen := map[*flow.Job]bool{}
	var visit func(j *flow.Job)
	visit = func(j *flow.Job) {
		if seen[j] {
			return
		}
		seen[j] = true
		for _, n := range j.Needs {
			visit(n)
		}
	}
	visit(w.job)
	return slices.DeleteFunc(slices.Clone(w.flow.Jobs), func(j *flow.Job) bool { return !seen[j] })
}

// checks are the checks that stand on a way: those that the deployment waits
// for, and those of every environment on the way, its own included.
func (w way) checks(p *lint.Pass) []string {
	var out []string
	add := func(label string) {
		if !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	for _, j := range w.passed() {
		switch j.Kind {
		case flow.JobCheck:
			if c := check(p.Policy, j); c != nil {
				add(c.Block) // a check that becomes a matrix is still one
				add(c.Label)
			}
		case flow.JobDeploy:
			for _, label := range w.ofEnvironment(p.Policy, j.Environment) {
				add(label)
			}
		}
	}
	return out
}

// ofEnvironment are the checks in the deployment to an environment.
func (w way) ofEnvironment(p *schema.Policy, e *flow.Environment) []string {
	var out []string
	for _, o := range p.Environments {
		if o.Range != e.Origin {
			continue
		}
		for _, r := range slices.Concat(o.Requires, o.Verify) {
			if r.To != nil && !slices.ContainsFunc(w.flow.Waivers, func(v flow.Waiver) bool { return v.Check == schema.ID(r.To.Label) }) {
				out = append(out, r.To.Block, r.To.Label)
			}
		}
	}
	return out
}

// check is the policy's check that a job runs.
func check(p *schema.Policy, j *flow.Job) *schema.Check {
	for _, c := range p.Checks {
		if "check/"+schema.ID(c.Label) == j.Name {
			return c
		}
	}
	return nil
}
