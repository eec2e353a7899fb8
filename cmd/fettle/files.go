package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
)

// change is one file that generate would write or remove.
type change struct {
	sign     rune // + new, ~ changed, - removed
	path     string
	old, new []byte
	mode     fs.FileMode
	contents func() (old, new []byte, err error) // where they are not in memory
}

// loaded is the change with its contents.
func (ch change) loaded() (change, error) {
	if ch.contents == nil {
		return ch, nil
	}
	var err error
	ch.old, ch.new, err = ch.contents()
	return ch, err
}

// changes compares the generated files with the disk. A file in the way that
// fettle did not write, or a path that leads out of the directory, is an error
// before anything is written.
func (c *command) changes(files []gen.File) ([]change, error) {
	if why := generators.Newer(c.listed()); why != "" {
		fmt.Fprintln(c.stderr, "fettle: "+why)
		return nil, exit(exitFindings)
	}
	var out []change
	var foreign []string
	seen := map[string]bool{}
	files = c.kept.whole(files)
	for _, f := range files {
		if err := c.inside(f.Path, seen); err != nil {
			return nil, err
		}
		if c.kept.has(f.Path) {
			continue
		}
		ch, ok, err := c.change(f)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			foreign = append(foreign, f.Path)
		case ch.sign != '=':
			out = append(out, ch)
		}
	}
	if len(foreign) > 0 {
		fmt.Fprintf(c.stderr, "fettle: not written by fettle, and in the way: %s\nMove what stands there into the policy or elsewhere; nothing was written.\n", strings.Join(foreign, ", "))
		if slices.Contains(foreign, ".gitlab-ci.yml") {
			fmt.Fprintln(c.stderr, `Or let .gitlab-ci.yml include what is generated: gitlab = { root = ".gitlab/fettle.yml" } in the policy.`)
		}
		return nil, exit(exitFindings)
	}
	orphans, err := c.orphans(files)
	return append(out, orphans...), err
}

// change compares a file with the disk; = is none. A file that fettle did not write
// is not ok.
func (c *command) change(f gen.File) (ch change, ok bool, err error) {
	full := filepath.Join(c.top, f.Path)
	content, spilled, err := c.kept.content(f)
	if err != nil {
		return ch, true, err
	}
	ch = change{sign: '~', path: f.Path, new: content, mode: 0o644}
	if f.Executable {
		ch.mode = 0o755
	}
	ch.old, err = os.ReadFile(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		ch.sign, ch.old = '+', nil
	case err != nil:
		return ch, true, err
	case !ours(ch.old):
		return ch, false, nil
	case bytes.Equal(ch.old, content):
		ch.sign = '='
	}
	if spilled {
		ch.old, ch.new, ch.contents = nil, nil, c.contents(ch.sign, f)
	}
	return ch, true, nil
}

// contents read again what was there and what comes.
func (c *command) contents(sign rune, f gen.File) func() (old, content []byte, err error) {
	return func() (old, content []byte, err error) {
		if sign != '+' {
			old, err = os.ReadFile(filepath.Join(c.top, f.Path))
		}
		content, _, fails := c.kept.content(f)
		return old, content, errors.Join(err, fails)
	}
}

// listed is the list that an earlier run wrote, or nothing.
func (c *command) listed() []byte {
	list, err := os.ReadFile(filepath.Join(c.top, generators.ListPath))
	if err != nil || !ours(list) {
		return nil
	}
	return list
}

// upgrade says what generating again changes in files of an older fettle.
func (c *command) upgrade() []string {
	list := c.listed()
	if list == nil {
		return nil
	}
	return generators.Upgrade(list)
}

// inside refuses a path through a symbolic link: it could lead anywhere. Folders
// that were seen are not looked at again.
func (c *command) inside(path string, seen map[string]bool) error {
	for i := 0; i <= len(path); i++ {
		if i < len(path) && path[i] != '/' || seen[path[:i]] {
			continue
		}
		full := filepath.Join(c.top, path[:i])
		info, err := os.Lstat(full)
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s is a symbolic link; files are generated into real folders only", full)
		}
		if i < len(path) {
			seen[path[:i]] = true
		}
	}
	return nil
}

func ours(content []byte) bool {
	return bytes.Contains(content[:min(len(content), 512)], []byte(gen.Mark))
}

// orphans are files that an earlier run listed and this one does not make.
// Where only some targets were asked for, there is no list and no orphan.
func (c *command) orphans(files []gen.File) ([]change, error) {
	listed := slices.ContainsFunc(files, func(f gen.File) bool { return f.Path == generators.ListPath })
	old, err := os.ReadFile(filepath.Join(c.top, generators.ListPath))
	if !listed || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	made, seen := map[string]bool{}, map[string]bool{}
	for _, f := range files {
		made[f.Path] = true
	}
	var out []change
	for _, path := range generators.Listed(old) {
		if made[path] || !filepath.IsLocal(path) {
			continue
		}
		if err := c.inside(path, seen); err != nil {
			return nil, err
		}
		content, err := os.ReadFile(filepath.Join(c.top, path))
		if err == nil && ours(content) {
			out = append(out, change{sign: '-', path: path, old: content})
		}
	}
	return out, nil
}
