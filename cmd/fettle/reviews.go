package main

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/ledger"
	"github.com/fettle-ci/fettle/schema"
)

// tellReviews says which reviews are due for a break glass, by the ledger as
// the clone has it. Without one there is nothing to say.
func (c *command) tellReviews(repository *generators.Repository) {
	top, err := above(c.dir, isRepository)
	if err != nil || !isRepository(top) {
		return
	}
	for _, name := range ledgersOf(repository) {
		files, err := filesOf(top, name)
		if err != nil {
			c.unreadable(name, err)
		}
		for _, r := range repository.Results {
			if r.Policy.Names.Ledger.V == name {
				c.tellReviewsOf(r.Policy, files)
			}
		}
	}
}

// filesOf are those of the newest entry that the clone knows; none without a ledger.
func filesOf(top, name string) (ledger.Files, error) {
	branch, err := ledger.Open(program(top), name, "")
	switch {
	case errors.Is(err, ledger.ErrNone):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return branch.Files()
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
	for _, d := range now.Damage {
		c.unreadable(p.Names.Ledger.V, errors.New(d.String()))
	}
	for _, r := range now.Reviews {
		fmt.Fprintln(c.stderr, reviewText(r, p.Component.V, time.Now()))
	}
}

// reviewText is what is said of a review, in a line.
func reviewText(r ledger.Review, component string, now time.Time) string {
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
