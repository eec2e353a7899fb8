package generators_test

import (
	"regexp"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

var definition = regexp.MustCompile(`(?m)^[ \t]*([A-Za-z_][A-Za-z_0-9]*)[ \t]*\(\)`)

// A release script defines each of its functions once, whatever the forge: a
// shell takes the last of two without a word, and nobody knows which one to change.
func TestFunctionsAreDefinedOnce(t *testing.T) {
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			plan := *r.Plan
			for _, forge := range []string{"github", "gitlab", "azure", "gitea", "none"} {
				plan.Forge = forge
				definedOnce(t, c.name+", forge "+forge, script.File(&plan).Content)
			}
		}
	}
}

func definedOnce(t *testing.T, name string, content []byte) {
	t.Helper()
	found := map[string]bool{}
	for _, m := range definition.FindAllSubmatch(content, -1) {
		function := string(m[1])
		if found[function] {
			t.Errorf("%s: the script defines %s twice", name, function)
		}
		found[function] = true
	}
	if len(found) < 50 {
		t.Errorf("%s: %d functions are found in the script", name, len(found))
	}
}
