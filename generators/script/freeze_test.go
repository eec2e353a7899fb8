package script_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// year end: from 1000 to before 2000, and what each flow may do.
func frozen(delivery, hotfix, redeploy string) script.Config {
	s := settings()
	s.Freezes = []script.Freeze{
		{Name: "summer", Begin: 100, End: 200, Delivery: "block", Hotfix: "block", Redeploy: "block", Until: "then", Environments: []string{"production"}},
		{Name: "year-end", Begin: 1000, End: 2000, Delivery: delivery, Hotfix: hotfix, Redeploy: redeploy, Until: "2027-01-05T00:00+01:00", Environments: []string{"ci", "production"}},
	}
	return s
}

// at sets the script's clock. Nothing that a job is handed can.
func (h *host) at(second int) {
	h.t.Helper()
	src, err := os.ReadFile(h.file)
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	changed := 0
	for line := range strings.Lines(string(src)) {
		if strings.HasPrefix(line, "clock() {") {
			line, changed = fmt.Sprintf("clock() { echo %d; }\n", second), changed+1
		}
		out = append(out, line)
	}
	if changed != 1 {
		h.t.Fatal("the script has no clock")
	}
	write(h.t, h.file, strings.Join(out, ""), 0o755)
}

func TestFreezeHoldsADelivery(t *testing.T) {
	t.Parallel()
	h := newHost(t, frozen("block", "approve", "allow"))
	h.candidate("delivery")
	for _, second := range []int{100, 199, 1000, 1500, 1999} {
		h.at(second)
		h.refused("production is frozen until", "delivery", "begin", "production")
		h.refused("production is frozen until", "delivery", "request", "production")
	}
	for _, second := range []int{99, 200, 999, 2000} {
		h.at(second)
		h.ok("delivery", "request", "production")
	}
	h.asked["RELEASE_NOW"], h.asked["SOURCE_DATE_EPOCH"], h.asked["FREEZES"] = "5", "5", ""
	h.at(1500)
	h.refused("year-end", "delivery", "begin", "production")
	if strings.Contains(h.git(h.remote, "log", "--format=%B", "fettle/ledger"), "Kind: begin") {
		t.Error("something has begun")
	}
	h.at(2000)
	h.deploy("delivery")
	// A freeze that began after the deployment had is none of its business.
	h.more("second", "b.txt")
	h.candidate("delivery")
	h.ok("delivery", "begin", "production")
	h.at(1000)
	h.ok("delivery", "deployed", "production")
	h.ok("delivery", "passed", "production")
}

