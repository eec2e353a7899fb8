package generators_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

const casesDir = "../testdata/cases"

// update rewrites the goldens: UPDATE=1 go test ./...
func update() bool { return os.Getenv("UPDATE") != "" }

// Every case × every target: what a case's policy compiles to is what stands
// in its folder, byte for byte, no file more and none fewer.
func TestCases(t *testing.T) {
	for _, dir := range folders(t, casesDir) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			repository, diags := compileCase(t, dir)
			want := map[string][]byte{}
			if len(diags) > 0 {
				want["diagnostics.txt"] = diagnosticsText(diags)
			}
			if diags.HasErrors() {
				t.Fatalf("a case compiles:\n%s", want["diagnostics.txt"])
			}
			var sources []schema.Source
			var plans []string
			for _, r := range repository.Results {
				sources, plans = append(sources, r.Policy.Sources...), append(plans, r.Plan.String())
			}
			want["plan.txt"] = []byte(strings.Join(plans, "\n"))
			for _, f := range repository.Files {
				path, content := goldenPath(f.Path), f.Content
				if f.Executable {
					path, content = outline(path, content)
				}
				want[path] = content
			}
			compareTree(t, dir, want, sources)
		})
	}
}

// partial are features that not every system can have: for the others they are
// a diagnostic, which testdata/invalid shows.
var partial = map[string]int{"authors": 2}

// A case knows every target, so that no feature exists on three of them.
func TestEveryCaseHasEveryTarget(t *testing.T) {
	for _, dir := range folders(t, casesDir) {
		repository, _ := compileCase(t, dir)
		for _, r := range repository.Results {
			if n := len(r.Policy.Targets); n != len(generators.All) && n != partial[filepath.Base(dir)] {
				t.Errorf("%s: %d targets of %d", filepath.Base(dir), len(r.Policy.Targets), len(generators.All))
			}
		}
	}
}

// A file ends as git and editors want it to: with its last line, and one end of
// it. No two lines in it are empty.
func TestFilesEndWithTheirLastLine(t *testing.T) {
	for _, dir := range folders(t, casesDir) {
		repository, _ := compileCase(t, dir)
		for _, f := range repository.Files {
			if !bytes.HasSuffix(f.Content, []byte("\n")) || bytes.HasSuffix(f.Content, []byte("\n\n")) || bytes.Contains(f.Content, []byte("\n\n\n")) {
				t.Errorf("%s: %s does not end with its last line, or has empty lines side by side", filepath.Base(dir), f.Path)
			}
		}
	}
}

// The examples are committed with what they generate.
func TestExamples(t *testing.T) {
	for _, dir := range folders(t, "../examples") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			result, diags := compileFile(t, filepath.Join(dir, "release.hcl"))
			if len(diags) > 0 {
				t.Fatalf("an example compiles without a word:\n%s", diagnosticsText(diags))
			}
			want := map[string][]byte{}
			for _, f := range result.Files {
				want[f.Path] = f.Content
			}
			compareTree(t, dir, want, result.Policy.Sources)
		})
	}
}

// The same policy gives the same bytes, whatever the order of maps.
func TestSameBytes(t *testing.T) {
	first, _ := compileFile(t, "../examples/claims/release.hcl")
	for range 30 {
		again, _ := compileFile(t, "../examples/claims/release.hcl")
		for i, f := range again.Files {
			if !bytes.Equal(f.Content, first.Files[i].Content) {
				t.Fatalf("%s differs", f.Path)
			}
		}
	}
}

// goldenPath puts a target's files under its name; the real path follows.
func goldenPath(path string) string {
	for prefix, target := range map[string]string{".github/": "github", ".gitlab": "gitlab", ".azure-pipelines/": "azure", ".jenkins/": "jenkins"} {
		if strings.HasPrefix(path, prefix) {
			return target + "/" + path
		}
	}
	return path
}

