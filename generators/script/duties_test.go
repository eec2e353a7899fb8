package script_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who asked for a version does not approve it, whoever runs a job of it again.
func TestRequesterDoesNotApprove(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.candidate("delivery") // by pat
	h.asked["RELEASE_ACTOR"] = "lead"
	h.asked["RELEASE_APPROVERS"] = "change=other release=pat"
	h.refused("pat asked for 43, and approved it", "delivery", "begin", "production")
	h.asked["RELEASE_APPROVERS"] = "change=other release=pat2"
	h.deploy("delivery")
}

// What an approval that excludes authors is told: those of what production does
// not run yet, those who are named in a commit too, nobody twice.
func TestAuthorsAreNamed(t *testing.T) {
	t.Parallel()
	s := settings()
	s.AuthorsExcluded = true
	h := newHost(t, s)
	h.candidate("delivery")
	h.ok("delivery", "request", "production")
	if got := h.out["authors"]; got != "pat@example.com" || h.out["since"] != "" {
		t.Errorf("authors %q since %q", got, h.out["since"])
	}
	h.deploy("delivery")
	first := h.out["commit"]
	h.on("main")
	h.commit("second\n\nCo-authored-by: Ana, of Sales <Ana+x@Example.com>\nCo-authored-by: Ümit <u@example.com>", "b.txt", "b")
	h.push("main")
	h.candidate("delivery")
	h.ok("delivery", "request", "production")
	if got := h.out["authors"]; got != "ana+x@example.com,pat@example.com,u@example.com" || h.out["since"] != first || h.out["until"] != h.out["commit"] {
		t.Errorf("authors %q since %q", got, h.out["since"])
	}
	h.deploy("delivery")
	// What is put back brings nothing that somebody wrote.
	h.out = map[string]string{}
	h.ok("redeploy", "resolve", "production", "43")
	h.ok("redeploy", "request", "production")
	if got := h.out["authors"]; strings.TrimSpace(got) != "" {
		t.Errorf("authors %q", got)
	}
}

// Approvers are called as their CI system calls them, which may be by a name
// with blanks, quotes and commas in it. A pipeline from before names several of
// them on one line.
func TestApproversWithBlanks(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.candidate("delivery")
	h.asked["RELEASE_APPROVERS"] = "change=Anna Maria Example\nrelease=Anna Maria Example"
	h.refused("Anna Maria Example gave more than one", "delivery", "begin", "production")
	h.asked["RELEASE_APPROVERS"] = "change=Anna Maria Example release=Anna Maria Example"
	h.refused("Anna Maria Example gave more than one", "delivery", "begin", "production")
	h.asked["RELEASE_APPROVERS"] = "change=Anna Maria Example\nrelease=Anna Maria Other, \"O'Neil\""
	h.deploy("delivery")
	if entry := h.git(h.remote, "log", "-1", "--format=%B", "fettle/ledger"); !strings.Contains(entry, "Approvers: change=Anna Maria Example release=Anna Maria Other, \"O'Neil\"\n") {
		t.Errorf("the ledger says %s", entry)
	}
}

// Who asked is a name with blanks too.
func TestRequesterWithBlanks(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.asked["RELEASE_ACTOR"] = "Anna Maria Example"
	h.candidate("delivery")
	h.asked["RELEASE_APPROVERS"] = "change=other\nrelease=Anna Maria Example"
	h.refused("Anna Maria Example asked for 43, and approved it", "delivery", "begin", "production")
}

// What a killed run left is removed by the next one, and what belongs to one
// that still runs is not.
func TestTemporaryFilesOfTheKilled(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	home := filepath.Join(h.work, ".git", "fettle-tmp")
	killed, running := filepath.Join(home, "99999999.abc"), filepath.Join(home, fmt.Sprintf("%d.abc", os.Getpid()))
	for _, d := range []string{killed, running} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	h.runOp("delivery", []string{"identify", "delivery"})
	left, err := os.ReadDir(home)
	if err != nil || len(left) != 1 || left[0].Name() != filepath.Base(running) {
		t.Errorf("left are %v, %v", left, err)
	}
}
