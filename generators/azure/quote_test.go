package azure_test

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rhysd/actionlint"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators/azure"
)

// What the agent makes of a text: template expressions first, when the
// pipeline is compiled, and then every $(NAME), in two passes, where every
// name is a variable. (azure-pipelines-agent, VarUtil.cs.)
func agentReads(t failer, s string) string {
	t.Helper()
	s = templateReads(t, s)
	for range 2 {
		s = regexp.MustCompile(`(?s)\$\(([^)]*)\)`).ReplaceAllStringFunc(s, func(m string) string {
			if name := m[2 : len(m)-1]; regexp.MustCompile(`^[\w.-]+$`).MatchString(name) {
				return "REPLACED"
			}
			return m
		})
	}
	return s
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// templateReads evaluates "${{ '…' }}", which is the only expression that is
// written into a text. GitHub's expressions have the same literals, and the
// parser is one for those.
func templateReads(t failer, s string) string {
	t.Helper()
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "${{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		lexer := actionlint.NewExprLexer(rest)
		node, err := actionlint.NewExprParser().Parse(lexer)
		if err != nil {
			t.Fatalf("%q is no expression: %v", rest, err)
		}
		literal, ok := node.(*actionlint.StringNode)
		if !ok {
			t.Fatalf("%q is evaluated", rest)
		}
		out.WriteString(literal.Value)
		s = rest[lexer.Offset():]
	}
}

var pieces = []string{"$", "(", ")", "$(NAME)", "$(a.b)", "${{", "}}", " x }}", "'", "\\", "$[", "]", "a", " ", "\n", "é", "$(("}

// A value comes back as it was, or is refused.
func TestValueReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		valueReadsBack(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "value"), ""))
	})
}

func FuzzValue(f *testing.F) {
	for _, s := range pieces {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) && !strings.ContainsRune(s, 0) {
			valueReadsBack(t, s)
		}
	})
}

func valueReadsBack(t failer, s string) {
	t.Helper()
	text, bad := azure.Value(s)
	if bad != "" {
		return
	}
	if got := agentReads(t, text); got != s {
		t.Fatalf("%q came back as %q", s, got)
	}
}

// A command prints in the shell what it would have printed without Azure in
// between, wherever the $( stands.
func TestScriptReadBack(t *testing.T) {
	for _, tt := range []struct {
		script string
		bad    string
	}{
		{script: `printf '%s' "$(pwd)" $(pwd)`},
		{script: `printf '%s' '$(pwd)' 'a$(b)c$(d)'`},
		{script: "printf '%s' a # $(pwd)"},
		{script: `printf '%s' "$(printf '%s' '$(pwd)')" "$(printf '%s' "$(pwd)")"`},
		{script: "cat <<E\n$(pwd)\nE"},
		{script: "cat <<'E'\n$(pwd)\nE", bad: "$(pwd)"},
		{script: `printf '%s' "\$(pwd)"`, bad: "$(pwd)"},
		{script: `printf '%s' \$\(pwd\) '${{ x }}' '$${{'`},
		{script: `printf '%s' "$((1 + 2))" "$(date +%Y >/dev/null)"`},
	} {
		text, bad := azure.Script("sh", tt.script)
		if bad != tt.bad {
			t.Errorf("%s: refused %q, want %q", tt.script, bad, tt.bad)
		}
		if bad != "" {
			continue
		}
		if got, want := shell(t, agentReads(t, text)), shell(t, tt.script); got != want {
			t.Errorf("%s\nprints %q, and through Azure %q", tt.script, want, got)
		}
	}
}

// Other shells have no recipe: what the agent would replace is refused.
func TestScriptOfOtherShells(t *testing.T) {
	for _, shell := range []string{"cmd", "powershell", "pwsh"} {
		if _, bad := azure.Script(shell, "echo $(Name)"); bad != "$(Name)" {
			t.Errorf("%s: refused %q", shell, bad)
		}
		if text, bad := azure.Script(shell, "echo $( Name ) ${{ x }}"); bad != "" || agentReads(t, text) != "echo $( Name ) ${{ x }}" {
			t.Errorf("%s: %q, refused %q", shell, text, bad)
		}
	}
}

func shell(t *testing.T, script string) string {
	t.Helper()
	out, err := exec.Command("sh", "-c", script).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return string(out)
}
