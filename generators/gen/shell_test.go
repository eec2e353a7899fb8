package gen_test

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators/gen"
)

// A quoted text is one word of a real shell, and that word is the text.
func FuzzShell(f *testing.F) {
	for _, s := range []string{"", "a b", "it's", `\`, "$(x)", "`x`", "a\nb", "é", "-n", "'''"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsRune(s, 0) {
			t.Skip("no policy holds NUL")
		}
		out, err := exec.Command("sh", "-c", "printf %s "+gen.Shell(s)).Output()
		if err != nil || string(out) != s {
			t.Fatalf("%q came back as %q (%v)", s, out, err)
		}
	})
}

// The same of random texts, in every run of the tests.
func TestShellReadBack(t *testing.T) {
	texts := rapid.StringOf(rapid.SampledFrom([]rune("ab-= \t\n'\"\\$`(){}[]*?!#~;&|<>%é\u2018\u2019\u201a\u201b")))
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		out, err := exec.Command("sh", "-c", "printf '%s\\n' "+gen.Shell(s)).Output()
		if err != nil || string(out) != s+"\n" {
			t.Fatalf("%q became %s and came back as %q (%v)", s, gen.Shell(s), out, err)
		}
	})
}
