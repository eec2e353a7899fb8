package gitlab_test

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators/gitlab"
)

var texts = rapid.StringOf(rapid.SampledFrom([]rune("ab-= \t\n'\"\\$`(){}[]*?!#~;&|<>%é\u2018\u2019\u201a\u201b")))

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// An argument of PowerShell is read as its grammar says (about_Quoting_Rules):
// in single quotes, each of the five that it knows, nothing but a doubled quote
// means anything else. This is a reader of ours: where PowerShell itself is
// installed, the next test asks it.
func TestPowerShellReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		if got, ok := readPowerShell(gitlab.PowerShell(s)); !ok || got != s {
			t.Fatalf("%q became %s and came back as %q", s, gitlab.PowerShell(s), got)
		}
	})
}

const quotes = "'\u2018\u2019\u201a\u201b"

func readPowerShell(s string) (string, bool) {
	runes := []rune(s)
	if !strings.ContainsRune(quotes, runes[0]) {
		return s, !strings.ContainsAny(s, " \t\n\"$`(){};&|<>#,@%")
	}
	var out strings.Builder
	for i := 1; i < len(runes); i++ {
		if strings.ContainsRune(quotes, runes[i]) {
			if i == len(runes)-1 {
				return out.String(), true
			}
			if i++; !strings.ContainsRune(quotes, runes[i]) {
				return "", false
			}
		}
		out.WriteRune(runes[i])
	}
	return "", false
}

func TestPowerShellItself(t *testing.T) {
	pwsh, err := exec.LookPath("pwsh")
	if err != nil {
		t.Skip("pwsh is not installed")
	}
	for _, s := range []string{"", "it's", "a b", "$env:PATH", "`n", "\u2019", "--%", "@x"} {
		out, err := exec.Command(pwsh, "-NoProfile", "-Command", "[Console]::Out.Write("+quotedAlways(s)+")").Output()
		if err != nil || string(out) != s {
			t.Errorf("%q came back as %q (%v)", s, out, err)
		}
	}
}

func quotedAlways(s string) string {
	if q := gitlab.PowerShell(s); strings.HasPrefix(q, "'") {
		return q
	}
	return "'" + s + "'"
}
