package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
)

// stagePath is the folder where a command prepares all that it writes, before
// anything is moved into place. It is on the file system of most of what is
// generated, git ignores it, and only an interrupted run leaves it behind.
const stagePath = ".fettle/.generate"

// What lies in the folder beside the prepared files.
const (
	ignoreFile = ".gitignore"
	lockFile   = "lock"
)

// stage is that folder, held by one run at a time. The lock in it belongs to
// the process, so that it ends with it: a folder whose lock is free is what an
// interrupted run left.
//
// Nothing in it says how far a run had come. What an interrupted run began, the
// next one completes, since it compares every file with the policy anyway; a
// journal would be a file that anybody can commit, and that fettle obeys.
type stage struct {
	disk     disk
	top, dir string
	by       string // the command that completes what could not be restored
	made     bool   // .fettle was not there before
	left     bool   // an interrupted run left something
	lock     *lockedfile.File
	undo     []func() error
}

// leftovers are the folders of runs that were interrupted, or still go on.
func (c *command) leftovers() []string {
	entries, _ := os.ReadDir(filepath.Join(c.top, filepath.Dir(stagePath)))
	var out []string
	for _, name := range namesOf(entries) {
		if path := filepath.ToSlash(filepath.Join(filepath.Dir(stagePath), name)); path == stagePath || strings.HasPrefix(path, stagePath+"-") {
			out = append(out, path)
		}
	}
	return out
}

// put writes and removes what differs from the generated files: all of it or
// nothing. Where nothing differs, the disk is only read.
func (c *command) put(files []gen.File) ([]change, error) {
	changes, err := c.changes(files)
	if err != nil || len(changes) == 0 && len(c.leftovers()) == 0 {
		return changes, err
	}
	s, err := c.openStage("generate")
	if err != nil {
		return nil, fmt.Errorf("%w; nothing was changed", err)
	}
	defer c.closeStage(s)
	if changes, err = c.changes(files); err != nil { // another run may have written since
		return nil, err
	}
	return changes, s.write(changes)
}

// rewrite replaces policies, whose paths are those of the command line: all of
// them or none.
func (c *command) rewrite(by string, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	below, err := c.staged(changes)
	if err != nil {
		return err
	}
	s, err := c.openStage(by)
	if err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	defer c.closeStage(s)
	for i, ch := range below {
		now, err := os.ReadFile(filepath.Join(c.top, ch.path))
		if err == nil && !bytes.Equal(now, ch.old) {
			err = fmt.Errorf("%s has changed meanwhile", changes[i].path)
		}
		if err != nil {
			return fmt.Errorf("%w; nothing was changed", err)
		}
	}
	return s.write(below)
}

