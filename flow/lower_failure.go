package flow

import (
	"slices"

	"github.com/fettle-ci/fettle/schema/language"
)

// gates are the jobs whose failure is the flow's.
func (f *Flow) gates() []*Job {
	return slices.DeleteFunc(slices.Clone(f.Jobs), func(j *Job) bool { return j.Informs })
}

// notifyCheckout is for the programs of a notification alone.
func (b *builder) notifyCheckout() Checkout { return Checkout{Branch: b.checkout().Branch} }

// notifyFailure tells people that a job of the flow failed.
func (b *builder) notifyFailure() {
	notices := b.notices("failure", scope{agent: b.operations, known: afterFailure})
	if len(notices) == 0 {
		return
	}
	j := &Job{
		Name: "notify/failure", Kind: JobNotify, Title: "Notify of the failure", When: Failed{}, Needs: b.flow.gates(),
		Timeout: operationTimeout, Origin: b.flow.Origin, Steps: append([]Step{b.notifyCheckout()}, notices...),
	}
	b.inputs(j)
	if slices.ContainsFunc(notices, tellsCauses) {
		b.sayCauses(j)
	}
	b.add(j)
}

// tellsCauses tells whether a command names what did not succeed.
func tellsCauses(s Step) bool {
	run, ok := s.(Run)
	return ok && slices.Contains(run.uses, language.RunFailure)
}

// sayCauses lets the job find out what did not succeed before it tells people,
// by the results of the jobs that it needs and by the marks that they leave.
func (b *builder) sayCauses(j *Job) {
	j.Steps = slices.Insert(j.Steps, 1, Step(Causes{Of: j.Needs}))
	for _, n := range j.Needs {
		j.Inputs = append(j.Inputs, Datum{Env: n.ResultVariable(), From: n, Result: true})
		n.Mark = b.plan.markVariable(n)
	}
}
