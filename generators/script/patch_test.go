package script_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// A patch that is compared with another one by its id is made with the same
// options: renames, algorithm and surroundings change the id.
func TestPatchesAreMadeAlike(t *testing.T) {
	makes := regexp.MustCompile(`git (show |format-patch\b|(log|diff|diff-tree)\b.* -p\b)`)
	reads := regexp.MustCompile(`git show [^|>]*:`) // a file of a commit, and no patch
	found := 0
	for line := range strings.Lines(string(script.Render(settings()))) {
		if !makes.MatchString(line) || reads.MatchString(line) || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		found++
		if !strings.Contains(line, "$PATCH") {
			t.Errorf("without $PATCH: %s", line)
		}
	}
	if found < 5 {
		t.Errorf("only %d commands that make patches", found)
	}
}
