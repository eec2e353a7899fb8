package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/ledger"
	"github.com/fettle-ci/fettle/schema/regex"
)

// clone is a repository on this machine, as git has it.
type clone struct {
	dir     string
	common  string // the folder with its objects and refs
	fetched time.Time
	heads   map[string]string // the branches that were fetched last, with their commits
	sha256  bool
	narrow  bool // it fetches a single branch
}

// program is the git program in a directory. What a person configured changes
// nothing that is read.
func program(dir string) ledger.Git {
	return func(input []byte, args ...string) ([]byte, error) {
		c := exec.Command("git", append([]string{"-C", dir, "--no-replace-objects", "-c", "core.quotePath=false", "-c", "log.showSignature=false"}, args...)...)
		var out, said bytes.Buffer
		c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(input), &out, &said
		if err := c.Run(); err != nil {
			if words := strings.TrimSpace(said.String()); words != "" {
				err = errors.New(words)
			}
			return nil, fmt.Errorf("git %s: %w", args[0], err)
		}
		return out.Bytes(), nil
	}
}

// openClone looks at the repository of a directory. One without its history is
// refused: half of a ledger would look like one that was rewritten.
func openClone(dir string) (*clone, error) {
	out, err := program(dir)(nil, "rev-parse", "--is-shallow-repository", "--show-object-format", "--git-common-dir", "--git-path", "FETCH_HEAD")
	if err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, errors.New("there is no git on this machine: install it, and start this again")
		}
		return nil, lack("there is no git repository in %s: the ledger is a branch of one. Start this in a clone, or name it with -C", dir)
	}
	said := strings.SplitN(strings.TrimSpace(string(out))+"\n\n\n", "\n", 5)
	if said[0] == "true" {
		return nil, lack("this clone is shallow: it lacks a part of the history, which the ledger and the guards need. Fetch it: git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'")
	}
	c := &clone{dir: dir, common: seenFrom(dir, said[2]), sha256: said[1] == "sha256"}
	c.fetched, c.heads = lastFetch(seenFrom(dir, said[3]))
	// Each worktree has its own; what one of them fetched, all have.
	if fetched, heads := lastFetch(filepath.Join(c.common, "FETCH_HEAD")); fetched.After(c.fetched) {
		c.fetched, c.heads = fetched, heads
	}
	c.narrow = c.isNarrow()
	return c, nil
}

var fetchesAll = regex.New(`(?m)^\[remote "origin"\](?:\n[ \t]+.*)*\n[ \t]+fetch = \+?refs/heads/\*:`)

// seenFrom is a path that git gives, seen from a directory.
func seenFrom(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// isNarrow tells whether the clone fetches single branches of origin, as clones
// with --single-branch and those of CI systems do. Where the clone's own configuration
// has all branches, nothing else takes them away, and no program must be asked.
func (c *clone) isNarrow() bool {
	if own, err := os.ReadFile(filepath.Join(c.common, "config")); err == nil && fetchesAll().Match(own) {
		return false
	}
	out, err := program(c.dir)(nil, "config", "--get-all", "remote.origin.fetch")
	if err != nil {
		return false // there is no origin
	}
	return !slices.ContainsFunc(strings.Fields(string(out)), func(s string) bool { return strings.Contains(s, "refs/heads/*:") })
}

// lastFetch is when a clone fetched last, and what: git keeps both in a file.
func lastFetch(file string) (time.Time, map[string]string) {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}, nil // never
	}
	heads := map[string]string{}
	content, _ := os.ReadFile(file) // without it nothing is known of what was fetched
	for text := range strings.Lines(string(content)) {
		id, rest, _ := strings.Cut(text, "\t")
		_, rest, _ = strings.Cut(rest, "\t")
		if name, ok := strings.CutPrefix(rest, "branch '"); ok {
			name, _, _ = strings.Cut(name, "' of ")
			heads[name] = id
		}
	}
	return info.ModTime(), heads
}

const wholeFetch = "git fetch --tags origin '+refs/heads/*:refs/remotes/origin/*'"

// noLedger is the lack of a ledger where all was fetched.
type noLedger struct{ error }

func (n noLedger) Unwrap() error { return n.error }

// ledgerOf opens the ledger of a name; without one it says what to do.
func (c *clone) ledgerOf(name string) (*ledger.Branch, error) {
	b, err := ledger.Open(program(c.dir), name, c.heads[name])
	switch {
	case errors.Is(err, ledger.ErrNone) && c.narrow:
		return nil, lack("this clone fetches a single branch, and has no ledger (the branch %s). Fetch all of them: %s", name, wholeFetch)
	case errors.Is(err, ledger.ErrNone):
		return nil, noLedger{lack("this clone has no ledger (the branch %s). Fetch it: %s. If there is none yet, the first delivery begins it; a version that was deployed without fettle is recorded by the operation adopt", name, wholeFetch)}
	}
	return b, err
}
