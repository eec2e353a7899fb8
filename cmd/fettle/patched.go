package main

import (
	"bytes"
	"io/fs"
)

// patched is a repository of which some files have other contents than on the
// disk.
type patched struct {
	fs.FS
	files map[string][]byte // by their paths
}

// Open opens a file; what it holds may be another text.
func (p *patched) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	if text, ok := p.files[name]; ok && err == nil {
		return patchedFile{f, bytes.NewReader(text)}, nil
	}
	return f, err
}

// ReadLink and Lstat are those of the disk: links are resolved as they were.
func (p *patched) ReadLink(name string) (string, error) { return fs.ReadLink(p.FS, name) }

// Lstat tells of a file or of a link.
func (p *patched) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(p.FS, name) }

type patchedFile struct {
	fs.File
	text *bytes.Reader
}

func (f patchedFile) Read(b []byte) (int, error) { return f.text.Read(b) }
