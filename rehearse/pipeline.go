package rehearse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// pipeline is one run of one flow.
type pipeline struct {
	engine *Engine
	world  *scenario.World
	host   *host
	run    *scenario.Run
	plan   *flow.Plan
	flow   *flow.Flow
	inputs map[string]string // by variable

	mu   sync.Mutex
	ends map[*flow.Job]*end
}

// end is how a job ended.
type end struct {
	done     chan struct{}
	result   result
	err      error
	outputs  map[string]string
	approver string
}

type result int

// The results of a job.
const (
	skipped result = iota
	succeeded
	failed
	stopped // it ran out of time
)

// words are what the script reads of a job that ended: those of GitHub.
var words = map[result]string{skipped: "skipped", succeeded: "success", failed: "failure", stopped: "cancelled"}

// errTime is the end of a job that ran out of time.
var errTime = errors.New("it ran out of time")

// carry starts every job, each of which waits for what it needs.
func (p *pipeline) carry(ctx context.Context) error {
	for _, j := range p.flow.Jobs {
		p.ends[j] = &end{done: make(chan struct{}), outputs: map[string]string{}}
	}
	for _, j := range p.flow.Jobs {
		go p.job(ctx, j)
	}
	var causes []string
	for _, j := range p.flow.Jobs {
		e := p.ends[j]
		<-e.done
		if e.result >= failed && !j.Informs {
			causes = append(causes, fmt.Sprintf("%s: %v", j.Title, e.err))
		}
	}
	if ctx.Err() != nil {
		return scenario.ErrKilled
	}
	if len(causes) > 0 {
		return errors.New(strings.Join(causes, "; "))
	}
	return nil
}

func (p *pipeline) job(ctx context.Context, j *flow.Job) {
	e := p.ends[j]
	defer close(e.done)
	for _, n := range j.Sources() {
		<-p.ends[n].done
	}
	if ctx.Err() != nil || !p.wanted(j) {
		p.engine.tell(Event{Kind: JobSkipped, Run: p.run, Flow: p.flow, Job: j})
		return
	}
	p.engine.tell(Event{Kind: JobBegins, Run: p.run, Flow: p.flow, Job: j})
	fmt.Fprintf(p.run, "=== %s\n", j.Title)
	e.err = p.perform(ctx, j, e)
	if e.err != nil && j.Kind == flow.JobMergeBack && strings.Contains(p.run.Log(), noCurl) {
		e.err = nil
		p.engine.tell(Event{Kind: Pretended, Run: p.run, Flow: p.flow, Job: j, Text: "the request to the host is not shown, since there is no curl on this machine"})
	}
	switch {
	case e.err == nil:
		e.result = succeeded
	case errors.Is(e.err, errTime):
		e.result = stopped
	default:
		e.result = failed
	}
	if e.err != nil {
		fmt.Fprintf(p.run, "%s: %v\n", j.Title, e.err)
	}
	p.engine.tell(Event{Kind: JobEnds, Run: p.run, Flow: p.flow, Job: j, Err: e.err})
}

// wanted tells whether a job runs.
func (p *pipeline) wanted(j *flow.Job) bool {
	if _, ok := j.When.(flow.Failed); ok {
		for _, n := range j.Needs {
			if p.ends[n].result >= failed {
				return true
			}
		}
		return false
	}
	for _, n := range j.Needs {
		if p.ends[n].result != succeeded {
			return false
		}
	}
	switch c := j.When.(type) {
	case nil:
		return true
	case flow.Proceed:
		return p.ends[c.From].outputs["proceed"] == "true"
	case flow.Chosen:
		return p.inputs[c.Input.Env] == c.Value
	default:
		panic(fmt.Sprintf("rehearse: unexpected condition %T", c))
	}
}

// perform does what the job is for.
func (p *pipeline) perform(ctx context.Context, j *flow.Job, e *end) error {
	if j.Kind == flow.JobApprove {
		return p.approve(j, e)
	}
	if j.Lock != "" {
		p.world.Lock(p.run, j.Lock)
		defer p.world.Unlock(p.run, j.Lock)
		if ctx.Err() != nil {
			return scenario.ErrKilled
		}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, j.Timeout, errTime)
	defer cancel()
	return newMachine(p, j, e).work(ctx)
}

// approve waits for a person, without a lock and without a machine.
func (p *pipeline) approve(j *flow.Job, e *end) error {
	gate := j.Environment.ID + "/" + j.Approval.Label
	p.engine.tell(Event{Kind: Asked, Run: p.run, Flow: p.flow, Job: j, Text: gate})
	d := p.world.Ask(p.run, gate)
	switch {
	case d.Timeout:
		return fmt.Errorf("nobody answered within %s: an approval that is not given is refused", flow.Duration(j.Approval.Timeout))
	case !d.Approved && d.Person == "":
		return scenario.ErrKilled
	case !d.Approved:
		return fmt.Errorf("%s refused it", d.Person)
	case d.Person == p.run.Actor:
		return fmt.Errorf("%s started this run and may not approve it: the approval %s excludes the requester", d.Person, j.Approval.Label)
	case j.Approval.Authors && p.wrote(j, d.Person):
		return fmt.Errorf("%s wrote a commit of this version; somebody else has to approve: the approval %s excludes authors", d.Person, j.Approval.Label)
	}
	e.approver = d.Person
	return nil
}

// wrote tells whether a person wrote a commit that the environment does not run
// yet, by what the job says that asked for the approval.
func (p *pipeline) wrote(j *flow.Job, person string) bool {
	for _, n := range j.Needs {
		if slices.Contains(strings.Split(p.ends[n].outputs["authors"], ","), person+"@example.com") {
			return true
		}
	}
	return false
}

// approvers are those who opened the gates before a job, a line each.
func (p *pipeline) approvers(j *flow.Job) string {
	var out []string
	for _, a := range j.Approved {
		out = append(out, a.Approval.Label+"="+p.ends[a].approver)
	}
	return strings.Join(out, "\n")
}

// value is what a job is handed.
func (p *pipeline) value(d flow.Datum) string {
	switch {
	case d.Result:
		return words[p.ends[d.From].result]
	case d.From != nil:
		return p.ends[d.From].outputs[d.Key]
	case d.Input != nil:
		return p.inputs[d.Input.Env]
	case d.Run == "run.url":
		return p.host.runURL(p.run)
	case d.Run == "run.id":
		return p.run.ID()
	default:
		return d.Literal
	}
}

// causes is the value run.failure.
func (p *pipeline) causes(of []*flow.Job) string {
	var out []string
	for _, j := range of {
		switch p.ends[j].result {
		case failed:
			out = append(out, j.Cause(flow.Broken))
		case stopped:
			out = append(out, j.Cause(flow.Stopped))
		}
	}
	if len(out) == 0 {
		return flow.SomeCause
	}
	return strings.Join(out, "; ")
}
