package ledger

import (
	"maps"
	"slices"
	"strings"
)

// Refs are the tags and branches of a repository, as a clone has them.
type Refs struct {
	Tags  []Tag
	Heads []Head

	git Git
}

// Tag is one, with the commit that it is at and the entry that its message names.
type Tag struct{ Name, Commit, Entry string }

// Head is a branch, and its newest commit.
type Head struct{ Name, Commit string }

// Refs reads them from where the clone has the branch of the ledger.
func (b *Branch) Refs() (*Refs, error) {
	heads, tags := b.Namespaces()
	out, err := b.git(nil, "for-each-ref", "--format=%(refname)%00%(objectname)%00%(*objectname)%00%(contents)%00", heads, tags)
	if err != nil {
		return nil, err
	}
	r := &Refs{git: b.git}
	fields := strings.Split(string(out), "\x00")
	for ; len(fields) >= 4; fields = fields[4:] {
		name, commit := strings.TrimPrefix(fields[0], "\n"), fields[1]
		if fields[2] != "" {
			commit = fields[2]
		}
		if is, ok := strings.CutPrefix(name, tags); ok {
			r.Tags = append(r.Tags, Tag{is, commit, namedEntry(fields[3])})
		} else {
			r.Heads = append(r.Heads, Head{strings.TrimPrefix(name, heads), commit})
		}
	}
	return r, nil
}

// namedEntry is the entry that a tag was made after, by its message.
func namedEntry(message string) string {
	for text := range strings.Lines(message) {
		if id, ok := strings.CutPrefix(strings.TrimSpace(text), "Ledger: "); ok && len(id) >= 40 && strings.Trim(id, "0123456789abcdef") == "" {
			return id
		}
	}
	return ""
}

// outside are the branches that do not contain the commit that they must.
func (r *Refs) outside(must map[string]string) []string {
	var out []string
	tips := map[string]string{}
	for _, h := range r.Heads {
		tips[h.Name] = h.Commit
	}
	for _, name := range slices.Sorted(maps.Keys(must)) {
		if tips[name] == must[name] {
			continue
		}
		if _, err := r.git(nil, "merge-base", "--is-ancestor", must[name], tips[name]); err != nil {
			out = append(out, name)
		}
	}
	return out
}

func sortedVersions(of map[string]string) []string {
	return slices.SortedFunc(maps.Keys(of), compareVersions)
}
