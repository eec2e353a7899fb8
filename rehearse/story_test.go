package rehearse_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// The story goes as it should on the examples and, in the nightly run, on every
// case of the compiler: each feature of the language is rehearsed.
func TestStoryOfEveryPolicy(t *testing.T) {
	long := os.Getenv("FETTLE_LONG")
	if long == "" {
		t.Skip("FETTLE_LONG=yes plays it on the examples, FETTLE_LONG=nightly on every case")
	}
	policies := []string{"../examples/storefront/release.hcl", "../examples/claims/release.hcl"}
	if long == "nightly" {
		cases, err := filepath.Glob("../testdata/cases/*/policy.hcl")
		must(t, err)
		policies = append(policies, cases...)
	}
	for _, file := range policies {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			must(t, err)
			dir := filepath.Dir(file)
			in := schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: text}}, Files: os.DirFS(dir)}
			repository, diags := generators.CompileAll([]schema.Input{in}, nil)
			if diags.HasErrors() {
				t.Skip("it needs more than its file")
			}
			tell(t, repository.Results[0])
		})
	}
}

// tell plays the story on a policy.
func tell(t *testing.T, result *generators.Result) {
	t.Helper()
	git, err := exec.LookPath("git")
	must(t, err)
	p := result.Plan
	e := &rehearse.Engine{Path: os.Getenv("PATH")}
	w, err := scenario.New(t.Context(), scenario.Config{Dir: t.TempDir(), Engine: e, Git: git, Env: []string{"PATH=" + os.Getenv("PATH")}, Mainline: p.Mainline, Branch: p.Names.Ledger,
		Begin: time.Unix(1772323200, 0), Patience: 3 * time.Minute})
	must(t, err)
	t.Cleanup(w.Stop)
	ready(t, w, e, p)
	s := &rehearse.Story{World: w, Engine: e, Plan: p, Now: time.Unix(1772323200, 0), Tell: func(rehearse.Line) {}}
	must(t, s.Play())
}
