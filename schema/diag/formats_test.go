package diag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

func at(file string, line, column, end int) hcl.Range {
	return hcl.Range{Filename: file, Start: hcl.Pos{Line: line, Column: column}, End: hcl.Pos{Line: line, Column: end}}
}

// report is a small one: an error with a second place, and a warning.
func report() *Report {
	return &Report{
		Diagnostics: Diagnostics{
			{Code: "unknown-check", Subject: at("release.hcl", 2, 10, 14), Summary: "Unknown check", Detail: `There is no check "unti". Did you mean "unit"?`,
				Notes: []Note{{Range: at("release.hcl", 1, 1, 5), Text: "the checks are here"}}},
			{Code: "unused", Severity: Warning, Subject: at("release.hcl", 3, 1, 1), Summary: "Unused group", Detail: "100% of it: nothing,\nrefers to it."},
		},
		Sources: map[string][]byte{"release.hcl": []byte("check {\n  checks = unti\ngroup\n")},
		Dir:     "services/shop, new", Version: "v1.2.3",
		Pages: func() []*Page {
			return []*Page{{Code: "unused", Text: "What nothing uses. It misleads.", Wrong: "a = 1", Right: "b = 1"}}
		},
	}
}

func printed(t testing.TB, print func(io.Writer, *Report) error, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := print(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A GitHub runner splits a command at commas and colons and reads its escapes.
func TestGitHub(t *testing.T) {
	want := `::error file=services/shop%2C new/release.hcl,line=2,endLine=2,col=10,endColumn=13,title=Unknown check [unknown-check]::There is no check "unti". Did you mean "unit"?
::warning file=services/shop%2C new/release.hcl,line=3,endLine=3,col=1,endColumn=1,title=Unused group [unused]::100%25 of it: nothing,%0Arefers to it.
`
	if diff := cmp.Diff(want, printed(t, printGitHub, report())); diff != "" {
		t.Error(diff)
	}
}

func TestCodeQuality(t *testing.T) {
	var got []qualityIssue
	if err := json.Unmarshal([]byte(printed(t, printCodeQuality, report())), &got); err != nil {
		t.Fatal(err)
	}
	if got[0].CheckName != "unknown-check" || got[0].Severity != "critical" || got[0].Location != (qualityLocation{"services/shop, new/release.hcl", qualityLines{2, 2}}) {
		t.Errorf("%+v", got[0])
	}
	if got[1].Severity != "minor" {
		t.Errorf("%+v", got[1])
	}
	if empty := printed(t, printCodeQuality, &Report{}); empty != "[]\n" {
		t.Errorf("without findings: %q", empty)
	}
}

// A line more above changes no fingerprint; two findings never share one.
func TestFingerprints(t *testing.T) {
	r := report()
	r.Diagnostics = append(r.Diagnostics, r.Diagnostics[0])
	before := r.fingerprints()
	if before[0] == before[2] || before[0] == before[1] {
		t.Errorf("not unique: %v", before)
	}
	for name, src := range r.Sources {
		r.Sources[name] = append([]byte("# more\n"), src...)
	}
	for i, d := range r.Diagnostics {
		moved := *d
		moved.Subject.Start.Line++
		moved.Subject.End.Line++
		r.Diagnostics[i] = &moved
	}
	if diff := cmp.Diff(before, r.fingerprints()); diff != "" {
		t.Error(diff)
	}
}

// Every log is one that the official schema takes.
func TestSARIF(t *testing.T) {
	schema := sarifSchema(t)
	for name, r := range map[string]*Report{"some": report(), "none": {}, "off": {Off: Diagnostics{{Code: "unused", Number: "HF079", Severity: Warning, Subject: at("release.hcl", 1, 1, 2), Reason: "Later", Fix: &Fix{Message: "Remove it", Edits: []Edit{{Range: at("release.hcl", 1, 1, 2), New: "x"}}}}}}} {
		log, err := jsonschema.UnmarshalJSON(strings.NewReader(printed(t, printSARIF, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(log); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sarifSchema is the schema of OASIS (errata 01), which module go-sarif carries
// as a constant.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	pkg, err := build.Import(reflect.TypeFor[sarif.Report]().PkgPath(), ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(pkg.Dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	literal := file.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Trim(literal.Value, "`")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("sarif.json")
}

func TestSARIFSays(t *testing.T) {
	var log sarifLog
	if err := json.Unmarshal([]byte(printed(t, printSARIF, report())), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if got := run.Results[0].Locations[0].Physical; got.Artifact.URI != "services/shop,%20new/release.hcl" || got.Region != (sarifRegion{2, 10, 2, 14}) {
		t.Errorf("place: %+v", got)
	}
	if related := run.Results[0].Related; len(related) != 1 || related[0].Message.Text != "the checks are here" {
		t.Errorf("related: %+v", related)
	}
	if rule := run.Tool.Driver.Rules[run.Results[1].RuleIndex]; rule.ID != "unused" || !strings.Contains(rule.Help.Markdown, "```hcl\na = 1\n```") || rule.Short.Text != "What nothing uses." {
		t.Errorf("rule: %+v", rule)
	}
	if i := run.Invocations[0]; !i.Successful || i.ExitCode != 1 {
		t.Errorf("invocation: %+v", i)
	}
}

func TestJUnit(t *testing.T) {
	var got junitSuites
	if err := xml.Unmarshal([]byte(printed(t, printJUnit, report())), &got); err != nil {
		t.Fatal(err)
	}
	if got.Tests != 2 || got.Failures != 1 || got.Suite.Cases[0].Failure.Type != "unknown-check" || got.Suite.Cases[1].Failure != nil {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(printed(t, printJUnit, &Report{}), `tests="1" failures="0"`) {
		t.Error("without findings there is no case")
	}
}

// Whatever stands in a message, each format can be read back by its language.
func TestHostileTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"]]>", "\x00\x1b[31m", "::error::x\n::stop-commands::y", "<a>&", "\xff\xfe", "%0A"}))
		r := &Report{Diagnostics: Diagnostics{{Code: "x", Summary: text.Draw(t, "summary"), Detail: text.Draw(t, "detail"), Subject: at(text.Draw(t, "file"), 1, 1, 2)}}}
		var b bytes.Buffer
		for _, f := range Formats {
			b.Reset()
			if err := f.Print(&b, r); err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			switch f.Name {
			case "json", "sarif", "codequality":
				if !json.Valid(b.Bytes()) {
					t.Fatalf("%s: %s", f.Name, b.Bytes())
				}
			case "github":
				if lines := strings.Count(b.String(), "\n"); lines != 1 || strings.Contains(b.String(), "\r") {
					t.Fatalf("%d lines: %q", lines, b.String())
				}
			case "junit":
				if err := xml.Unmarshal(b.Bytes(), new(junitSuites)); err != nil {
					t.Fatalf("%v\n%s", err, b.Bytes())
				}
			}
		}
	})
}

// A long line is cut around the place, and the carets stay under it.
func TestLongLine(t *testing.T) {
	line := strings.Repeat("é", 300) + "WRONG" + strings.Repeat("y", 300)
	r := &Report{Width: 60, Sources: map[string][]byte{"p": []byte(line)},
		Diagnostics: Diagnostics{{Code: "x", Summary: "S", Detail: strings.Repeat("word ", 30), Subject: at("p", 1, 301, 306)}}}
	lines := strings.Split(printed(t, printText, r), "\n")
	from := strings.Index(lines[3], "^")
	if got := string([]rune(lines[2])[from : from+5]); got != "WRONG" || !strings.HasSuffix(lines[3], "^^^^^") {
		t.Errorf("the carets are under %q:\n%s\n%s", got, lines[2], lines[3])
	}
	for _, l := range lines {
		if width(l) > 60 {
			t.Errorf("%d cells: %s", width(l), l)
		}
	}
}

func TestPage(t *testing.T) {
	p, err := ParsePage("code", "Finds a thing.  It\nmatters.\n\nWrong:\n\n\ta {\n\t  b = 1\n\t}\n\nRight: \n")
	if err == nil {
		t.Errorf("a page without a right example: %+v", p)
	}
	p, err = ParsePage("code", "Finds a thing. It\nmatters.\n\nWrong:\n\n    a {\n      b = 1\n    }\n\nRight:\n\n    c = 1\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&Page{Code: "code", Text: "Finds a thing. It\nmatters.", Wrong: "a {\n  b = 1\n}", Right: "c = 1"}, p); diff != "" {
		t.Error(diff)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"like", "tier", "url", "environments", "on"}
	for name, want := range map[string]string{"tire": "tier", "ulr": "url", "enviroments": "environments", "no": "on", "at": "", "x": ""} {
		if got := Nearest(name, known); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
