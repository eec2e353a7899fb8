package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/report"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// TestEverythingIsAccountedFor: in every case and example, on every target, each
// requirement is enforced somewhere, and what is said to stand in a file stands
// at that line.
func TestEverythingIsAccountedFor(t *testing.T) {
	policies, err := filepath.Glob("../testdata/cases/*/policy.hcl")
	must(t, err)
	examples, err := filepath.Glob("../examples/*/release.hcl")
	must(t, err)
	if len(policies) == 0 || len(examples) == 0 {
		t.Fatal("no policies")
	}
	guards := map[report.Kind]bool{}
	for _, path := range append(policies, examples...) {
		result := compile(t, path)
		r := report.New(result.Plan, result.Files, generators.All)
		for _, q := range r.Open() {
			t.Errorf("%s: nothing enforces it on some target: %s", path, q.Text)
		}
		for _, s := range append(statements(result.Policy), obligations(result.Plan)...) {
			if !slices.ContainsFunc(r.Requirements, s.answered) {
				t.Errorf("%s:%d: the report has no %q that says %q", path, s.at.Start.Line, s.kind, s.says)
			}
		}
		for _, q := range r.Requirements {
			checkLocations(t, path, q, result)
			guards[q.Kind] = guards[q.Kind] || len(q.Answers) > 0
		}
	}
	for _, g := range flow.Guards {
		answers, reported := guards[report.Kind(g.Name)]
		if !reported {
			t.Errorf("no report has the guard %s", g.Name)
		}
		if !answers && g.Name != "active" { // of which only the model knows
			t.Errorf("the guard %s answers no rule", g.Name)
		}
	}
}

func checkLocations(t *testing.T, path string, q report.Requirement, result *generators.Result) {
	t.Helper()
	if strings.ContainsAny(q.Text, "{}") {
		t.Errorf("%s: a name is not filled in: %s", path, q.Text)
	}
	if len(q.On) != len(result.Plan.Targets) {
		t.Errorf("%s: %s: %d targets of %d", path, q.Text, len(q.On), len(result.Plan.Targets))
	}
	for _, ways := range q.On {
		if len(ways) == 0 && q.Kind != report.NativeKind {
			t.Errorf("%s: %s: a target does not say how", path, q.Text)
		}
		for _, w := range ways {
			if w.How == report.InFile || w.How == report.Outside {
				checkLocation(t, path, q, w, result)
			}
			if strings.ContainsAny(w.What, "{}") && !strings.Contains(w.What, "{ cron }") {
				t.Errorf("%s: a name is not filled in: %s", path, w.What)
			}
		}
	}
}

// spelt is how the words between backquotes stand in a file, where they do not
// stand there as they are.
var spelt = map[string]string{"on.schedule": "schedule:", "triggers { cron }": "triggers {", "begin": "release.sh begin ", "open": "release.sh open "}

// ofFile are words that stand in the file and not in the job.
var ofFile = []string{"lockBehavior: sequential", "on.schedule", "schedules", "triggers { cron }"}

var quoted = regexp.MustCompile("`([^`]+)`")

// checkLocation: the line begins one job and no other, and what the way names
// between backquotes stands in that job.
func checkLocation(t *testing.T, path string, q report.Requirement, w report.Way, result *generators.Result) {
	t.Helper()
	i := slices.IndexFunc(result.Files, func(f gen.File) bool { return f.Path == w.Path })
	if i < 0 || w.Line < 1 || w.Line > bytes.Count(result.Files[i].Content, []byte("\n")) {
		t.Errorf("%s: %s: nothing begins at %s:%d", path, q.Text, w.Path, w.Line)
		return
	}
	lines := strings.Split(string(result.Files[i].Content), "\n")
	job := lines[w.Line-1:]
	indent := len(job[0]) - len(strings.TrimLeft(job[0], " "))
	if end := slices.IndexFunc(job[1:], func(l string) bool {
		return strings.TrimSpace(l) != "" && len(l)-len(strings.TrimLeft(l, " ")) <= indent
	}); end >= 0 {
		job = job[:end+1]
	}
	if n := strings.Count("\n"+strings.Join(lines, "\n")+"\n", "\n"+job[0]+"\n"); n != 1 {
		t.Errorf("%s: %s: %s:%d is one of %d such lines: %s", path, q.Text, w.Path, w.Line, n, job[0])
	}
	for _, m := range quoted.FindAllStringSubmatch(w.What, -1) {
		in, word := strings.Join(job, "\n"), m[1]
		if slices.Contains(ofFile, word) {
			in = string(result.Files[i].Content)
		}
		if s, ok := spelt[word]; ok {
			word = s
		}
		if !strings.Contains(in, word) {
			t.Errorf("%s: %s: there is no %s in the job at %s:%d", path, q.Text, word, w.Path, w.Line)
		}
	}
}

