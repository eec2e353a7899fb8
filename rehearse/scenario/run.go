package scenario

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fettle-ci/fettle/flow"
)

// Run is one run of one pipeline.
type Run struct {
	Flow, Ref, Commit, Actor string
	Number                   int
	Event                    string // push, dispatch, schedule or request
	Base                     string // where a request wants to go
	Inputs                   map[string]string
	Attempt                  int
	Finished, Killed         bool
	Err                      error

	mu     sync.Mutex
	out    bytes.Buffer
	cancel context.CancelFunc
	done   chan struct{}
	gates  map[string]chan Decision
	open   map[string]bool // gates that wait
}

// Decision is what a person says to a gate.
type Decision struct {
	Person            string
	Approved, Timeout bool
}

// ErrKilled is the end of a run whose machine went away.
var ErrKilled = errors.New("killed")

// ID is what the CI system calls the run.
func (r *Run) ID() string { return fmt.Sprintf("9%d", r.Number) }

// Write takes what the pipeline prints.
func (r *Run) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(p)
}

// Log is what it printed.
func (r *Run) Log() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

// copy is an ended run for another world.
func (r *Run) copy() *Run {
	c := &Run{Flow: r.Flow, Ref: r.Ref, Commit: r.Commit, Actor: r.Actor, Number: r.Number, Event: r.Event, Base: r.Base, Inputs: r.Inputs,
		Finished: r.Finished, Killed: r.Killed, Err: r.Err, Attempt: r.Attempt, gates: map[string]chan Decision{}, open: map[string]bool{}}
	c.out.WriteString(r.Log())
	return c
}

// abandon ends the waiting at the gates of a run. The caller holds the world's lock.
func (r *Run) abandon() {
	for _, gate := range r.gates {
		close(gate)
	}
	r.gates = map[string]chan Decision{}
}

// Event is what starts pipelines.
type Event struct {
	Kind             string // push, dispatch, schedule or request
	Ref, Actor, Flow string
	Inputs           map[string]string
}

// Start begins the pipelines of an event, and returns the first.
func (w *World) Start(e Event) (*Run, error) {
	commit, err := w.TryGit(w.Bare, "rev-parse", "--verify", "--quiet", "refs/heads/"+e.Ref)
	if err != nil {
		return nil, fmt.Errorf("the host has no branch %s: push it before", e.Ref)
	}
	begun := func(flow string) *Run {
		return &Run{Base: w.Base, Event: e.Kind, Ref: e.Ref, Commit: commit, Actor: e.Actor, Flow: flow, Inputs: e.Inputs, gates: map[string]chan Decision{}, open: map[string]bool{}}
	}
	flows, err := w.Engine.Flows(w, begun(e.Flow))
	if err != nil {
		return nil, err
	}
	if e.Kind == "dispatch" || e.Kind == "schedule" {
		if known := flows; !slices.Contains(known, e.Flow) {
			return nil, fmt.Errorf("there is no flow %s that a %s starts; there are %s", e.Flow, e.Kind, strings.Join(known, ", "))
		}
		flows = []string{e.Flow}
	}
	if len(flows) == 0 {
		return nil, fmt.Errorf("a %s of %s starts nothing", e.Kind, e.Ref)
	}
	if len(flows) > 1 && Component(flows[0]) == Component(flows[1]) {
		return nil, fmt.Errorf("a %s of %s starts more than one pipeline: %v", e.Kind, e.Ref, flows)
	}
	var runs []*Run
	for _, flow := range flows {
		r := begun(flow)
		w.mu.Lock()
		w.number++
		r.Number = w.number
		w.runs = append(w.runs, r)
		w.mu.Unlock()
		runs = append(runs, r)
	}
	for _, r := range runs {
		w.Carry(r)
	}
	return runs[0], nil
}

// Idle begins a run that other systems do not number, and waits for its end.
func (w *World) Idle(of *Run, flow string, number int) *Run {
	r := &Run{Event: of.Event, Ref: of.Ref, Commit: of.Commit, Actor: of.Actor, Flow: flow, Number: number, gates: map[string]chan Decision{}, open: map[string]bool{}}
	w.mu.Lock()
	w.runs = append(w.runs, r)
	w.mu.Unlock()
	w.Carry(r)
	_ = w.ends(r)
	return r
}

// Component is what stands before the kind in the name of a flow, or "".
func Component(of string) string {
	for _, kind := range flow.Kinds {
		if name, ok := strings.CutSuffix(of, "-"+string(kind)); ok {
			return name
		}
	}
	return ""
}

// Requested tells whether a merge request changes one of the paths, as hosts
// judge it: from where its branch left the other one.
func (w *World) Requested(r *Run, paths []string) bool {
	return len(paths) == 0 || w.differs(paths, "refs/heads/"+r.Base+"..."+r.Commit)
}

// Touched tells whether the last push changed one of the paths, as hosts judge
// it: from where the branch stood. Everything is new on a new branch.
func (w *World) Touched(r *Run, paths []string) bool {
	return len(paths) == 0 || w.Before == "" || w.differs(paths, w.Before, r.Commit)
}

func (w *World) differs(paths []string, revisions ...string) bool {
	args := append(append([]string{"diff", "--quiet"}, revisions...), "--")
	for _, p := range paths {
		args = append(args, ":(glob)"+p)
	}
	_, err := w.TryGit(w.Bare, args...)
	return err != nil
}

