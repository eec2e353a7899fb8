package fettle_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// excerpt is a block of the README that stands in a file, as the comment
// before it says.
var excerpt = regexp.MustCompile("(?s)<!-- from ([^ ]+) -->\n```[a-z]*\n(.*?)```")

// What the README shows is what is generated: each part of an excerpt (… cuts
// it) stands in its file, in that order.
func TestReadmeExcerpts(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := excerpt.FindAllSubmatch(readme, -1)
	if len(found) < 5 {
		t.Fatalf("%d excerpts: a policy and four targets were expected", len(found))
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
				t.Errorf("README: this is not in %s:\n%s", m[1], part)
				break
			}
			rest = after
		}
	}
}
