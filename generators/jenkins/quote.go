package jenkins

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// maxLiteral is the length of a literal that the compiler of Groovy still
// takes: 65,535 bytes in a class file, with room for what is put before it.
const maxLiteral = 60000

// Groovy writes a text as a literal in single quotes, in which nothing is
// interpolated; over several lines where it has several. Everything outside
// ASCII is written as \uXXXX, so that the encoding of the file does not matter.
// Quotes, backslashes and line ends are never written that way: Groovy decodes
// \u before it reads the literal.
func Groovy(s string) string {
	var b strings.Builder
	quote := "'"
	if strings.Contains(s, "\n") {
		quote = "'''"
	}
	b.Grow(len(s) + len(s)/16 + 2*len(quote))
	b.WriteString(quote)
	for _, r := range s {
		writeGroovy(&b, r)
	}
	b.WriteString(quote)
	return b.String()
}

func writeGroovy(b *strings.Builder, r rune) {
	switch {
	case r == '\'' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteByte('\n')
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case r >= 0x20 && r < 0x7f:
		b.WriteRune(r)
	case r > 0xffff:
		high, low := utf16.EncodeRune(r)
		fmt.Fprintf(b, `\u%04X\u%04X`, high, low)
	default:
		fmt.Fprintf(b, `\u%04X`, r)
	}
}
