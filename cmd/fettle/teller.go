package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/fettle-ci/fettle/rehearse"
)

// teller prints a story, a line each.
type teller struct {
	mu     sync.Mutex
	out    io.Writer
	colors bool
	shows  bool // the progress: it is a terminal
	behind bool // the line of a job that has begun must go
}

// The colours of lines, and how they begin.
var told = map[rehearse.Kind]struct{ color, begin string }{
	rehearse.Heading: {"1", "\n"}, rehearse.Text: {"", "   "}, rehearse.Job: {"32", "   + "}, rehearse.Failure: {"31", "   x "},
	rehearse.Detail: {"2", "       "}, rehearse.Plain: {"", "     "},
}

func (t *teller) tell(l rehearse.Line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.Kind == rehearse.Progress {
		if t.shows {
			fmt.Fprintf(t.out, "\r\x1b[K   … %s", l.Text)
			t.behind = true
		}
		return
	}
	if t.behind {
		fmt.Fprint(t.out, "\r\x1b[K")
		t.behind = false
	}
	how := told[l.Kind]
	if t.colors && how.color != "" {
		fmt.Fprintf(t.out, "%s\x1b[%sm%s\x1b[0m\n", how.begin, how.color, l.Text)
		return
	}
	fmt.Fprintf(t.out, "%s%s\n", how.begin, l.Text)
}

// newTeller prints to the standard output, with colours and progress where it is a
// terminal that shows them.
func (c *command) newTeller() *teller {
	_, terminal := terminalOf(c.stdout)
	terminal = terminal && os.Getenv("TERM") != "dumb"
	return &teller{out: c.stdout, shows: terminal, colors: c.color == "always" || c.color != "never" && terminal && os.Getenv("NO_COLOR") == ""}
}
