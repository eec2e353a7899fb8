package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
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
	o := &objects{where: []string{"-C", top}, largest: maxEntry}
	defer o.close()
	listed, err := o.list(commit)
	if err != nil {
		return nil, err
	}
	out, size := ledger.Files{}, 0
	for _, entry := range listed {
		about, name, _ := strings.Cut(entry, "\t")
		f := strings.Fields(about) // mode, kind, object
		if len(f) < 3 || f[1] != "blob" {
			continue
		}
		_, content, err := o.read(f[2])
		switch {
		case errors.Is(err, errNoObject):
			return nil, fmt.Errorf("git has no object for %q", name)
		case err != nil && !errors.Is(err, errTooLarge):
			return nil, err
		}
		if size += len(content); err != nil || size > maxEntry {
			return nil, errors.New("it is larger than any ledger")
		}
		out[name] = content
	}
	return out, nil
}
