package fettle_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What users read is free of the phrases that docs/style.md says to avoid.
func TestWords(t *testing.T) {
	avoid := avoided(t)
	for path, text := range readTexts(t) {
		if found := avoid.FindAllString(text, -1); len(found) > 0 {
			t.Errorf("%s has phrases that docs/style.md says to avoid: %q", path, found)
		}
	}
}

// The list is read: a phrase of it is found in any case and across a line end,
// and only as a whole word.
func TestWordsAreFound(t *testing.T) {
	avoid := avoided(t)
	for text, want := range map[string]bool{
		"The Hotfix\n  line of 43": true, "hotfix branch": false, "It rests on this": true,
		"the wrest on": false, "what is to be": true, "this is to begin": false,
	} {
		if avoid.MatchString(text) != want {
			t.Errorf("%q: found is %v", text, !want)
		}
	}
}

var (
	avoidedRow = regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|")
	quoted     = regexp.MustCompile("`([^`]+)`")
)

// avoided is the list of docs/style.md as one expression.
func avoided(t *testing.T) *regexp.Regexp {
	t.Helper()
	_, list, ok := strings.Cut(readText(t, "docs/style.md"), "\n## Phrases to avoid\n")
	var phrases []string
	for _, row := range avoidedRow.FindAllStringSubmatch(list, -1) {
		for _, m := range quoted.FindAllStringSubmatch(row[1], -1) {
			phrases = append(phrases, strings.Join(strings.Fields(regexp.QuoteMeta(m[1])), `\s+`))
		}
	}
	if !ok || len(phrases) < 30 {
		t.Fatalf("docs/style.md lists %d phrases", len(phrases))
	}
	slices.SortFunc(phrases, func(a, b string) int { return len(b) - len(a) }) // the longer one of two counts
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(phrases, "|") + `)\b`)
}

// written are the pages that are made from other texts, which are read there, and
// the one that holds the list.
var written = []string{"docs/style.md", "docs/diagnostics.md", "docs/diagnostics/language.md", "docs/diagnostics/plan.md", "docs/diagnostics/targets.md", "docs/diagnostics/rules.md", "docs/diagnostics/files.md", "docs/reference.md", "docs/rules.md", "docs/guards.md", "docs/operations.md", "docs/scenarios.md"}

// read tells whether users read what is in a file: pages, and the texts in the
// program and its templates, the release script with its comments among them.
func read(path string) bool {
	top, _, _ := strings.Cut(path, "/")
	switch {
	case slices.Contains(written, path):
		return false
	case path == "README.md", path == "CONTRIBUTING.md", path == "cmd/fettle/docs_test.go": // which writes docs/rules.md and others
		return true
	case strings.HasSuffix(path, "_test.go"):
		return false
	}
	return slices.Contains([]string{"advise", "cmd", "docs", "examples", "flow", "generators", "ledger", "library", "lint", "rehearse", "report", "schema", "starter", "templates"}, top) &&
		slices.Contains([]string{".go", ".md", ".hcl", ".tmpl", ".html"}, filepath.Ext(path))
}

// readTexts are the texts that users read, by file: of Go its literals, and the
// page of a rule.
func readTexts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		if err != nil || d.IsDir() || !read(path) {
			return err
		}
		out[path] = readText(t, path)
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "/doc.go") {
			out[path] = literals(t, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 200 {
		t.Fatalf("only %d files are read", len(out))
	}
	return out
}

// literals are the texts of a Go file, a line each.
func literals(t *testing.T, path string) string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			text, err := strconv.Unquote(l.Value)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n.\n", text) // a text ends with it: no phrase goes across two
		}
		return true
	})
	return b.String()
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
