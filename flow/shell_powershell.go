package flow

import "strings"

// powerShellScanner knows in which quotes of PowerShell a text stands.
type powerShellScanner struct {
	state  psState
	escape bool   // the character before was a backtick that escapes
	word   string // the bare word so far
	line   string // of a here-string, to see its end
	before byte
}

type psState int

const (
	psBare psState = iota
	psSingle
	psDouble
	psComment
	psHereSingle // @'…'@
	psHereDouble // @"…"@
)

// expands tells whether a variable is looked for where the text has got to.
func (s *powerShellScanner) expands() bool {
	return s.state == psBare || s.state == psDouble || s.state == psHereDouble
}

// bareOption tells whether the text stands in a bare word that begins with a
// dash, where PowerShell does not always look for variables.
func (s *powerShellScanner) bareOption() bool {
	return s.state == psBare && strings.HasPrefix(s.word, "-")
}

func (s *powerShellScanner) scan(text string) {
	for i := range len(text) {
		s.next(text[i])
		s.before = text[i]
	}
}

func (s *powerShellScanner) next(c byte) {
	if s.escape {
		s.escape = false
		return
	}
	switch s.state {
	case psBare:
		s.bare(c)
	case psSingle:
		s.leave(c == '\'')
	case psDouble:
		s.escape = c == '`'
		s.leave(c == '"')
	case psComment:
		s.leave(c == '\n')
	case psHereSingle:
		s.here(c, "'@")
	case psHereDouble:
		s.escape = c == '`'
		s.here(c, `"@`)
	}
}

func (s *powerShellScanner) bare(c byte) {
	here := s.before == '@'
	switch {
	case c == '`':
		s.escape = true
	case c == '\'':
		s.enter(here, psHereSingle, psSingle)
	case c == '"':
		s.enter(here, psHereDouble, psDouble)
	case c == '#' && s.word == "":
		s.state = psComment
	case strings.IndexByte(" \t\n;|&(){},", c) >= 0:
		s.word = ""
	default:
		s.word += string(c)
	}
}

func (s *powerShellScanner) enter(here bool, hereState, state psState) {
	s.state, s.line = state, ""
	if here {
		s.state = hereState
	}
}

// leave ends quotes. A doubled quote ends and begins them again, which comes
// to the same.
func (s *powerShellScanner) leave(ends bool) {
	if ends {
		s.state = psBare
	}
}

// here ends a here-string at a line that begins with its end mark.
func (s *powerShellScanner) here(c byte, end string) {
	if c == '\n' {
		s.line = ""
		return
	}
	s.line += string(c)
	if s.line == end {
		s.state, s.word = psBare, ""
	}
}

// plain tells whether a value is a word that PowerShell reads as itself.
func plain(p piece) bool {
	text, ok := literal(p.word)
	return p.word != nil && ok && inertOther().MatchString(text)
}

// continues tells whether a piece goes on with the word before it.
func continues(p piece) bool {
	return p.env != "" || p.word != nil || p.lit != "" && strings.IndexByte(" \t\n;|&(){},\"'", p.lit[0]) < 0
}

// powerShellValue writes a variable, or a word that is read as one argument:
// bare where nothing in it means anything, else in quotes. Quotes at the
// beginning of an argument end it, so where the argument goes on each sign is
// escaped instead.
func powerShellValue(p piece, bare, goesOn bool) string {
	text, ok := literal(p.word)
	switch {
	case p.word == nil:
		return "${env:" + p.env + "}"
	case !bare:
		return powerShellQuoted(p.word)
	case plain(p):
		return text
	case len(p.word) == 1 && !ok:
		return "${env:" + p.word[0].env + "}"
	case goesOn:
		return powerShellEscaped(p.word)
	case ok:
		return "'" + powerShellSingle.Replace(text) + "'"
	default:
		return `"` + powerShellQuoted(p.word) + `"`
	}
}

// PowerShell takes typographic quotes for quotes.
var (
	powerShellSingle = strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")
	powerShellDouble = strings.NewReplacer("`", "``", "$", "`$", `"`, "`\"", "“", "`“", "”", "`”", "„", "`„")
)

func powerShellQuoted(word []piece) string {
	var b strings.Builder
	for _, p := range word {
		if p.env != "" {
			b.WriteString("${env:" + p.env + "}")
			continue
		}
		b.WriteString(powerShellDouble.Replace(p.lit))
	}
	return b.String()
}

func powerShellEscaped(word []piece) string {
	var b strings.Builder
	for _, p := range word {
		if p.env != "" {
			b.WriteString("${env:" + p.env + "}")
		}
		for _, r := range p.lit {
			if !inertOther().MatchString(string(r)) {
				b.WriteByte('`')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}
