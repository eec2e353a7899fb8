package script_test

import (
	"strings"
	"testing"
)

// Where what counts in production is approved, no other environment is a way
// round: an answer and lost entries count everywhere.
func TestApprovedOperations(t *testing.T) {
	t.Parallel()
	s := settings()
	s.ApprovedOperations = true
	t.Run("an answer for another environment", func(t *testing.T) {
		t.Parallel()
		h := newHost(t, s)
		h.two()
		h.redeploy("43")
		h.more("third", "c.txt")
		commit := strings.TrimSpace(h.git(h.work, "rev-parse", "main"))
		h.refused("is answered in production too", "operate", "resume", "ci", commit, "Repaired")
		h.decided("resume", "", commit)
		h.release("delivery")
	})
	t.Run("an adoption for another environment, of a lost ledger", func(t *testing.T) {
		t.Parallel()
		h := newHost(t, s)
		h.release("delivery")
		h.git(h.remote, "update-ref", "-d", "refs/heads/fettle/ledger")
		h.run++
		h.refused("has lost the entry", "operate", "adopt", "ci", "43", "release/43", "Lost")
		h.refused("needs the approvals of production", "operate", "adopt", "production", "43", "release/43", "Lost")
		h.decided("adopt", "43", strings.TrimSpace(h.git(h.remote, "rev-parse", "release/43^{commit}")))
		h.release("delivery")
	})
}

// decided is a decision about production with a subject, approved by somebody else.
func (h *host) decided(decision, version, subject string) {
	h.t.Helper()
	h.run++
	h.out = map[string]string{}
	h.asked["RELEASE_REASON"], h.asked["RELEASE_SUBJECT"] = "Looked", subject
	h.ok("correction", "request", "production", version, decision)
	h.asked["RELEASE_APPROVERS"] = "release=lead"
	h.ok("correction", "correct", "production", version, decision)
	for _, name := range []string{"RELEASE_REASON", "RELEASE_SUBJECT", "RELEASE_APPROVERS"} {
		delete(h.asked, name)
	}
}
