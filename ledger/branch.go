package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Git is the git program in one repository: it gets a text and arguments, and
// returns what git prints. Its error is what git says.
type Git func(input []byte, args ...string) ([]byte, error)

// Branch is a ledger as a clone has it.
type Branch struct {
	Name string // fettle/ledger
	Ref  Ref    // the one that is read
	Seen []Ref  // where else the clone has the ledger, and where it was seen last

	git Git
}

// Ref is a name and what it is of.
type Ref struct {
	Name, ID string
	Second   int64 // when its commit was made
}

// seenRef is where a clone keeps what it has verified last.
const seenRef = "refs/fettle/seen/"

// ErrNone is for a clone that has no ledger.
var ErrNone = errors.New("there is no ledger")

// Open finds the ledger of that name in a clone: as it was fetched from origin, or
// from another remote, or by the release script, or a branch of its own. Read is the
// one that was fetched last, whatever it lacks; where that is not known, the first
// in this order.
func Open(git Git, name, fetched string) (*Branch, error) {
	out, err := git(nil, "for-each-ref", "--format=%(objectname) %(committerdate:unix) %(refname)",
		"refs/remotes/*/"+name, "refs/fettle/heads/"+name, "refs/heads/"+name, seenRef+name)
	if err != nil {
		return nil, err
	}
	b := &Branch{Name: name, git: git}
	for text := range strings.Lines(string(out)) {
		id, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
		second, ref, _ := strings.Cut(rest, " ")
		n, err := strconv.ParseInt(second, 10, 64)
		if err != nil {
			continue // it is no commit
		}
		b.Seen = append(b.Seen, Ref{ref, id, n})
	}
	slices.SortStableFunc(b.Seen, func(x, y Ref) int { return rank(x.Name) - rank(y.Name) })
	best := slices.IndexFunc(b.Seen, func(r Ref) bool { return r.ID == fetched && rank(r.Name) < rank(seenRef) })
	if best < 0 {
		best = 0 // in their order
	}
	if len(b.Seen) == 0 || rank(b.Seen[best].Name) == rank(seenRef) {
		return nil, ErrNone
	}
	b.Ref = b.Seen[best]
	b.Seen = slices.Delete(b.Seen, best, best+1)
	return b, nil
}

// rank orders what a clone has of a ledger: the first is believed.
func rank(ref string) int {
	for i, prefix := range []string{"refs/remotes/origin/", "refs/remotes/", fetchedHeads, "refs/heads/"} {
		if strings.HasPrefix(ref, prefix) {
			return i
		}
	}
	return 4
}

// fetchedHeads are where the release script fetches branches to.
const fetchedHeads = "refs/fettle/heads/"

// AsFetched is the same ledger where the release script fetches it to, with the tags
// beside it, if it is there.
func (b *Branch) AsFetched() *Branch {
	i := slices.IndexFunc(b.Seen, func(r Ref) bool { return r.Name == fetchedHeads+b.Name })
	if i < 0 {
		return b
	}
	out := *b
	out.Ref, out.Seen = b.Seen[i], append(slices.Delete(slices.Clone(b.Seen), i, i+1), b.Ref)
	return &out
}

// Namespaces are where the clone has the branches and tags of the repository whose
// ledger is read: "refs/remotes/origin/" and "refs/tags/".
func (b *Branch) Namespaces() (heads, tags string) {
	heads, tags = strings.TrimSuffix(b.Ref.Name, b.Name), "refs/tags/"
	if heads == fetchedHeads {
		tags = "refs/fettle/tags/"
	}
	return heads, tags
}

// Entries are the newest ones, the newest first: as many as are asked for, or all
// for 0.
func (b *Branch) Entries(most int) ([]Entry, error) {
	args := []string{"log", "-z", "--no-show-signature", "--no-decorate", "--no-color", "--encoding=UTF-8", "--format=%H%n%P%n%ct%n%B"}
	if most > 0 {
		args = append(args, "--max-count="+strconv.Itoa(most)) // one follows the other: git need not read all of them to sort them
	} else {
		args = append(args, "--topo-order")
	}
	out, err := b.git(nil, append(args, b.Ref.ID, "--")...)
	if err != nil {
		return nil, err
	}
	return readEntries(out), nil
}

// LostEntries are the places where this clone has an entry that the ledger lacks: it was
// rewritten, or put back.
func (b *Branch) LostEntries() []Ref {
	return slices.DeleteFunc(slices.Clone(b.Seen), func(r Ref) bool {
		if r.ID == b.Ref.ID {
			return true
		}
		_, err := b.git(nil, "merge-base", "--is-ancestor", r.ID, b.Ref.ID)
		return err == nil
	})
}

// maxEntry is more than any ledger needs: what is larger was not written by the
// release script.
const maxEntry = 64 << 20

// Files are those of the newest entry, as git keeps them: no attribute of the
// repository leaves one out, and no setting of the clone changes a line end. They
// are read by two processes, however many they are.
func (b *Branch) Files() (Files, error) {
	listed, err := b.git(nil, "ls-tree", "-r", "-l", "-z", "--full-tree", b.Ref.ID)
	if err != nil {
		return nil, err
	}
	var names []string
	var ids bytes.Buffer
	size := 0
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(listed), "\x00"), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		f := strings.Fields(about) // mode, kind, object, size
		if len(f) < 4 || f[1] != "blob" {
			continue
		}
		n, err := strconv.Atoi(f[3])
		if err != nil {
			return nil, fmt.Errorf("git has no object for %q", Harmless(name))
		}
		if size += n; size > maxEntry {
			return nil, errors.New("it is larger than any ledger")
		}
		names = append(names, name)
		ids.WriteString(f[2] + "\n")
	}
	if len(names) == 0 {
		return Files{}, nil
	}
	content, err := b.git(ids.Bytes(), "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	return splitFiles(names, content)
}

// splitFiles are the objects that git printed one after the other.
func splitFiles(names []string, content []byte) (Files, error) {
	out := Files{}
	for _, name := range names {
		head, rest, _ := bytes.Cut(content, []byte("\n"))
		f := strings.Fields(string(head)) // an object, its type and its size; or that there is none
		if len(f) != 3 {
			return nil, fmt.Errorf("git has no object for %q", Harmless(name))
		}
		n, err := strconv.Atoi(f[2])
		if err != nil || n < 0 || n >= len(rest) {
			return nil, fmt.Errorf("git has no object for %q", Harmless(name))
		}
		out[name], content = rest[:n:n], rest[n+1:]
	}
	return out, nil
}

// Remember keeps in the clone what was verified: what is lost of it later was lost
// since.
func (b *Branch) Remember() error {
	_, err := b.git(nil, "update-ref", seenRef+b.Name, b.Ref.ID)
	return err
}
