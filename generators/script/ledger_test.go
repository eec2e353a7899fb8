package script_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/ledger"
)

// read is the ledger as package ledger has it, which reads what the script wrote.
func (h *host) read(component string) *ledger.Ledger {
	h.t.Helper()
	files := ledger.Files{}
	for name := range strings.SplitSeq(h.git(h.remote, "for-each-ref", "--format=%(refname)", "refs/heads/fettle/ledger"), "\n") {
		if name == "" {
			continue // nothing was released yet
		}
		for file := range strings.Lines(h.git(h.remote, "ls-tree", "-r", "--name-only", name)) {
			file = strings.TrimSpace(file)
			files[file] = []byte(h.git(h.remote, "cat-file", "blob", name+":"+file))
		}
	}
	out, err := ledger.Read(files, component)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
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

// isRead: after every history, package ledger says what the script says.
func (m *model) isRead() {
	var now ledger.Environment
	environments := m.read("").Environments
	if i := slices.IndexFunc(environments, func(e ledger.Environment) bool { return e.Name == "production" }); i >= 0 {
		now = environments[i]
	}
	if now.Version != m.runs() || len(now.Intents) > 0 != m.unsettled() {
		m.fatalf("the ledger is read as %+v", now)
	}
}
