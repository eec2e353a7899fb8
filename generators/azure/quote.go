package azure

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/fettle-ci/fettle/schema/regex"
)

// macroName is what the agent takes for a variable: it replaces $(NAME) where
// one of that name exists, in any case, or a variable of the environment. It
// takes the exact text up to the first bracket for the name, and knows no
// escape. (A name from a key vault may hold a hyphen.) (azure-pipelines-agent, VarUtil.cs.)
var macroName = regex.New(`\$\(([A-Za-z0-9_.-]+)\)`)

// Script writes a command so that Azure hands it on as it is. In a POSIX shell
// the command "$( NAME )" means the same and is no name for the agent, and in
// single quotes '$”(NAME)' is the same text; elsewhere, and in other shells,
// there is no such recipe, and the name comes back as what cannot be carried.
func Script(shell, s string) (text, bad string) {
	found := macroName().FindAllStringSubmatchIndex(s, -1)
	if len(found) == 0 {
		return expression(s), ""
	}
	if shell != "sh" && shell != "bash" {
		return s, s[found[0][0]:found[0][1]]
	}
	places := shellPlaces(shell, s)
	var b strings.Builder
	end := 0
	for _, m := range found {
		name := s[m[2]:m[3]]
		b.WriteString(s[end:m[0]])
		switch places[m[0]] {
		case command:
			b.WriteString("$( " + name + " )")
		case singleQuoted:
			b.WriteString("$''(" + name + ")")
		default:
			return s, s[m[0]:m[1]]
		}
		end = m[1]
	}
	return expression(b.String() + s[end:]), ""
}

// shellPlace is what a shell takes a "$(" for.
type shellPlace int

const (
	text shellPlace = iota
	command
	singleQuoted
)

// shellPlaces tells for each offset of a "$(" what stands there. A comment
// counts as a command: what is written there means nothing.
func shellPlaces(shell, s string) map[int]shellPlace {
	lang := syntax.LangPOSIX
	if shell == "bash" {
		lang = syntax.LangBash
	}
	file, err := syntax.NewParser(syntax.Variant(lang), syntax.KeepComments(true)).Parse(strings.NewReader(s), "")
	if err != nil {
		return nil // nothing is known then; what is wrong with the command was said before
	}
	out := map[int]shellPlace{}
	mark := func(n syntax.Node, place shellPlace) {
		for _, m := range macroName().FindAllStringIndex(s[n.Pos().Offset():n.End().Offset()], -1) {
			out[int(n.Pos().Offset())+m[0]] = place
		}
	}
	syntax.Walk(file, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CmdSubst:
			out[int(n.Pos().Offset())] = command
		case *syntax.SglQuoted:
			if !n.Dollar {
				mark(n, singleQuoted)
			}
		case *syntax.Comment:
			mark(n, command)
		}
		return true
	})
	return out
}

// Value writes the value of a variable. A value that begins with $[ would be
// taken for an expression.
func Value(s string) (text, bad string) {
	if strings.HasPrefix(strings.TrimSpace(s), "$[") {
		return s, "$["
	}
	return expression(s), macroName().FindString(s)
}

// expression keeps "${{" from beginning an expression of a template.
func expression(s string) string { return strings.ReplaceAll(s, "${{", "${{ '${{' }}") }
