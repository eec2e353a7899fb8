package gen

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// plainYAML tells what may stand without quotes: text that no reader of YAML
// 1.1 or 1.2 takes for anything but a string, in block and in flow style. It
// begins with a letter or ./, its words stand one blank apart, none of them
// begins a comment, no colon ends one, and no bracket or comma of a flow
// collection is in it.
func plainYAML(s string) bool { return plain(s, plainByte) }

// plain is the same with a set of bytes of one's own.
func plain(s string, plainByte func(byte) bool) bool {
	start := 0
	if strings.HasPrefix(s, "./") {
		start = 2
	}
	if start >= len(s) || !isLetter(s[start]) {
		return false
	}
	for i := start + 1; i < len(s); i++ {
		last := i == len(s)-1
		switch c := s[i]; {
		case c == ' ' && (last || s[i+1] == ' '), c == ':' && (last || !plainByte(s[i+1])):
			return false
		case c != ' ' && c != ':' && !plainByte(c):
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// plainByte tells what may stand inside a plain word anywhere.
func plainByte(c byte) bool {
	return isLetter(c) || c >= '0' && c <= '9' || strings.IndexByte("_./()$\"'=|&<>;\\~^%+*!@-", c) >= 0
}

// blockByte tells what may stand inside a plain word in block position, where
// brackets and commas mean nothing.
func blockByte(c byte) bool { return plainByte(c) || strings.IndexByte("[]{},?", c) >= 0 }

// plainValue tells what may stand without quotes as a value in block position:
// also the expressions of the CI systems, ${{ … }}, $[ … ] and $(…).
func plainValue(s string) bool {
	if strings.HasPrefix(s, "$") {
		return plain("x"+s, blockByte)
	}
	return plain(s, blockByte)
}

// wordsOfYAML are the plain texts that YAML 1.1 or 1.2 reads as something else.
var wordsOfYAML = map[string]bool{
	"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true,
	"true": true, "false": true, "null": true, "nan": true, "inf": true,
}

// YAML quotes a text as one YAML scalar on one line, in value, key and flow
// position: plain where every parser agrees, otherwise in double quotes.
// It says nothing about the expressions of a CI system: those are another
// language, quoted before. Invalid UTF-8 is a bug of the caller and panics,
// since every text of a policy was checked when it was read.
func YAML(s string) string {
	if plainYAML(s) && !wordsOfYAML[strings.ToLower(s)] {
		return s
	}
	return quotedYAML(s)
}

// YAMLValue quotes a text as the value of a key or the item of a list in block
// position, where a person would leave more of them plain.
func YAMLValue(s string) string {
	if strings.Contains(s, "$[[") {
		// GitLab puts an input into the text before it is parsed: an empty one would be null, and a quote end the string.
		return doubleQuoted(s)
	}
	if plainValue(s) && !wordsOfYAML[strings.ToLower(s)] {
		return s
	}
	return quotedYAML(s)
}

// quotedYAML takes single quotes where they spare escapes.
func quotedYAML(s string) string {
	if !strings.ContainsAny(s, `"\`) || strings.Contains(s, "'") {
		return doubleQuoted(s)
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return doubleQuoted(s)
		}
	}
	return "'" + s + "'"
}

func doubleQuoted(s string) string {
	if !utf8.ValidString(s) {
		panic(fmt.Sprintf("gen: text for YAML is not UTF-8: %q", s))
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	b.WriteByte('"')
	written := 0
	for i, r := range s {
		if r >= 0x20 && r < 0x7f && r != '"' && r != '\\' {
			continue // as it is, together with what follows
		}
		b.WriteString(s[written:i])
		writeEscaped(&b, r)
		written = i + utf8.RuneLen(r)
	}
	b.WriteString(s[written:])
	b.WriteByte('"')
	return b.String()
}

func writeEscaped(b *strings.Builder, r rune) {
	switch {
	case r == '"' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\t':
		b.WriteString(`\t`)
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		fmt.Fprintf(b, `\x%02X`, r)
	case unprintable(r):
		fmt.Fprintf(b, `\u%04X`, r)
	default:
		b.WriteRune(r)
	}
}

// unprintable are the characters that some YAML reader breaks a line at, drops
// or refuses.
func unprintable(r rune) bool {
	return r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// yamlBlock writes a text of several lines as a literal block whose lines
// begin with indent blanks, including the indicator ("|", "|-", "|+", with an
// indentation indicator where the text begins with a blank): what follows
// "run: ". A text that no block can carry comes in double quotes instead. A
// text of one line comes as YAML writes it.
func yamlBlock(indent int, s string) string {
	if !strings.Contains(s, "\n") || !blockable(s) {
		return YAMLValue(s)
	}
	pad := strings.Repeat(" ", indent)
	body, chomp := strings.TrimRight(s, "\n"), "-"
	switch n := len(s) - len(body); {
	case n == 1:
		chomp = ""
	case n > 1:
		chomp, body = "+", s[:len(s)-1]
	}
	var b strings.Builder
	b.Grow(len(s) + strings.Count(s, "\n")*indent + indent + 8)
	b.WriteByte('|')
	b.WriteString(indentation(s))
	b.WriteString(chomp)
	for line := range strings.SplitSeq(body, "\n") {
		b.WriteByte('\n')
		if line != "" {
			b.WriteString(pad)
			b.WriteString(line)
		}
	}
	return b.String()
}

// indentation is the indicator that YAML needs where the first line would be
// taken for deeper indentation. Blocks here are indented by two.
func indentation(s string) string {
	if s[0] == ' ' || s[0] == '\t' || s[0] == '\n' {
		return "2"
	}
	return ""
}

// blockable tells whether a literal block carries the text: no character that
// needs an escape, no line of blanks alone (readers differ), some text in it.
func blockable(s string) bool {
	for _, r := range s {
		if r != '\n' && r != '\t' && (r < 0x20 || r >= 0x7f && r < 0xa0 || unprintable(r)) {
			return false
		}
	}
	for line := range strings.SplitSeq(s, "\n") {
		if line != "" && strings.Trim(line, " \t") == "" {
			return false
		}
	}
	return strings.Trim(s, " \t\n") != ""
}
