package flow

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/language"
)

// The release script of the mainline. What a hotfix branch or a redeployed version
// checks out may be years old: there the mainline's script is saved first,
// inside .git, where no checkout removes it.
const mainlineScript = ".git/fettle-release.sh"

// scriptOf is the script of a component, which has its own: what one component's
// policy says never changes what another one runs.
func scriptOf(component string) string {
	if component == "" {
		return ".fettle/release.sh"
	}
	return ".fettle/" + component + "/release.sh"
}

// operationTimeout bounds jobs that only ask git and push a few refs.
const operationTimeout = 15 * time.Minute

// builder puts the jobs of one flow together, in the order in which they run.
type builder struct {
	*lowering
	flow   *Flow
	script string
	first  *Job     // identify or resolve: where version and commit come from
	ready  []*Job   // what the next stage waits for
	said   []*Input // what whoever started it said, for those who approve and for the ledger
}

func (l *lowering) newFlow(kind Kind, title, script string, origin hcl.Range) *builder {
	f := &Flow{Kind: kind, Name: l.plan.Prefix() + string(kind), Title: title, Origin: origin}
	if l.plan.Component != "" {
		f.Title = l.plan.Component + ": " + title
	}
	l.plan.Flows = append(l.plan.Flows, f)
	return &builder{lowering: l, flow: f, script: script}
}

// add appends a job that waits for what is ready, and fills in what follows
// from its steps: which values it must be handed.
func (b *builder) add(j *Job) *Job {
	if j.Needs == nil {
		j.Needs = slices.Clone(b.ready)
	}
	if j.Kind != JobApprove && j.Agent == nil {
		j.Agent = b.operations
	}
	if j.When == nil && b.first != nil && b.first.Kind == JobIdentify && slices.Equal(j.Needs, []*Job{b.first}) {
		j.When = Proceed{From: b.first}
	}
	if j.Script != "" {
		j.Script = b.script
	}
	b.flow.Jobs = append(b.flow.Jobs, j)
	b.claimJob(j)
	return j
}

// then makes the jobs what the next stage waits for.
func (b *builder) then(jobs ...*Job) { b.ready = jobs }

// checkout is the first step of a job that runs operations.
func (b *builder) checkout() Checkout {
	c := Checkout{Mainline: b.script == mainlineScript}
	if b.flow.Kind == Schedule {
		c.Branch = b.plan.Mainline
	}
	return c
}

// operationJob is a job with one operation, on the operations agent.
func (b *builder) operationJob(name string, kind JobKind, title string, op Operation) *Job {
	return b.add(&Job{
		Name: name, Kind: kind, Title: title, Timeout: operationTimeout,
		Script: b.script, Writes: true, Outputs: op.Sets, Origin: b.flow.Origin,
		Steps: []Step{b.checkout(), op},
	})
}

// data names the outputs of other jobs that a job is handed. Jobs that the
// flow does not have are left out: a policy without a build has no checksum.
func (b *builder) data(to *Job, keys ...string) []Datum {
	var out []Datum
	for _, k := range keys {
		if j := b.producer(to, k); j != nil {
			out = append(out, Datum{Env: outputs[k], From: j, Key: k})
		}
	}
	return out
}

// producer is the last job so far, but for the one that asks, that sets an
// output.
func (b *builder) producer(to *Job, key string) *Job {
	for _, j := range slices.Backward(b.flow.Jobs) {
		if j != to && slices.Contains(j.Outputs, key) {
			return j
		}
	}
	return nil
}

// dataOf are the data of the run-time values that a job's commands name.
func (b *builder) dataOf(to *Job, steps []Step) []Datum {
	var out []Datum
	for _, s := range steps {
		r, ok := s.(Run)
		if !ok {
			continue
		}
		for _, v := range r.uses {
			out = append(out, b.datum(to, v)...)
		}
	}
	return out
}

func (b *builder) datum(to *Job, v language.RunValue) []Datum {
	val := values[v]
	if v == language.RunFailure {
		return nil // a step of the job finds it
	}
	if val.key == "" {
		return []Datum{{Env: val.env, Run: v}}
	}
	return b.data(to, val.key)
}

// inputs gives a job what its operations and its commands read, each once, in
// the order of the operations' keys.
func (b *builder) inputs(j *Job, keys ...string) {
	seen := map[string]bool{}
	for _, d := range slices.Concat(b.data(j, keys...), b.dataOf(j, j.Steps)) {
		if !seen[d.Env] {
			seen[d.Env] = true
			j.Inputs = append(j.Inputs, d)
		}
	}
}
