package script_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

func withGlass(may ...string) script.Config {
	s := frozen("block", "block", "allow")
	s.BreakGlass = &script.BreakGlass{MaySkip: may, ReviewSeconds: 500}
	return s
}

// glass is a run of the pipeline as far as its approval.
func (h *host) glass(version string) {
	h.t.Helper()
	h.run++
	h.out, h.asked = map[string]string{}, map[string]string{"RELEASE_REASON": "Orders are lost"}
	h.ok("break-glass", "open", "production", version, "INC9")
	h.ok("break-glass", "request", "production")
	h.asked["RELEASE_APPROVERS"] = "break-glass=oncall"
	h.ok("break-glass", "payload")
}

// What the policy lets it skip is skipped; it is in the ledger before anything else, and its review is owed.
func TestBreakGlass(t *testing.T) {
	t.Parallel()
	h := newHost(t, withGlass("approval", "freeze", "hold"))
	h.at(50)
	h.release("delivery")
	h.ok("operate", "hold", "production", "The warehouse counts")
	h.more("second", "b.txt")
	second := h.candidate("delivery")
	h.at(1500)
	h.refused("production is held", "delivery", "begin", "production")
	h.glass(second)
	log := h.git(h.remote, "log", "-1", "--format=%B", "fettle/ledger")
	for _, want := range []string{"glass-1, break glass for " + second, "Kind: break-glass", "Incident: INC9", "Reason: Orders are lost", "Actor: pat"} {
		if !strings.Contains(log, want) {
			t.Errorf("the ledger does not say %q:\n%s", want, log)
		}
	}
	h.deploy("break-glass")
	if state := h.state(); !strings.Contains(state, "version "+second) || !strings.Contains(state, "opened glass-1 2000 ") || !strings.Contains(state, "openedby glass-1 oncall") {
		t.Errorf("the state is\n%s", state)
	}
	if out := h.ok("operate", "status"); !strings.Contains(out, "Review due: glass-1, 44 to production, opened 2") {
		t.Errorf("the status does not say it: %s", out)
	}
	// A job of it that is run again doubles nothing.
	h.ok("break-glass", "open", "production", second, "INC9")
	h.ok("break-glass", "begin", "production")
	if n := strings.Count(h.state(), "glass glass-"); n != 1 {
		t.Errorf("%d break glasses", n)
	}

	// Until somebody else has looked, the next delivery is told; after the deadline it is refused. A hotfix may go.
	h.asked = map[string]string{}
	h.at(2000 - 1)
	h.ok("operate", "resume", "production", "hold-1", "Counted")
	h.more("third", "c.txt")
	h.candidate("delivery")
	h.at(900)
	if out := h.ok("delivery", "request", "production"); !strings.Contains(out, "A review is due: glass-1") {
		t.Errorf("nobody is told: %s", out)
	}
	h.at(2000)
	h.refused("the review of glass-1 is overdue", "delivery", "begin", "production")
	h.refused("pat opened glass-1", "operate", "review", "glass-1", "It was needed")
	h.asked["RELEASE_ACTOR"] = "oncall"
	h.refused("oncall opened glass-1", "operate", "review", "glass-1", "It was needed")
	h.asked["RELEASE_ACTOR"] = "lead"
	h.refused("no review of 'glass-2' is due", "operate", "review", "glass-2", "It was needed")
	// What is typed is an id and no pattern: with one, who opened it would be nobody.
	h.asked["RELEASE_ACTOR"] = "pat"
	for _, subject := range []string{"", ".*", "glass-.", "glass-", "glass-1 ", "glass-1\nglass-1", "[g]lass-1", "-e"} {
		if out, code := h.op("operate", "review", subject, "It was needed"); code != 2 || !strings.Contains(out, "is no break glass") {
			t.Errorf("%q: exit %d: %s", subject, code, out)
		}
	}
	h.asked["RELEASE_ACTOR"] = "lead"
	h.ok("operate", "review", "glass-1", "It was needed")
	h.deploy("delivery")
}

// What it may not skip stands, and so do identity, evidence and containment.
func TestBreakGlassSkipsNothingElse(t *testing.T) {
	t.Parallel()
	h := newHost(t, withGlass("approval"))
	h.at(50)
	h.release("delivery")
	h.more("second", "b.txt")
	second := h.candidate("delivery")
	h.at(1500)
	h.asked["RELEASE_REASON"] = "Orders are lost"
	h.run++
	h.out = map[string]string{}
	h.ok("break-glass", "open", "production", second, "INC9")
	h.refused("production is frozen", "break-glass", "request", "production")
	h.at(3000)
	h.ok("operate", "hold", "production", "The warehouse counts")
	h.refused("production is held", "break-glass", "request", "production")
	h.ok("operate", "resume", "production", "hold-1", "Counted")

	// Identity: what is checked out is not the candidate.
	h.on("main")
	h.commit("not it", "x.txt", "x")
	h.refused("is checked out", "break-glass", "begin", "production")
	h.on("main")
	// Evidence: there is no candidate.
	h.refused("there is no candidate candidate/99", "break-glass", "open", "production", "99", "INC9")
	out, code := h.op("break-glass", "open", "production", second, "")
	if code != 1 || !strings.Contains(out, "no incident is named") {
		t.Errorf("%d %s", code, out)
	}
	h.asked["RELEASE_REASON"] = ""
	if out, code := h.op("break-glass", "open", "production", second, "INC9"); code != 2 || !strings.Contains(out, "a reason is needed") {
		t.Errorf("%d %s", code, out)
	}
	// Containment: a hotfix went meanwhile, which the candidate does not have.
	opened := h.out
	h.fixOn("hotfix/43", "app.txt")
	h.release("hotfix")
	h.out = opened
	h.run -= 1
	h.on("main")
	h.refused("a merge-back is missing", "break-glass", "begin", "production")
}

// Who asked for it does not open it, whoever runs its jobs again.
func TestBreakGlassIsOpenedBySomebodyElse(t *testing.T) {
	t.Parallel()
	h := newHost(t, withGlass("approval"))
	h.at(50)
	h.release("delivery")
	h.more("second", "b.txt")
	second := h.candidate("delivery")
	h.glass(second) // by pat
	h.asked["RELEASE_ACTOR"], h.asked["RELEASE_APPROVERS"] = "lead", "break-glass=pat"
	h.refused("pat asked for", "break-glass", "begin", "production")
	h.asked["RELEASE_APPROVERS"] = "break-glass=pat2"
	h.deploy("break-glass")
}

// One that the ledger does not have does not open: another run, or none at all.
func TestBreakGlassIsRecordedFirst(t *testing.T) {
	t.Parallel()
	h := newHost(t, withGlass("approval", "freeze", "hold"))
	h.at(50)
	h.release("delivery")
	h.more("second", "b.txt")
	second := h.candidate("delivery")
	h.at(1500)
	h.run++
	h.refused("the ledger knows of no break glass of this run for "+second, "break-glass", "begin", "production")
	h.glass(second)
	h.run++
	h.refused("the ledger knows of no break glass of this run for "+second, "break-glass", "begin", "production")
	write(t, h.remote+"/hooks/pre-receive", "#!/bin/sh\nexit 1\n", 0o755)
	h.asked = map[string]string{"RELEASE_REASON": "Orders are lost"}
	if out, code := h.op("break-glass", "open", "production", second, "INC9"); code != 3 {
		t.Errorf("it opened although the ledger took nothing: %d %s", code, out)
	}
}
