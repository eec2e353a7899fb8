package diag_test

import (
	"testing"

	"github.com/fettle-ci/fettle/schema/diag"
)

// What is offered is what was meant, or nothing: a wrong word is worse than the list.
func TestNearest(t *testing.T) {
	for name, want := range map[string]string{
		"lnt": "lint", "litn": "lint", "lin": "lint", "line": "lint", "file": "", "chekc": "check", "chek": "check", "cheque": "", "envronment": "environment", "enviroment": "environment",
		"enviornments": "environment", "LINT": "lint", "titel": "title", "timeuot": "timeout", "time": "", "on": "", "x": "",
	} {
		if got := diag.Nearest(name, []string{"lint", "title", "check", "environment", "timeout"}); got != want {
			t.Errorf("%q: %q, and not %q", name, got, want)
		}
	}
}
