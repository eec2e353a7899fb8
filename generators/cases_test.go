package generators_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

const casesDir = "../testdata/cases"

// TestMain lets memory grow: the tests are short, and a third of their time went
// into collecting garbage.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	m.Run()
}

// compiled is a case or an example with everything that it compiles to: a
// repository of one policy or more. All tests share it, and none changes it.
type compiled struct {
	name, dir  string
	repository *generators.Repository
	diags      diag.Diagnostics
}

var (
	compileCases    = sync.OnceValues(func() ([]*compiled, error) { return compileFolders(casesDir) })
	compileExamples = sync.OnceValues(func() ([]*compiled, error) { return compileFolders("../examples") })
)

// cases are all cases, by name.
func cases(t *testing.T) []*compiled {
	t.Helper()
	out, err := compileCases()
	must(t, err)
	return out
}

// everyFolder are the cases and the examples.
func everyFolder(t *testing.T) []*compiled {
	t.Helper()
	examples, err := compileExamples()
	must(t, err)
	return slices.Concat(cases(t), examples)
}

// caseNamed is one case, whose single policy must compile.
func caseNamed(t *testing.T, name string) *generators.Result {
	t.Helper()
	for _, c := range cases(t) {
		if c.name == name {
			return c.repository.Results[0]
		}
	}
	t.Fatalf("there is no case %s", name)
	return nil
}

func compileFolders(root string) ([]*compiled, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var out []*compiled
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		c := &compiled{name: e.Name(), dir: filepath.Join(root, e.Name())}
		ins, err := inputsOf(c.dir)
		if err != nil {
			return nil, err
		}
		c.repository, c.diags = generators.CompileAll(ins, nil)
		for _, r := range c.repository.Results {
			r.Files = c.repository.Files
		}
		out = append(out, c)
	}
	return out, nil
}

// inputsOf are the policies of a folder: its own, or one in each of its folders,
// all in one repository.
func inputsOf(dir string) ([]schema.Input, error) {
	own, err := filepath.Glob(filepath.Join(dir, "*.hcl"))
	if err != nil {
		return nil, err
	}
	below, err := filepath.Glob(filepath.Join(dir, "*", "policy.hcl"))
	if err != nil {
		return nil, err
	}
	var ins []schema.Input
	for _, path := range append(own, below...) {
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return nil, err
		}
		ins = append(ins, schema.Input{Sources: []syntax.Source{{Name: filepath.ToSlash(name), Bytes: src}}, Files: os.DirFS(dir), Dir: filepath.ToSlash(filepath.Dir(name)), Base: "."})
	}
	return ins, nil
}

// A case compiles, and knows every target, so that no feature exists on three
// of them.
func TestEveryCaseHasEveryTarget(t *testing.T) {
	for _, c := range cases(t) {
		if c.diags.HasErrors() {
			t.Errorf("%s does not compile:\n%s", c.name, diagnosticsText(c.diags))
			continue
		}
		for _, r := range c.repository.Results {
			if n := len(r.Policy.Targets); n != len(generators.All) && n != partial[c.name] {
				t.Errorf("%s: %d targets of %d", c.name, len(r.Policy.Targets), len(generators.All))
			}
		}
	}
	if len(cases(t)) < 30 {
		t.Errorf("only %d cases", len(cases(t)))
	}
}

// partial are features that not every system can have: for the others they are
// a diagnostic, which testdata/invalid shows.
var partial = map[string]int{"authors": 2, "everything": 2, "login": 2}

// A file ends as git and editors want it to: with its last line, and one end of
// it. No two lines in it are empty.
func TestFilesEndWithTheirLastLine(t *testing.T) {
	for _, c := range everyFolder(t) {
		for _, f := range c.repository.Files {
			if !bytes.HasSuffix(f.Content, []byte("\n")) || bytes.HasSuffix(f.Content, []byte("\n\n")) || bytes.Contains(f.Content, []byte("\n\n\n")) {
				t.Errorf("%s: %s does not end with its last line, or has empty lines side by side", c.name, f.Path)
			}
		}
	}
}

// rendered writes the generated files that are asked for into a folder of this
// test, and returns where: what other programs read them from.
func rendered(t *testing.T, wanted func(f gen.File) bool) []string {
	t.Helper()
	var out []string
	root := t.TempDir()
	for _, c := range everyFolder(t) {
		for _, f := range c.repository.Files {
			if !wanted(f) {
				continue
			}
			path := filepath.Join(root, c.name, filepath.FromSlash(f.Path))
			must(t, os.MkdirAll(filepath.Dir(path), 0o755))
			must(t, os.WriteFile(path, f.Content, 0o644))
			out = append(out, path)
		}
	}
	if len(out) == 0 {
		t.Fatal("no such file is generated")
	}
	return out
}

// below are the files of a folder whose names end so.
func below(folder, suffix string) func(f gen.File) bool {
	return func(f gen.File) bool { return strings.HasPrefix(f.Path, folder) && strings.HasSuffix(f.Path, suffix) }
}

func workflows(f gen.File) bool { return below(".github/workflows/", ".yml")(f) }

// long tells whether the tests that take minutes run as well, as in .ci/run.
func long() bool { return os.Getenv("FETTLE_LONG") != "" }
