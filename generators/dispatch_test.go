package generators_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/fettle-ci/fettle/flow"
)

// Who starts a flow by hand chooses the branch, on every system. What it writes
// is decided by the mainline's script all the same, and not by one from before
// that knows fewer guards; a delivery has the guard mainline instead.
func TestStartedByHandTakesTheMainlinesScript(t *testing.T) {
	seen := map[flow.Kind]bool{}
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			for _, f := range r.Plan.Flows {
				byHand := slices.ContainsFunc(f.Triggers, func(t flow.Trigger) bool { _, is := t.(flow.Dispatch); return is })
				if !byHand || f.Kind == flow.Delivery {
					continue
				}
				seen[f.Kind] = true
				for _, j := range f.Jobs {
					if j.Writes && j.Script == r.Plan.Script {
						t.Errorf("%s: %s: %s runs the script of the branch that was chosen", c.name, f.ID(), j.Name)
					}
				}
			}
		}
	}
	for _, k := range []flow.Kind{flow.Redeploy, flow.Correction, flow.Operate, flow.BreakGlassFlow, flow.Exception, flow.Mirror} {
		if !seen[k] {
			t.Errorf("no case has the flow %s", k)
		}
	}
}

// GitHub starts a schedule on the repository's default branch, and knows no
// other (docs.github.com, "Events that trigger workflows", schedule): each job
// checks the mainline of its own policy out.
func TestScheduleChecksItsMainlineOut(t *testing.T) {
	checkouts := regexp.MustCompile(`uses: actions/checkout@.*\n +with:\n +(.*)\n`)
	elsewhere := false
	for _, c := range everyFolder(t) {
		content := contentOf(c.repository.Files)
		for _, r := range c.repository.Results {
			for _, f := range r.Plan.Flows {
				if f.Kind != flow.Schedule || !slices.Contains(r.Plan.Targets, "github") {
					continue
				}
				elsewhere = elsewhere || r.Plan.Mainline != r.Plan.Default
				all := checkouts.FindAllStringSubmatch(content[readers["github"].path(f)], -1)
				if len(all) != len(f.Jobs) {
					t.Errorf("%s: %s: %d jobs check out %d times", c.name, f.Name, len(f.Jobs), len(all))
				}
				for _, m := range all {
					if m[1] != "ref: "+r.Plan.Mainline {
						t.Errorf("%s: %s checks out %q", c.name, f.Name, m[1])
					}
				}
			}
		}
	}
	if !elsewhere {
		t.Error("no case has a schedule of a line")
	}
}
