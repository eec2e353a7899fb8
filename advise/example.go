package advise

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// Example is a text that a pattern takes as a whole; ID where there is no pattern, or
// none is found.
func Example(pattern string) string {
	const any = "ID"
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if pattern == "" || err != nil {
		return any
	}
	var b strings.Builder
	write(&b, parsed)
	whole, err := regexp.Compile("^(?:" + pattern + ")$")
	if err != nil || !whole.MatchString(b.String()) {
		return any
	}
	return b.String()
}

// write writes the shortest text of an expression: the first of several, and of what
// may be repeated as few as there must be.
func write(b *strings.Builder, e *syntax.Regexp) {
	switch e.Op {
	case syntax.OpLiteral:
		b.WriteString(string(e.Rune))
	case syntax.OpCharClass:
		b.WriteRune(e.Rune[0])
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('x')
	case syntax.OpCapture, syntax.OpPlus, syntax.OpAlternate:
		write(b, e.Sub[0])
	case syntax.OpConcat:
		for _, sub := range e.Sub {
			write(b, sub)
		}
	case syntax.OpRepeat:
		for range e.Min {
			write(b, e.Sub[0])
		}
	default: // what may be empty
	}
}
