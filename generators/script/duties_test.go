package script_test

import (
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
