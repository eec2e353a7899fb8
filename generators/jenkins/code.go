package jenkins

import "strings"

// code is a statement of Groovy, with what stands in its braces. A statement
// without braces has no body. Text is a line, or a literal over several lines,
// of which only the first is indented.
type code struct {
	text string
	body []code
	open bool // braces, even empty ones
}

func line(text string) code { return code{text: text} }

func block(text string, body ...code) code { return code{text: text, body: body, open: true} }

func (c code) lines(pad string) []string {
	if !c.open {
		return strings.Split(pad+c.text, "\n")
	}
	out := strings.Split(pad+c.text+" {", "\n")
	for _, b := range c.body {
		out = append(out, b.lines(pad+"    ")...)
	}
	return append(out, pad+"}")
}
