package script_test

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/ledger"
)

// book is the ledger of the remote as package ledger has it; nil where there is
// none yet.
func (h *host) book() *ledger.Branch {
	h.t.Helper()
	b, err := ledger.Open(func(input []byte, args ...string) ([]byte, error) {
		c := exec.Command("git", args...)
		c.Dir, c.Stdin = h.remote, bytes.NewReader(input)
		return c.Output()
	}, "fettle/ledger", "")
	if errors.Is(err, ledger.ErrNone) {
		return nil
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

// read is what it says of a component.
func (h *host) read(component string) *ledger.Ledger {
	h.t.Helper()
	var files ledger.Files
	if b := h.book(); b != nil {
		var err error
		if files, err = b.Files(); err != nil {
			h.t.Fatal(err)
		}
	}
	out, err := ledger.Read(files, component)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// entries are those of the ledger. What the script wrote is known as a whole: each
// has its kind, and no line of it is a stranger.
func (h *host) entries() []ledger.Entry {
	h.t.Helper()
	b := h.book()
	if b == nil {
		return nil
	}
	all, err := b.Entries(0)
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

func wholly(l *ledger.Ledger, all []ledger.Entry) string {
	for _, e := range all {
		if e.Kind == "" || len(e.More) > 0 || e.Time.IsZero() {
			return fmt.Sprintf("the entry is read as %+v", e)
		}
	}
	if len(l.Others)+len(l.Damage) > 0 {
		return fmt.Sprintf("not read are %q %v", l.Others, l.Damage)
	}
	return ""
}

// Every kind of line and of entry that the script writes is read, and nothing of it
// is left over.
func TestLedgerReadsEveryKind(t *testing.T) {
	t.Parallel()
	s := withGlass("approval", "freeze", "hold")
	s.Freezes[1].Hotfix = "approve"
	h := newHost(t, s)
	h.at(50)
	h.release("delivery")
	h.ok("operate", "hold", "production", "The warehouse counts")
	h.more("second", "b.txt")
	second := h.candidate("delivery")
	h.glass(second)
	h.deploy("break-glass")
	h.asked = map[string]string{}
	h.ok("operate", "hold", "production", "It counts again")
	h.ok("operate", "resume", "production", "hold-1", "It has counted")

	h.redeploy("43")
	h.on("main")
	h.ok("operate", "resume", "production", h.git(h.work, "rev-parse", "HEAD"), "It repairs it")
	h.ok("operate", "resume", "production", "--ship-again", second, "It was the database")

	h.fixOn("hotfix/43", "fix.txt")
	h.candidate("hotfix")
	fixed, out := h.out["version"], h.out
	h.at(1500)
	h.asked["RELEASE_REASON"], h.asked["RELEASE_APPROVERS"] = "Orders are lost", "freeze=lead"
	h.out = map[string]string{}
	h.ok("exception", "exception", "production", fixed)
	h.out, h.asked = out, map[string]string{}
	h.ok("hotfix", "begin", "production")
	h.ok("hotfix", "failed", "production")
	if got := h.read("").Environment("production"); len(got.Intents) != 1 || got.Intents[0].Version != fixed || got.Intents[0].Commit != out["commit"] {
		t.Errorf("what began is read as %+v", got)
	}
	h.correct("43", "settle")
	h.more("third", "c.txt")
	h.candidate("delivery")
	h.correct(h.out["version"], "keep") // deployed by hand
	h.correct(fixed, "abandon")

	got, all := h.read(""), h.entries()
	if said := wholly(got, all); said != "" {
		t.Error(said)
	}
	production := got.Environment("production")
	if production == nil || production.Version != "49" || production.Flow != "correction" || len(production.Past) != 3 {
		t.Errorf("production is read as %+v", production)
	}
	for what, is := range map[string]bool{
		"reserved": len(got.Reserved) == 4, "candidate": len(got.Candidates) == 4, "hold": len(got.Holds) == 1 && got.Holds[0] == ledger.Hold{ID: "hold-2", Environment: "production"},
		"held": len(got.Held) == 2, "withdrawn": len(got.Withdrawals) == 1 && got.Withdrawals[0].Version == second, "answered": len(got.Answers) == 1 && got.Answers[0].Version == second,
		"shipagain": len(got.Again) == 1 && got.Again[0] == ledger.Place{Environment: "production", Version: second},
		"abandoned": len(got.Abandoned) == 1 && got.Abandoned[0] == ledger.Place{Environment: "production", Version: fixed},
		"exception": len(got.Exceptions) == 1 && got.Exceptions[0].Version == fixed && got.Exceptions[0].Approver == "lead",
		"glass":     len(got.Glasses) == 1 && got.Glasses[0].Incident == "INC9", "opened": len(got.Reviews) == 1, "requires": len(got.Requirements) == 2 && len(got.Requirements[0].Of) == 1,
		"due": len(got.Due) == 0,
	} {
		if !is {
			t.Errorf("%s is not read: %+v", what, got)
		}
	}
	kinds := map[string]bool{}
	for _, e := range all {
		kinds[e.Kind] = true
	}
	for _, kind := range strings.Fields("reserved candidate begin deployed passed failed hold resume break-glass exception settle correction abandon") {
		if !kinds[kind] {
			t.Errorf("no entry is a %s", kind)
		}
	}
	if f := ledger.VerifyChain(h.book(), all); len(f) > 0 {
		t.Errorf("%+v", f)
	}
}

// What the script writes is read: what runs, what began, which reviews are owed and until when.
func TestLedgerIsRead(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "pay"} {
		t.Run("component "+name, func(t *testing.T) {
			t.Parallel()
			s := settings()
			if name != "" {
				s = component(name)
			}
			s.BreakGlass = &script.BreakGlass{MaySkip: []string{"approval"}, ReviewSeconds: 500}
			h := newHost(t, s)
			if got := h.read(name); len(got.Environments)+len(got.Reviews) != 0 {
				t.Errorf("%+v", got)
			}
			h.at(50)
			first := h.release("delivery")
			h.more("second", "b.txt")
			second := h.candidate("delivery")
			h.glass(second)
			if got := h.read(name); len(got.Reviews) != 0 {
				t.Errorf("a review is owed for what did not open: %+v", got.Reviews)
			}
			h.ok("break-glass", "begin", "production")
			got := h.read(name)
			if len(got.Environments) != 1 || got.Environments[0].Version != first || len(got.Environments[0].Intents) != 1 {
				t.Fatalf("%+v", got.Environments)
			}
			if i := got.Environments[0].Intents[0]; i.Version != second || i.Commit != h.out["commit"] || i.Flow != "delivery" || !strings.HasPrefix(i.Run, "run-") {
				t.Errorf("%+v", i)
			}
			h.ok("break-glass", "passed", "production")
			got = h.read(name)
			if e := got.Environments[0]; e.Name != "production" || e.Version != second || e.Commit != h.out["commit"] || e.Flow != "delivery" || e.Time == "" || len(e.Intents) != 0 {
				t.Errorf("%+v", e)
			}
			want := ledger.Review{ID: "glass-1", Environment: "production", Version: second, Incident: "INC9", By: []string{"pat", "oncall"}, Deadline: time.Unix(550, 0).UTC()}
			if len(got.Reviews) != 1 || time.Since(got.Reviews[0].Opened) > time.Hour {
				t.Fatalf("%+v", got.Reviews)
			}
			want.Opened = got.Reviews[0].Opened
			if !reflect.DeepEqual(got.Reviews[0], want) {
				t.Errorf("%+v and not %+v", got.Reviews[0], want)
			}
			h.asked["RELEASE_ACTOR"] = "lead"
			h.ok("operate", "review", "glass-1", "It was needed")
			if got := h.read(name); len(got.Reviews) != 0 {
				t.Errorf("it was reviewed: %+v", got.Reviews)
			}
		})
	}
}

// verified is what is found in the ledger. A run that was killed leaves refs that the
// next one puts right: they are left out.
func (m *model) verified(book *ledger.Branch, now *ledger.Ledger, all []ledger.Entry) []ledger.Finding {
	refs, err := book.Refs()
	if err != nil {
		m.fatalf("%v", err)
	}
	return slices.DeleteFunc(append(ledger.VerifyChain(book, all), ledger.Verify(now, all, refs, namesHere)...), func(f ledger.Finding) bool {
		return f.Kind == ledger.Position || f.Kind == ledger.Unknown
	})
}

// isFound: what somebody did to the ledger by hand is found by whoever verifies it.
// What was lost before a correction is not looked for again.
func (m *model) isFound(harm string) {
	m.t.Helper()
	book := m.book()
	if book == nil || m.otherLost {
		return
	}
	if len(m.verified(book, m.read(""), m.entries())) == 0 {
		m.fatalf("the ledger is %s, and verify finds nothing", harm)
	}
}

// namesHere are how settings() calls tags and branches.
var namesHere = ledger.Names{Scheme: "sequence", Candidate: ledger.Pattern{Prefix: "candidate/"}, HotfixCandidate: ledger.Pattern{Prefix: "candidate/"}, Release: ledger.Pattern{Prefix: "release/"},
	HotfixRelease: ledger.Pattern{Prefix: "release/"}, Line: ledger.Pattern{Prefix: "hotfix/"}, MergeBack: "merge-back/", Production: []string{"production"}, BeforeCandidate: []string{"ci"}}

// isRead: after every history, package ledger says what the script says.
func (m *model) isRead() {
	now, all, book := m.read(""), m.entries(), m.book()
	var runs ledger.Environment
	if e := now.Environment("production"); e != nil {
		runs = *e
	}
	if runs.Version != m.runs() || len(runs.Intents) > 0 != m.unsettled() {
		m.fatalf("the ledger is read as %+v", runs)
	}
	if m.otherLost {
		return // something was lost, and a person accepted it
	}
	if said := wholly(now, all); said != "" {
		m.fatalf("%s", said)
	}
	if book == nil {
		return
	}
	if found := m.verified(book, now, all); len(found) > 0 {
		m.fatalf("verify has a false alarm: %+v", found)
	}
}

// Package ledger has the grammar of versions that the script has.
func TestVersionsOfTheLedger(t *testing.T) {
	t.Parallel()
	texts := strings.Fields("0 1 43 043 43.0 43.1 43.01 43.1.2 1.2.3 1.2.03 .1 1. 20261130.1 20261130.1.2 20261130.1.0 2026113.1 20261130 v1 v1.2 v1.x a_b-c ä 1234567890123 " + strings.Repeat("a", 61))
	for _, scheme := range []string{"sequence", "height", "semver", "calendar", "command"} {
		s := settings()
		s.Version, s.VersionCommand = scheme, "echo 1"
		functions, _, _ := strings.Cut(string(script.Render(s)), "\nmain \"$@\"")
		file := filepath.Join(t.TempDir(), "versions.sh")
		write(t, file, functions+"\nfor text; do if is_version \"$text\"; then echo yes; else echo no; fi; done\n", 0o644)
		c := exec.Command("sh", append([]string{file}, texts...)...)
		out, err := c.Output()
		said := strings.Fields(string(out))
		if err != nil || len(said) != len(texts) {
			t.Fatalf("%s: %v\n%s", scheme, err, out)
		}
		for i, text := range texts {
			if is := ledger.IsVersion(scheme, text); is != (said[i] == "yes") {
				t.Errorf("%s: %q is a version: %v, and %s for the script", scheme, text, is, said[i])
			}
		}
	}
}
