package e2e

import (
	"context"
	"os"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// rehearsed carries the plans out, by the engine of `fettle rehearse`: with
// nothing but git, a POSIX shell and curl. The shop's programs are run.
type rehearsed struct{ *rehearse.Engine }

func newRehearsed() *rehearsed {
	return &rehearsed{&rehearse.Engine{Path: os.Getenv("PATH"), Commands: true, Target: "jenkins", Secret: func(*flow.Secret) string { return "of-the-host" }}}
}

func TestRehearse(t *testing.T) { carryOut(t, func() engine { return newRehearsed() }) }

// ordinary are the scenarios that `go test ./...` carries out on it.
var ordinary = map[string]bool{
	"01-first-delivery": true, "02-check-fails": true, "03-approval-refused": true, "04-hotfix": true, "05-stale-line": true, "07-conflict-draft": true,
	"08-merge-back-merged": true, "10-redeploy": true, "14-hold": true, "16-killed-after-begin": true, "20-freeze": true, "31-requester": true,
}

// again is the engine of a world that is a copy of another one.
func (e *rehearsed) again(w *world) *rehearsed {
	o := newRehearsed()
	o.Inherit(e.Engine)
	o.Environ = w.environ
	return o
}

func (*rehearsed) name() string            { return "rehearse" }
func (*rehearsed) missing() string         { return "" }
func (*rehearsed) gate(name string) string { return name }

func (e *rehearsed) flows(w *world, r *run) []string {
	flows, err := e.Flows(w.World, r)
	if err != nil {
		w.t.Error(err)
	}
	return flows
}

func (e *rehearsed) carry(ctx context.Context, w *world, r *run) error {
	return e.Carry(ctx, w.World, r)
}

// writePlans says in the commits that follow which plans are theirs.
func (w *world) writePlans(repository *generators.Repository) {
	e, ok := w.eng.(*rehearsed)
	if !ok {
		return
	}
	e.Environ = w.environ
	var plans []*flow.Plan
	for _, r := range repository.Results {
		plans = append(plans, r.Plan)
	}
	w.write(rehearse.Marker, e.Add(plans))
}

var _ scenario.Engine = (*rehearse.Engine)(nil)
