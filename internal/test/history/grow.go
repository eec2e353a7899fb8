package history

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// ours is in whose name the script commits.
const ours = "fettle <fettle@localhost>"

// grow writes what every further version adds, in one import: the contents of a
// file one after the other, since git keeps of each what differs from the last.
func (l *life) grow(g *growth, size Size) error {
	last := first + size.Versions - 1
	if err := l.commits(l.last+1, last, size); err != nil {
		return err
	}
	w, err := l.writer(last)
	if err != nil {
		return err
	}
	defer os.RemoveAll(w.dir)
	for v := l.last + 1; v <= last; v++ {
		if err := w.version(g, v); err != nil {
			return err
		}
	}
	stream, err := w.stream()
	if err != nil {
		return err
	}
	if _, err := l.place.git(timeOf(last), l.bare, stream, "-c", "fastimport.unpackLimit=0", "-c", "pack.compression=1", "fast-import", "--quiet"); err != nil {
		return err
	}
	found, err := l.git("rev-parse", "refs/heads/"+ledger)
	if err != nil {
		return err
	}
	if found != w.head {
		return fmt.Errorf("the ledger ends with %s, and not with %s", found, w.head)
	}
	_, err = l.git("pack-refs", "--all")
	return err
}

// writer makes the objects of the ledger.
type writer struct {
	dir    string
	head   string
	begun  bool                // whether an entry is written
	ids    map[int]string      // of the mainline
	files  map[string][]string // lines, by path
	blobs  map[string]string   // ids, by path
	known  map[string]bool     // blobs that are written
	parts  map[string]*part    // of the stream, by name
	before []string            // entries of the version before
}

// part of a stream, in a file.
type part struct {
	*bufio.Writer
	file *os.File
}

func (l *life) writer(last int) (*writer, error) {
	dir, err := l.place.temporary("import")
	if err != nil {
		return nil, err
	}
	w := &writer{dir: dir, files: map[string][]string{}, blobs: map[string]string{}, known: map[string]bool{}, parts: map[string]*part{}}
	if w.ids, err = l.ids(last); err != nil {
		return nil, err
	}
	if w.head, err = l.git("rev-parse", "refs/heads/"+ledger); err != nil {
		return nil, err
	}
	if w.before, err = l.entriesOf(l.last); err != nil {
		return nil, err
	}
	listed, err := l.git("ls-tree", "-r", "--format=%(objectname) %(path)", w.head)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(listed) {
		id, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if w.files[name], err = l.lines(w.head, name); err != nil {
			return nil, err
		}
		w.blobs[name] = id
	}
	return w, nil
}

func (w *writer) part(name string) (*part, error) {
	if p, ok := w.parts[name]; ok {
		return p, nil
	}
	f, err := os.Create(filepath.Join(w.dir, strings.ReplaceAll(name, "/", "-")))
	if err != nil {
		return nil, err
	}
	w.parts[name] = &part{bufio.NewWriterSize(f, 1<<20), f}
	return w.parts[name], nil
}

const commits = "~commits" // after every path

// stream is everything, blobs first.
func (w *writer) stream() (io.Reader, error) {
	var all []io.Reader
	for _, name := range slices.Sorted(maps.Keys(w.parts)) {
		p := w.parts[name]
		if err := p.Flush(); err != nil {
			return nil, err
		}
		if _, err := p.file.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		all = append(all, p.file)
	}
	return io.MultiReader(all...), nil
}

