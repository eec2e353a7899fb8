package script_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// hour sets when the ledger gets its next entries.
func (h *host) hour(n int) {
	h.asked["GIT_COMMITTER_DATE"] = fmt.Sprintf("@%d +0000", 1_700_000_000+n*3600)
}

// Rework and recovery are what an auditor can count in the ledger by hand.
func TestMeasures(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	want := func(days, want string) {
		t.Helper()
		args := []string{"measures"}
		if days != "" {
			args = append(args, days)
		}
		if got := strings.TrimSpace(h.ok("operate", args...)); got != want {
			t.Errorf("measures %s: %q, want %q", days, got, want)
		}
	}
	want("", "Nothing was deployed yet.")

	h.hour(0)
	first := h.release("delivery")
	want("", "production: 1 deployments, 0 failed; rework 0 (0%)")
	h.more("second", "b.txt")
	h.hour(10)
	second := h.release("delivery")

	// A hotfix three hours later, and a redeployment 30 hours after that.
	h.fixOn("hotfix/"+second, "fix.txt")
	h.hour(13)
	h.release("hotfix")
	want("", "production: 3 deployments, 0 failed; rework 1 (33%); recovery 3h 0m (median of 1), 3h 0m at most")
	h.hour(43)
	h.redeploy(first)
	want("", "production: 4 deployments, 0 failed; rework 2 (50%); recovery 16h 30m (median of 2), 1d 6h at most")

	// A deployment that failed, and went an hour later.
	h.hour(50)
	h.out = map[string]string{}
	h.beginRedeploy(first)
	h.ok("redeploy", "failed", "production")
	h.hour(51)
	h.ok("redeploy", "begin", "production")
	h.ok("redeploy", "deployed", "production")
	h.ok("redeploy", "passed", "production")
	want("", "production: 5 deployments, 1 failed; rework 3 (60%); recovery 3h 0m (median of 3), 1d 6h at most")

	// Of the last days alone.
	days := (time.Now().Unix() - 1_700_000_000 - 13*3600) / 86400 // after the hotfix, and before the redeployment
	want(fmt.Sprint(days), "production: 2 deployments, 1 failed; rework 2 (100%); recovery 15h 30m (median of 2), 1d 6h at most")
	if _, code := h.op("operate", "measures", "a week"); code != 2 {
		t.Errorf("exit %d", code)
	}
}
