package flow

import "github.com/hashicorp/hcl/v2"

// decision is what a person asks for in a pipeline of its own, and others
// approve: its request shows what would follow, and one operation records it.
type decision struct {
	request, show       string // titles of the first job and of its operation
	name, record, title string // the operation that records it; titles of its job and of itself
	gates               []*Approval
	inputs              []*Input // of the dispatch; which environment, the first one, the job knows
	from                []string // variables that both operations are given
	origin              hcl.Range
}

func (b *builder) decide(env *Environment, d decision, when Condition) {
	var asked []Datum
	for _, i := range d.inputs[1:] {
		asked = append(asked, Datum{Env: i.Env, Input: i})
	}
	job := func(name string, kind JobKind, title string, op Operation) *Job {
		op.Args, op.FromEnv = []string{env.ID}, d.from
		return &Job{
			Name: name + "/" + env.ID, Kind: kind, Title: title, Environment: env, Inputs: asked,
			Timeout: operationTimeout, Script: b.script, Writes: true, Origin: d.origin, Steps: []Step{b.checkout(), op},
		}
	}
	request := job("request", JobRequest, d.request, Operation{Name: "request", Sets: []string{"asked"}, Title: d.show})
	request.Needs, request.When, request.Outputs = []*Job{}, when, []string{"asked"}
	b.then(b.add(request))
	record := job(d.name, JobOperate, d.record, Operation{Name: d.name, Title: d.title})
	for _, a := range d.gates {
		record.Approved = append(record.Approved, b.approve(env, a))
	}
	if len(record.Approved) > 0 {
		b.then(record.Approved...)
	}
	record.Inputs = append(record.Inputs, Datum{Env: outputs["asked"], From: request, Key: "asked"})
	b.then(b.add(record))
}
