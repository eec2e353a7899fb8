package ledger

import (
	"fmt"
	"strings"
	"unicode"
)

// line is a word and what it says, and where that stands.
type line struct {
	file      string
	number    int
	key, rest string
}

// lines are those of a file; none where there is no such file.
func (f Files) lines(name string) []line {
	var out []line
	number := 0
	for text := range strings.Lines(string(f[name])) {
		number++
		key, rest, _ := strings.Cut(Harmless(strings.TrimRight(text, "\r\n")), " ")
		out = append(out, line{Harmless(name), number, key, rest})
	}
	return out
}

// words are the first n words of what a line says; the last of them is all that
// is left. With fewer it is damaged, and nil.
func (l *Ledger) words(at line, n int) []string {
	out := strings.SplitN(at.rest, " ", n)
	if len(out) < n {
		l.reportDamage(at, "%s has %d words and needs %d", at.key, len(out), n)
		return nil
	}
	return out
}

func (l *Ledger) reportDamage(at line, text string, args ...any) {
	l.Damage = append(l.Damage, Damage{at.file, at.number, fmt.Sprintf(text, args...)})
}

func (l line) errorf(text string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", l.file, l.number, fmt.Sprintf(text, args...))
}

// Harmless is a text without what a terminal would obey, and without what a CI
// system would take for a command in its log.
func Harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	for _, mark := range []string{"##", "::"} {
		for strings.Contains(s, mark) {
			s = strings.ReplaceAll(s, mark, mark[:1]+" "+mark[1:])
		}
	}
	return s
}