// version adds one.
func (w *writer) version(g *growth, v int) error {
	pairs := []string{"{version}", fmt.Sprint(v), "{before-version}", fmt.Sprint(v - 1), "{commit}", w.ids[v], "{before-commit}", w.ids[v-1],
		"{time}", time.Unix(int64(timeOf(v)), 0).UTC().Format(time.RFC3339)}
	for i, id := range w.before {
		pairs = append(pairs, fmt.Sprintf("{before-entry-%d}", i), id)
	}
	out, err := w.part(commits)
	if err != nil {
		return err
	}
	w.before = nil
	for i, e := range g.Entries {
		said := strings.NewReplacer(pairs...)
		for _, name := range slices.Sorted(maps.Keys(e.Changes)) {
			if err := w.change(said.Replace(name), e.Changes[name], said); err != nil {
				return err
			}
		}
		w.entry(out, said.Replace(e.Message), timeOf(v))
		w.before = append(w.before, w.head)
		pairs = append(pairs, fmt.Sprintf("{entry-%d}", i), w.head)
	}
	said := strings.NewReplacer(pairs...)
	for _, t := range g.Tags {
		message := said.Replace(t.Message)
		fmt.Fprintf(out, "tag %s\nfrom %s\ntagger %s %d +0000\ndata %d\n%s\n", said.Replace(t.Name), w.ids[v], ours, timeOf(v), len(message), message)
	}
	for _, ref := range g.Heads {
		fmt.Fprintf(out, "reset %s\nfrom %s\n\n", said.Replace(ref), w.ids[v])
	}
	return nil
}

// change makes the hunks in a file.
func (w *writer) change(name string, hunks []hunk, said *strings.Replacer) error {
	old := w.files[name]
	lines := make([]string, 0, len(old)+4)
	done := 0
	for _, h := range hunks {
		from := h.From
		if from < 0 {
			from += len(old) + 1
		}
		lines = append(lines, old[done:from]...)
		for _, line := range h.Lines {
			lines = append(lines, said.Replace(line))
		}
		done = from + h.Gone
	}
	w.files[name] = append(lines, old[done:]...)
	content := []byte(strings.Join(w.files[name], "\n") + "\n")
	id := object("blob", content)
	w.blobs[name] = id
	if w.known[id] {
		return nil
	}
	w.known[id] = true
	to, err := w.part(name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "blob\ndata %d\n%s\n", len(content), content)
	return err
}

// entry is the next commit of the ledger.
func (w *writer) entry(out io.Writer, message string, at int) {
	who := fmt.Sprintf("%s %d +0000", ours, at)
	fmt.Fprintf(out, "commit refs/heads/%s\nauthor %s\ncommitter %s\ndata %d\n%s", ledger, who, who, len(message), message)
	if !w.begun { // after that git knows the parent, and would not find it yet
		fmt.Fprintf(out, "from %s\n", w.head)
		w.begun = true
	}
	fmt.Fprintln(out, "deleteall")
	for _, name := range slices.Sorted(maps.Keys(w.blobs)) {
		fmt.Fprintf(out, "M 100644 %s %s\n", w.blobs[name], name)
	}
	fmt.Fprintln(out)
	w.head = object("commit", fmt.Appendf(nil, "tree %s\nparent %s\nauthor %s\ncommitter %s\n\n%s", w.tree(""), w.head, who, who, message))
}

// tree is the id of a folder's; its name ends with a slash, but for the root's.
func (w *writer) tree(dir string) string {
	entries := map[string][]byte{} // by name; folders end with a slash, as git sorts them
	for name, id := range w.blobs {
		rest, ok := strings.CutPrefix(name, dir)
		if !ok {
			continue
		}
		below, _, deeper := strings.Cut(rest, "/")
		switch {
		case !deeper:
			entries[rest] = fmt.Appendf(nil, "100644 %s\x00%s", rest, raw(id))
		case entries[below+"/"] == nil:
			entries[below+"/"] = fmt.Appendf(nil, "40000 %s\x00%s", below, raw(w.tree(dir+below+"/")))
		}
	}
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		b.Write(entries[name])
	}
	return object("tree", b.Bytes())
}

func raw(id string) []byte {
	out, err := hex.DecodeString(id)
	if err != nil {
		panic("history: no id: " + id)
	}
	return out
}

// object is the id that git gives to one.
func object(kind string, content []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(content))
	h.Write(content)
	return fmt.Sprintf("%x", h.Sum(nil))
}
