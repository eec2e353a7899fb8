package generators_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/internal/test/groovy"
)

// Second opinions on every generated file: those of the systems' own linters
// and schemas. What is not installed is skipped, in one line that says so.

func TestActionlint(t *testing.T) {
	for _, path := range rendered(t, below(".github/", "")) {
		root, name, _ := strings.Cut(path, "/.github/")
		if !strings.HasPrefix(name, "workflows/") {
			continue
		}
		src, err := os.ReadFile(path)
		must(t, err)
		linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{ConfigFile: filepath.Join(root, ".github/actionlint.yaml")})
		must(t, err)
		found, err := linter.Lint(path, src, nil)
		must(t, err)
		for _, e := range found {
			if !strings.Contains(e.Message, `unexpected key "queue" for "concurrency" section`) { // younger than the linter; the file .github/actionlint.yaml says so too
				t.Errorf("%s:%d:%d: %s", path, e.Line, e.Column, e.Message)
			}
		}
	}
}

func TestSchemas(t *testing.T) {
	dir := schemas(t)
	for name, part := range map[string]string{"github-workflow.json": ".github/workflows/", "gitlab-ci.json": ".gitlab"} {
		schema := compileSchema(t, filepath.Join(dir, name))
		for _, c := range everyFolder(t) {
			for _, f := range c.repository.Files {
				if !below(part, ".yml")(f) {
					continue
				}
				for _, doc := range documents(t, f.Content) {
					if err := schema.Validate(older(doc)); err != nil {
						t.Errorf("%s: %s: %v", c.name, f.Path, err)
					}
				}
			}
		}
	}
}

// older is a document without what is younger than the published schema of
// GitHub: concurrency.queue and environment.deployment, both of 2026.
func older(doc any) any {
	switch doc := doc.(type) {
	case map[string]any:
		for key, young := range map[string]string{"concurrency": "queue", "environment": "deployment"} {
			if inner, ok := doc[key].(map[string]any); ok {
				delete(inner, young)
			}
		}
		for _, v := range doc {
			older(v)
		}
	case []any:
		for _, v := range doc {
			older(v)
		}
	}
	return doc
}

func compileSchema(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	must(t, err)
	c := jsonschema.NewCompiler()
	must(t, c.AddResource(path, doc))
	s, err := c.Compile(path)
	must(t, err)
	return s
}

// documents reads the documents of a YAML file as JSON has them.
func documents(t *testing.T, src []byte) []any {
	t.Helper()
	var out []any
	d := yaml.NewDecoder(bytes.NewReader(src))
	for {
		var doc any
		if err := d.Decode(&doc); err == io.EOF {
			return out
		} else {
			must(t, err)
		}
		b, err := json.Marshal(doc)
		must(t, err)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		must(t, err)
		out = append(out, v)
	}
}

// The script that has every part is checked always. With FETTLE_LONG it is as
// few scripts as have every text of every function between them, and with
// FETTLE_LONG=nightly each one, for shellcheck needs seconds for a script.
func TestShellcheck(t *testing.T) {
	t.Run("everything", func(t *testing.T) {
		t.Parallel()
		shellcheck(t, filepath.Join(casesDir, "everything/.fettle/pay/release.sh"))
	})
	t.Run("every script", func(t *testing.T) {
		t.Parallel()
		scripts := distinctScripts(t)
		switch os.Getenv("FETTLE_LONG") {
		case "":
			t.Skip("it takes minutes: FETTLE_LONG=yes go test ./generators -run TestShellcheck, as .ci/run does")
		case "nightly":
		default:
			scripts = covering(t, scripts)
		}
		t.Logf("%d scripts", len(scripts))
		shellcheck(t, scripts...)
	})
}

// function is one that begins and ends a line.
var function = regexp.MustCompile(`(?ms)^\w+\(\) \{\n.*?^\}$`)

// covering are the first scripts, the one with the most that is new before the
// others, until no other one has a text of a function that none of them has.
// The table of operations, main, is another one in nearly every script, and
// there is nothing to it: the nightly run has them all.
func covering(t *testing.T, scripts []string) []string {
	t.Helper()
	parts := map[string]map[string]bool{}
	for _, s := range scripts {
		text, err := os.ReadFile(s)
		must(t, err)
		code := settings.ReplaceAll(text, []byte("$1"))
		parts[s] = map[string]bool{}
		for _, f := range function.FindAllString(string(code), -1) {
			parts[s][f] = !strings.HasPrefix(f, "main() {")
		}
	}
	covered := map[string]bool{}
	fresh := func(s string) (n int) {
		for p, counts := range parts[s] {
			if counts && !covered[p] {
				n++
			}
		}
		return n
	}
	var out []string
	for {
		best := slices.MaxFunc(scripts, func(a, b string) int { return fresh(a) - fresh(b) })
		if fresh(best) == 0 {
			return out
		}
		out = append(out, best)
		maps.Copy(covered, parts[best])
	}
}

