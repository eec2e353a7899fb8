package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/schema"
)

// history are the commits of a repository, each read once.
type history struct {
	top     string
	objects *objects
	commits map[string]*commit
	modules []*objects // of submodules
}

func openHistory(top string) *history {
	return &history{top: top, objects: &objects{where: []string{"-C", top}}, commits: map[string]*commit{}}
}

func (h *history) close() {
	for _, o := range append(h.modules, h.objects) {
		o.close()
	}
}

// commitNamed is the files of a revision, as its user calls it.
func (h *history) commitNamed(revision string) (*commit, error) {
	id, _, err := h.objects.read(revision + "^{commit}")
	switch {
	case errors.Is(err, errNoObject):
		return nil, usage("%q is no revision of a repository here", revision)
	case err != nil:
		return nil, usage("%q is no revision of a repository here: %w", revision, err)
	}
	return h.at(id)
}

// at are the files of a commit.
func (h *history) at(id string) (*commit, error) {
	if c := h.commits[id]; c != nil {
		return c, nil
	}
	c := &commit{history: h, id: id, root: newFolder("."), continued: map[string]bool{}}
	listed, err := h.objects.list(id)
	if err != nil {
		return nil, err
	}
	c.root.fill(listed, h.objects)
	c.policies = policyFolders(listed)
	h.commits[id] = c
	return c, nil
}

// policyFolders are the folders of a commit in which a policy stands.
func policyFolders(listed []string) []string {
	var out []string
	for _, l := range listed {
		if !strings.HasSuffix(strings.TrimSuffix(l, ".json"), "release.hcl") {
			continue
		}
		_, name, _ := strings.Cut(l, "\t")
		if dir := path.Dir(name); len(schema.PolicyFiles([]string{path.Base(name)})) > 0 && !slices.Contains(out, dir) {
			out = append(out, dir)
		}
	}
	return out
}

// commit is a repository as a commit has it. Symbolic links and submodules are
// followed as they are on a disk, and nothing outside the repository is read.
type commit struct {
	history  *history
	id       string
	root     *entry
	policies []string // folders in which one stands
	missing  error    // a submodule that was asked for and is not here

	continued map[string]bool // folders whose policy stands elsewhere by now
}

// entry is one file, folder, link or submodule of a commit. A submodule is a
// folder, whose entries are read when somebody looks into it.
type entry struct {
	name    string
	mode    fs.FileMode
	id      string
	from    *objects          // where the object is
	below   map[string]*entry // of a folder
	content []byte            // of a file that was opened
}

// errOutside is for links that leave the repository.
var errOutside = errors.New("a symbolic link that leaves the repository")

// maxLinks bounds the symbolic links on the way to one file, of which some
// lead to themselves.
const maxLinks = 16

func newFolder(name string) *entry {
	return &entry{name: name, mode: fs.ModeDir | 0o755, below: map[string]*entry{}}
}

// fill puts what git lists of a commit into its folder.
func (e *entry) fill(listed []string, from *objects) {
	for _, l := range listed {
		about, name, _ := strings.Cut(l, "\t")
		dir := e
		for {
			first, rest, more := strings.Cut(name, "/")
			if !more {
				break
			}
			if dir.below[first] == nil {
				dir.below[first] = newFolder(first)
			}
			dir, name = dir.below[first], rest
		}
		dir.below[name] = newEntry(name, about, from)
	}
}

// newEntry is an entry as git describes it: its mode, its type, its object.
func newEntry(name, about string, from *objects) *entry {
	mode, rest, _ := strings.Cut(about, " ")
	_, id, _ := strings.Cut(rest, " ")
	out := &entry{name: name, mode: 0o644, id: id, from: from}
	switch mode {
	case "100755":
		out.mode = 0o755
	case "120000":
		out.mode = fs.ModeSymlink | 0o777
	case "160000":
		out.mode = fs.ModeDir | 0o755
	}
	return out
}

// find is the entry of a path, whose links are followed; the last part's own
// only where it is asked for.
func (c *commit) find(op, name string, follow bool) (*entry, error) {
	e, _, err := c.walk(op, name, follow)
	return e, err
}

