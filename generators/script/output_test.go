package script_test

import (
	"strings"
	"testing"
)

// The words of others are no commands in the log of any CI system, however they are written.
func TestWordsAreNoCommands(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	for _, words := range []string{
		"##vso[task.complete]", "###vso[task.complete]", "####vso[task.complete]", "#####[error]x", "# ##[error]",
		"a\n::error::x", "a\n \t::error::x", "a\n\u00a0::error::x", "a\n\u2003 ::add-mask::x", "a\n::::error::x", "a\r::error::x", "a\x1b]0;x\x07",
	} {
		out, code := h.op("delivery", words)
		if code != 2 {
			t.Fatalf("%q: exit %d: %s", words, code, out)
		}
		for line := range strings.Lines(out) {
			if strings.Contains(line, "##") || strings.HasPrefix(strings.TrimSpace(line), "::") || strings.ContainsAny(line, "\x1b\x07\r") {
				t.Errorf("%q becomes %q", words, line)
			}
		}
	}
}

// Azure replaces $(NAME) in the value of a variable: what a commit says must not name the token there.
func TestOutputNamesNoVariable(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.asked["RELEASE_INCIDENT"] = "$(System.AccessToken) $(x)"
	for target, want := range map[string]string{"azure": "$ (System.AccessToken) $ (x)", "jenkins": "$(System.AccessToken) $(x)"} {
		h.asked["RELEASE_TARGET"] = target
		h.ok("delivery", "identify", "delivery")
		if got := h.out["incident"]; got != want {
			t.Errorf("%s: the incident is %q", target, got)
		}
	}
}
