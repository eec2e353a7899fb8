package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
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
			if b.flow.Kind == n.flow.Kind && c.nameNow(b.job.Environment) == n.job.Environment.ID {
				compare(b, n)
			}
		}
	}
}

// waitsFor are the jobs that a deployment waits for, however far before it, and
// itself.
func (w way) waitsFor() []*flow.Job {
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

// stops are the environments of a way, production last.
func (w way) stops() []*flow.Environment {
	var out []*flow.Environment
	for _, j := range w.waitsFor() {
		if j.Kind == flow.JobDeploy {
			out = append(out, j.Environment)
		}
	}
	return out
}

// stop is the environment of a way that is called so, or nil.
func (w way) stop(name string) *flow.Environment {
	for _, e := range w.stops() {
		if e.ID == name {
			return e
		}
	}
	return nil
}

// checks are the checks that stand before production on a way: those that the
// deployment waits for, those of every environment before it, and those that it
// requires itself. A check that becomes a matrix is still one.
func (w way) checks(p *lint.Pass) []string {
	var out []string
	for _, j := range w.waitsFor() {
		switch j.Kind {
		case flow.JobCheck:
			if c := check(p.Policy, j); c != nil && !j.Informs {
				out = append(out, c.Block, c.Label)
			}
		case flow.JobDeploy:
			out = append(out, w.requires(p.Policy, j.Environment)...)
			if j != w.job {
				out = append(out, w.verifies(p.Policy, j.Environment)...)
			}
		}
	}
	return distinct(out)
}

func distinct(all []string) []string {
	var out []string
	for _, name := range all {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// requires and verifies are the checks before and after the commands of a
// deployment.
func (w way) requires(p *schema.Policy, e *flow.Environment) []string {
	return w.run(environment(p, e).Requires)
}

func (w way) verifies(p *schema.Policy, e *flow.Environment) []string {
	return w.run(environment(p, e).Verify)
}

// run are the checks that a flow does not leave out.
func (w way) run(refs []schema.Ref[schema.Check]) []string {
	var out []string
	for _, r := range refs {
		if !waived(w.flow, r.To.Label) {
			out = append(out, r.To.Block, r.To.Label)
		}
	}
	return distinct(out)
}

// environment is the policy's environment that one of the plan was made of.
func environment(p *schema.Policy, e *flow.Environment) *schema.Environment {
	i := slices.IndexFunc(p.Environments, func(o *schema.Environment) bool { return o.Range == e.Origin })
	return p.Environments[i]
}

// check is the policy's check that a job runs.
func check(p *schema.Policy, j *flow.Job) *schema.Check {
	for _, c := range p.Checks {
		if "check/"+language.ID(c.Label) == j.Name {
			return c
		}
	}
	return nil
}
