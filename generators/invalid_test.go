package generators_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/internal/test/linttest"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// want is what a line of a wrong policy expects to be told: # want "regexp",
// or # want 'regexp' inside a text of JSON.
var want = regexp.MustCompile(`# want (?:"((?:[^"\\]|\\.)*)"|'([^']*)')`)

// wrong is one policy of testdata/invalid, with what it is told. All tests share
// it.
type wrong struct {
	file   string
	number int // in its file
	files  map[string]string
	result *generators.Repository
	diags  diag.Diagnostics
}

var compileWrong = sync.OnceValues(func() ([]*wrong, error) {
	files, err := filepath.Glob("../testdata/invalid/*.hcl")
	if err != nil {
		return nil, err
	}
	base, err := os.ReadFile(baseFile)
	if err != nil {
		return nil, err
	}
	var out []*wrong
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for i, policy := range strings.Split(string(src), "\n# ---\n") {
			w := &wrong{file: filepath.Base(file), number: i + 1}
			var ins []schema.Input
			ins, w.files = wrongPolicy(string(linttest.Complete(policy, string(base))))
			w.result, w.diags = generators.CompileAll(ins, nil)
			out = append(out, w)
		}
	}
	return out, nil
})

// wrongPolicies are those of testdata/invalid: the blocks that matter, completed
// with those of a small policy as the examples of messages are.
func wrongPolicies(t *testing.T) []*wrong {
	t.Helper()
	out, err := compileWrong()
	must(t, err)
	if len(out) < 300 {
		t.Fatalf("only %d wrong policies", len(out))
	}
	return out
}

// Every wrong policy gets exactly the messages that its lines ask for: checked
// both ways, so that neither a lost nor an invented message passes.
func TestInvalid(t *testing.T) {
	for _, w := range wrongPolicies(t) {
		t.Run(fmt.Sprintf("%s/%d", w.file, w.number), func(t *testing.T) { checkWants(t, w) })
	}
}

func checkWants(t *testing.T, w *wrong) {
	t.Helper()
	if w.diags.HasErrors() && w.result.Files != nil {
		t.Error("there are files in spite of errors")
	}
	got := map[line][]string{}
	for _, d := range w.diags {
		at := line{d.Subject.Filename, d.Subject.Start.Line}
		got[at] = append(got[at], d.Summary+": "+d.Detail)
	}
	for name, text := range w.files {
		for i, l := range strings.Split(text, "\n") {
			at := line{name, i + 1}
			for _, m := range want.FindAllStringSubmatch(l, -1) {
				rest, found := take(got[at], regexp.MustCompile(strings.ReplaceAll(m[1]+m[2], `\"`, `"`)))
				if !found {
					t.Errorf("%v: want %q, got %q", at, m[1]+m[2], got[at])
				}
				got[at] = rest
			}
		}
	}
	for at, texts := range got {
		for _, text := range texts {
			t.Errorf("%v: unexpected: %s", at, text)
		}
	}
}

// line is a line of a file.
type line struct {
	file   string
	number int
}

// wrongPolicy is a policy with the files that follow it, each after a line
// `-- name --`: named from the policy's directory, team/shop in a repository.
// One that is called policy.hcl as well is another policy of it; a .git makes
// it a working tree.
func wrongPolicy(text string) ([]schema.Input, map[string]string) {
	archive := txtar.Parse([]byte(text))
	in := schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: archive.Comment}}, Dir: "team/shop", Base: "team/shop"}
	in.Now = linttest.Now
	if len(archive.Files) == 0 {
		in.Sources[0].Bytes = []byte(text)
		return []schema.Input{in}, map[string]string{"policy.hcl": text}
	}
	ins := []schema.Input{in}
	files := map[string]string{"policy.hcl": string(archive.Comment)}
	repository := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
		if path.Base(f.Name) == "policy.hcl" {
			ins = append(ins, schema.Input{Now: in.Now, Sources: []syntax.Source{{Name: f.Name, Bytes: f.Data}}, Dir: path.Join(in.Dir, path.Dir(f.Name)), Base: in.Dir})
		}
		repository[path.Join(in.Dir, f.Name)] = &fstest.MapFile{Data: f.Data}
	}
	for i := range ins {
		ins[i].Files, ins[i].WorkTree = repository, repository[path.Join(in.Dir, ".git")] != nil
	}
	return ins, files
}

func take(texts []string, re *regexp.Regexp) ([]string, bool) {
	for i, text := range texts {
		if re.MatchString(text) {
			return append(texts[:i:i], texts[i+1:]...), true
		}
	}
	return texts, false
}

// Every code that a message can carry is told to at least one wrong policy,
// so that no message is written that nobody has read.
func TestEveryCodeIsTold(t *testing.T) {
	code := regexp.MustCompile(`(?:problem\(|Code: )"([a-z-]+[a-z])"`)
	told := map[diag.Code]bool{}
	for _, w := range wrongPolicies(t) {
		for _, d := range w.diags {
			told[d.Code] = true
		}
	}
	for _, path := range append(append(glob(t, "../schema/*.go"), glob(t, "../schema/*/*.go")...), append(glob(t, "../flow/*.go"), glob(t, "../generators/*/*.go")...)...) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		must(t, err)
		for _, m := range code.FindAllStringSubmatch(string(src), -1) {
			if !told[diag.Code(m[1])] && !large[m[1]] {
				t.Errorf("%s: no wrong policy is told %q", path, m[1])
			}
		}
	}
}

// large are the codes of what no file should hold: TestTooLarge makes them.
var large = map[string]bool{"too-large": true, "github-too-long": true, "jenkins-too-long": true, "jenkins-too-large": true}

func TestTooLarge(t *testing.T) {
	for name, policy := range map[string]string{
		"bytes":    "# " + strings.Repeat("x", 1<<20+1),
		"depth":    "locals { x = " + strings.Repeat("[", 6000) + strings.Repeat("]", 6000) + " }",
		"comments": strings.Repeat("/* ", 4000),
		"local":    "locals {\n  x = \"" + strings.Repeat("x", 16_000) + "\"\n  y = \"" + strings.Repeat("${local.x}", 5) + "\"\n}",
		"number":   "locals { x = 1e99999999 }",
	} {
		t.Run(name, func(t *testing.T) {
			_, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: []byte(policy)}}}, nil)
			if !slices.ContainsFunc(diags, func(d *diag.Diagnostic) bool { return d.Code == "too-large" }) {
				t.Errorf("got %s", diagnosticsText(diags))
			}
		})
	}
}

// A command that a target cannot carry for its length is told at its line.
func TestTooLong(t *testing.T) {
	src, err := os.ReadFile("../testdata/cases/minimal/policy.hcl")
	must(t, err)
	policy := strings.Replace(string(src), "make test", "${local.a}${local.a}${local.a}${local.a}", 1) + "locals { a = \"" + strings.Repeat("é", 8_000) + "\" }\n"
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: []byte(policy)}}}, nil)
	if result.Files != nil || !slices.ContainsFunc(diags, func(d *diag.Diagnostic) bool { return d.Code == "github-too-long" && d.Subject.Start.Line == 8 }) {
		t.Errorf("got %s", diagnosticsText(diags))
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	must(t, err)
	return files
}
