package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// inputs are the policies that a command is about, and the top that their files
// belong to. A policy with a component belongs to the top of its repository;
// one without, to the directory that it stands in. Where a directory holds one
// policy of several, `all` says whether the others are read as well.
func (c *command) inputs(all bool) ([]schema.Input, error) {
	own, err := policyIn(c.dir)
	if err != nil {
		return nil, usage("there is no directory %s", c.dir)
	}
	top, err := topOf(c.dir)
	if err != nil {
		return nil, err
	}
	c.top = top
	if len(own) > 0 && !same(c.top, c.dir) {
		in, err := c.input(c.dir)
		switch {
		case err != nil:
			return nil, err
		case !schema.HasComponent(in):
			c.top = c.dir
		case !all:
			return []schema.Input{in}, nil
		}
	}
	return c.below(c.top)
}

// below are all policies of a top: its own, and those of its components.
func (c *command) below(top string) ([]schema.Input, error) {
	var out []schema.Input
	c.alone = nil
	tops, err := walkPolicies(top, func(dir string) error {
		in, err := c.input(dir)
		switch {
		case err != nil:
			return err
		case same(dir, top) || schema.HasComponent(in):
			out = append(out, in)
		case schema.HasPolicy(in): // and not a library
			c.alone = append(c.alone, in.Sources[0].Name)
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		return nil, c.noPolicy(tops)
	}
	return out, err
}

// noPolicy says where there are policies instead: those without a component,
// and those of folders that are a top of their own.
func (c *command) noPolicy(tops []string) error {
	var dirs []string
	for _, name := range c.alone {
		dirs = append(dirs, filepath.Dir(name))
	}
	for _, top := range tops {
		shown, err := relative(c.dir, top)
		if err != nil {
			return err
		}
		dirs = append(dirs, shown)
	}
	if len(dirs) == 0 {
		return usage("there is no policy in %s: looked for release.hcl and *.release.hcl. `fettle init` writes a first one", c.dir)
	}
	slices.Sort(dirs)
	for i, dir := range dirs {
		dirs[i] = "-C " + filepath.ToSlash(filepath.Join(c.dir, dir))
	}
	more := ""
	if rest := len(dirs) - mostNamed; rest > 0 {
		dirs, more = dirs[:mostNamed], fmt.Sprintf(" (and %d more)", rest)
	}
	return usage("there is no policy in %s; those below it belong to their own directories; name one of them: %s%s", c.dir, strings.Join(dirs, ", "), more)
}

// mostNamed are as many directories as a message can hold.
const mostNamed = 8

// leftOut tells of policies that were found and are not read: a component that
// was forgotten must not go unseen. What others extend or use needs none.
func (c *command) leftOut(repository *generators.Repository) {
	used := map[string]bool{}
	for _, s := range sourcesOf(repository) {
		used[filepath.Dir(s.Name)] = true
	}
	for _, name := range c.alone {
		if dir := filepath.Dir(name); !used[dir] {
			c.notes = append(c.notes, "left out: "+name+" has no component, so it belongs to its own directory (fettle -C "+filepath.ToSlash(dir)+")")
		}
	}
}

// unread refuses a file that looks like a part of a policy beside the file that
// is all of it: a rule in it would never be looked at.
func (c *command) unread(repository *generators.Repository) error {
	read, dirs := map[string]bool{}, map[string]bool{}
	for _, s := range sourcesOf(repository) {
		read[filepath.Clean(s.Name)], dirs[filepath.Dir(s.Name)] = true, true
	}
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		entries, err := os.ReadDir(filepath.Join(c.dir, dir))
		if err != nil {
			continue // a library of fettle's own
		}
		for _, name := range schema.Unread(namesOf(entries)) {
			file := filepath.ToSlash(filepath.Join(dir, name))
			if !read[filepath.Clean(file)] {
				return usage("%s is not read: release.hcl beside it is the whole policy, and nothing extends or uses the file. Rename release.hcl, so that all *.release.hcl of the folder are one policy; or move the file to a folder of its own, which the policy extends", file)
			}
		}
	}
	return nil
}

// input is everything that the policy of a directory is read from.
func (c *command) input(dir string) (schema.Input, error) {
	sources, err := c.sources(dir)
	if err != nil {
		return schema.Input{}, err
	}
	repository, err := above(dir, isRepository)
	if err != nil {
		return schema.Input{}, err
	}
	if !isRepository(repository) {
		repository = c.top
	}
	files, err := c.files(repository)
	if err != nil {
		return schema.Input{}, err
	}
	in := schema.Input{Sources: sources, Files: files, Shelf: &c.shelf, WorkTree: c.judges && isRepository(repository), Now: c.now}
	if in.Dir, err = relative(repository, dir); err != nil {
		return schema.Input{}, err
	}
	in.Base, err = relative(repository, c.dir)
	return in, err
}

// files are those of a repository, which is opened once. Nothing outside it is
// read, not even through a symbolic link.
func (c *command) files(repository string) (fs.FS, error) {
	if root := c.roots[repository]; root != nil {
		return root.FS(), nil
	}
	root, err := os.OpenRoot(repository)
	if err != nil {
		return nil, err
	}
	if c.roots == nil {
		c.roots = map[string]*os.Root{}
	}
	c.roots[repository] = root
	return root.FS(), nil
}

// sources reads the files of the policy in a directory, named from where
// fettle was started.
func (c *command) sources(dir string) ([]syntax.Source, error) {
	names, err := policyIn(dir)
	if err != nil {
		return nil, err
	}
	var out []syntax.Source
	for _, name := range names {
		src, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		shown, err := relative(c.dir, filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		out = append(out, syntax.Source{Name: shown, Bytes: src})
	}
	return out, nil
}

// relative is the way between two directories, with slashes.
func relative(from, to string) (string, error) {
	from, err := filepath.Abs(from)
	if err != nil {
		return "", err
	}
	if to, err = filepath.Abs(to); err != nil {
		return "", err
	}
	rel, err := filepath.Rel(from, to)
	return filepath.ToSlash(rel), err
}

// policyIn are the names of the files of a directory's policy.
func policyIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	return schema.PolicyFiles(namesOf(entries)), nil
}

func namesOf(entries []fs.DirEntry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// skipped are folders whose policies are somebody else's, or a test's.
var skipped = []string{"node_modules", "testdata", "vendor", "third_party"}

// walkPolicies calls found for each directory below the top that holds a
// policy or a library. A folder with files of fettle or of git is a top of its
// own: it is not walked, and those that fettle wrote into are returned.
func walkPolicies(top string, found func(dir string) error) (tops []string, err error) {
	w := policyWalk{ignored: append(ignoredFolders(top), skipped...), found: found}
	entries, err := os.ReadDir(top)
	if err != nil {
		return nil, err
	}
	err = w.walk(top, entries)
	return w.tops, err
}

// policyWalk reads each directory once: most of a large repository's hold no
// policy.
type policyWalk struct {
	ignored []string
	found   func(dir string) error
	tops    []string
}

func (w *policyWalk) walk(dir string, entries []fs.DirEntry) error {
	if holdsPolicy(entries) {
		if err := w.found(dir); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if !e.IsDir() || e.Name()[0] == '.' || slices.Contains(w.ignored, e.Name()) {
			continue
		}
		below := filepath.Join(dir, e.Name())
		inner, err := os.ReadDir(below)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(inner, marksTop) {
			if holdsPolicy(inner) && !slices.ContainsFunc(inner, marksRepository) {
				w.tops = append(w.tops, below)
			}
			continue
		}
		if err := w.walk(below, inner); err != nil {
			return err
		}
	}
	return nil
}

func holdsPolicy(entries []fs.DirEntry) bool { return len(schema.PolicyFiles(namesOf(entries))) > 0 }

// ignoredFolders are the names in the top's .gitignore: what is built lies in
// such folders, copies of policies too.
func ignoredFolders(top string) []string {
	src, err := os.ReadFile(filepath.Join(top, ".gitignore"))
	if err != nil {
		return nil
	}
	var out []string
	for line := range strings.Lines(string(src)) {
		if name := strings.Trim(strings.TrimSpace(line), "/"); name != "" && !strings.ContainsAny(name, "*?[!#/") {
			out = append(out, name)
		}
	}
	return out
}

// topOf is where the files of a component's policy belong: the nearest folder
// above it that fettle has written into, or the repository; outside of one, the
// directory itself.
func topOf(dir string) (string, error) { return above(dir, isTop) }

// topMarks make a folder a top: a repository, or files of fettle.
var topMarks = []string{".git", ".fettle"}

func marksTop(e fs.DirEntry) bool { return slices.Contains(topMarks, e.Name()) }

func marksRepository(e fs.DirEntry) bool { return e.Name() == ".git" }

func isTop(dir string) bool {
	return slices.ContainsFunc(topMarks, func(name string) bool { return exists(filepath.Join(dir, name)) })
}

func isRepository(dir string) bool { return exists(filepath.Join(dir, ".git")) }

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// above is the nearest directory, from this one upwards, that is so; this one
// where none is.
func above(dir string, is func(string) bool) (string, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := full; ; at = filepath.Dir(at) {
		if is(at) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return full, nil
		}
	}
}

func same(a, b string) bool {
	a, err := filepath.Abs(a)
	b, other := filepath.Abs(b)
	return err == nil && other == nil && a == b
}

// repository is the folder of the repository that the directory lies in, and
// the directory in it, with slashes. Outside a repository it is the directory.
func (c *command) repository() (top, dir string, err error) {
	if top, err = above(c.dir, isRepository); err != nil {
		return "", "", err
	}
	dir, err = relative(top, c.dir)
	return top, dir, err
}
