package flow

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
)

// outcome is what a job says of a required check that it holds, to the job that
// records the candidate. That it is there proves that the job ran and came to
// its end: a stage that was skipped, deselected or removed hands on nothing.
type outcome struct {
	name string // of the check; of one in an environment's job with the environment: "ci/smoke"
	glob string // of its reports, or ""
	by   *Job
	at   hcl.Range // where the flow or the environment asks for it
}

// key is the output that carries it. Ids hold no underscore.
func (o outcome) key() string { return "evidence_" + underscores(o.name) }

// outcomes are those of all required checks before the candidate, each handed
// on by the job that holds it.
func (b *builder) outcomes(checks []schema.Ref[schema.Check], before []*schema.Environment) []outcome {
	all := b.handOn("check/", "", checks, func(c *schema.Check) string { return id(c.Label) })
	for _, e := range before {
		all = append(all, b.handOn("deploy/"+b.environments[e].ID, b.environments[e].ID+"/", slices.Concat(e.Requires, e.Verify), func(*schema.Check) string { return "" })...)
	}
	for _, o := range all {
		said := "check \"" + o.name + "\""
		if first := b.plan.names.claim(derived{outcomeSpace, o.key(), o.name, said, o.at}); first != nil {
			b.once(outcomesClash(first.said, said, o.at))
		}
	}
	return all
}

// handOn lets the jobs of the required checks say at their end what became of
// them. One step says it for all checks of a job.
func (b *builder) handOn(job, prefix string, refs []schema.Ref[schema.Check], rest func(*schema.Check) string) []outcome {
	var out []outcome
	for _, r := range refs {
		if r.To == nil || !r.To.Required.V || b.leavesOut(r.To) {
			continue
		}
		o := outcome{name: prefix + id(r.To.Label), glob: r.To.Report.V, by: b.job(job + rest(r.To)), at: r.Range}
		if o.by == nil || slices.ContainsFunc(out, func(p outcome) bool { return p.name == o.name }) {
			continue
		}
		o.by.sayOutcome(o)
		out = append(out, o)
	}
	return out
}

// job is a job of the flow by its name, or nil where it has none of it: what is
// wrong with the policy is told elsewhere.
func (b *builder) job(name string) *Job {
	for _, j := range b.flow.Jobs {
		if j.Name == name {
			return j
		}
	}
	return nil
}

// sayOutcome adds a check to the step that hands outcomes on: the last one of a
// check's job; in an environment's job the one after the recorded success,
// before what only follows the deployment.
func (j *Job) sayOutcome(o outcome) {
	arg := o.name
	if o.glob != "" {
		arg += "=" + o.glob
	}
	j.Outputs = append(j.Outputs, o.key())
	for i, s := range j.Steps {
		if op, ok := s.(Operation); ok && op.Name == "outcome" {
			op.Args, op.Sets = append(op.Args, arg), append(op.Sets, o.key())
			j.Steps[i] = op
			return
		}
	}
	op := Operation{Name: "outcome", Args: []string{arg}, Sets: []string{o.key()}, Title: "Hand on the outcome"}
	at := len(j.Steps)
	if i := slices.IndexFunc(j.Steps, func(s Step) bool { op, ok := s.(Operation); return ok && op.Name == "failed" }); i >= 0 {
		at = i
	}
	j.Steps = slices.Insert(j.Steps, at, Step(op))
}