// walk is find, and says where the entry is when all links are followed.
func (c *commit) walk(op, name string, follow bool) (*entry, string, error) {
	if !fs.ValidPath(name) {
		return nil, "", &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	e, at, err := c.step(strings.Split(name, "/"), follow)
	if err != nil {
		return nil, "", &fs.PathError{Op: op, Path: name, Err: err}
	}
	return e, at, nil
}

// step goes from the top, part by part.
func (c *commit) step(rest []string, follow bool) (*entry, string, error) {
	way, names, links := []*entry{c.root}, []string{}, 0
	for len(rest) > 0 {
		part := rest[0]
		rest = rest[1:]
		switch {
		case part == "." || part == "":
			continue
		case part == ".." && len(names) == 0:
			return nil, "", errOutside
		case part == "..":
			way, names = way[:len(way)-1], names[:len(names)-1]
			continue
		}
		below, err := c.entries(way[len(way)-1], path.Join(names...))
		if err != nil {
			return nil, "", err
		}
		next := below[part]
		switch {
		case next == nil:
			return nil, "", fs.ErrNotExist
		case next.mode&fs.ModeSymlink != 0 && (follow || len(rest) > 0):
			_, to, err := next.from.read(next.id)
			if links++; err != nil || links > maxLinks {
				return nil, "", cmp.Or(err, errors.New("too many symbolic links"))
			}
			if path.IsAbs(string(to)) {
				return nil, "", errOutside
			}
			rest = append(strings.Split(string(to), "/"), rest...)
		default:
			way, names = append(way, next), append(names, part)
		}
	}
	return way[len(way)-1], path.Join(names...), nil
}

// entries are those of a folder, which may be a submodule.
func (c *commit) entries(e *entry, at string) (map[string]*entry, error) {
	switch {
	case e.below != nil:
		return e.below, nil
	case !e.mode.IsDir():
		return nil, fs.ErrNotExist
	}
	for _, o := range c.storesOf(at) {
		if listed, err := o.list(e.id); err == nil {
			c.history.modules = append(c.history.modules, o)
			e.below = map[string]*entry{}
			e.fill(listed, o)
			return e.below, nil
		}
	}
	c.missing = usage("%s is a submodule, and its commit %.12s is not in this clone: run git submodule update --init, or git fetch in it", at, e.id)
	return nil, c.missing
}

// storesOf are the repositories that may hold a submodule: the one that is
// checked out there, or else the one that git keeps of it. The name that it is
// kept by is that of the commit.
func (c *commit) storesOf(at string) []*objects {
	var out []*objects
	if full := filepath.Join(c.history.top, filepath.FromSlash(at)); exists(filepath.Join(full, ".git")) {
		out = append(out, &objects{where: []string{"-C", full}})
	}
	common, err := git(c.history.top, "rev-parse", "--git-common-dir")
	if err != nil {
		return out
	}
	if common = strings.TrimSpace(common); !filepath.IsAbs(common) {
		common = filepath.Join(c.history.top, common)
	}
	listed, _ := git(c.history.top, "config", "-z", "--blob", c.id+":.gitmodules", "--get-regexp", `^submodule\..*\.path$`)
	for l := range strings.SplitSeq(listed, "\x00") {
		key, value, _ := strings.Cut(l, "\n")
		name := strings.TrimSuffix(strings.TrimPrefix(key, "submodule."), ".path")
		if kept := filepath.Join(common, "modules", filepath.FromSlash(name)); path.Clean(value) == at && filepath.IsLocal(name) && exists(kept) {
			out = append(out, &objects{where: []string{"--git-dir=" + kept, "--work-tree=."}}) // its own work tree may be gone
		}
	}
	return out
}

// Open opens a file or a folder.
func (c *commit) Open(name string) (fs.File, error) {
	e, err := c.find("open", name, true)
	if err != nil {
		return nil, err
	}
	if e.mode.IsDir() {
		entries, err := c.ReadDir(name)
		return &openFolder{entry: e, rest: entries}, err
	}
	content, err := e.read()
	return openFile{e, bytes.NewReader(content)}, err
}

// Stat tells of a file, or of that which a link leads to.
func (c *commit) Stat(name string) (fs.FileInfo, error) { return c.info(name, true) }

// Lstat tells of a file or of a link.
func (c *commit) Lstat(name string) (fs.FileInfo, error) { return c.info(name, false) }

// info is that of an entry; without one it is nil, and not an entry that is.
func (c *commit) info(name string, follow bool) (fs.FileInfo, error) {
	e, err := c.find("stat", name, follow)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// ReadLink is where a link leads.
func (c *commit) ReadLink(name string) (string, error) {
	e, err := c.find("readlink", name, false)
	if err != nil {
		return "", err
	}
	if e.mode&fs.ModeSymlink == 0 {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	to, err := e.read()
	return string(to), err
}

// ReadDir are the entries of a folder, by name.
func (c *commit) ReadDir(name string) ([]fs.DirEntry, error) {
	e, at, err := c.walk("readdir", name, true)
	if err != nil {
		return nil, err
	}
	below, err := c.entries(e, at)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	var out []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(below)) {
		out = append(out, below[name])
	}
	return out, nil
}

// read is what a file holds, or where a link leads.
func (e *entry) read() ([]byte, error) {
	if e.content == nil {
		_, content, err := e.from.read(e.id)
		if err != nil {
			return nil, err
		}
		e.content = content
	}
	return e.content, nil
}

// An entry tells of itself, as a file and as part of a folder. How large it is,
// git is asked only when somebody wants to know.
func (e *entry) Name() string               { return e.name }
func (e *entry) Mode() fs.FileMode          { return e.mode }
func (e *entry) Type() fs.FileMode          { return e.mode.Type() }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) ModTime() time.Time         { return time.Time{} }
func (e *entry) Sys() any                   { return nil }
func (e *entry) Info() (fs.FileInfo, error) { return e, nil }
func (e *entry) String() string             { return fs.FormatFileInfo(e) }

// Size is that of a file.
func (e *entry) Size() int64 {
	if e.mode.IsDir() {
		return 0
	}
	content, _ := e.read()
	return int64(len(content))
}

type openFile struct {
	entry *entry
	*bytes.Reader
}

func (f openFile) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f openFile) Close() error               { return nil }

type openFolder struct {
	entry *entry
	rest  []fs.DirEntry
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *openFolder) Close() error               { return nil }
func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.entry.name, Err: errors.New("is a folder")}
}

// ReadDir are the next entries of the folder.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.rest) {
		if n > 0 && len(f.rest) == 0 {
			return nil, io.EOF
		}
		n = len(f.rest)
	}
	out := f.rest[:n]
	f.rest = f.rest[n:]
	return out, nil
}