// compileFile compiles a policy whose folder is the repository.
func compileFile(t *testing.T, path string) (*generators.Result, diag.Diagnostics) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	in := schema.Input{Sources: []schema.Source{{Name: filepath.Base(path), Bytes: src}}, Files: os.DirFS(filepath.Dir(path))}
	return generators.Compile(in, nil)
}

// compileCase compiles a case: its policy, or one in each of its folders, all in
// one repository.
func compileCase(t *testing.T, dir string) (*generators.Repository, diag.Diagnostics) {
	t.Helper()
	var ins []schema.Input
	for _, path := range append(glob(t, filepath.Join(dir, "*.hcl")), glob(t, filepath.Join(dir, "*", "policy.hcl"))...) {
		src, err := os.ReadFile(path)
		must(t, err)
		name, err := filepath.Rel(dir, path)
		must(t, err)
		ins = append(ins, schema.Input{Sources: []schema.Source{{Name: filepath.ToSlash(name), Bytes: src}}, Files: os.DirFS(dir), Dir: filepath.ToSlash(filepath.Dir(name)), Base: "."})
	}
	return generators.CompileAll(ins, nil)
}

func diagnosticsText(diags diag.Diagnostics) []byte {
	var b bytes.Buffer
	for _, d := range diags {
		b.WriteString(d.Subject.String() + ": " + d.Severity.String() + ": " + d.Summary + ": " + d.Detail + "\n")
	}
	return b.Bytes()
}

// compareTree compares both ways: missing, different and extra files fail.
func compareTree(t *testing.T, dir string, want map[string][]byte, inputs []schema.Source) {
	t.Helper()
	if update() {
		rewriteTree(t, dir, want, inputs)
		return
	}
	for _, path := range filesUnder(t, dir) {
		if _, ok := want[path]; !ok && !isInput(inputs, path) {
			t.Errorf("%s: not generated any more", path)
		}
	}
	for path, content := range want {
		got, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if bytes.Equal(got, content) {
			continue
		} else if diff := cmp.Diff(strings.Split(string(got), "\n"), strings.Split(string(content), "\n")); diff != "" {
			t.Errorf("%s (-golden +generated):\n%s", path, diff)
		}
	}
}

func rewriteTree(t *testing.T, dir string, want map[string][]byte, inputs []schema.Source) {
	t.Helper()
	for _, path := range filesUnder(t, dir) {
		if _, ok := want[path]; !ok && !isInput(inputs, path) {
			must(t, os.Remove(filepath.Join(dir, path)))
		}
	}
	for path, content := range want {
		full := filepath.Join(dir, path)
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, content, mode(path)))
	}
}

func isInput(inputs []schema.Source, path string) bool {
	return strings.HasPrefix(path, "ci/") || slices.ContainsFunc(inputs, func(s schema.Source) bool { return s.Name == path })
}

// mode keeps the script executable, as generate writes it.
func mode(path string) fs.FileMode {
	if strings.HasSuffix(path, ".sh") {
		return 0o755
	}
	return 0o644
}

func folders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	if len(out) == 0 {
		t.Fatalf("no folders in %s", dir)
	}
	return out
}

func filesUnder(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(rel))
		return err
	}))
	slices.Sort(out)
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestFilesCarryTheMark: without it a second run would refuse to overwrite.
func TestFilesCarryTheMark(t *testing.T) {
	result, _ := compileFile(t, "../examples/claims/release.hcl")
	for _, f := range result.Files {
		if !bytes.Contains(f.Content[:min(len(f.Content), 512)], []byte(gen.Mark)) {
			t.Errorf("%s: no %q in its first lines", f.Path, gen.Mark)
		}
		if !bytes.HasSuffix(f.Content, []byte("\n")) || bytes.Contains(f.Content, []byte(" \n")) || bytes.Contains(f.Content, []byte("\n\n\n")) {
			t.Errorf("%s: untidy ends of lines", f.Path)
		}
	}
}
