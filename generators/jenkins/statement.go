package jenkins

import "strings"

// A pipeline of Jenkins has some thousand statements, and each is read for its
// size. It is read here byte by byte: TestStatement has the same in regular
// expressions, which took an eighth of a compilation.

// wordEnd is where the word ends that a text begins with.
func wordEnd(text string) int {
	i := 0
	for i < len(text) && isWord(text[i]) {
		i++
	}
	return i
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// withoutRemark cuts what stands behind two slashes, where no quote follows.
func withoutRemark(text string) string {
	from := strings.LastIndexByte(text, '\'') + 1
	if i := strings.Index(text[from:], " //"); i >= 0 {
		return text[:from+i]
	}
	return text
}

// withoutLiterals appends a text with empty literals in it, and says what those
// take that stood there.
func withoutLiterals(out []byte, text string) (bare []byte, size int) {
	for i := 0; i < len(text); {
		n := literalEnd(text[i:])
		if n == 0 {
			out = append(out, text[i])
			i++
			continue
		}
		size += ofLiteral
		if text[i] == '"' {
			size += ofGString + strings.Count(text[i:i+n], "${")*(ofMember+ofLiteral)
		}
		out = append(out, "''"...)
		i += n
	}
	return out, size
}

// literalEnd is where the literal ends that a text begins with, or 0.
func literalEnd(text string) int {
	for _, quote := range []string{"'''", "'", `"`} {
		if !strings.HasPrefix(text, quote) {
			continue
		}
		for i := len(quote); i < len(text); i++ {
			if strings.HasPrefix(text[i:], quote) {
				return i + len(quote)
			}
			if text[i] == '\\' {
				i++
			}
		}
	}
	return 0
}

// parts are what a statement without its literals is made of.
type parts struct{ names, members, numbers int }

func partsOf(bare []byte) parts {
	var p parts
	member := 0 // where the next one may begin
	for i := 0; i < len(bare); i++ {
		if i > 0 && !isWord(bare[i]) && isWord(bare[i-1]) && i+1 < len(bare) {
			switch {
			case bare[i] == ':' && bare[i+1] == ' ':
				p.names++
			case bare[i] == '.' && isWord(bare[i+1]) && i-1 >= member:
				p.members++
				member = i + 2
			}
		}
		if isWord(bare[i]) && (i == 0 || !isWord(bare[i-1])) && isNumber(bare[i:]) {
			p.numbers++
		}
	}
	return p
}

// isNumber tells whether a text begins with a number, or with true or false.
func isNumber(text []byte) bool {
	digits, n := true, 0
	for n < len(text) && isWord(text[n]) {
		digits = digits && text[n] <= '9'
		n++
	}
	return digits || string(text[:n]) == "true" || string(text[:n]) == "false"
}
