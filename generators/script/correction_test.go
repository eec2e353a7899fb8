package script_test

import (
	"strings"
	"testing"
)

// What one person may say of production, what somebody else approves, and what
// is owed or withdrawn afterwards.
func TestSettleAndCorrection(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		run  func(h *host)
	}{
		{"nothing is open, and a merge-back is owed", func(h *host) {
			h.release("delivery")
			h.fixOn("hotfix/43", "a.txt")
			h.release("hotfix")
			h.refused("no deployment is open in production", "operate", "settle", "production", "43", "Looked")
			h.more("second", "b.txt")
			h.candidate("delivery")
			h.refused("a merge-back is missing", "delivery", "begin", "production")
		}},
		{"neither recorded nor open", func(h *host) {
			h.two()
			h.begun("third", "c.txt")
			h.refused("43 is not what can be in production", "operate", "settle", "production", "43", "Looked")
		}},
		{"what contains the others", func(h *host) {
			h.release("delivery")
			h.begun("second", "b.txt")
			if out := h.ok("operate", "settle", "production", "44", "Looked"); !strings.Contains(out, "production runs 44: no deployment is open there any more.") {
				h.t.Error(out)
			}
			h.more("third", "c.txt")
			h.release("delivery")
		}},
		{"downwards: what is left out is due until a delivery has it", func(h *host) {
			h.release("delivery")
			h.begun("second", "b.txt")
			if out := h.correct("43", "settle"); !strings.Contains(out, "will be due**: 44") || !strings.Contains(out, "44 is due in production") {
				h.t.Error(out)
			}
			h.fixOn("hotfix/43", "a.txt")
			h.release("hotfix") // a hotfix of what runs is free
			h.ok("hotfix", "merge-back")
			h.on("main")
			h.git(h.work, "merge", "--quiet", "--no-edit", "origin/merge-back/43.1")
			h.push("main")
			h.release("delivery")
			if strings.Contains(h.state(), "due ") {
				h.t.Error(h.state())
			}
		}},
		{"abandoned", func(h *host) {
			h.release("delivery")
			h.begun("second", "b.txt")
			h.correct("43", "settle")
			h.correct("44", "abandon")
			if strings.Contains(h.state(), "due production") {
				h.t.Error(h.state())
			}
		}},
		{"corrected, kept", func(h *host) {
			h.two()
			h.correct("43", "keep")
			if !strings.Contains(h.state(), "due production 44 ") || !strings.Contains(h.state(), "flow correction") {
				h.t.Error(h.state())
			}
			h.more("third", "c.txt")
			h.release("delivery")
		}},
		{"corrected, withdrawn", func(h *host) {
			h.two()
			h.correct("43", "withdraw")
			h.more("third", "c.txt")
			h.candidate("delivery")
			h.refused("were withdrawn with 44", "delivery", "begin", "production")
		}},
		{"deployed by hand: a candidate, and nothing else", func(h *host) {
			h.release("delivery")
			h.fixOn("hotfix/43", "a.txt")
			h.release("hotfix")
			h.more("second", "b.txt")
			h.candidate("delivery")
			h.refused("docs/when-a-guard-is-wrong.md", "delivery", "begin", "production")
			if out := h.correct("45", "keep"); !strings.Contains(out, "somebody deployed it by hand") || !strings.Contains(out, "43.1 is due in production") {
				h.t.Error(out)
			}
			h.correct("43.1", "abandon")
			h.more("third", "c.txt")
			h.release("delivery")
			h.more("fourth", "d.txt")
			h.run++
			h.out = map[string]string{}
			h.ok("delivery", "identify", "delivery") // its checks do not pass
			h.asked["RELEASE_REASON"] = "Looked"
			h.refused("is no candidate", "correction", "request", "production", h.out["version"], "keep")
		}},
		{"who asks for a correction does not approve it", func(h *host) {
			h.two()
			h.asked["RELEASE_REASON"], h.asked["RELEASE_APPROVERS"] = "Looked", "release=pat"
			h.refused("pat asked for the correction, and approved it", "correction", "correct", "production", "43", "keep")
		}},
		{"a delivery that fails and is put back is withdrawn", func(h *host) {
			h.release("delivery")
			h.begun("bad", "b.txt")
			h.ok("delivery", "failed", "production")
			h.redeploy("43")
			h.more("third", "c.txt")
			h.candidate("delivery")
			h.refused("were withdrawn with 44", "delivery", "begin", "production")
			h.on("main")
			h.git(h.work, "rm", "--quiet", "b.txt")
			h.git(h.work, "commit", "--quiet", "-m", "Clean up") // no word of a revert
			h.push("main")
			h.release("delivery")
		}},
		{"words alone answer nothing", func(h *host) {
			h.two()
			h.redeploy("43")
			h.on("main")
			h.commit("This reverts commit and the other\n\nThis reverts commit a", "c.txt", "c")
			h.push("main")
			h.candidate("delivery")
			h.refused("were withdrawn with 44", "delivery", "begin", "production")
		}},
		{"taken back and done again", func(h *host) {
			h.two()
			bad := h.git(h.work, "rev-parse", "HEAD")
			h.redeploy("43")
			h.on("main")
			h.git(h.work, "revert", "--no-edit", bad)
			h.git(h.work, "revert", "--no-edit", "HEAD")
			h.push("main")
			h.candidate("delivery")
			h.refused("were withdrawn with 44", "delivery", "begin", "production")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.run(newHost(t, settings()))
		})
	}
}

// begun is a delivery of one commit more that does not end.
func (h *host) begun(message, file string) {
	h.t.Helper()
	h.more(message, file)
	h.candidate("delivery")
	h.ok("delivery", "begin", "production")
}
