package advise

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/ledger"
)

// inTheWay is what a person should know before choosing, the most urgent first.
func (s Source) inTheWay(of *answers) []string {
	var out []string
	if e := s.Ledger.Environment(of.environment); e != nil {
		for _, i := range e.Intents {
			out = append(out, fmt.Sprintf("A deployment of %s (%s, %s, run %s) did not end%s. Retry it, redeploy, or find out what runs there and settle.", i.Version, ledger.Short(i.Commit), i.Flow, i.Run, s.since("begin", func(e *ledger.Entry) bool { return e.RunID == i.Run && e.Environment == of.environment })))
		}
	}
	out = append(out, s.freezes(of)...)
	for _, h := range s.Ledger.Holds {
		if h.Environment == of.environment {
			by, why := s.hold(h.ID)
			out = append(out, fmt.Sprintf("Held by %s%s%s%s. Deliveries are refused; operation resume, subject %s, ends it.", h.ID, by, s.since("hold", func(e *ledger.Entry) bool { return e.Hold == h.ID }), why, h.ID))
		}
	}
	if of.mergeBack == "missing" {
		out = append(out, fmt.Sprintf("The merge-back of %s is missing%s: %s does not contain it, and a delivery without it is refused. See the branch %s.", of.version,
			s.since("passed", func(e *ledger.Entry) bool { return e.Version == of.version && e.Environment == of.environment }), s.Plan.Mainline, s.Plan.Names.MergeBack+of.version))
	}
	for _, d := range s.Ledger.Due {
		if d.Environment == of.environment {
			out = append(out, fmt.Sprintf("%s is due: a delivery without it is refused.", d.Version))
		}
	}
	for _, w := range s.Ledger.Withdrawals {
		if w.Environment == of.environment && w.Version != of.version && s.stillOut(of, w.Version) {
			out = append(out, fmt.Sprintf("%s was withdrawn: what it brought since %s is refused until it is answered (operation resume).", w.Version, ledger.Short(w.To)))
		}
	}
	for _, r := range s.Ledger.Reviews {
		late := ""
		if r.Overdue(s.Now) {
			late = ", which is over: deliveries are refused"
		}
		out = append(out, fmt.Sprintf("A review of %s (%s in %s) is due until %s UTC%s. Somebody who did not open it runs the operation review.", r.ID, r.Version, r.Environment, r.Deadline.Format(ledger.Clock), late))
	}
	return out
}

// stillOut tells whether what was withdrawn stops something: the guard says so; or
// another guard stops a delivery before, and nobody has answered it.
func (s Source) stillOut(of *answers, version string) bool {
	if slices.ContainsFunc(of.all, func(a answer) bool { return a.guard == guardWithdrawn }) {
		return true
	}
	again := slices.ContainsFunc(s.Ledger.Again, func(p ledger.Place) bool {
		return p.Version == version && (p.Environment == "" || p.Environment == of.environment)
	})
	if again || slices.ContainsFunc(s.Ledger.Answers, func(a ledger.Version) bool { return a.Version == version }) {
		return false
	}
	return slices.ContainsFunc(of.all, func(a answer) bool { return !a.open && a.kind == string(flow.Delivery) })
}

// since says how long ago the newest entry of a kind was written.
func (s Source) since(kind string, is func(*ledger.Entry) bool) string {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Kind == kind && e.Of(s.Plan.Component) && is(e) {
			return fmt.Sprintf(", since %s UTC (%s)", e.Time.Format(ledger.Clock), ledger.Age(s.Now.Sub(e.Time)))
		}
	}
	return ""
}

func (s Source) hold(id string) (by, why string) {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Kind == "hold" && e.Hold == id {
			if e.Actor != "" {
				by = ", " + e.Actor
			}
			return by, ": " + e.Reason
		}
	}
	return "", ""
}

// freezes are those that hold now.
func (s Source) freezes(of *answers) []string {
	var out []string
	for _, f := range s.Plan.Freezes {
		for _, w := range f.Windows {
			if s.Now.Before(w.Begin) || !s.Now.Before(w.End) || !concerns(f, of.environment) {
				continue
			}
			out = append(out, fmt.Sprintf("Frozen until %s (%s): delivery %s, hotfix %s, redeploy %s%s.", w.End.Format("2006-01-02 15:04 MST"), f.ID, may[f.Delivery], may[f.Hotfix], may[f.Redeploy], s.exceptionBy(f, of.environment)))
		}
	}
	return out
}

func concerns(f *flow.Freeze, environment string) bool {
	for _, e := range f.Environments {
		if e.ID == environment {
			return true
		}
	}
	return false
}

// may are the words for what a flow may do in a freeze.
var may = map[string]string{"block": "is refused", "approve": "needs an exception", "allow": "may go"}

// exceptionBy says who gives the second approval.
func (s Source) exceptionBy(f *flow.Freeze, environment string) string {
	if s.Plan.Flow(string(flow.Exception)) == nil {
		return ""
	}
	groups := f.Groups
	for _, e := range s.Plan.Environments {
		if e.ID != environment || len(groups) > 0 {
			continue
		}
		for _, a := range e.Approvals {
			groups = append(groups, a.Groups...)
		}
	}
	var names []string
	for _, g := range groups {
		names = append(names, g.ID)
	}
	if len(names) == 0 {
		return ""
	}
	return "; the exception is given by " + strings.Join(names, " or ")
}

// Read is where advice was read, and how old it is.
type Read struct {
	Ref     string    `json:"ref"`
	Entry   string    `json:"entry"`
	Fetched time.Time `json:"fetched,omitzero"`
	Script  string    `json:"script"` // which release script was asked
}
