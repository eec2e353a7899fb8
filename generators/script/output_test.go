package script_test

import (
	"maps"
	"os"
	"path/filepath"
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

// What an operation finds reaches later jobs in the way of each system, and what a command of the policy left under the name of that file does not.
func TestOutputsInTheWayOfTheSystem(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	outside := filepath.Join(t.TempDir(), "kept")
	write(t, outside, "kept", 0o644)
	if err := os.Symlink(outside, filepath.Join(h.work, "release.env")); err != nil {
		t.Fatal(err)
	}
	handed := filepath.Join(t.TempDir(), "output")
	maps.Copy(h.asked, map[string]string{"RELEASE_OUTPUT": "", "GITHUB_OUTPUT": handed})
	for _, target := range []string{"github", "azure", "gitlab"} {
		h.asked["RELEASE_TARGET"] = target
		said := h.ok("delivery", "identify", "delivery")
		read := func(path string) string {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		text, want := said, "##vso[task.setvariable variable=version;isOutput=true]42\n"
		switch target {
		case "github":
			text, want = read(handed), "version=42\n"
		case "gitlab":
			text, want = read(filepath.Join(h.work, "release.env")), "RELEASE_VERSION=42\n"
			if !strings.HasPrefix(text, "RELEASE_") || strings.Contains(text, "kept") {
				t.Errorf("%s: %q", target, text)
			}
		}
		if strings.Count(text, want) != 1 {
			t.Errorf("%s: no %q in %q", target, want, text)
		}
	}
	if b, _ := os.ReadFile(outside); string(b) != "kept" {
		t.Errorf("what a link leads to was written: %q", b)
	}
}
