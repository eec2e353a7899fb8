// Package scenario is the language in which a release process is tried: what
// happens, line by line, and the state at its end; and the world in which it
// happens: a repository with its host, machines that are deployed to, people. An
// Engine carries the pipelines out.
//
// docs/rehearse.md says what the lines mean.
package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Scenario is one text. Its first line says what it shows.
type Scenario struct {
	Name   string
	About  string
	Lines  []string
	State  string // what is demanded at the end
	Stated bool   // false: nothing is demanded
}

// Read takes a text apart.
func Read(name, text string) Scenario {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	events, state, stated := strings.Cut(text, "\nstate\n")
	s := Scenario{Name: name, Lines: strings.Split(events, "\n"), State: state, Stated: stated}
	s.About = strings.TrimPrefix(s.Lines[0], "# ")
	return s
}

// With is the text of the scenario with another state.
func (s Scenario) With(state string) string {
	return strings.TrimRight(strings.Join(s.Lines, "\n"), "\n") + "\n\nstate\n" + state
}

// For tells whether an engine can have it, by the line "only".
func (s Scenario) For(engine string) bool {
	for _, line := range s.Lines {
		if names, found := strings.CutPrefix(line, "only "); found {
			return slices.Contains(strings.Fields(names), engine)
		}
	}
	return true
}

// words splits a line; a text in double quotes is one word.
var words = regexp.MustCompile(`[A-Za-z./-]+="(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.)*"|\S+`)

// Words are those of a line.
func Words(line string) []string {
	var out []string
	for _, word := range words.FindAllString(line, -1) {
		key, quoted, found := strings.Cut(word, `="`)
		switch {
		case strings.HasPrefix(word, `"`):
			out = append(out, unquote(word, word))
		case found:
			out = append(out, key+"="+unquote(`"`+quoted, quoted))
		default:
			out = append(out, word)
		}
	}
	return out
}

func unquote(text, otherwise string) string {
	if out, err := strconv.Unquote(text); err == nil {
		return out
	}
	return otherwise
}

// idle tells the lines in which nothing happens.
func idle(line string) bool { return line == "" || strings.HasPrefix(line, "#") }

// Play carries the lines out, from one of them on.
func (w *World) Play(s Scenario, from int) error {
	for i, line := range s.Lines[from:] {
		if err := w.Line(line); err != nil {
			return fmt.Errorf("%s:%d: %s: %w", s.Name, from+i+1, strings.TrimSpace(line), err)
		}
	}
	return w.EverythingEnds()
}
