package scenario

import (
	"os"
	"strings"
	"testing"
)

// docs/rehearse.md has every line of the language, as messages write it.
func TestLanguageInPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/rehearse.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(page), `\|`, "|")
	for name, v := range verbs {
		if !strings.Contains(text, "| `"+v.usage+"` |") {
			t.Errorf("docs/rehearse.md has no row of %s: `%s`", name, v.usage)
		}
	}
}

func TestWords(t *testing.T) {
	got := Words(`commit hotfix/43 "Repair \"it\"" body="Incident: INC1" FILE=x ""`)
	want := []string{"commit", "hotfix/43", `Repair "it"`, "body=Incident: INC1", "FILE=x", ""}
	if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
		t.Errorf("%q", got)
	}
}
