// Package rehearse carries the flows of a plan out on this machine, with git
// and a POSIX shell: the plan is the pipeline, the generated release script is
// the script, the host is a bare repository in a folder. It is as strict as the
// CI systems: jobs in the order of their needs, a clean checkout each, no
// environment but the one that the plan gives.
package rehearse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// Engine carries pipelines out by their plans.
type Engine struct {
	Path     string // where programs are found
	Commands bool   // the commands of the policy are run
	Target   string // the CI system that it stands in for; "" is the one that deploys
	// Environ is more of the environment of commands, where they are run.
	Environ func(r *scenario.Run) []string
	// Secret is what stands for a secret.
	Secret func(s *flow.Secret) string
	// Tell hears what happens, from several runs at once.
	Tell func(Event)

	mu        sync.Mutex
	pipelines map[string][]*flow.Plan // by the text in Marker
	last      []*flow.Plan
	forge     *host
}

// Marker is the file in which a commit says which plans are its own: the
// pipelines of a commit are those of its files.
const Marker = ".fettle/rehearsal"

// Event is something that happened in a run.
type Event struct {
	Kind EventKind
	Run  *scenario.Run
	Flow *flow.Flow
	Job  *flow.Job
	Text string // of a Command its call, of the others a note
	Err  error  // of JobEnds: why it failed
}

// EventKind is what an Event is.
type EventKind int

// The events.
const (
	JobBegins EventKind = iota
	JobEnds
	JobSkipped
	Command   // a command of the policy, as it would be called
	Pretended // what the rehearsal did in place of a command or of a host
	Asked     // an approval waits
)

// Name of the engine, as scenarios say it.
func (*Engine) Name() string { return "rehearse" }

// Add makes plans those of the commits that hold the text it returns in Marker.
// Equal plans have an equal one, so that branches with them can be merged.
func (e *Engine) Add(plans []*flow.Plan) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	sum := sha256.New()
	for _, p := range plans {
		io.WriteString(sum, p.String())
	}
	text := hex.EncodeToString(sum.Sum(nil))
	if e.pipelines == nil {
		e.pipelines = map[string][]*flow.Plan{}
	}
	e.pipelines[text], e.last = plans, plans
	return text + "\n"
}

// Inherit takes over the plans of the engine of another world, of which this one's is a copy.
func (e *Engine) Inherit(from *Engine) {
	from.mu.Lock()
	defer from.mu.Unlock()
	e.pipelines, e.last = maps.Clone(from.pipelines), from.last
}

// plans are those of a commit. A commit from before the rehearsal has those that
// were added last.
func (e *Engine) plans(w *scenario.World, commit string) ([]*flow.Plan, error) {
	text, err := w.Show(commit, Marker)
	e.mu.Lock()
	defer e.mu.Unlock()
	switch own, known := e.pipelines[text]; {
	case len(e.last) == 0:
		return nil, errors.New("there is no policy yet")
	case err != nil:
		return e.last, nil
	case !known:
		return nil, fmt.Errorf("%s of %s is not what the rehearsal wrote", Marker, commit)
	default:
		return own, nil
	}
}

// Names are the environments or the checks of the newest policy.
func (e *Engine) Names(kind string) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	names := map[string]bool{}
	for _, p := range e.last {
		for _, env := range p.Environments {
			names[env.ID] = names[env.ID] || kind == "environment"
		}
		for _, f := range p.Flows {
			for _, j := range f.Jobs {
				for _, s := range j.Steps {
					if r, ok := s.(flow.Run); ok && r.Purpose == flow.ToCheck {
						names[r.Of] = names[r.Of] || kind == "check"
					}
				}
			}
		}
	}
	maps.DeleteFunc(names, func(_ string, of bool) bool { return !of })
	return slices.Sorted(maps.Keys(names))
}

// Flows are those that an event starts, by the triggers of the plans.
func (e *Engine) Flows(w *scenario.World, r *scenario.Run) ([]string, error) {
	plans, err := e.plans(w, r.Commit)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range plans {
		for _, f := range p.Flows {
			if slices.ContainsFunc(f.Triggers, func(t flow.Trigger) bool { return starts(w, r, t) }) {
				out = append(out, f.Name)
			}
		}
	}
	return out, nil
}

func starts(w *scenario.World, r *scenario.Run, t flow.Trigger) bool {
	matches := func(pattern, branch string) bool {
		ok, err := path.Match(pattern, branch)
		return ok && err == nil
	}
	switch t := t.(type) {
	case flow.Push:
		return r.Event == "push" && matches(t.Branch, r.Ref) && w.Touched(r, t.Paths)
	case flow.Dispatch:
		return r.Event == "dispatch"
	case flow.Request:
		return r.Event == "request" && slices.ContainsFunc(t.Branches, func(b string) bool { return matches(b, r.Base) })
	case flow.Timer:
		return r.Event == "schedule" && t.Branch == r.Ref
	default:
		panic(fmt.Sprintf("rehearse: unexpected trigger %T", t))
	}
}

// flowOf finds the flow of a run.
func (e *Engine) flowOf(w *scenario.World, r *scenario.Run) (*flow.Plan, *flow.Flow, error) {
	plans, err := e.plans(w, r.Commit)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range plans {
		for _, f := range p.Flows {
			if f.Name == r.Flow {
				return p, f, nil
			}
		}
	}
	return nil, nil, fmt.Errorf("the commit %s has no flow %s", r.Commit, r.Flow)
}

// Carry runs one pipeline.
func (e *Engine) Carry(ctx context.Context, w *scenario.World, r *scenario.Run) error {
	p, f, err := e.flowOf(w, r)
	if err != nil {
		return err
	}
	h, err := e.host(w)
	if err != nil {
		return err
	}
	inputs, err := inputsOf(f, r.Inputs)
	if err != nil {
		fmt.Fprintln(r, err)
		return err
	}
	run := &pipeline{engine: e, world: w, host: h, run: r, plan: p, flow: f, inputs: inputs, ends: map[*flow.Job]*end{}}
	return run.carry(ctx)
}

// inputsOf are the answers to the questions of a dispatch, as a form lets them
// through, by variable.
func inputsOf(f *flow.Flow, given map[string]string) (map[string]string, error) {
	known := map[string]*flow.Input{}
	for _, t := range f.Triggers {
		if d, ok := t.(flow.Dispatch); ok {
			for _, i := range d.Inputs {
				known[i.Name] = i
			}
		}
	}
	out := map[string]string{}
	for name, value := range given {
		i := known[name]
		if i == nil {
			return nil, fmt.Errorf("the flow %s asks for no %s", f.Name, name)
		}
		if len(i.Choices) > 0 && !slices.Contains(i.Choices, value) {
			return nil, fmt.Errorf("%s of the flow %s cannot be %q; it is one of %s", name, f.Name, value, strings.Join(i.Choices, ", "))
		}
		out[i.Env] = value
	}
	for _, i := range known {
		if _, ok := out[i.Env]; !ok {
			out[i.Env] = i.Default
			if i.Default == "" && len(i.Choices) > 0 {
				out[i.Env] = i.Choices[0] // what a form shows first
			}
		}
	}
	return out, nil
}

func (e *Engine) tell(ev Event) {
	if e.Tell != nil {
		e.Tell(ev)
	}
}

// folder is where the jobs of a run are checked out.
func (p *pipeline) folder(j *flow.Job) string {
	return filepath.Join(p.world.Dir, "jobs", fmt.Sprintf("%s-%d-%s", p.run.ID(), p.run.Attempt, j.ID()))
}
