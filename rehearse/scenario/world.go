package scenario

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Engine carries pipelines out. What the system would do around them
// (approvals, locks, queues) it asks the world for.
type Engine interface {
	Name() string
	// Flows are the pipelines that an event starts.
	Flows(w *World, r *Run) ([]string, error)
	// Carry runs one pipeline to its end. Its error is a failed pipeline.
	Carry(ctx context.Context, w *World, r *Run) error
}

// Config is what a world is made with: nothing here looks for itself.
type Config struct {
	Dir      string // an empty folder
	Engine   Engine
	Git      string   // the program
	Env      []string // for what people do: PATH and the like
	Mainline string   // the branch that a person begins with; "" is main
	Branch   string   // of the ledger; "" is fettle/ledger
	Begin    time.Time
	First    int           // the number of the first run; 0 is 43
	Patience time.Duration // how long a run is waited for
	// More are lines beside those of the language. It tells whether it knows one.
	More func(words []string) (bool, error)
}

// World is a repository with its host, machines that are deployed to, and people.
type World struct {
	Config
	Bare, Dev, State, Home string
	Base                   string // of the next request
	Before                 string // where the branch of the last push stood; "" where it is new

	ctx      context.Context
	end      context.CancelFunc
	mu       sync.Mutex
	changed  *sync.Cond
	clock    int // of commits, so that they are the same on every engine
	number   int
	runs     []*Run
	locks    map[string]*Queue
	requests []*Request
}

// quickGit keeps git from tidying repositories that live for seconds.
const quickGit = "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n[core]\n\tfsync = none\n[protocol \"file\"]\n\tallow = always\n"

// New makes a world in which nothing has happened.
func New(ctx context.Context, c Config) (*World, error) {
	w := Empty(ctx, c)
	for _, dir := range []string{w.Dev, w.Home, filepath.Join(w.State, "environments"), filepath.Join(w.State, "after"), w.faults()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	if err := w.Configure(""); err != nil {
		return nil, err
	}
	p := w.person()
	w.newRemote(p)
	p.git(w.Dev, "init", "--quiet", "--initial-branch="+w.Mainline)
	p.git(w.Dev, "remote", "add", "origin", w.Bare)
	return w, p.err
}

// Empty is a world in a folder, with nothing in it that was not there.
func Empty(ctx context.Context, c Config) *World {
	if c.Mainline == "" {
		c.Mainline = "main"
	}
	if c.Branch == "" {
		c.Branch = "fettle/ledger"
	}
	if c.First == 0 {
		c.First = 43
	}
	w := &World{Config: c, number: c.First - 1, locks: map[string]*Queue{},
		Bare: filepath.Join(c.Dir, "host", "acme", "shop.git"), Dev: filepath.Join(c.Dir, "dev"), State: filepath.Join(c.Dir, "state"), Home: filepath.Join(c.Dir, "home")}
	w.ctx, w.end = context.WithCancel(ctx)
	w.changed = sync.NewCond(&w.mu)
	context.AfterFunc(w.ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.changed.Broadcast()
	})
	return w
}

// AtEnd is called when the world ends.
func (w *World) AtEnd(do func()) { context.AfterFunc(w.ctx, do) }

// Configure writes the configuration of git of everybody in the world.
func (w *World) Configure(more string) error {
	return os.WriteFile(filepath.Join(w.Home, ".gitconfig"), []byte(quickGit+more), 0o644)
}

func (w *World) faults() string { return filepath.Join(w.State, "faults") }

// Copy is another world in which the same has happened, and nothing happens.
func (w *World) Copy(ctx context.Context, c Config) (*World, error) {
	out, err := exec.Command("cp", "-a", w.Dir+"/.", c.Dir).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	o := Empty(ctx, c)
	o.clock, o.number, o.Base, o.Before = w.clock, w.number, w.Base, w.Before
	for _, q := range w.requests {
		same := *q
		o.requests = append(o.requests, &same)
	}
	for _, r := range w.runs {
		o.runs = append(o.runs, r.copy())
	}
	p := o.person()
	p.git(o.Dev, "remote", "set-url", "origin", o.Bare)
	return o, p.err
}

