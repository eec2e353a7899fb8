package script_test

import (
	"strings"
	"testing"
)

// A ledger that was put back or damaged, and a candidate that only its tag
// speaks for, are refused by name; a person may say what runs all the same.
func TestLedgerIsGuarded(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		damage func(h *host)
		want   string
		said   string // by the correction, which is the way out
	}{
		{"put back", func(h *host) {
			h.git(h.remote, "update-ref", "refs/heads/fettle/ledger", "refs/heads/fettle/ledger~3")
		}, "which the ledger fettle/ledger lacks", "is acknowledged as lost"},
		{"put back by what passed", func(h *host) {
			h.git(h.remote, "update-ref", "refs/heads/fettle/ledger", "refs/heads/fettle/ledger~1")
		}, "which the ledger fettle/ledger lacks", "is acknowledged as lost"},
		{"emptied", func(h *host) { h.ledgerFile("environments/production", "") }, "what it says of production has not one version and one commit", "the ledger is damaged"},
		{"without its version", func(h *host) {
			h.ledgerFile("environments/production", without(h.shown("environments/production"), "version "))
		}, "what it says of production has not one version and one commit", "the ledger is damaged"},
		{"without its commit", func(h *host) {
			h.ledgerFile("environments/production", without(h.shown("environments/production"), "commit "))
		}, "what it says of production has not one version and one commit", "the ledger is damaged"},
		{"without a reservation", func(h *host) { h.ledgerFile("state", without(h.shown("state"), "reserved 43 ")) }, "the line 'reserved 43 ", "the ledger is damaged"},
		{"without an environment", func(h *host) {
			h.git(h.work, "fetch", "--quiet", "origin")
			h.git(h.work, "checkout", "--quiet", "--force", "-B", "ledger", "origin/fettle/ledger")
			h.git(h.work, "rm", "--quiet", "environments/production")
			h.git(h.work, "commit", "--quiet", "-m", "Clean up")
			h.git(h.work, "push", "--quiet", "origin", "HEAD:refs/heads/fettle/ledger")
		}, "the file environments/production is gone", "the ledger is damaged"},
		{"merged", func(h *host) {
			h.git(h.work, "fetch", "--quiet", "origin")
			h.git(h.work, "checkout", "--quiet", "--force", "-B", "ledger", "origin/fettle/ledger")
			h.git(h.work, "merge", "--quiet", "--no-edit", "--no-ff", "--allow-unrelated-histories", "origin/main")
			h.git(h.work, "push", "--quiet", "origin", "HEAD:refs/heads/fettle/ledger")
		}, "is a merge", "the ledger is damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, settings())
			h.two()
			tt.damage(h)
			h.more("third", "c.txt")
			h.run++
			h.out = map[string]string{}
			h.refused("(ledger)", "delivery", "identify", "delivery")
			h.refused(tt.want, "delivery", "identify", "delivery")
			said := h.correct("44", "keep")
			if want := tt.said; !strings.Contains(said, want) {
				t.Errorf("no %q in\n%s", want, said)
			}
			h.on("main")
			h.release("delivery")
		})
	}
}

// A candidate that somebody made by hand, with the words of ours, proves nothing.
func TestCandidateByHand(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	h.more("second", "b.txt")
	h.run++
	h.out = map[string]string{}
	h.ok("delivery", "identify", "delivery")
	h.git(h.work, "tag", "-a", "candidate/44", "-m", "Candidate 44", "-m", "Check: unit=passed")
	h.git(h.work, "push", "--quiet", "origin", "candidate/44")
	h.refused("the ledger knows no candidate 44", "delivery", "begin", "production")
	h.refused("the ledger knows no candidate 44", "delivery", "candidate", "unit")
}

// A stray tag with a leading zero is no version, and takes no number.
func TestStrayTag(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	h.git(h.work, "tag", "candidate/43.08")
	h.git(h.work, "push", "--quiet", "origin", "candidate/43.08")
	h.fixOn("hotfix/43", "a.txt")
	if v := h.release("hotfix"); v != "43.1" {
		t.Errorf("version %s", v)
	}
}

func (h *host) shown(file string) string {
	h.t.Helper()
	return h.git(h.remote, "show", "fettle/ledger:"+file)
}

// ledgerFile is an entry by hand, with another text in a file.
func (h *host) ledgerFile(file, text string) {
	h.t.Helper()
	h.git(h.work, "fetch", "--quiet", "origin")
	h.git(h.work, "checkout", "--quiet", "--force", "-B", "ledger", "origin/fettle/ledger")
	write(h.t, h.work+"/"+file, text, 0o644)
	h.git(h.work, "commit", "--quiet", "--all", "-m", "By hand")
	h.git(h.work, "push", "--quiet", "origin", "HEAD:refs/heads/fettle/ledger")
}

// without is a text without the lines that begin so.
func without(text, begin string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, begin) {
			out.WriteString(line)
		}
	}
	return out.String() + "\n"
}
