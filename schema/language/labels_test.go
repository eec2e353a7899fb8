package language

import (
	"testing"

	"pgregory.net/rapid"
)

// What is read letter by letter is what the pattern of the reference matches.
func TestLabel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zA-Z0-9_-]{0,66}`), rapid.StringMatching(`[a-z][a-z0-9_-]{60,64}\n?`)).Draw(t, "label")
		if IsLabel(s) != labelPattern().MatchString(s) {
			t.Fatalf("%q", s)
		}
	})
}
