package generators_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// waited is what a hotfix of the hand-written pipelines waits for, without their
// build and second environment: counted by reading them, since they are not here.
var waited = map[string]struct {
	jobs  string
	trips int
}{
	"github":  {"4", 3}, // guard, checks, approval, deployment; the approval checks nothing out
	"gitlab":  {"3", 3}, // the deployment is a manual job, which is the approval
	"azure":   {"4", 4}, // the deployment has a job before it that judges
	"jenkins": {"3", 5}, // two of the three fetch the tags once more
}

// noMachine are the targets whose approval needs none.
var noMachine = map[string]bool{"azure": true, "jenkins": true}

const performance = "../docs/performance.md"

// What docs/performance.md says that a hotfix waits for is what the generated
// files say, and what the scenario's host counted.
func TestWaits(t *testing.T) {
	text, err := os.ReadFile("../testdata/scenarios/policy/shop.hcl")
	if err != nil {
		t.Fatal(err)
	}
	traffic, err := os.ReadFile("../testdata/e2e/traffic.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| target | jobs in a row | of them that wait for a machine | round trips | reference: jobs in a row | round trips |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, target := range []string{"github", "gitlab", "azure", "jenkins"} {
		chain := toProduction(t, target, strings.NewReplacer("TARGET", target, "FORGE", "none").Replace(string(text)))
		machines := len(chain)
		if noMachine[target] {
			machines = len(slices.DeleteFunc(slices.Clone(chain), func(r *read) bool { return r.Approval }))
		}
		fmt.Fprintf(&b, "| %s | %d: %s | %d | %d | %s | %d |\n", target, len(chain), ids(chain), machines, tripsUntil(t, string(traffic), target), waited[target].jobs, waited[target].trips)
	}
	checkPart(t, performance, "waits", b.String())
}

// toProduction is the longest way to the job that begins the deployment to
// production, by what the file of the hotfix says.
func toProduction(t *testing.T, target, policy string) []*read {
	t.Helper()
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	f := result.Plan.Flows[slices.IndexFunc(result.Plan.Flows, func(f *flow.Flow) bool { return f.Kind == flow.Hotfix })]
	file := result.Files[slices.IndexFunc(result.Files, func(r gen.File) bool { return r.Path == readers[target].path(f) })]
	jobs, err := readers[target].read(f, string(file.Content))
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		if slices.Contains(j.Operations, "begin production") {
			return longestWay(jobs, j)
		}
	}
	t.Fatalf("%s: nothing deploys to production", target)
	return nil
}

func longestWay(jobs map[string]*read, to *read) []*read {
	var before []*read
	for _, id := range to.After {
		if way := longestWay(jobs, jobs[id]); len(way) > len(before) {
			before = way
		}
	}
	return append(slices.Clone(before), to)
}

func ids(chain []*read) string {
	var out []string
	for _, j := range chain {
		out = append(out, j.ID)
	}
	return strings.Join(out, ", ")
}

func tripsUntil(t *testing.T, traffic, target string) int {
	t.Helper()
	_, line, _ := strings.Cut(traffic, "\n"+target+": ")
	_, until, _ := strings.Cut(line, "until it deploys ")
	trips := 0
	if _, err := fmt.Sscan(until, &trips); err != nil {
		t.Fatal(err)
	}
	return trips
}

// checkPart demands what stands between two marks of a page, or writes it.
func checkPart(t *testing.T, page, name, want string) {
	t.Helper()
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->\n"
	head, rest, _ := strings.Cut(string(content), begin)
	got, tail, ok := strings.Cut(rest, end)
	if !ok {
		t.Fatalf("%s has no part %s", page, name)
	}
	if got == want {
		return
	}
	if !update() {
		t.Fatalf("%s says\n%s\nand it is\n%s", page, got, want)
	}
	if err := os.WriteFile(page, []byte(head+begin+want+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}
