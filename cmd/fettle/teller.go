package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/fettle-ci/fettle/rehearse"
)

// teller prints a story, a line each.
type teller struct {
	mu     sync.Mutex
	out    io.Writer
	colors bool
}

// The colours of lines, and how they begin.
var told = map[rehearse.Kind]struct{ color, begin string }{
	rehearse.Heading: {"1", "\n"}, rehearse.Text: {"", "   "}, rehearse.Job: {"32", "   + "}, rehearse.Failure: {"31", "   x "},
	rehearse.Detail: {"2", "       "}, rehearse.Plain: {"", "     "},
}

func (t *teller) tell(l rehearse.Line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	how := told[l.Kind]
	if t.colors && how.color != "" {
		fmt.Fprintf(t.out, "%s\x1b[%sm%s\x1b[0m\n", how.begin, how.color, l.Text)
		return
	}
	fmt.Fprintf(t.out, "%s%s\n", how.begin, l.Text)
}

// storyColors tells whether the standard output shows colours.
func (c *command) storyColors() bool {
	f, ok := c.stdout.(*os.File)
	return c.color == "always" || c.color != "never" && ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
