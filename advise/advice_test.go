package advise

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/ledger"
)

// source is a policy with two environments of production, of which a delivery takes us
// before eu.
func source(said string, now ledger.Ledger) Source {
	eu, us := &flow.Environment{ID: "eu", Tier: flow.Production}, &flow.Environment{ID: "us", Tier: flow.Production}
	delivery := &flow.Flow{Kind: flow.Delivery, Jobs: []*flow.Job{{Kind: flow.JobDeploy, Environment: us}, {Kind: flow.JobDeploy, Environment: eu}}}
	p := &flow.Plan{Environments: []*flow.Environment{eu, us}, Flows: []*flow.Flow{delivery}}
	start := func(*flow.Plan, *flow.Flow, string, []gen.Field) gen.Start { return gen.Start{Command: "start it"} }
	return Source{Plan: p, Target: &gen.Target{Start: start}, Said: said, Ledger: &now, History: ReadHistory("")}
}

const refusedForIt = "\tRefused (withdrawn): 44 brings it\n\t  Why:  so\n\t  Next: Revert it\n"

func advised(t *testing.T, said string, now ledger.Ledger) []*Advice {
	t.Helper()
	all, err := New(source(said, now))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What a run does not reach is noted: us comes first, whatever the policy lists first.
func TestStoppedBefore(t *testing.T) {
	t.Parallel()
	closed := "delivery main cd closed withdrawn\n" + refusedForIt
	all := advised(t, "environment eu 43 ab\ndelivery main cd open\nenvironment us 43 ab\n"+closed, ledger.Ledger{})
	if notes := all[0].Forward[0].Notes; len(notes) != 1 || notes[0] != "The run goes to us first, and is refused there (withdrawn)." {
		t.Errorf("%q", notes)
	}
	all = advised(t, "environment eu 43 ab\n"+closed+"environment us 43 ab\ndelivery main cd open\n", ledger.Ledger{})
	if notes := all[1].Forward[0].Notes; len(notes) != 0 {
		t.Errorf("%q", notes)
	}
}

// A withdrawal is in the way while it stops something, and no longer.
func TestWithdrawalInTheWay(t *testing.T) {
	t.Parallel()
	out := []ledger.Withdrawal{{Environment: "us", To: "ab", From: "cd", Version: "44"}}
	stopped, other := "delivery main cd closed withdrawn\n"+refusedForIt, "delivery main cd closed contains-production\n"+strings.ReplaceAll(refusedForIt, "withdrawn", "contains-production")
	for _, tt := range []struct {
		name, runs, said string
		now              ledger.Ledger
		want             bool
	}{
		{"it stops a delivery", "43", stopped, ledger.Ledger{Withdrawals: out}, true},
		{"another guard stops the delivery before", "43", other, ledger.Ledger{Withdrawals: out}, true},
		{"the delivery may go", "43", "delivery main cd open\n", ledger.Ledger{Withdrawals: out}, false},
		{"it may go again", "43", other, ledger.Ledger{Withdrawals: out, Again: []ledger.Place{{Environment: "us", Version: "44"}}}, false},
		{"a commit answers it", "43", other, ledger.Ledger{Withdrawals: out, Answers: []ledger.Version{{Version: "44", Commit: "ef"}}}, false},
		{"it runs there now", "44", other, ledger.Ledger{Withdrawals: out}, false},
	} {
		a := advised(t, "environment us "+tt.runs+" ab\n"+tt.said, tt.now)[0]
		if got := strings.Contains(strings.Join(a.InTheWay, "\n"), "44 was withdrawn"); got != tt.want {
			t.Errorf("%s: %q", tt.name, a.InTheWay)
		}
	}
}

// The version known good is one without what was withdrawn; where all is closed, the
// first thing to do is what mends one of the answers.
func TestBeforeAndFirst(t *testing.T) {
	t.Parallel()
	a := advised(t, "environment us 45 ab\nredeploy 44 cd closed withdrawn\n"+refusedForIt+"redeploy 43 ef closed irreversible\n"+strings.ReplaceAll(refusedForIt, "withdrawn", "irreversible")+
		"delivery main cd closed withdrawn\n"+refusedForIt, ledger.Ledger{})[0]
	if a.Before != "43" || a.Recommended.Why != "Nothing is open: first revert it" {
		t.Errorf("%q %q", a.Before, a.Recommended.Why)
	}
}