// Carry runs a pipeline in the background, the first time or again.
func (w *World) Carry(r *Run) {
	ctx, cancel := context.WithCancel(w.ctx)
	w.mu.Lock()
	r.cancel, r.Finished, r.Killed, r.Err, r.done = cancel, false, false, nil, make(chan struct{})
	r.Attempt++
	done := r.done
	w.mu.Unlock()
	go w.watch(ctx, r)
	go func() {
		err := w.Engine.Carry(ctx, w, r)
		cancel()
		w.mu.Lock()
		r.Finished, r.Err = true, err
		w.leaveAll(r)
		w.mu.Unlock()
		close(done)
	}()
}

// watch kills the run whose command asked for it, or the one that runs when the
// host says so.
func (w *World) watch(ctx context.Context, r *Run) {
	looks := time.NewTicker(20 * time.Millisecond)
	defer looks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-looks.C:
		}
		for _, name := range []string{"dying-" + r.ID(), "dying"} {
			if os.Remove(filepath.Join(w.State, name)) == nil {
				w.Kill(r)
				return
			}
		}
	}
}

// Kill is what happens when the machine goes away: nothing of the pipeline runs
// any more.
func (w *World) Kill(r *Run) {
	w.mu.Lock()
	r.Killed = true
	r.abandon()
	w.changed.Broadcast()
	w.mu.Unlock()
	r.cancel()
}

// --- Gates --------------------------------------------------------------------------

// Ask waits until somebody decides on a gate of a run.
func (w *World) Ask(r *Run, gate string) Decision {
	if own := Component(r.Flow); own != "" { // a gate is called as the policy calls it
		gate = strings.TrimPrefix(strings.TrimPrefix(gate, own+"-"), "approve-")
	}
	w.mu.Lock()
	if r.Killed {
		w.mu.Unlock()
		return Decision{}
	}
	answer := r.gates[gate]
	if answer == nil {
		answer = make(chan Decision, 1)
		r.gates[gate] = answer
	}
	r.open[gate] = true
	w.changed.Broadcast()
	w.mu.Unlock()
	select {
	case d := <-answer:
		return d
	case <-w.ctx.Done():
		return Decision{}
	}
}

// Decide answers a gate that waits.
func (w *World) Decide(r *Run, gate string, d Decision) error {
	if err := w.waits(r, gate); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	answer := r.gates[gate]
	if answer == nil {
		return fmt.Errorf("run %d does not wait for %s any more", r.Number, gate)
	}
	r.open[gate] = false
	answer <- d
	delete(r.gates, gate)
	return nil
}

// Waiting are the gates at which a run waits.
func (w *World) Waiting(r *Run) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for gate, open := range r.open {
		if open {
			out = append(out, gate)
		}
	}
	slices.Sort(out)
	return out
}

// waits demands that a run comes to a gate.
func (w *World) waits(r *Run, gate string) error {
	if !w.Until(w.Patience, func() bool { return r.open[gate] || r.Finished }) || r.Finished {
		return w.with(r, "run %d does not wait for %s", r.Number, gate)
	}
	return nil
}

// ends demands that a run ends.
func (w *World) ends(r *Run) error {
	if w.Until(w.Patience, func() bool { return r.Finished }) {
		return nil
	}
	gates := w.Waiting(r)
	w.Kill(r)
	if len(gates) > 0 {
		return w.with(r, "run %d waits for the approval %s, which nobody gave within %s; it was stopped", r.Number, strings.Join(gates, ", "), w.Patience)
	}
	return w.with(r, "run %d did not end within %s and was stopped", r.Number, w.Patience)
}

// EverythingEnds waits for what does not wait for people.
func (w *World) EverythingEnds() error {
	for _, r := range w.Runs() {
		if err := w.Settles(r); err != nil {
			return err
		}
	}
	return nil
}

// Settles waits until a run has ended, or waits for people.
func (w *World) Settles(r *Run) error {
	asks := func() bool {
		for _, open := range r.open {
			if open {
				return true
			}
		}
		return false
	}
	if !w.Until(w.Patience, func() bool { return r.Finished || asks() }) {
		w.Kill(r)
		return w.with(r, "run %d did not end within %s and was stopped", r.Number, w.Patience)
	}
	return nil
}

// Until waits for something to become true, and tells whether it did. The
// question is asked under the world's lock.
func (w *World) Until(limit time.Duration, is func() bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	late := false
	timer := time.AfterFunc(limit, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		late = true
		w.changed.Broadcast()
	})
	defer timer.Stop()
	for !is() {
		if late || w.ctx.Err() != nil {
			return false
		}
		w.changed.Wait()
	}
	return true
}

// with is an error with what the run printed.
func (w *World) with(r *Run, format string, args ...any) error {
	if w.ctx.Err() != nil {
		return errEnded
	}
	return &RunError{Run: r, Text: fmt.Sprintf(format, args...)}
}

// RunError is a run that did something else than it should.
type RunError struct {
	Run  *Run
	Text string
}

func (e *RunError) Error() string { return e.Text + ":\n" + e.Run.Log() }

// ByID is the run that a CI system calls so, or nil.
func (w *World) ByID(id string) *Run {
	for _, r := range w.Runs() {
		if r.ID() == id {
			return r
		}
	}
	return nil
}