func shellcheck(t *testing.T, scripts ...string) {
	t.Helper()
	tool, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("shellcheck is not installed")
	}
	out, err := exec.Command(tool, append([]string{"--shell=sh"}, scripts...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out[:min(len(out), 4000)])
	}
}

// settings are the part of a script that holds values of a policy and nothing
// else: what quotes them has a fuzz test.
var settings = regexp.MustCompile(`(?s)^.*?\n# --- What the policy says.*?\n(# --- )`)

// distinctScripts are the scripts of all cases that differ in more than the
// values of their policies.
func distinctScripts(t *testing.T) []string {
	t.Helper()
	var out []string
	seen := map[string]bool{}
	folder := t.TempDir()
	for _, c := range everyFolder(t) {
		for _, f := range c.repository.Files {
			if !f.Executable {
				continue
			}
			code := settings.ReplaceAllString(string(f.Content), "$1")
			if len(code) == len(f.Content) {
				t.Errorf("%s: there are no settings", f.Path)
			}
			if !seen[code] {
				seen[code] = true
				out = append(out, filepath.Join(folder, fmt.Sprintf("%s-%d.sh", c.name, len(out))))
				must(t, os.WriteFile(out[len(out)-1], f.Content, 0o644))
			}
		}
	}
	return out
}

// parseGroovySource compiles each file as far as its syntax tree: the steps of
// Jenkins are no classes here.
const parseGroovySource = `args.each { f ->
  try { new org.codehaus.groovy.control.CompilationUnit().with { addSource(new File(f)); compile(org.codehaus.groovy.control.Phases.CONVERSION) } }
  catch (e) { println f + ': ' + e.message; System.exit(1) }
}`

func TestGroovy(t *testing.T) {
	t.Parallel()
	files := rendered(t, below(".jenkins/", ""))
	if out, err := groovy.Command(t, append([]string{"-e", parseGroovySource}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// GitHub's own parser takes every workflow, and refuses a broken one.
func TestGitHubParser(t *testing.T) {
	t.Parallel()
	modules := nodeModules(t)
	bundle := filepath.Join(t.TempDir(), "github.cjs")
	if out, err := node(modules, filepath.Join(modules, ".bin", "esbuild"), "../testdata/conformance/github.mjs", "--bundle", "--platform=node", "--format=cjs", "--log-level=error", "--outfile="+bundle); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := node(modules, "node", append([]string{bundle}, rendered(t, workflows)...)...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := node(modules, "node", bundle, broken(t, "../examples/claims/.github/workflows/delivery.yml", "timeout-minutes", "timeot-minutes")); err == nil || !strings.Contains(out, "timeot-minutes") {
		t.Errorf("a broken workflow is not found: %s", out)
	}
}

// Azure's own language service takes every pipeline, and refuses a broken one.
func TestAzureLanguageService(t *testing.T) {
	t.Parallel()
	modules := nodeModules(t)
	args := []string{"../testdata/conformance/azure.cjs", filepath.Join(schemas(t), "azure-pipelines.json")}
	if out, err := node(modules, "node", append(args, rendered(t, below(".azure-pipelines/", ".yml"))...)...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := node(modules, "node", append(args, broken(t, "../examples/claims/.azure-pipelines/delivery.yml", "timeoutInMinutes", "timeotInMinutes"))...); err == nil || !strings.Contains(out, "timeotInMinutes") {
		t.Errorf("a broken pipeline is not found: %s", out)
	}
}

func schemas(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FETTLE_SCHEMAS")
	if dir == "" {
		t.Skip("FETTLE_SCHEMAS does not name the folder of the published schemas")
	}
	return dir
}

// nodeModules is where the two are installed.
func nodeModules(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FETTLE_NODE_MODULES")
	if dir == "" {
		t.Skip("FETTLE_NODE_MODULES does not name a folder with @actions/workflow-parser, azure-pipelines-language-service and esbuild")
	}
	return dir
}

func node(modules, tool string, args ...string) (string, error) {
	c := exec.Command(tool, args...)
	c.Env = append(os.Environ(), "NODE_PATH="+modules)
	out, err := c.CombinedOutput()
	return string(out), err
}

// broken is a copy of a file with a mistake in it: the opinion of a tool that
// takes everything is worth nothing.
func broken(t *testing.T, path, from, to string) string {
	t.Helper()
	src, err := os.ReadFile(path)
	must(t, err)
	out := filepath.Join(t.TempDir(), filepath.Base(path))
	must(t, os.WriteFile(out, bytes.ReplaceAll(src, []byte(from), []byte(to)), 0o644))
	return out
}