// Without a clock nobody knows whether there is a freeze: nothing goes.
func TestFreezeWithoutAClock(t *testing.T) {
	t.Parallel()
	h := newHost(t, frozen("block", "approve", "allow"))
	h.candidate("delivery")
	h.at(1500)
	src, err := os.ReadFile(h.file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, h.file, strings.Replace(string(src), "clock() { echo 1500; }", "clock() { false; }", 1), 0o755)
	if out, code := h.op("delivery", "begin", "production"); code != 3 || !strings.Contains(out, "Failed: ") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestFreezeAsksForASecondApproval(t *testing.T) {
	t.Parallel()
	h := newHost(t, frozen("block", "approve", "allow"))
	h.at(50)
	h.two()
	h.at(1500)
	h.fixOn("hotfix/44", "b.txt")
	h.candidate("hotfix")
	hotfix, fixed := h.out["version"], h.out
	if out := h.ok("hotfix", "request", "production"); !strings.Contains(out, "needs a second approval") {
		t.Errorf("nobody is told: %s", out)
	}
	h.asked["RELEASE_APPROVERS"] = "release=lead"
	h.refused("there is no exception for "+hotfix, "hotfix", "begin", "production")

	h.asked["RELEASE_REASON"] = "Orders are lost"
	h.refused("nothing is known of 99", "exception", "request", "production", "99")
	h.out = map[string]string{}
	h.ok("exception", "request", "production", hotfix)
	h.asked["RELEASE_APPROVERS"] = "freeze=pat"
	h.refused("pat asked for "+hotfix+", and approved it", "exception", "exception", "production", hotfix)
	h.asked["RELEASE_APPROVERS"] = "freeze=lead"
	h.ok("exception", "exception", "production", hotfix)
	h.out, h.asked["RELEASE_APPROVERS"] = fixed, "release=lead"
	delete(h.out, "asked")
	h.refused("lead approved "+hotfix+", and the exception", "hotfix", "begin", "production")
	h.asked["RELEASE_APPROVERS"] = "release=other"
	h.deploy("hotfix")
	if log := h.git(h.remote, "log", "--format=%B", "fettle/ledger"); !strings.Contains(log, "Kind: exception") || !strings.Contains(log, "Freeze: year-end") || !strings.Contains(log, "Reason: Orders are lost") {
		t.Errorf("the ledger does not say it:\n%s", log)
	}

	// It was for that version, on top of what stood there then.
	h.fixOn("hotfix/"+hotfix, "b2.txt")
	h.candidate("hotfix")
	h.refused("there is no exception for", "hotfix", "begin", "production")
	// To put a former version back needs none.
	h.redeploy("44")
}

// An exception that was asked before production changed is asked again.
func TestExceptionIsAskedAgain(t *testing.T) {
	t.Parallel()
	h := newHost(t, frozen("approve", "allow", "allow"))
	h.at(50)
	h.release("delivery")
	h.more("second", "b.txt")
	second := h.candidate("delivery")
	h.at(1500)
	h.asked["RELEASE_REASON"] = "Prices"
	h.out = map[string]string{}
	h.ok("exception", "request", "production", second)
	asked := h.out
	h.fixOn("hotfix/43", "app.txt")
	h.release("hotfix")
	h.out = asked
	h.refused("changed since the approval was asked", "exception", "exception", "production", second)
	delete(h.asked, "RELEASE_REASON")
	h.out = map[string]string{}
	out, code := h.op("exception", "request", "production", second)
	if code != 2 || !strings.Contains(out, "a reason is needed") {
		t.Errorf("%d %s", code, out)
	}
	h.at(3000)
	h.asked["RELEASE_REASON"] = "Prices"
	h.refused("production is not frozen now", "exception", "request", "production", second)
}

// What each flow may do in a freeze: nothing, with a second approval, or everything. It begins and ends for all of them alike.
func TestWhatEachFlowMayDoInAFreeze(t *testing.T) {
	t.Parallel()
	waits, asks := "production is frozen until 2027-01-05", "and there is no exception for"
	want := map[string]string{"block": waits, "approve": asks, "allow": ""}
	for i, may := range []string{"block", "approve", "allow"} {
		t.Run(may, func(t *testing.T) {
			t.Parallel()
			others := []string{"block", "approve", "allow"}
			delivery, hotfix, redeploy := may, others[(i+1)%3], others[(i+2)%3]
			h := newHost(t, frozen(delivery, hotfix, redeploy))
			h.at(50)
			h.two()
			type test struct {
				flow, may string
				prepare   func()
			}
			tests := []test{
				{"delivery", delivery, func() { h.more("third", "c.txt"); h.candidate("delivery") }},
				{"hotfix", hotfix, func() { h.fixOn("hotfix/44", "d.txt"); h.candidate("hotfix") }},
				{"redeploy", redeploy, func() {
					h.run++
					h.out = map[string]string{}
					h.ok("redeploy", "resolve", "production", "43")
					h.ok("redeploy", "payload")
				}},
			}
			// The one that may go comes last: what comes after it would stand on another version.
			slices.SortStableFunc(tests, func(a, b test) int { return strings.Compare(want[b.may], want[a.may]) })
			for _, tt := range tests {
				h.at(50)
				tt.prepare()
				for _, second := range []int{1000, 1999} {
					h.at(second)
					if out, code := h.op(tt.flow, "begin", "production"); want[tt.may] == "" && code != 0 || want[tt.may] != "" && (code != 1 || !strings.Contains(out, want[tt.may])) {
						t.Errorf("%s, which may %s, at %d: exit %d: %s", tt.flow, tt.may, second, code, out)
					}
				}
				if tt.may == "allow" {
					h.ok(tt.flow, "deployed", "production")
					break
				}
				for _, second := range []int{999, 2000} {
					h.at(second)
					if out, code := h.op(tt.flow, "request", "production"); code != 0 {
						t.Errorf("%s at %d: exit %d: %s", tt.flow, second, code, out)
					}
				}
			}
		})
	}
}
