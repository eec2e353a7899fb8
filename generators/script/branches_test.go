package script_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// branched is a policy with release branches; from them, or from the mainline.
func branched(from bool) script.Config {
	s := settings()
	s.ReleaseBranch, s.FromReleases = script.Pattern{Prefix: "stable/"}, from
	return s
}

// branch begins a branch at another one.
func (h *host) branch(name, from string) {
	h.t.Helper()
	h.on(from)
	h.push(name)
}

func (h *host) commitOn(branch, message, file string) {
	h.t.Helper()
	h.on(branch)
	h.commit(message, file, file)
	h.push(branch)
}

// has tells whether a branch of the repository has a file.
func (h *host) has(branch, file string) bool {
	h.t.Helper()
	return h.git(h.remote, "ls-tree", "--name-only", branch, file) == file
}

// A hotfix comes home to the mainline and to every release branch that is open
// and lacks it; what is no release branch, or has it, gets nothing.
func TestHotfixToReleaseBranches(t *testing.T) {
	t.Parallel()
	h := newHost(t, branched(false))
	h.branch("stable/1", "main") // older than what production runs
	h.more("second", "b.txt")
	h.release("delivery")
	h.branch("stable/2", "main")
	h.branch("stable/4/old", "main")
	h.branch("stabler", "main")
	h.fixOn("hotfix/43", "fix.txt")
	h.branch("stable/3", "hotfix/43")
	h.on("hotfix/43")
	h.release("hotfix")
	h.ok("hotfix", "merge-back")

	for _, branch := range []string{"merge-back/43.1", "merge-back/43.1-to-stable-1", "merge-back/43.1-to-stable-2"} {
		if !h.has(branch, "fix.txt") {
			t.Errorf("%s does not bring the hotfix", branch)
		}
	}
	if h.has("merge-back/43.1-to-stable-1", "b.txt") {
		t.Error("the mainline came along")
	}
	if n := strings.Count(h.refs(), "refs/heads/merge-back/"); n != 3 {
		t.Errorf("%d branches:\n%s", n, h.refs())
	}
}

// Deliveries come from release branches, and from nowhere else; what was
// repaired there comes home to the mainline; the next branch must have it.
func TestDeliveryFromReleaseBranch(t *testing.T) {
	t.Parallel()
	h := newHost(t, branched(true))
	h.refused("'main' is no release branch", "delivery", "identify", "delivery")
	h.branch("stable/1", "main")
	h.commitOn("stable/1", "Steady it", "steady.txt")
	h.more("Next", "next.txt")
	h.branch("stable/2", "main")
	h.on("stable/1")
	h.release("delivery")
	h.ok("delivery", "merge-back")
	if !h.has("merge-back/43", "steady.txt") || !h.has("merge-back/43", "next.txt") || strings.Contains(h.refs(), "merge-back/43-to") {
		t.Fatal(h.refs())
	}

	h.on("stable/2")
	h.candidate("delivery")
	h.refused("Merge the tag release/43 into stable/2", "delivery", "begin", "production")
	h.git(h.work, "merge", "--quiet", "--squash", "origin/stable/1")
	h.git(h.work, "commit", "--quiet", "-m", "Take over what 1 repaired", "-m", "Reapplies: 43")
	h.push("stable/2")
	h.release("delivery")

	h.on("stable/1") // it is older now
	h.commitOn("stable/1", "Once more", "more.txt")
	h.candidate("delivery")
	h.refused("does not contain 45", "delivery", "begin", "production")
}

// A hotfix of what came from a release branch brings home what the mainline
// lacks of it too, and owes nothing more after a squash.
func TestHotfixOfReleaseBranch(t *testing.T) {
	t.Parallel()
	h := newHost(t, branched(true))
	h.branch("stable/1", "main")
	h.commitOn("stable/1", "Steady it", "steady.txt")
	h.more("Next", "next.txt")
	h.on("stable/1")
	h.release("delivery")
	h.fixOn("hotfix/43", "fix.txt")
	h.release("hotfix")
	h.ok("hotfix", "merge-back")
	if !h.has("merge-back/43.1", "steady.txt") || !h.has("merge-back/43.1", "fix.txt") || !h.has("merge-back/43.1-to-stable-1", "fix.txt") {
		t.Fatal(h.refs())
	}
	h.on("main")
	h.git(h.work, "merge", "--quiet", "--squash", "origin/merge-back/43.1")
	h.git(h.work, "commit", "--quiet", "-m", "Merge hotfix 43.1 back", "-m", "Reapplies: 43.1")
	h.push("main")
	if out := h.ok("hotfix", "merge-back"); !strings.Contains(out, "main contains 43.1") {
		t.Fatal(out)
	}
}

// A delivery is started by hand on any branch; it goes from the mainline.
func TestDeliveryFromAnotherBranch(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.branch("feature", "main")
	h.on("feature")
	h.refused("'feature' is not main", "delivery", "identify", "delivery")
}
