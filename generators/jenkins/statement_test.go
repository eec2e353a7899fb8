package jenkins

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	literals = regexp.MustCompile(`(?s)'''(?:\\.|[^\\])*?'''|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"`)
	named    = regexp.MustCompile(`\w: `)
	member   = regexp.MustCompile(`\w\.\w`)
	number   = regexp.MustCompile(`\b([0-9]+|true|false)\b`)
	first    = regexp.MustCompile(`^\w+`)
	remark   = regexp.MustCompile(` //[^']*$`)
)

// statementSize is textSize in regular expressions.
func statementSize(text string) int {
	text = remark.ReplaceAllString(text, "")
	total := 0
	bare := literals.ReplaceAllStringFunc(text, func(s string) string {
		total += ofLiteral
		if s[0] == '"' {
			total += ofGString + strings.Count(s, "${")*(ofMember+ofLiteral)
		}
		return "''"
	})
	calls := strings.Count(bare, "(")
	if !strings.Contains(bare, " = ") && !strings.HasPrefix(strings.TrimLeft(bare, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."), "(") {
		calls++ // checkout scm
	}
	names := len(named.FindAllString(bare, -1))
	total += calls*ofCall + names*ofLiteral + min(names, 1)*ofNames*max(1, strings.Count(bare, "(")-strings.Count(bare, "([")) + len(member.FindAllString(bare, -1))*ofMember +
		strings.Count(bare, " + ")*ofPlus + strings.Count(bare, "[")*ofList + len(number.FindAllString(bare, -1))*ofLiteral
	return total
}

// What is read byte by byte is what regular expressions find.
func TestStatement(t *testing.T) {
	some := rapid.SampledFrom([]string{"a", "b_", "7", "12", "true", "false", ".", ": ", "'", "'''", `"`, `\`, "${", "}", "(", ")", "([", "[", " = ", " + ", " ", " //", "/", "\n", "é", ":", "-"})
	words := rapid.SampledFrom([]string{"a", "b_", "7", ".", ".", ": ", "true", " ", "1"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(some, words, words), rapid.IntRange(0, 20).Draw(t, "least"), 30).Draw(t, "text"), "")
		if got, want := textSize(text), statementSize(text); got != want {
			t.Fatalf("%q: %d, and %d by regular expressions", text, got, want)
		}
		if got, want := text[:wordEnd(text)], first.FindString(text); got != want {
			t.Fatalf("%q begins with %q, and with %q by regular expressions", text, got, want)
		}
	})
}
