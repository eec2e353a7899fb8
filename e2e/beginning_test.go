package e2e

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// beginnings are what several scenarios begin with, such as a first delivery:
// each is carried out once on an engine, and whoever begins so goes on with a
// copy of all that it left. A scenario says its beginning all the same: alone,
// it is run from its first line.
type beginnings struct {
	dir    string
	shared map[string]bool // by text
	mu     sync.Mutex
	made   map[string]*beginning
}

// beginning is a world in which nothing happens any more.
type beginning struct {
	once  sync.Once
	world *world // nil where it failed
}

func newBeginnings(t *testing.T, all []scenario.Scenario) *beginnings {
	b := &beginnings{dir: t.TempDir(), shared: map[string]bool{}, made: map[string]*beginning{}}
	seen := map[string]bool{}
	for _, s := range all {
		for _, i := range settled(s.Lines) {
			text := beginningOf(s.Lines[:i])
			b.shared[text] = seen[text]
			seen[text] = true
		}
	}
	maps.DeleteFunc(b.shared, func(_ string, again bool) bool { return !again })
	return b
}

var (
	starts = regexp.MustCompile(`^(push [^ ]+( as .*)?|dispatch .*|request .*|schedule .*|[0-9]+ is run again)$`)
	ends   = regexp.MustCompile(`^[0-9]+ (succeeds|fails.*|is killed)$`)
)

// settled are the numbers of lines after which every run has ended, the last
// one well.
func settled(lines []string) []int {
	var out []int
	running := 0
	for i, line := range lines {
		switch {
		case starts.MatchString(line):
			running++
		case ends.MatchString(line):
			running--
		}
		if running == 0 && strings.HasSuffix(line, " succeeds") {
			out = append(out, i+1)
		}
	}
	return out
}

// beginningOf is what lines do: those that do something.
func beginningOf(lines []string) string {
	idle := func(line string) bool {
		return line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "only ")
	}
	return strings.Join(slices.DeleteFunc(slices.Clone(lines), idle), "\n")
}

// makeAll makes them all, the shorter ones first, so that no scenario waits.
func (b *beginnings) makeAll(t *testing.T, e engine) {
	for _, text := range slices.SortedFunc(maps.Keys(b.shared), func(x, y string) int { return len(x) - len(y) }) {
		b.make(t, e, text)
	}
}

// begun is a world of its own for a scenario, and how many of its lines have
// happened in it.
func (b *beginnings) begun(t *testing.T, e engine, s scenario.Scenario) (*world, int) {
	t.Helper()
	dir := t.TempDir()
	points := settled(s.Lines)
	for _, i := range slices.Backward(points) {
		if text := beginningOf(s.Lines[:i]); b.shared[text] {
			return b.make(t, e, text).copy(t, dir), i
		}
	}
	return newWorld(t, e, dir), 0
}

// make carries a beginning out, unless that was done: from the longest other
// one that it begins with.
func (b *beginnings) make(t *testing.T, e engine, text string) *world {
	t.Helper()
	b.mu.Lock()
	if b.made[text] == nil {
		b.made[text] = &beginning{}
	}
	m := b.made[text]
	b.mu.Unlock()
	m.once.Do(func() {
		dir, err := os.MkdirTemp(b.dir, "")
		must(t, err)
		w, rest := b.before(t, e, text, dir)
		for i, line := range rest {
			w.line(t, fmt.Sprintf("a beginning:%d", i+1), line)
		}
		must(t, w.EverythingEnds())
		m.world = w
	})
	if m.world == nil {
		t.Fatalf("what it begins with failed:\n%s", text)
	}
	return m.world
}

func (b *beginnings) before(t *testing.T, e engine, text, dir string) (*world, []string) {
	lines := strings.Split(text, "\n")
	points := settled(lines)
	for _, i := range slices.Backward(points[:len(points)-1]) {
		if shorter := beginningOf(lines[:i]); b.shared[shorter] {
			return b.make(t, e, shorter).copy(t, dir), lines[i:]
		}
	}
	return newWorld(t, e, dir), lines
}

// copy is another world in which the same has happened. Its host has another
// address; git takes it for the one that is written in clones.
func (w *world) copy(t *testing.T, dir string) *world {
	t.Helper()
	c := emptyWorld(t, w.eng, "")
	c.repository, c.ins = w.repository, w.ins
	inner, err := w.World.Copy(t.Context(), c.config(dir))
	must(t, err)
	c.World = inner
	serve(t, c)
	c.formerly = append(slices.Clone(w.formerly), w.server.URL)
	more := fmt.Sprintf("[url \"%s/\"]\n", c.server.URL)
	for _, address := range c.formerly {
		more += fmt.Sprintf("\tinsteadOf = %s/\n", address)
	}
	must(t, c.Configure(more))
	if e, ok := c.eng.(*rehearsed); ok {
		c.eng = e.again(c)
	}
	return c
}

func TestBeginningsThatScenariosShare(t *testing.T) {
	b := newBeginnings(t, []scenario.Scenario{
		{Lines: []string{"# One.", "", "policy shop", "push main", "43 succeeds", "push main quietly", "push main", "44 succeeds"}},
		{Lines: []string{"# Two.", "only github", "policy shop", "push main", "43 succeeds", "push main quietly", "push main", "44 fails"}},
		{Lines: []string{"# Three.", "policy plain", "push main", "43 succeeds"}},
		{Lines: []string{"# Four.", "policy plain", "push main", "dispatch operate", "43 succeeds", "44 waits"}},
	})
	want := map[string]bool{"policy shop\npush main\n43 succeeds": true}
	if !maps.Equal(b.shared, want) {
		t.Errorf("shared are %q", slices.Collect(maps.Keys(b.shared)))
	}
}
