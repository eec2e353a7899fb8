package script_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Most histories begin alike: a delivery, a commit, a hotfix. A step that another
// host went through from the same state, with the same environment, is not
// carried out again: what it left is copied. So a test says its whole history,
// and pays for what is new in it.
//
// A state is known by the steps that led to it, and a test may change the
// folders by itself between two steps: then nothing of it is shared any more.
type past struct {
	dir    string // holds the remote and the clone, and nothing else that is kept
	state  string // the key of the last step
	looks  string // of the folders after it
	inside bool   // of a step
}

// moment is what a step left.
type moment struct {
	once sync.Once
	kept bool // false where the step ended its test
	dir  string
	said string
	code int
	run  int
	out  map[string]string
}

var moments sync.Map // of *moment, by key

// step carries something out, or copies what it left before.
func (h *host) step(name []string, do func() (said string, code int)) (string, int) {
	h.t.Helper()
	p := h.past
	if p == nil || p.inside {
		return do()
	}
	if p.looks != looks(p.dir) || h.remote != filepath.Join(p.dir, "remote.git") || h.work != filepath.Join(p.dir, "work") {
		h.past = nil // somebody changed something that no step tells of
		return do()
	}
	key := h.key(name)
	found, _ := moments.LoadOrStore(key, &moment{})
	m, mine := found.(*moment), false
	m.once.Do(func() {
		mine = true
		p.inside = true
		m.said, m.code = do()
		p.inside = false
		m.run, m.out = h.run, maps.Clone(h.out)
		m.dir = filepath.Join(memory.moments, key)
		follow(h.t, p.dir, m.dir)
		m.kept = true
	})
	switch {
	case !m.kept:
		h.past = nil
		return do()
	case !mine:
		follow(h.t, m.dir, p.dir)
		h.run, h.out = m.run, maps.Clone(m.out)
	}
	p.state, p.looks = key, looks(p.dir)
	return m.said, m.code
}

// key is a step with all that it depends on.
func (h *host) key(name []string) string {
	script, err := os.ReadFile(h.file)
	if err != nil && !os.IsNotExist(err) { // a new host has none yet
		h.t.Fatal(err)
	}
	b := sha256.New()
	fmt.Fprintf(b, "%q %q %d %q %q", h.past.state, name, h.run, h.path, script)
	for _, values := range []map[string]string{h.out, h.asked} {
		for _, k := range slices.Sorted(maps.Keys(values)) {
			fmt.Fprintf(b, " %q=%q", k, values[k])
		}
		fmt.Fprint(b, ";")
	}
	return fmt.Sprintf("%x", b.Sum(nil))
}

// looks tells two states of folders apart. Objects of git are passed over: what
// matters of them has a ref, or is in an index.
func looks(dir string) string {
	b := sha256.New()
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			fmt.Fprint(b, err)
			return nil
		}
		if d.IsDir() && d.Name() == "objects" {
			return fs.SkipDir
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			fmt.Fprintln(b, path, info.Mode(), info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return string(b.Sum(nil))
}

// follow makes a folder of repositories what another one is. An object of git
// is never written to again, and so it is one file for all that have it; where
// the clone has its remote stands in its configuration.
func follow(t *testing.T, from, to string) {
	t.Helper()
	wanted := map[string]bool{}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path, from)
		wanted[name] = true
		target := to + name
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		case strings.Contains(name, "/objects/"):
			if err := os.Link(path, target); err != nil && !os.IsExist(err) {
				return err
			}
			return nil
		}
		return followFile(path, target, func(content string) string {
			if strings.HasSuffix(name, "/.git/config") || strings.HasSuffix(name, "/.git/FETCH_HEAD") {
				return strings.ReplaceAll(content, from+"/", to+"/")
			}
			return content
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "objects":
			return fs.SkipDir
		case wanted[strings.TrimPrefix(path, to)]:
			return nil
		case d.IsDir():
			if err := os.RemoveAll(path); err != nil {
				return err
			}
			return fs.SkipDir
		}
		return os.Remove(path)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// followFile copies a file with its times, unless it is there as it is.
func followFile(from, to string, change func(string) string) error {
	now, err := os.Lstat(from)
	if err != nil {
		return err
	}
	if have, err := os.Lstat(to); err == nil && have.Mode() == now.Mode() && have.ModTime().Equal(now.ModTime()) {
		return nil
	}
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.WriteFile(to, []byte(change(string(content))), now.Mode()); err != nil {
		return err
	}
	return os.Chtimes(to, time.Time{}, now.ModTime())
}

// memory are the folders of this run of the tests.
var memory struct{ home, moments string }

// quickGit keeps git from tidying and securing repositories that live for seconds.
// Before 2.31 a clone of an empty repository does not take its branch.
const quickGit = "[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n[core]\n\tfsync = none\n"

// TestMain keeps the repositories in memory where there is room for them.
func TestMain(m *testing.M) {
	code := func() int {
		if os.Getenv("TMPDIR") == "" && roomy("/dev/shm") {
			_ = os.Setenv("TMPDIR", "/dev/shm")
		}
		dir, err := os.MkdirTemp("", "fettle-script-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		memory.home, memory.moments = filepath.Join(dir, "home"), filepath.Join(dir, "moments")
		for _, d := range []string{memory.home, memory.moments} {
			if err := os.Mkdir(d, 0o755); err != nil {
				panic(err)
			}
		}
		if err := os.WriteFile(filepath.Join(memory.home, ".gitconfig"), []byte(quickGit), 0o644); err != nil {
			panic(err)
		}
		_ = os.Setenv("TMPDIR", dir)
		code := m.Run()
		if err := everyNameIsATest(); err != nil && code == 0 {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return code
	}()
	os.Exit(code)
}
