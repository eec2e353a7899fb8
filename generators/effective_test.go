package generators_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// The effective policy is a policy: it compiles to the same plan and the same
// files, and what it takes effect as is itself.
func TestEffectivePolicy(t *testing.T) {
	for _, path := range everyPolicy(t) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			t.Parallel()
			first, _ := compileFile(t, path)
			printed := first.Policy.Effective().HCL()
			again := recompiled(t, path, "release.hcl", printed)
			if diff := cmp.Diff(first.Plan.String(), again.Plan.String()); diff != "" {
				t.Errorf("the plan differs (-policy +effective):\n%s\n%s", diff, printed)
			}
			if !slices.EqualFunc(first.Files, again.Files, sameFile) {
				t.Errorf("the files differ:\n%s", printed)
			}
			if diff := cmp.Diff(string(printed), string(again.Policy.Effective().HCL())); diff != "" {
				t.Errorf("it changes when it is printed again:\n%s", diff)
			}
		})
	}
}

// As JSON, the effective policy is the same policy.
func TestPolicyAsJSON(t *testing.T) {
	for _, path := range everyPolicy(t) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			t.Parallel()
			first, _ := compileFile(t, path)
			printed, err := first.Policy.Effective().JSON()
			must(t, err)
			again := recompiled(t, path, "release.hcl.json", printed)
			if !slices.EqualFunc(first.Files, again.Files, sameFile) {
				t.Errorf("the files differ:\n%s", printed)
			}
			if diff := cmp.Diff(string(first.Policy.Effective().HCL()), string(again.Policy.Effective().HCL())); diff != "" {
				t.Errorf("-HCL +JSON:\n%s", diff)
			}
		})
	}
}

func sameFile(a, b gen.File) bool { return a.Path == b.Path && string(a.Content) == string(b.Content) }

// recompiled compiles another text in the place of a policy.
func recompiled(t *testing.T, path, name string, text []byte) *generators.Result {
	t.Helper()
	in := schema.Input{Sources: []syntax.Source{{Name: name, Bytes: text}}, Files: os.DirFS(filepath.Dir(path))}
	result, diags := generators.Compile(in, nil)
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", diagnosticsText(diags), text)
	}
	return result
}

// everyPolicy are the cases and the examples.
func everyPolicy(t *testing.T) []string {
	t.Helper()
	return append(glob(t, casesDir+"/*/policy.hcl"), glob(t, "../examples/*/release.hcl")...)
}

// Whatever the policy: what takes effect is the same policy, in both forms.
func TestEffectiveOfAnyPolicy(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := randomPolicies().Draw(t, "policy")
		first := compileDrawn(t, "release.hcl", []byte(w.String()))
		printed, err := first.Policy.Effective().JSON()
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string][]byte{"release.hcl": first.Policy.Effective().HCL(), "release.hcl.json": printed} {
			again := compileDrawn(t, name, text)
			if !slices.EqualFunc(first.Files, again.Files, sameFile) {
				t.Fatalf("the files differ:\n%s\n%s", w, text)
			}
		}
	})
}

func compileDrawn(t *rapid.T, name string, text []byte) *generators.Result {
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: name, Bytes: text}}}, nil)
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", diagnosticsText(diags), text)
	}
	return result
}
