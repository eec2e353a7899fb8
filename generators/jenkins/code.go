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

// String is the statement as a file has it.
func (c code) String() string {
	var b strings.Builder
	c.write(&b, 0)
	return b.String()
}

// within are statements in the braces of so many others.
func within(depth int, all []code) string {
	var b strings.Builder
	for _, c := range all {
		c.write(&b, depth)
	}
	return b.String()
}

func (c code) write(b *strings.Builder, depth int) {
	indent(b, depth)
	b.WriteString(c.text)
	if c.open {
		b.WriteString(" {\n")
		for _, inner := range c.body {
			inner.write(b, depth+1)
		}
		indent(b, depth)
		b.WriteString("}")
	}
	b.WriteString("\n")
}

func indent(b *strings.Builder, depth int) {
	for range depth {
		b.WriteString("    ")
	}
}
