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
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// update rewrites the goldens: UPDATE=1 go test ./...
func update() bool { return os.Getenv("UPDATE") != "" }

// A case's folder holds its plan, and of each target the lines in which its
// feature is seen: what shows.txt names, byte for byte, and no file more. Of all
// other files the digests are kept.
func TestCases(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := map[string][]byte{}
			if len(c.diags) > 0 {
				want["diagnostics.txt"] = diagnosticsText(c.diags)
			}
			if c.diags.HasErrors() {
				t.Fatalf("a case compiles:\n%s", want["diagnostics.txt"])
			}
			var plans []string
			inputs := []string{showsFile}
			for _, r := range c.repository.Results {
				plans = append(plans, r.Plan.String())
				for _, s := range r.Policy.Sources {
					inputs = append(inputs, s.Name)
				}
			}
			want["plan.txt"] = []byte(strings.Join(plans, "\n"))
			keep(t, c, want)
			compareTree(t, c.dir, want, inputs)
		})
	}
}

// The examples are committed with what they generate, and with the scripts that
// their commands start.
func TestExamples(t *testing.T) {
	for _, dir := range folders(t, "../examples") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(filepath.Join(dir, "release.hcl"))
			must(t, err)
			result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}, Files: os.DirFS(dir), WorkTree: true}, nil)
			if len(diags) > 0 {
				t.Fatalf("an example compiles without a word:\n%s", diagnosticsText(diags))
			}
			want := map[string][]byte{}
			for _, f := range result.Files {
				want[f.Path] = f.Content
			}
			inputs := []string{"release.hcl"}
			for _, c := range lint.Commands(result.Policy) {
				for _, text := range c.Run.Texts {
					inputs = append(inputs, lint.StartedFiles(lint.Literal(text))...)
				}
			}
			compareTree(t, dir, want, inputs)
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
	in := schema.Input{Sources: []syntax.Source{{Name: filepath.Base(path), Bytes: src}}, Files: os.DirFS(filepath.Dir(path))}
	return generators.Compile(in, nil)
}

func diagnosticsText(diags diag.Diagnostics) []byte {
	var b bytes.Buffer
	for _, d := range diags {
		b.WriteString(d.Subject.String() + ": " + d.Severity.String() + ": " + d.Summary + ": " + d.Detail + "\n")
	}
	return b.Bytes()
}

// compareTree compares both ways: missing, different and extra files fail.
func compareTree(t *testing.T, dir string, want map[string][]byte, inputs []string) {
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

func rewriteTree(t *testing.T, dir string, want map[string][]byte, inputs []string) {
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

// isInput tells whether a file is no golden: a source of the policy, or what its
// commands would run.
func isInput(inputs []string, path string) bool {
	return strings.HasPrefix(path, "ci/") || slices.Contains(inputs, path)
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
	for _, c := range everyFolder(t) {
		for _, f := range c.repository.Files {
			if !bytes.Contains(f.Content[:min(len(f.Content), 512)], []byte(gen.Mark)) {
				t.Errorf("%s: %s: no %q in its first lines", c.name, f.Path, gen.Mark)
			}
		}
	}
	result, _ := compileFile(t, "../examples/claims/release.hcl")
	for _, f := range result.Files {
		if bytes.Contains(f.Content, []byte(" \n")) {
			t.Errorf("%s: untidy ends of lines", f.Path)
		}
	}
}