// TestGolden: the account of one case in every format, as its reader gets it.
func TestGolden(t *testing.T) {
	result := compile(t, "../testdata/cases/approvals/policy.hcl")
	reports := []*report.Report{report.New(result.Plan, result.Files, generators.All)}
	for name, print := range map[string]func(io.Writer, []*report.Report) error{"report.txt": report.Text, "report.md": report.Markdown, "report.json": report.JSON, "report.html": report.HTML} {
		var b bytes.Buffer
		must(t, print(&b, reports))
		path := filepath.Join("../testdata/report", name)
		if os.Getenv("UPDATE") != "" {
			must(t, os.WriteFile(path, b.Bytes(), 0o644))
		}
		want, err := os.ReadFile(path)
		must(t, err)
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s is not what is printed; UPDATE=1 rewrites it", path)
		}
		if name == "report.json" && !json.Valid(b.Bytes()) {
			t.Error("not JSON")
		}
	}
}

// TestHostileWords: what the policy says stays text in every format.
func TestHostileWords(t *testing.T) {
	src, err := os.ReadFile("../testdata/cases/waiver/policy.hcl")
	must(t, err)
	policy := strings.Replace(string(src), `policy "waiver" {`, "policy \"waiver\" {\n  description = \"<script>alert(1)</script> | `x` *y*\"", 1)
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags[0].Detail)
	}
	reports := []*report.Report{report.New(result.Plan, result.Files, generators.All)}
	var page, table bytes.Buffer
	must(t, report.HTML(&page, reports))
	must(t, report.Markdown(&table, reports))
	if strings.Contains(page.String(), "<script") || strings.Contains(table.String(), "<script") {
		t.Error("the words of the policy are read as HTML")
	}
	if strings.Contains(page.String(), "http://") || strings.Contains(page.String(), "https://") || strings.Contains(page.String(), "src=") {
		t.Error("the page needs something from elsewhere")
	}
}

func compile(t *testing.T, path string) *generators.Result {
	t.Helper()
	src, err := os.ReadFile(path)
	must(t, err)
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: filepath.Base(path), Bytes: src}}, Files: os.DirFS(filepath.Dir(path))}, nil)
	if diags.HasErrors() {
		t.Fatalf("%s: %s", path, diags[0].Detail)
	}
	return result
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Everything that a person may start without an approval is in the report; what
// has one before it is not.
func TestWithoutApproval(t *testing.T) {
	for path, want := range map[string][]string{
		"../testdata/cases/minimal/policy.hcl":     {"operate: hold, resume, settle, adopt"},
		"../testdata/cases/break-glass/policy.hcl": {"operate: hold, resume, settle, adopt, review"},
		"../examples/claims/release.hcl":           {"delivery: deployment to ci", "delivery: deployment to perf", "mirror: deployment to hotfix-dev", "operate: hold, resume, settle, adopt, review"},
	} {
		result := compile(t, path)
		r := report.New(result.Plan, result.Files, generators.All)
		var got []string
		for _, q := range r.Requirements {
			if what, ok := strings.CutPrefix(q.Text, "No approval is asked for: "); ok && q.Kind == report.StartKind {
				what, flow, _ := strings.Cut(strings.TrimSuffix(what, "). Who may start it is limited."), " (flow ")
				got = append(got, flow+": "+what)
			}
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