// Stop ends what still runs, and waits until it has ended.
func (w *World) Stop() {
	w.mu.Lock()
	runs := slices.Clone(w.runs)
	for _, r := range runs {
		r.Killed = r.Killed || !r.Finished // so that none waits for a lock that nobody gives back
		r.abandon()
	}
	w.changed.Broadcast()
	w.mu.Unlock()
	w.end()
	for _, r := range runs {
		if r.done != nil {
			select {
			case <-r.done:
			case <-time.After(20 * time.Second):
			}
		}
	}
}

// --- People -------------------------------------------------------------------------

// TryGit is what a person does: with a name, and at the next minute of the
// world's clock.
func (w *World) TryGit(dir string, args ...string) (string, error) {
	c := exec.CommandContext(w.ctx, w.Git, args...)
	c.Dir, c.Env = dir, w.environment()
	out, err := c.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// environment is that of a person.
func (w *World) environment() []string {
	w.mu.Lock()
	w.clock++
	date := w.Begin.Add(time.Duration(w.clock) * time.Minute).Format(time.RFC3339)
	w.mu.Unlock()
	return append(slices.Clone(w.Env), "GIT_AUTHOR_NAME=Dev", "GIT_AUTHOR_EMAIL=dev@example.com", "GIT_COMMITTER_NAME=Dev", "GIT_COMMITTER_EMAIL=dev@example.com",
		"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date, "GIT_CONFIG_GLOBAL="+filepath.Join(w.Home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "GIT_EDITOR=true", "HOME="+w.Home)
}

// Clock is how often people have done something: a number that grows.
func (w *World) Clock() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

// Show is a file of a commit.
func (w *World) Show(commit, path string) (string, error) {
	return w.TryGit(w.Bare, "show", commit+":"+path)
}

// Write puts a file into the developer's clone.
func (w *World) Write(path, content string) error {
	full := filepath.Join(w.Dev, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, []byte(content), 0o755)
}

// Import puts what git fast-import reads into the host's repository.
func (w *World) Import(stream string) error {
	c := exec.CommandContext(w.ctx, w.Git, "fast-import", "--quiet")
	c.Dir, c.Stdin, c.Env = w.Bare, strings.NewReader(stream), w.environment()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("git fast-import: %w\n%s", err, out)
	}
	return nil
}

// --- What is broken -----------------------------------------------------------------

// Faulty tells whether the scenario broke something: "break-check-unit".
func (w *World) Faulty(name string) bool {
	_, err := os.Stat(filepath.Join(w.faults(), name))
	return err == nil
}

// Once is the same of what breaks once.
func (w *World) Once(name string) bool { return os.Remove(filepath.Join(w.faults(), name)) == nil }

// GoAway is a host that answers nothing more, until it is mended.
func (w *World) GoAway() error { return os.Rename(w.Bare, w.Bare+".away") }

// MayGoAway does it where a command asked for it.
func (w *World) MayGoAway() {
	if os.Remove(filepath.Join(w.State, "host-is-away")) == nil {
		_ = w.GoAway()
	}
}

// SetRunning says what runs in an environment.
func (w *World) SetRunning(environment, version, commit string) error {
	return os.WriteFile(filepath.Join(w.State, "environments", environment), []byte(version+" "+commit+"\n"), 0o644)
}

// RunsIn is what runs in an environment: the version, a blank, the commit; or "".
func (w *World) RunsIn(environment string) string {
	b, _ := os.ReadFile(filepath.Join(w.State, "environments", environment))
	return strings.TrimSpace(string(b))
}

// Entries are the names in a folder of the world's state.
func (w *World) Entries(folder string) []string {
	all, _ := os.ReadDir(filepath.Join(w.State, folder))
	names := map[string]bool{}
	for _, e := range all {
		names[e.Name()] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// Runs are those that were started, in order.
func (w *World) Runs() []*Run {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.runs)
}

// errEnded is what a wait says when the world ends.
var errEnded = errors.New("interrupted")
