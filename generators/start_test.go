package generators_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
)

// typed is what a person types into the fields that ask why.
var typed = map[string]string{"reason": "it's $(gone) & \"x\" (1)"}

// How a flow is started names the flow and every field of its form, on each target,
// as a command that a shell reads in one piece.
func TestStart(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			for _, f := range r.Plan.Flows {
				if !slices.ContainsFunc(f.Triggers, func(t flow.Trigger) bool { _, is := t.(flow.Dispatch); return is }) {
					continue
				}
				for _, target := range generators.All {
					// The forms of a flow differ little from policy to policy, and a shell takes long to start.
					if what := target.Name + string(f.Kind); slices.Contains(r.Plan.Targets, target.Name) && (long() || !seen[what]) {
						seen[what] = true
						start := target.Start(r.Plan, f, "a branch", gen.Fields(f, typed))
						startsWith(t, c.name+" "+f.ID()+" "+target.Name, start, f)
					}
				}
			}
		}
	}
}

func startsWith(t *testing.T, name string, start gen.Start, f *flow.Flow) {
	t.Helper()
	_, rest, ok := strings.Cut(start.Command, " ")
	if !ok || !strings.Contains(start.Command, f.Name) || start.Button == "" {
		t.Fatalf("%s: %+v", name, start)
	}
	out, err := exec.Command("sh", "-c", `JENKINS_URL=u JENKINS_USER_ID=n JENKINS_API_TOKEN=t; printf '%s\n' `+rest).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	for _, field := range gen.Fields(f, typed) {
		if !strings.Contains(string(out), field.Value) || !strings.Contains(string(out), field.Name) && !strings.Contains(string(out), field.Env) {
			t.Errorf("%s: %s\nhas no field %s", name, out, field.Name)
		}
	}
}
