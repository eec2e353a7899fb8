package weakening

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/language"
)

// pair is a job of before, and the same job now.
type pair struct{ before, now *flow.Job }

// jobs calls compare for every job that there was and still is.
func (c *comparison) jobs(compare func(before, now *flow.Job)) {
	for _, p := range c.jobPairs() {
		compare(p.before, p.now)
	}
}

// jobPairs are these jobs: of one name in one flow, where an environment that is
// called otherwise is still the same.
func (c *comparison) jobPairs() []pair {
	if c.pairs != nil {
		return c.pairs
	}
	for _, f := range c.before.Plan.Flows {
		n := c.now.Plan.Flow(f.ID())
		if n == nil {
			continue
		}
		now := map[string]*flow.Job{}
		for _, j := range n.Jobs {
			now[j.Name] = j
		}
		for _, j := range f.Jobs {
			if is := now[c.nameNowOf(j)]; is != nil {
				c.pairs = append(c.pairs, pair{j, is})
			}
		}
	}
	return c.pairs
}

// nameNowOf is what a job of before is called now.
func (c *comparison) nameNowOf(j *flow.Job) string {
	if j.Environment == nil || c.renamed[j.Environment.ID] == "" {
		return j.Name
	}
	return strings.Replace(j.Name, "/"+j.Environment.ID, "/"+c.nameNow(j.Environment), 1)
}

// source is the block of a policy whose commands a job runs, as messages call
// it. Jobs of the release model have none.
func (c *comparison) source(p *lint.Pass, j *flow.Job) string {
	switch j.Kind {
	case flow.JobBuild:
		return "build"
	case flow.JobCheck:
		return checkCalled(p, strings.TrimPrefix(j.Name, "check/"))
	case flow.JobDeploy, flow.JobMirror:
		return c.environmentCalled(p, j.Environment)
	}
	return ""
}

// sourceOf is the block that one command of a job comes from: an environment's
// job runs its checks and the store of the build too.
func (c *comparison) sourceOf(p *lint.Pass, j *flow.Job, r flow.Run) string {
	if check, ok := strings.CutPrefix(r.Title, "Check "); ok {
		return checkCalled(p, check)
	}
	for _, n := range p.Policy.Notifies {
		if r.Title == "Notify "+strings.ReplaceAll(language.ID(n.Label), "-", " ") {
			return "notify \"" + n.Label + "\""
		}
	}
	if strings.HasSuffix(r.Title, "from the store") {
		return "build"
	}
	return c.source(p, j)
}

func checkCalled(p *lint.Pass, id string) string {
	if o := checkWith(p.Policy, id); o != nil {
		id = o.Block
	}
	return "check \"" + id + "\""
}

// environmentCalled is an environment by what it is called now.
func (c *comparison) environmentCalled(p *lint.Pass, e *flow.Environment) string {
	name := e.ID
	if p == c.before {
		name = c.nameNow(e)
	}
	for _, o := range c.now.Policy.Environments {
		if language.ID(o.Label) == name {
			name = o.Label
		}
	}
	return "environment \"" + name + "\""
}

// commands are those that the policy has a job run, in their order.
func commands(j *flow.Job) []flow.Run {
	var out []flow.Run
	for _, s := range j.Steps {
		if r, ok := s.(flow.Run); ok {
			out = append(out, r)
		}
	}
	return out
}

// operates tells whether a job runs operations of the release script alone, on
// the machine for them.
func operates(j *flow.Job) bool {
	return j.Agent != nil && !slices.Contains([]flow.JobKind{flow.JobBuild, flow.JobCheck, flow.JobDeploy, flow.JobMirror}, j.Kind)
}
