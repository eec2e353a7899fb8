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

// What a person types into a form is recorded: it reaches an operation that
// writes it into the ledger, in each deployment that it starts. Which environment
// and version a redeployment is of is in every entry of it.
func TestWhatIsTypedIsRecorded(t *testing.T) {
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			for _, f := range r.Plan.Flows {
				for _, trigger := range f.Triggers {
					d, ok := trigger.(flow.Dispatch)
					if !ok {
						continue
					}
					for _, in := range d.Inputs {
						if in.Name == "environment" || f.Kind == flow.Redeploy && in.Name == "version" {
							continue
						}
						if missing := unrecorded(f, in); missing != "" {
							t.Errorf("%s: %s: what is typed as %s is lost: %s", c.name, f.ID(), in.Name, missing)
						}
					}
				}
			}
		}
	}
}

// unrecorded is the job that records without an input, or "".
func unrecorded(f *flow.Flow, in *flow.Input) string {
	has := func(j *flow.Job) bool {
		return slices.ContainsFunc(j.Inputs, func(d flow.Datum) bool { return d.Input == in })
	}
	does := func(j *flow.Job, names ...string) bool {
		return slices.ContainsFunc(j.Steps, func(s flow.Step) bool {
			op, ok := s.(flow.Operation)
			return ok && slices.Contains(names, op.Name)
		})
	}
	if f.Kind == flow.Redeploy {
		for _, j := range f.Jobs {
			if does(j, "request", "begin") && !has(j) {
				return j.Name + " does not have it"
			}
		}
		return ""
	}
	if !slices.ContainsFunc(f.Jobs, func(j *flow.Job) bool {
		return has(j) && does(j, "identify", "operate", "correct", "exception", "open")
	}) {
		return "no job records it"
	}
	return ""
}
