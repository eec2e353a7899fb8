package dispatch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/ledger"
)

// State is how a run stands.
type State struct {
	Ended, Succeeded bool
	Result           string // the host's word for how it ended
	Jobs             []Job
	Note             string // why the jobs are not known
}

// Job is one of a run; a stage, where the host shows stages.
type Job struct {
	Name     string
	Is       Stand
	Approval *Approval // that it waits for
}

// Stand is how a job stands.
type Stand string

// The stands.
const (
	Waiting   Stand = "waiting"
	Running   Stand = "running"
	Asking    Stand = "waiting for approval"
	Succeeded Stand = "succeeded"
	Failed    Stand = "failed"
	Skipped   Stand = "skipped"
	Cancelled Stand = "cancelled"
)

// Approval is what a job waits for.
type Approval struct {
	Of     string   // the job's name in the policy
	By     []string // who may give it, as the host calls them
	Within string
}

// standOf reads the words of a host; one that is not known is a job that waits.
func standOf(words map[Stand][]string, said string) Stand {
	for stand, all := range words {
		if slices.Contains(all, strings.ToLower(said)) {
			return stand
		}
	}
	return Waiting
}

const (
	pause    = 10 * time.Second // between two looks
	patience = 6                // looks in a row that the host may leave unanswered
)

// Follow looks at a run until it ends, and prints what changes.
func (s *Session) Follow(ctx context.Context, w io.Writer, run Run) (*State, error) {
	before, unanswered := &State{}, 0
	for {
		now, err := s.system.look(ctx, s, run)
		var e *Error
		switch {
		case errors.As(err, &e) && e.passing && unanswered+1 < patience:
			unanswered++
		case err != nil:
			return nil, err
		default:
			unanswered = 0
			if err := s.changes(w, run, before, now); err != nil || now.Ended {
				return now, err
			}
			before = now
		}
		if err := s.Clock.Wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// changes prints the jobs that stand otherwise than before.
func (s *Session) changes(w io.Writer, run Run, before, now *State) error {
	var b strings.Builder
	clock := s.Clock.Now().UTC().Format("15:04:05")
	for _, j := range now.Jobs {
		i := slices.IndexFunc(before.Jobs, func(o Job) bool { return o.Name == j.Name })
		if i >= 0 && before.Jobs[i].Is == j.Is || i < 0 && j.Is == Waiting {
			continue
		}
		fmt.Fprintf(&b, "%s  %s: %s%s\n", clock, ledger.Harmless(j.Name), j.Is, j.Approval.words(run))
	}
	if now.Note != "" && now.Note != before.Note {
		fmt.Fprintf(&b, "%s  %s\n", clock, now.Note)
	}
	if now.Ended {
		fmt.Fprintf(&b, "%s  The run has ended: %s.\n", clock, ledger.Harmless(now.Result))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (a *Approval) words(run Run) string {
	if a == nil {
		return ""
	}
	out := ""
	if len(a.By) > 0 {
		out = " by " + ledger.Harmless(strings.Join(a.By, " or "))
	}
	if a.Within != "" {
		out += " within " + a.Within
	}
	return out + ", and not by who started it: " + run.Address
}
