package schema

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// A value from outside would change what is locked without a word in a file.
func TestLockedVariableTakesNoValue(t *testing.T) {
	base := `variable "scanner" { default = "scan" }
check "sast" { run = "${var.scanner} ." }
delivery {
  checks = [check.sast]
  locked = [checks]
}
`
	policy := `policy "p" {
  extends = "base.hcl"
  targets = ["github"]
}
environment "production" { deploy = "x" }
delivery { environments = [environment.production] }
`
	in := Input{
		Sources:     []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}},
		Files:       fstest.MapFS{"base.hcl": {Data: []byte(base)}},
		Assignments: []Assignment{{Origin: "--var scanner", Name: "scanner", Text: "true"}},
	}
	_, diags := Parse(in)
	if len(diags) != 1 || diags[0].Code != "locked" || diags[0].Subject.Filename != "--var scanner" {
		t.Errorf("got %d diagnostics, want one of the lock", len(diags))
	}
	in.Assignments = nil
	if _, diags := Parse(in); len(diags) > 0 {
		t.Errorf("without a value from outside: %s", diags[0].Detail)
	}
}

// The page for users says of every attribute how it may change, as the table
// does.
func TestLockTable(t *testing.T) {
	const page, begin, end = "../docs/inheritance.md", "<!-- the table of locks -->\n", "<!-- end -->"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), begin)
	_, after, ok := strings.Cut(rest, end)
	if !ok {
		t.Fatal("the page has no table")
	}
	want := before + begin + lockTable() + end + after
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(text) != want {
		t.Error("the table of locks is stale: UPDATE=1 go test ./schema -run TestLockTable")
	}
}

// lockTable lists the attributes by how they may change.
func lockTable() string {
	by := map[language.Strength][]string{}
	language.Root.Each(func(path string, b *language.Block) {
		for _, a := range b.Attributes {
			by[a.Stronger] = append(by[a.Stronger], "`"+path+"."+a.Name+"`")
		}
		if b.Weakens {
			by["added"] = append(by["added"], "`"+path+"`")
		}
	})
	var out strings.Builder
	out.WriteString("\n| what is locked | how it may change |\n| --- | --- |\n")
	for _, s := range []language.Strength{language.Grows, language.Shrinks, language.Rises, language.Falls} {
		out.WriteString("| " + strings.Join(by[s], ", ") + " | " + s.Words() + " |\n")
	}
	out.WriteString("| " + strings.Join(by["added"], ", ") + " | none is added |\n")
	out.WriteString("| every other attribute | " + language.Same.Words() + " |\n\n")
	return out.String()
}
