package flow

import "github.com/fettle-ci/fettle/schema"

// History is what a checkout takes besides the files of its commit.
type History string

// What it takes. A host or a runner that cannot leave files out sends all of them.
const (
	NoHistory    History = ""        // the commit alone
	Commits      History = "commits" // every commit and every tag; of files what is checked out
	WholeHistory History = "whole"   // the files of every commit too
)

// lowerHistory says what each checkout takes of the past. Where git is asked, by
// operations or by the release script, every commit counts, and the script brings
// the files of older ones that it looks at; a job without it needs none. What
// the commands of the policy need, it says.
func (l *lowering) lowerHistory() {
	for _, f := range l.plan.Flows {
		for _, j := range f.Jobs {
			for i, s := range j.Steps {
				if c, ok := s.(Checkout); ok {
					j.Steps[i] = c.of(j)
				}
			}
		}
	}
}

func (c Checkout) of(j *Job) Checkout {
	if c.History == NoHistory && j.Script != "" {
		c.History = Commits
	}
	return c
}

// reading is the checkout of a job whose commands may read files of earlier
// commits.
func (c Checkout) reading(runners ...schema.Runner) Checkout {
	for _, r := range runners {
		if r.History.V {
			c.History = WholeHistory
		}
	}
	return c
}

// runners are those of an environment and of the checks that run in its job.
func runners(e *schema.Environment, checks ...schema.Ref[schema.Check]) []schema.Runner {
	out := []schema.Runner{e.Runner}
	for _, c := range checks {
		if c.To != nil {
			out = append(out, c.To.Runner)
		}
	}
	return out
}
