package flow

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// What is read letter by letter is what the pattern matches.
func TestVariableName(t *testing.T) {
	pattern := regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,254}$`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z0-9_]{0,9}[-.é\n]?`), rapid.StringMatching(`[A-Z][A-Z0-9_]{252,256}`)).Draw(t, "name")
		if isVariableName(s) != pattern.MatchString(s) {
			t.Fatalf("%q", s)
		}
	})
}
