package github_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rhysd/actionlint"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators/github"
)

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// What GitHub makes of a text, by the parser of its expressions in actionlint,
// is the text; and nothing in it is evaluated but literals.
func readsBack(t failer, s string) {
	t.Helper()
	var out strings.Builder
	for rest := github.Expression(s); ; {
		before, expression, found := strings.Cut(rest, "${{")
		out.WriteString(before)
		if !found {
			break
		}
		lexer := actionlint.NewExprLexer(expression)
		node, err := actionlint.NewExprParser().Parse(lexer)
		if err != nil {
			t.Fatalf("%q: %q is no expression: %v", s, expression, err)
		}
		literal, ok := node.(*actionlint.StringNode)
		if !ok {
			t.Fatalf("%q: %q is evaluated", s, expression)
		}
		out.WriteString(literal.Value)
		rest = expression[lexer.Offset():]
	}
	if out.String() != s {
		t.Fatalf("%q came back as %q", s, out.String())
	}
}

func TestExpressionReadBack(t *testing.T) {
	pieces := []string{"$", "{", "${", "${{", "${{{", "}}", "'", "''", "github.token", " ", "\n", "é", "\\"}
	rapid.Check(t, func(t *rapid.T) {
		readsBack(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "text"), ""))
	})
}

func FuzzExpression(f *testing.F) {
	for _, s := range []string{"", "${{ x }}", "$${{", "${{{{", "}}${{'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) && !strings.ContainsRune(s, 0) {
			readsBack(t, s)
		}
	})
}
