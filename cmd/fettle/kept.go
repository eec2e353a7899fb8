package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
)

// kept is what is kept of the generated files. A repository of a thousand
// policies has some hundred megabytes of them, and nearly all stand on the disk
// already: of those nothing is kept but when they were looked at.
type kept struct {
	changed bool // the content of those that differ from the disk
	top     string
	again   func() []gen.File // all of them, with their content
	anew    []gen.File        // those, once they were asked for

	mutex sync.Mutex
	held  int              // bytes of content in memory
	spill spill            // the content of others
	same  map[string]stamp // files that stand there, as they were then
}

// stamp is by what a file is known to be as it was.
type stamp struct {
	size    int64
	written int64
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime().UnixNano()} }

// take is handed each file as soon as it is rendered. What goes wrong here goes
// wrong again where the files are compared, and is told there.
func (k *kept) take(f gen.File) gen.File {
	if !k.changed {
		f.Content = nil
		return f
	}
	info := sameOnDisk(filepath.Join(k.top, f.Path), f.Content)
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if info == nil {
		return k.hold(f)
	}
	f.Content = nil
	if k.same == nil {
		k.same = map[string]stamp{}
	}
	k.same[f.Path] = stampOf(info)
	return f
}

// maxHeld is how much content of files that differ stays in memory.
const maxHeld = 16 << 20

// hold keeps the content of a file that differs: in memory, and beyond a limit on
// the disk.
func (k *kept) hold(f gen.File) gen.File {
	if k.held+len(f.Content) > maxHeld && f.Path != generators.ListPath && k.spill.put(f.Path, f.Content) {
		f.Content = nil
		return f
	}
	k.held += len(f.Content)
	return f
}

// content is that of a file, and whether it is on the disk.
func (k *kept) content(f gen.File) (content []byte, spilled bool, err error) {
	if k != nil {
		_, spilled = k.spill.parts[f.Path]
	}
	if !spilled {
		return f.Content, false, nil
	}
	content, err = k.spill.get(f.Path)
	return content, true, err
}

func (k *kept) close() {
	if k != nil {
		k.spill.close()
	}
}

// comparing are buffers for what stands on the disk.
var comparing = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// sameOnDisk describes a file that has this content, and is of fettle. A file that
// cannot be read has none.
func sameOnDisk(path string, content []byte) fs.FileInfo {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) || !ours(content) {
		return nil
	}
	b := comparing.Get().(*bytes.Buffer)
	defer comparing.Put(b)
	b.Reset()
	b.Grow(len(content) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(file, int64(len(content))+1)); err != nil || !bytes.Equal(b.Bytes(), content) {
		return nil
	}
	return info
}

// whole are the files, all with their content where somebody wrote to one since it
// was looked at: from then on nothing is taken from the disk.
func (k *kept) whole(files []gen.File) []gen.File {
	switch {
	case k == nil:
		return files
	case k.anew != nil:
		return k.anew
	case slices.ContainsFunc(files, func(f gen.File) bool { return k.has(f.Path) && !k.stands(f.Path) }):
		k.same, k.spill.parts, k.anew = nil, nil, k.again()
		return k.anew
	}
	return files
}

// has tells whether the content of a file is on the disk, and not here.
func (k *kept) has(path string) bool {
	if k == nil {
		return false
	}
	_, same := k.same[path]
	return same
}

// stands tells whether such a file is as it was.
func (k *kept) stands(path string) bool {
	now, err := os.Lstat(filepath.Join(k.top, path))
	return err == nil && now.Mode().IsRegular() && stampOf(now) == k.same[path]
}
