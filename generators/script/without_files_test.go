package script_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A job's clone has of files what it checked out. An operation says and does in
// it what it does in one that has everything; git finds nothing at the place that
// the clone came from, so that all it looks at was brought, and not one by one. A
// host that leaves no files out is as good.
func TestClonesWithoutFiles(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	changed := func(branch, text string) {
		h.on(branch)
		h.commit("Change it\n\nIncident: INC1", "lines.txt", text)
		h.push(branch)
	}
	changed("main", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
	h.release("delivery")
	changed("hotfix/43", "one\n2\n3\n4\n5\n6\n7\n8\n9\n")
	h.release("hotfix")
	changed("hotfix/43.1", "one\n2\n3\n4\n5\n6\n7\n8\nnine\n")
	h.release("hotfix")
	changed("main", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n")
	h.candidate("delivery")
	whole, fetches := h.fetching("delivery", "request", "production")
	if !strings.Contains(whole, "46 does not contain 43.2") || fetches != 1 {
		t.Fatalf("%d fetches:\n%s", fetches, whole)
	}
	for _, tt := range []struct {
		filters string
		fetches int
	}{{"false", 1}, {"true", 3}} { // more: the ledger's files, and all that the judgement looks at
		h.withoutFiles(tt.filters)
		if got, fetches := h.fetching("delivery", "request", "production"); got != whole || fetches != tt.fetches {
			t.Errorf("in a clone without files, %d fetches and not %d:\n%s\nin one that has them\n%s", fetches, tt.fetches, got, whole)
		}
	}
	if said, _ := h.fetching("hotfix", "merge-back"); !strings.Contains(said, "merge-back/43.2 is at ") {
		t.Errorf("the merge-back:\n%s", said)
	}
	if got := h.git(h.remote, "show", "merge-back/43.2:lines.txt"); got != "one\n2\n3\n4\nfive\n6\n7\n8\nnine" {
		t.Errorf("the merge-back has the file as\n%s", got)
	}
}

// What was withdrawn is answered by a revert, by the patches of commits.
func TestWithdrawnWithoutFiles(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.two()
	h.redeploy("43")
	h.on("main")
	h.git(h.work, "revert", "--no-edit", "HEAD")
	h.push("main")
	h.candidate("delivery")
	h.sameWithoutFiles("To be approved: 46 ")
}

// A fix forward is told from a stranger's change by them too.
func TestFixForwardWithoutFiles(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	h.on("main")
	h.commit("A change", "app.txt", "two")
	h.commit("Another one", "app.txt", "three")
	h.push("main")
	h.candidate("delivery")
	h.asked["RELEASE_INCIDENT"] = "INC1"
	h.sameWithoutFiles("these changes do not name the incident INC1")
}

// What the mainline requires of the next hotfix stands in its script of today,
// which a job of an older commit has not checked out.
func TestRequirementsWithoutFiles(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.carries("main", "unit", "")
	h.candidate("delivery")
	h.ok("delivery", "begin", "production")
	h.carries("main", "unit sast", "")
	h.git(h.work, "checkout", "--quiet", "--detach", h.out["commit"])
	h.withoutFiles("true")
	said, _ := h.fetching("delivery", "passed", "production")
	if state := h.state(); !strings.Contains(state, "requires 43 check:unit check:sast") {
		t.Errorf("%s\nthe ledger says\n%s", said, state)
	}
}

// sameWithoutFiles asks for an approval in a clone that has all files, and in one
// that brings them: twice, the ledger's and those that are judged.
func (h *host) sameWithoutFiles(says string) {
	h.t.Helper()
	whole, fetches := h.fetching("delivery", "request", "production")
	h.withoutFiles("true")
	if got, more := h.fetching("delivery", "request", "production"); got != whole || more != fetches+2 || !strings.Contains(got, says) {
		h.t.Errorf("in a clone without files, %d fetches:\n%s\nin one that has them, %d\n%s", more, got, fetches, whole)
	}
}

// withoutFiles makes the working copy a clone that has the files of its commit
// alone, if the host leaves some out.
func (h *host) withoutFiles(filters string) {
	h.t.Helper()
	commit := h.git(h.work, "rev-parse", "HEAD")
	h.runGit(h.remote, []string{"config", "uploadpack.allowFilter", filters})
	h.runGit(h.remote, []string{"config", "uploadpack.allowAnySHA1InWant", "true"})
	h.work = filepath.Join(h.t.TempDir(), "clone")
	h.runGit("", []string{"clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + h.remote, h.work})
	h.runGit(h.work, []string{"checkout", "--quiet", "--detach", commit})
	h.runGit(h.work, []string{"remote", "set-url", "origin", "file:///nowhere"})
	h.asked["FETTLE_REMOTE"] = "file://" + h.remote
}

// fetching is an operation, and how many fetches it makes.
func (h *host) fetching(flow string, args ...string) (said string, fetches int) {
	h.t.Helper()
	trace := filepath.Join(h.t.TempDir(), "trace")
	h.asked["GIT_TRACE2_EVENT"] = trace
	defer delete(h.asked, "GIT_TRACE2_EVENT")
	said, _ = h.runOp(flow, args)
	events, err := os.ReadFile(trace)
	if err != nil {
		h.t.Fatal(err)
	}
	for event := range strings.Lines(string(events)) {
		if strings.Contains(event, `"event":"cmd_name"`) && strings.Contains(event, `"name":"fetch"`) {
			fetches++
		}
	}
	return said, fetches
}