// staged sets the top to a folder that has all of the files, on whose disk they
// are prepared, and names them from there.
func (c *command) staged(changes []change) ([]change, error) {
	var out []change
	top, err := filepath.Abs(c.dir)
	for _, ch := range changes {
		full, fails := filepath.Abs(c.pathOf(ch.path))
		info, missing := os.Stat(full)
		if err = errors.Join(err, fails, missing); err != nil {
			return nil, err
		}
		if len(out) == 0 {
			top = filepath.Dir(full)
		}
		for !within(top, full) {
			top = filepath.Dir(top)
		}
		ch.path, ch.mode = full, info.Mode().Perm()
		out = append(out, ch)
	}
	if own, err := topOf(top); err == nil {
		top = own
	}
	c.top = top
	for i := range out {
		if out[i].path, err = filepath.Rel(top, out[i].path); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// within tells whether a path is below a folder.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// maxTries bounds how often another run may take the folder away between two
// steps of this one.
const maxTries = 1000

// openStage waits until no other run holds the folder, and removes what an
// interrupted one left in it.
func (c *command) openStage(by string) (*stage, error) {
	if err := c.inside(stagePath, map[string]bool{}); err != nil {
		return nil, err
	}
	s := &stage{disk: c.disk, top: c.top, dir: filepath.Join(c.top, stagePath), by: by}
	s.made = !exists(filepath.Dir(s.dir))
	err := fs.ErrNotExist
	for try := 0; try < maxTries && errors.Is(err, fs.ErrNotExist); try++ {
		err = s.acquire()
	}
	if err != nil {
		s.unmake()
		return nil, err
	}
	own, _ := os.ReadDir(s.dir)
	s.left = len(own) > len([]string{lockFile, ignoreFile})
	for _, path := range c.leftovers() {
		if path != stagePath {
			s.left = true
			err = errors.Join(err, s.forget(filepath.Join(c.top, path)))
		}
	}
	if err = errors.Join(err, s.empty(s.dir, lockFile, ignoreFile)); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// closeStage removes the folder. What is in place is in place: that a folder is
// left which the next run removes makes nothing undone.
func (c *command) closeStage(s *stage) {
	if err := s.close(); err != nil {
		fmt.Fprintf(c.stderr, "fettle: %v; the next `fettle generate` removes %s\n", err, stagePath)
	} else if s.left {
		fmt.Fprintf(c.stderr, "removed what an interrupted run left in %s\n", stagePath)
	}
}

// acquire locks the folder, and makes it where it is not there. The run that
// held it may have taken it away meanwhile: then it is as if it were not there.
func (s *stage) acquire() error {
	if err := s.create(); err != nil {
		return err
	}
	lock, err := lockedfile.Edit(filepath.Join(s.dir, lockFile))
	if errors.Is(err, errors.ErrUnsupported) {
		return nil // no locks on this file system: two runs at once are not kept apart
	}
	if err != nil {
		return err
	}
	held, err := lock.Stat()
	there, gone := os.Stat(lock.Name())
	if err = errors.Join(err, gone); err == nil && !os.SameFile(held, there) {
		err = fs.ErrNotExist
	}
	if err != nil {
		return errors.Join(err, lock.Close())
	}
	s.lock = lock
	return nil
}

// create makes the folder under another name first, so that it is never there
// without what makes git ignore it.
func (s *stage) create() error {
	if exists(s.dir) {
		return nil
	}
	if err := s.disk.mkdir(filepath.Dir(s.dir)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	dir := s.aside()
	if err := s.disk.mkdir(dir); err != nil {
		return err
	}
	err := s.furnish(dir)
	if err == nil {
		err = s.disk.rename(dir, s.dir)
	}
	if err == nil {
		return nil
	}
	cleared := s.discard(dir)
	if errors.Is(err, fs.ErrExist) || exists(s.dir) { // another run was faster
		return errors.Join(cleared, fs.ErrNotExist)
	}
	return err
}

// furnish writes the ignore file, in one step: git never adds what is called
// .git, and an ignore file without its line would be added.
func (s *stage) furnish(dir string) error {
	unseen := filepath.Join(dir, ".git")
	if err := s.disk.write(unseen, []byte("*\n"), 0o644); err != nil {
		return err
	}
	if err := s.disk.rename(unseen, filepath.Join(dir, ignoreFile)); err != nil {
		return err
	}
	return s.disk.write(filepath.Join(dir, lockFile), nil, 0o644)
}

// aside is a name beside the folder that nobody else uses.
func (s *stage) aside() string { return fmt.Sprintf("%s-%08x", s.dir, rand.Uint32()) }

// close takes the folder away in one step, and then apart: whoever waits for
// the lock finds that it is no more the one that stands there. Where an open
// file keeps its folder in place, as on Windows, the lock is given up first.
func (s *stage) close() error {
	err := s.empty(s.dir, lockFile, ignoreFile)
	gone := s.aside()
	moved := s.disk.rename(s.dir, gone)
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
		if moved != nil {
			moved = s.disk.rename(s.dir, gone)
		}
	}
	if moved != nil {
		return errors.Join(err, moved)
	}
	err = errors.Join(err, s.discard(gone))
	s.unmake()
	return err
}

// unmake removes .fettle where it was not there before and nothing is in it.
func (s *stage) unmake() {
	if s.made {
		_ = s.disk.remove(filepath.Dir(s.dir)) // files of fettle are in it: as it should be
	}
}

// discard removes a folder; what makes git ignore the rest goes last.
func (s *stage) discard(dir string) error {
	return errors.Join(s.empty(dir, ignoreFile), s.disk.removeAll(dir))
}

// forget removes what a run left that was interrupted while it made the folder
// or took it away. A run that is just making its own needs no lock for that: its
// files come back, and so it is let be.
func (s *stage) forget(dir string) error {
	if err := s.discard(dir); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// empty removes what is in a folder. Another run may remove what no run holds.
func (s *stage) empty(dir string, but ...string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, name := range namesOf(entries) {
		if !slices.Contains(but, name) {
			err = errors.Join(err, s.disk.removeAll(filepath.Join(dir, name)))
		}
	}
	return err
}

// write carries the changes out, or none of them: everything that needs space
// is prepared before the first file is touched.
func (s *stage) write(changes []change) error {
	changes = ordered(changes)
	for i, ch := range changes {
		ch, err := ch.loaded()
		if err == nil {
			err = s.prepare(i, ch)
		}
		if err != nil {
			return fmt.Errorf("%w; nothing was changed", err)
		}
	}
	for i, ch := range changes {
		if err := s.place(i, ch); err != nil {
			return s.back(err)
		}
	}
	return nil
}

// ordered has the list of generated files say at each moment what may be there:
// first it names the files of before and those of now, and at the end only the
// latter. So the next run knows whatever this one leaves.
func ordered(changes []change) []change {
	i := slices.IndexFunc(changes, func(ch change) bool { return ch.path == generators.ListPath })
	if i < 0 {
		return changes
	}
	first, last := changes[i], changes[i]
	first.new = generators.JoinLists(first.old, last.new)
	out := append([]change{first}, slices.Delete(slices.Clone(changes), i, i+1)...)
	if !bytes.Equal(first.new, last.new) {
		out = append(out, last)
	}
	return out
}

func (s *stage) prepared(i int, what string) string {
	return filepath.Join(s.dir, fmt.Sprintf("%d.%s", i, what))
}

// prepare writes what comes into place, and a copy of what stands there: to put
// it back must not need space either.
func (s *stage) prepare(i int, ch change) error {
	if ch.sign == '-' {
		return nil
	}
	if ch.sign == '~' {
		info, err := os.Stat(filepath.Join(s.top, ch.path))
		if err != nil {
			return err
		}
		if err := s.disk.write(s.prepared(i, "old"), ch.old, info.Mode().Perm()); err != nil {
			return err
		}
	}
	return s.disk.write(s.prepared(i, "new"), ch.new, ch.mode)
}

// place moves one file, and notes how to move it back.
func (s *stage) place(i int, ch change) error {
	full := filepath.Join(s.top, ch.path)
	before, after := s.prepared(i, "old"), s.prepared(i, "new")
	if ch.sign == '-' {
		return s.step(s.disk.rename(full, before), func() error { return s.disk.rename(before, full) })
	}
	if err := s.parents(filepath.Dir(full)); err != nil {
		return err
	}
	return s.step(s.disk.rename(after, full), func() error {
		if ch.sign == '+' {
			return s.disk.remove(full)
		}
		return s.disk.rename(before, full)
	})
}

func (s *stage) parents(dir string) error {
	if exists(dir) {
		return nil
	}
	if err := s.parents(filepath.Dir(dir)); err != nil {
		return err
	}
	return s.step(s.disk.mkdir(dir), func() error { return s.disk.remove(dir) })
}

// step notes how a step is undone, once it is taken.
func (s *stage) step(err error, undo func() error) error {
	if err == nil {
		s.undo = append(s.undo, undo)
	}
	return err
}

// back undoes every step that was taken, the last one first.
func (s *stage) back(why error) error {
	var failed error
	for _, undo := range slices.Backward(s.undo) {
		failed = errors.Join(failed, undo())
	}
	if failed != nil {
		return fmt.Errorf("%w; some files were changed and could not be restored: %w. Once the disk can be written again, `fettle %s` completes them", why, failed, s.by)
	}
	return fmt.Errorf("%w; what was changed was restored", why)
}

// disk is what a command does to the disk, in steps of which each may fail.
type disk interface {
	mkdir(path string) error
	write(path string, content []byte, mode fs.FileMode) error
	rename(from, to string) error
	remove(path string) error
	removeAll(path string) error
}

type realDisk struct{}

func (realDisk) mkdir(path string) error      { return os.Mkdir(path, 0o755) }
func (realDisk) rename(from, to string) error { return os.Rename(from, to) }
func (realDisk) remove(path string) error     { return os.Remove(path) }
func (realDisk) removeAll(path string) error  { return os.RemoveAll(path) }

func (realDisk) write(path string, content []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Chmod(mode), f.Close())
}
