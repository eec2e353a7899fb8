package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fettle-ci/fettle/schema"
)

// input is everything that the policy of the directory is read from.
func (c *command) input() (schema.Input, error) {
	sources, err := c.sources()
	if err != nil {
		return schema.Input{}, err
	}
	top, dir, err := c.repository()
	if err != nil {
		return schema.Input{}, err
	}
	root, err := os.OpenRoot(top) // nothing outside it is read, not even through a symbolic link
	if err != nil {
		return schema.Input{}, err
	}
	return schema.Input{Sources: sources, Files: root.FS(), Dir: dir}, nil
}

// sources reads the policy of the directory: release.hcl, or every
// *.release.hcl.
func (c *command) sources() ([]schema.Source, error) {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return nil, usage("there is no directory %s", c.dir)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	var out []schema.Source
	for _, name := range schema.PolicyFiles(names) {
		src, err := os.ReadFile(filepath.Join(c.dir, name))
		if err != nil {
			return nil, err
		}
		out = append(out, schema.Source{Name: name, Bytes: src})
	}
	if len(out) == 0 {
		return nil, usage("there is no policy in %s: looked for release.hcl and *.release.hcl", c.dir)
	}
	return out, nil
}

// repository is the folder of the repository that the directory lies in, and
// the directory in it, with slashes. Outside a repository it is the directory.
func (c *command) repository() (top, dir string, err error) {
	full, err := filepath.Abs(c.dir)
	if err != nil {
		return "", "", err
	}
	for top = full; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			dir, err = filepath.Rel(top, full)
			return top, filepath.ToSlash(dir), err
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", "", err
		}
		if top == filepath.Dir(top) {
			return full, ".", nil
		}
	}
}
