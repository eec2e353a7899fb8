package rehearse

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// Example is a text that a pattern matches as a whole: the usual one where it
// may be that.
func Example(pattern, usual string) string {
	whole, err := regexp.Compile("^(?:" + pattern + ")$")
	if err != nil || whole.MatchString(usual) || pattern == "" {
		return usual
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return usual
	}
	return exampleOf(parsed)
}

func exampleOf(r *syntax.Regexp) string {
	times := func(n int) string { return strings.Repeat(exampleOf(r.Sub[0]), n) }
	switch r.Op {
	case syntax.OpLiteral:
		return string(r.Rune)
	case syntax.OpCharClass:
		return string(r.Rune[0])
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "a"
	case syntax.OpCapture, syntax.OpPlus, syntax.OpAlternate:
		return times(1)
	case syntax.OpRepeat:
		return times(r.Min)
	case syntax.OpConcat:
		var b strings.Builder
		for _, sub := range r.Sub {
			b.WriteString(exampleOf(sub))
		}
		return b.String()
	default: // what may be left out, and anchors
		return ""
	}
}
