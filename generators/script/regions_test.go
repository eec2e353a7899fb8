package script_test

import (
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// Two production environments run two versions: a hotfix is judged by what the
// environment runs that it stands before, and each has a line to begin from.
func TestHotfixTwoProductions(t *testing.T) {
	t.Parallel()
	s := settings()
	s.Environments = append(s.Environments, script.Environment{ID: "us", Tier: "production"})
	h := newHost(t, s)
	to := func(flow, environment string) {
		t.Helper()
		for _, op := range []string{"begin", "deployed", "passed"} {
			h.ok(flow, op, environment)
		}
	}
	h.candidate("delivery")
	to("delivery", "production")
	to("delivery", "us")
	h.more("second", "b.txt")
	h.release("delivery") // 44, and us stays at 43

	h.fixOn("hotfix/43", "older.txt")
	h.candidate("hotfix")
	h.refused("43.1 does not contain 44, which production runs", "hotfix", "begin", "production")
	to("hotfix", "us")
	h.ok("hotfix", "merge-back")
	if !h.has("merge-back/43.1", "older.txt") || !h.has("merge-back/43.1-to-44", "older.txt") {
		t.Fatal(h.refs())
	}

	h.fixOn("hotfix/44", "newer.txt")
	h.candidate("hotfix")
	to("hotfix", "production")
	h.refused("does not contain 43.1, which us runs", "hotfix", "begin", "us")
}
