package generators_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// policyFiles are the policies of the examples, the cases and the scenarios.
func policyFiles(t *testing.T) []string {
	t.Helper()
	return slices.Concat(glob(t, "../examples/*/*.hcl"), glob(t, casesDir+"/*/*.hcl"), glob(t, casesDir+"/*/*/*.hcl"), glob(t, "../testdata/scenarios/policy/*.hcl"))
}

// What people read to learn the language is in its canonical form; UPDATE=1
// brings it there.
func TestPoliciesAreCanonical(t *testing.T) {
	for _, path := range policyFiles(t) {
		src, err := os.ReadFile(path)
		must(t, err)
		want := formatted(t, path, string(src))
		if update() {
			must(t, os.WriteFile(path, []byte(want), 0o644))
			continue
		}
		if diff := cmp.Diff(want, string(src)); diff != "" {
			t.Errorf("%s is not in its canonical form; UPDATE=1 or fettle fmt writes it:\n%s", path, diff)
		}
	}
}

// However a policy is laid out, its canonical form generates the same files:
// here with the attributes of each block in the opposite order.
func TestFormatKeepsThePlan(t *testing.T) {
	for _, path := range policyFiles(t) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			src, err := os.ReadFile(path)
			must(t, err)
			muddled := muddle(string(src))
			if compiles := compileText(t, path, string(src)); !cmp.Equal(compiles, compileText(t, path, formatted(t, path, muddled))) {
				t.Errorf("the canonical form of this generates something else:\n%s", muddled)
			}
		})
	}
}

func formatted(t *testing.T, path, src string) string {
	t.Helper()
	out, diags := format.Canonical(syntax.Source{Name: filepath.Base(path), Bytes: []byte(src)})
	if len(diags) > 0 {
		t.Fatalf("%s:\n%s", path, diagnosticsText(diags))
	}
	return string(out)
}

func compileText(t *testing.T, path, src string) map[string]string {
	t.Helper()
	result, _ := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: filepath.Base(path), Bytes: []byte(src)}}}, nil)
	return contentOf(result.Files)
}

var oneLine = regexp.MustCompile(`^ +[a-z_]+ += (".*"|\[.*\]|\{.*\}|[a-z0-9_.]+)( #.*)?$`)

// muddle turns the order of attributes around that stand on lines of their own.
func muddle(src string) string {
	lines := strings.Split(src, "\n")
	for from := 0; from < len(lines); from++ {
		to := from
		for to < len(lines) && oneLine.MatchString(lines[to]) {
			to++
		}
		slices.Reverse(lines[from:to])
		from = max(from, to-1)
	}
	return strings.Join(lines, "\n")
}
