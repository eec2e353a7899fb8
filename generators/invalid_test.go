package generators_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
)

// want is what a line of a wrong policy expects to be told: # want "regexp".
var want = regexp.MustCompile(`# want "((?:[^"\\]|\\.)*)"`)

// Every wrong policy gets exactly the messages that its lines ask for: checked
// both ways, so that neither a lost nor an invented message passes.
func TestInvalid(t *testing.T) {
	files, err := filepath.Glob("../testdata/invalid/*.hcl")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("no wrong policies")
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			src, err := os.ReadFile(path)
			must(t, err)
			for i, policy := range strings.Split(string(src), "\n# ---\n") {
				checkWants(t, i+1, policy)
			}
		})
	}
}

func checkWants(t *testing.T, number int, policy string) {
	t.Helper()
	result, diags := generators.Compile([]schema.Source{{Name: "policy.hcl", Bytes: []byte(policy)}}, nil)
	if diags.HasErrors() && result.Files != nil {
		t.Error("there are files in spite of errors")
	}
	got := map[int][]string{}
	for _, d := range diags {
		got[d.Subject.Start.Line] = append(got[d.Subject.Start.Line], d.Summary+": "+d.Detail)
	}
	for i, line := range strings.Split(policy, "\n") {
		for _, m := range want.FindAllStringSubmatch(line, -1) {
			rest, found := take(got[i+1], regexp.MustCompile(strings.ReplaceAll(m[1], `\"`, `"`)))
			if !found {
				t.Errorf("policy %d line %d: want %q, got %q", number, i+1, m[1], got[i+1])
			}
			got[i+1] = rest
		}
	}
	for line, texts := range got {
		for _, text := range texts {
			t.Errorf("policy %d line %d: unexpected: %s", number, line, text)
		}
	}
}

func take(texts []string, re *regexp.Regexp) ([]string, bool) {
	for i, text := range texts {
		if re.MatchString(text) {
			return append(texts[:i:i], texts[i+1:]...), true
		}
	}
	return texts, false
}
