package azure

import (
	"regexp"
	"strings"
)

// macroName is what the agent takes for a variable: it replaces $(NAME) where
// one of that name exists, in any case, or a variable of the environment. It
// takes the exact text up to the first bracket for the name, and knows no
// escape. (azure-pipelines-agent, VarUtil.cs.)
var macroName = regexp.MustCompile(`\$\(([A-Za-z_][A-Za-z0-9_.]*)\)`)

// Script writes a command so that Azure hands it on as it is. In a POSIX shell
// "$( NAME )" means the same and is no name for the agent; other shells have
// no such recipe, and the name comes back as what cannot be carried.
func Script(shell, s string) (text, bad string) {
	s = expression(s)
	if shell == "sh" || shell == "bash" {
		return macroName.ReplaceAllString(s, "$$( $1 )"), ""
	}
	return s, macroName.FindString(s)
}

// Value writes the value of a variable. A value that begins with $[ would be
// taken for an expression.
func Value(s string) (text, bad string) {
	if strings.HasPrefix(strings.TrimSpace(s), "$[") {
		return s, "$["
	}
	return expression(s), macroName.FindString(s)
}

// expression keeps "${{" from beginning an expression of a template.
func expression(s string) string { return strings.ReplaceAll(s, "${{", "${{ '${{' }}") }
