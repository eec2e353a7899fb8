package fettle_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// excerpt is a block of the README that stands in a file, as the comment
// before it says.
var excerpt = regexp.MustCompile("(?s)<!-- from ([^ ]+) -->\n```[a-z]*\n(.*?)```")

// What a page shows is what stands in a file: each part of an excerpt (… cuts
// it), in that order. The README has a policy and four targets.
func TestExcerpts(t *testing.T) {
	checkExcerpts(t, "README.md", 5)
	checkExcerpts(t, "docs/libraries.md", 2)
	checkExcerpts(t, "docs/inheritance.md", 2)
}

func checkExcerpts(t *testing.T, page string, least int) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	found := excerpt.FindAllSubmatch(text, -1)
	if len(found) < least {
		t.Fatalf("%s: %d excerpts, at least %d were expected", page, len(found), least)
	}
	for _, m := range found {
		file, err := os.ReadFile(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		rest := string(file)
		for _, part := range strings.Split(string(m[2]), "…\n") {
			_, after, ok := strings.Cut(rest, part)
			if !ok {
				t.Errorf("%s: this is not in %s:\n%s", page, m[1], part)
				break
			}
			rest = after
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

// docs/README.md lists every page, and a link of a page leads to a file.
func TestPagesAreListed(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) < 20 {
		t.Fatal(pages, err)
	}
	contents := readText(t, "docs/README.md")
	more, _ := filepath.Glob("docs/diagnostics/*.md")
	for _, page := range append(append(pages, more...), "README.md", "CONTRIBUTING.md") {
		if name := filepath.Base(page); name != "README.md" && filepath.Dir(page) == "docs" && !strings.Contains(contents, "]("+name+")") {
			t.Errorf("docs/README.md does not list %s", name)
		}
		for _, m := range link.FindAllStringSubmatch(readText(t, page), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", page, m[1])
			}
		}
	}
}
