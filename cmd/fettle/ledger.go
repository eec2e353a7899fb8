package main

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/ledger"
	"github.com/fettle-ci/fettle/schema"
)

// tellReviews says which reviews are owed for a break glass, by the ledger as
// the clone has it. Without one there is nothing to say.
func (c *command) tellReviews(repository *generators.Repository) {
	top, err := above(c.dir, isRepository)
	if err != nil || !isRepository(top) {
		return
	}
	entries := map[string]ledger.Files{} // by the name of the ledger, of which a repository has one
	for _, r := range repository.Results {
		branch := r.Policy.Names.Ledger.V
		if _, known := entries[branch]; !known && branch != "" {
			if entries[branch], err = entryAt(top, branch); err != nil {
				c.unreadable(branch, err)
			}
		}
		c.tellReviewsOf(r.Policy, entries[branch])
	}
}

func (c *command) unreadable(branch string, err error) {
	fmt.Fprintf(c.stderr, "The ledger %s cannot be read, so it is not known which reviews are due: %s\n", branch, strings.Join(strings.Fields(err.Error()), " "))
}

func (c *command) tellReviewsOf(p *schema.Policy, files ledger.Files) {
	now, err := ledger.Read(files, p.Component.V)
	if err != nil {
		c.unreadable(p.Names.Ledger.V, err)
		return
	}
	for _, r := range now.Reviews {
		fmt.Fprintln(c.stderr, owed(r, p.Component.V, time.Now()))
	}
}

// owed is what is said of a review, in a line.
func owed(r ledger.Review, component string, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: break glass of %s in %s", r.ID, r.Version, path.Join(component, r.Environment))
	if r.Incident != "" {
		fmt.Fprintf(&b, " (%s)", r.Incident)
	}
	if len(r.By) > 0 {
		fmt.Fprintf(&b, ", opened by %s", strings.Join(r.By, " and "))
	}
	due := r.Deadline.Format("2006-01-02 15:04 UTC")
	if r.Overdue(now) {
		return "Warning: " + b.String() + ", review overdue since " + due + ": deliveries to production are refused until somebody else runs the operation review"
	}
	return b.String() + ", review due " + due + ": let somebody else run the operation review"
}

// entryAt are the files of the newest entry that the clone knows of a ledger:
// as it was fetched from a remote, origin before others, or a branch of its own.
func entryAt(top, branch string) (ledger.Files, error) {
	listed, err := git(top, "for-each-ref", "--format=%(refname)", "refs/heads/"+branch, "refs/remotes/*/"+branch)
	if err != nil {
		return nil, err
	}
	refs := strings.Fields(listed) // by name: what was fetched is the last
	switch origin := "refs/remotes/origin/" + branch; {
	case len(refs) == 0:
		return nil, nil
	case slices.Contains(refs, origin):
		return filesAt(top, origin)
	default:
		return filesAt(top, refs[len(refs)-1])
	}
}

// maxEntry is more than any ledger needs: what is larger was not written by the
// release script.
const maxEntry = 64 << 20

// filesAt are the files of a commit, as git keeps them: no attribute of the
// repository leaves one out, and no setting of the clone changes a line end.
func filesAt(top, commit string) (ledger.Files, error) {
	tree, err := git(top, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	var names []string
	var objects strings.Builder
	size := 0
	for entry := range strings.SplitSeq(strings.TrimSuffix(tree, "\x00"), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		f := strings.Fields(about) // mode, kind, object, size
		if len(f) < 4 || f[1] != "blob" {
			continue
		}
		n, err := strconv.Atoi(f[3])
		if err != nil {
			return nil, noObject(name)
		}
		if size += n; size > maxEntry {
			return nil, errors.New("it is larger than any ledger")
		}
		names = append(names, name)
		objects.WriteString(f[2] + "\n")
	}
	blobs, err := gitAsked(top, objects.String(), "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	return split(blobs, names)
}

// split takes apart what git prints of objects: a line that ends with the size
// and so many bytes, for each.
func split(blobs string, names []string) (ledger.Files, error) {
	out := ledger.Files{}
	rest := []byte(blobs)
	for _, name := range names {
		head, body, _ := bytes.Cut(rest, []byte("\n"))
		size, err := strconv.Atoi(string(head[bytes.LastIndexByte(head, ' ')+1:]))
		if err != nil || size < 0 || size >= len(body) {
			return nil, noObject(name)
		}
		out[name], rest = body[:size], body[size+1:]
	}
	return out, nil
}

func noObject(name string) error { return fmt.Errorf("git has no object for %q", name) }
