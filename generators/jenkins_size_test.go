package generators_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/jenkins"
	"github.com/fettle-ci/fettle/internal/test/groovy"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// shopOf is a policy with so many staging environments, checks, and productions
// with an approval each.
func shopOf(staging, checks, productions int) string {
	var b strings.Builder
	b.WriteString("policy \"shop\" {\n  targets = [\"jenkins\"]\n}\nbuild {\n  run      = \"./build.sh\"\n  artifact = \"dist/\"\n}\ngroup \"managers\" { jenkins = \"managers\" }\n")
	var named [2][]string
	for i := range checks {
		fmt.Fprintf(&b, "check \"c%d\" {\n  run    = \"make c%d\"\n  report = \"c%d.xml\"\n}\n", i, i, i)
		named[0] = append(named[0], fmt.Sprintf("check.c%d", i))
	}
	for i := range staging {
		fmt.Fprintf(&b, "environment \"s%d\" {\n  tier   = \"staging\"\n  deploy = \"./deploy.sh s%d\"\n}\n", i, i)
		named[1] = append(named[1], fmt.Sprintf("environment.s%d", i))
	}
	for i := range productions {
		fmt.Fprintf(&b, "environment \"p%d\" {\n  tier   = \"production\"\n  deploy = \"./deploy.sh p%d\"\n  approval \"release\" { approvers = [group.managers] }\n}\n", i, i)
		named[1] = append(named[1], fmt.Sprintf("environment.p%d", i))
	}
	fmt.Fprintf(&b, "delivery {\n  checks       = [%s]\n  environments = [%s]\n}\nhotfix {}\nredeploy {}\n", strings.Join(named[0], ", "), strings.Join(named[1], ", "))
	return b.String()
}

func compileShop(policy string) (*generators.Result, diag.Diagnostics) {
	return generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
}

// What the compiler that Jenkins uses makes of each pipeline stays below what
// Java takes, for large policies too, and the estimate is never below that and
// at most a tenth above.
func TestSizeOnJenkins(t *testing.T) {
	t.Parallel()
	folder, estimates := t.TempDir(), map[string]int{}
	add := func(name string, results []*generators.Result, files []gen.File) {
		content := contentOf(files)
		for _, result := range results {
			for _, f := range result.Plan.Flows {
				if text, there := content[readers["jenkins"].path(f)]; there {
					file := filepath.Join(folder, name+"-"+f.Name)
					must(t, os.WriteFile(file, []byte(text), 0o644))
					estimates[file] = jenkins.Size(result.Plan, f)
				}
			}
		}
	}
	for _, c := range everyFolder(t) {
		if long() || strings.HasPrefix(c.name, "showcase_") || c.name == "claims" {
			add(c.name, c.repository.Results, c.repository.Files)
		}
	}
	for _, of := range [][3]int{{3, 10, 8}, {1, 3, 9}} {
		result, diags := compileShop(shopOf(of[0], of[1], of[2]))
		if diags.HasErrors() {
			t.Fatal(diagnosticsText(diags))
		}
		add(fmt.Sprintf("large%d", of[2]), []*generators.Result{result}, result.Files)
	}
	measured := measure(t, slices.Sorted(maps.Keys(estimates)))
	for file, estimate := range estimates {
		if n := measured[file]; n > 60_000 || estimate < n || estimate > n+n/10 {
			t.Errorf("%s: estimated %d bytes, measured %d", filepath.Base(file), estimate, n)
		}
	}
	if n := measured[filepath.Join(folder, "large8-delivery")]; n < 40_000 || len(estimates) < 20 {
		t.Errorf("a delivery to 11 environments with 10 checks has only %d bytes, or only %d files were measured", n, len(estimates))
	}
}

// measure compiles files as Jenkins does, and returns the bytes of the largest
// method of each.
func measure(t *testing.T, files []string) map[string]int {
	t.Helper()
	out, err := groovy.Command(t, append([]string{"../testdata/conformance/jenkins_size.groovy"}, files...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sizes := map[string]int{}
	for line := range strings.Lines(string(out)) {
		var file, method string
		var size int
		if _, err := fmt.Sscan(line, &file, &method, &size); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		sizes[file] = max(sizes[file], size)
	}
	return sizes
}

// What is larger is refused at the flow, with the switch that helps, and
// compiles where the policy says that it is on.
func TestTooLargeForJenkins(t *testing.T) {
	policy := shopOf(3, 20, 12)
	result, diags := compileShop(policy)
	lines := strings.Split(policy, "\n")
	found := slices.ContainsFunc(diags, func(d *diag.Diagnostic) bool {
		return d.Code == "jenkins-too-large" && strings.HasPrefix(lines[d.Subject.Start.Line-1], "delivery {") && strings.Contains(d.Detail, "RuntimeASTTransformer.SCRIPT_SPLITTING_TRANSFORMATION=true")
	})
	if result.Files != nil || !found {
		t.Errorf("got %s", diagnosticsText(diags))
	}
	split := strings.Replace(policy, "  targets", "  jenkins = { script_splitting = true }\n  targets", 1)
	if result, diags := compileShop(split); diags.HasErrors() || result.Files == nil {
		t.Errorf("with script splitting: %s", diagnosticsText(diags))
	}
}
