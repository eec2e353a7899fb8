package flow

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// TakesIncident tells whether an incident is of the form that the policy asks for,
// as a whole.
func (p *Plan) TakesIncident(incident string) bool {
	whole, err := regexp.Compile("^(?:" + p.Incident + ")$")
	return p.Incident == "" || err != nil || whole.MatchString(incident)
}

// ExampleIncident is an incident of that form: the usual one where it is, the
// shortest that the pattern has otherwise.
func (p *Plan) ExampleIncident(usual string) string {
	parsed, err := syntax.Parse(p.Incident, syntax.Perl)
	if err != nil || p.TakesIncident(usual) {
		return usual
	}
	var b strings.Builder
	shortest(&b, parsed)
	if !p.TakesIncident(b.String()) {
		return usual
	}
	return b.String()
}

// shortest writes the shortest text of an expression: the first of several, and of
// what may be repeated as few as there must be.
func shortest(b *strings.Builder, e *syntax.Regexp) {
	switch e.Op {
	case syntax.OpLiteral:
		b.WriteString(string(e.Rune))
	case syntax.OpCharClass:
		b.WriteRune(e.Rune[0])
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('x')
	case syntax.OpCapture, syntax.OpPlus, syntax.OpAlternate:
		shortest(b, e.Sub[0])
	case syntax.OpConcat:
		for _, sub := range e.Sub {
			shortest(b, sub)
		}
	case syntax.OpRepeat:
		for range e.Min {
			shortest(b, e.Sub[0])
		}
	default: // what may be empty
	}
}
