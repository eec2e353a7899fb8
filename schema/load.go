package schema

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// The limits of everything that a policy refers to, together. Each file has
// those of a policy besides.
const (
	maxFiles = 256
	maxTotal = 4 << 20
	maxLinks = 16 // symbolic links on the way to one file
)

// loader reads the files that a policy refers to. They come from Input.Files,
// so nothing outside the repository is read, not even through a symbolic link.
// One loader serves one policy: it counts what was read.
type loader struct {
	files fs.FS
	dir   string        // the policy's directory in files
	base  string        // the directory that diagnostics name files from
	count int           // files
	total int           // bytes
	calls int           // of commands
	shelf *syntax.Shelf // nil: every file is parsed anew
}

func newLoader(in Input) *loader {
	l := &loader{shelf: in.Shelf, files: in.Files, dir: path.Clean("/" + in.Dir)[1:]}
	l.base = l.dir
	if in.Base != "" {
		l.base = path.Clean("/" + in.Base)[1:]
	}
	for _, s := range in.Sources {
		l.count, l.total = l.count+1, l.total+len(s.Bytes)
	}
	return l
}

// loaded is what was read from one place.
type loaded struct {
	path    string // the file or the directory, from the repository's top
	folder  string // that the files lie in, from the repository's top: what they name is relative to it
	sources []syntax.Source
	builtin *embeddedLibrary // it came with fettle
}

// load reads what a file in the folder `from` names by a relative path: one
// file, or those files of a directory that pick chooses from the sorted names
// in it. The folder is from the repository's top; the names of the sources are
// relative to the policy's directory, for diagnostics. What is wrong is one
// error at the range.
func (l *loader) load(from, name string, pick func(names []string) []string, at hcl.Range) (loaded, *diag.Diagnostic) {
	full := path.Join("/", from)[1:]
	full = path.Join(full, name)
	switch {
	case name == "" || path.IsAbs(name) || filepath.VolumeName(name) != "" || strings.ContainsAny(name, "\\\x00"):
		return loaded{}, notRelative(name, at)
	case full == ".." || strings.HasPrefix(full, "../"):
		return loaded{}, outsideRepository(name, at)
	case l.files == nil:
		return loaded{}, noRepository(name, at)
	}
	full, problem := l.resolve(full, at)
	if problem != nil {
		return loaded{}, problem
	}
	info, err := fs.Stat(l.files, full)
	if err != nil {
		return loaded{}, l.unreadable(full, err, at)
	}
	out := loaded{path: full, folder: path.Dir(full)}
	paths := []string{full}
	if info.IsDir() {
		out.folder = full
		if paths, err = l.list(full, pick); err != nil {
			return loaded{}, l.unreadable(full, err, at)
		} else if len(paths) == 0 {
			return loaded{}, emptyDirectory(l.displayPath(full), at)
		}
	}
	for _, p := range paths {
		s, d := l.read(p, at)
		if d != nil {
			return loaded{}, d
		}
		out.sources = append(out.sources, s)
	}
	return out, nil
}

// list returns the paths of the files of a directory that pick chooses.
func (l *loader) list(dir string, pick func([]string) []string) ([]string, error) {
	entries, err := fs.ReadDir(l.files, dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	slices.Sort(names)
	var out []string
	for _, n := range pick(names) {
		out = append(out, path.Join(dir, n))
	}
	return out, nil
}

// read reads one file, within the limits.
func (l *loader) read(full string, at hcl.Range) (syntax.Source, *diag.Diagnostic) {
	full, problem := l.resolve(full, at)
	if problem != nil {
		return syntax.Source{}, problem
	}
	info, err := fs.Stat(l.files, full)
	switch {
	case err != nil:
		return syntax.Source{}, l.unreadable(full, err, at)
	case !info.Mode().IsRegular(): // opening a pipe would wait for ever
		return syntax.Source{}, notAFile(l.displayPath(full), at)
	}
	f, err := l.files.Open(full)
	if err != nil {
		return syntax.Source{}, l.unreadable(full, err, at)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, syntax.MaxBytes+1)) // one byte more is enough to be refused
	if err != nil {
		return syntax.Source{}, l.unreadable(full, err, at)
	}
	l.count, l.total = l.count+1, l.total+len(src)
	if l.count > maxFiles || l.total > maxTotal {
		return syntax.Source{}, language.TooLarge("The policy and what it refers to have more than 256 files or 4 MiB together", at)
	}
	return syntax.Source{Name: l.displayPath(full), Bytes: src, Loaded: true}, nil
}

// displayPath is a path as diagnostics name it.
func (l *loader) displayPath(full string) string {
	rel, err := filepath.Rel("/"+l.base, "/"+full)
	if err != nil {
		return full
	}
	return filepath.ToSlash(rel)
}

// unreadable says why a path cannot be read.
func (l *loader) unreadable(full string, err error, at hcl.Range) *diag.Diagnostic {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return noSuchFile(l.displayPath(full), at)
	case errors.Is(err, fs.ErrPermission):
		return fileUnreadable(l.displayPath(full), "it may not be read", at)
	}
	return fileUnreadable(l.displayPath(full), "it cannot be read", at)
}

// resolve follows the symbolic links on the way to a path, so that a file has
// one name, whichever way leads to it.
func (l *loader) resolve(full string, at hcl.Range) (string, *diag.Diagnostic) {
	for range maxLinks {
		link := l.link(full)
		if link == "" {
			return full, nil
		}
		to, err := fs.ReadLink(l.files, link)
		if err != nil {
			return "", l.unreadable(link, err, at)
		}
		next := path.Join(path.Dir(link), to)
		if path.IsAbs(to) || next == ".." || strings.HasPrefix(next, "../") {
			return "", linkOutside(l.displayPath(link), at)
		}
		full = path.Join(next, full[len(link):])
	}
	return "", fileUnreadable(l.displayPath(full), "too many symbolic links lead to it", at)
}

// link is the first symbolic link on the way to a path, or "".
func (l *loader) link(full string) string {
	for i, c := range full + "/" {
		if c != '/' {
			continue
		}
		info, err := fs.Lstat(l.files, full[:i])
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return full[:i]
		}
	}
	return ""
}

// Unread are the files that look like a part of a policy and are none of it:
// beside release.hcl no other file of a directory is read by itself.
func Unread(names []string) []string {
	read := PolicyFiles(names)
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		return slices.Contains(read, n) || !strings.HasSuffix(strings.TrimSuffix(n, ".json"), ".release.hcl")
	})
}

// PolicyFiles chooses the files of a policy from the names in its directory:
// release.hcl, or all *.release.hcl; each may be JSON, as release.hcl.json.
func PolicyFiles(names []string) []string {
	var one, all []string
	for _, n := range names {
		switch plain := strings.TrimSuffix(n, ".json"); {
		case plain == "release.hcl":
			one = append(one, n)
		case strings.HasSuffix(plain, ".release.hcl"):
			all = append(all, n)
		}
	}
	if len(one) > 0 {
		return one
	}
	return all
}
