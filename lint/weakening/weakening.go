// Package weakening compares a policy with an earlier revision of it and says
// what got weaker: a gate gone from a way to production, an approver fewer, a
// longer timeout, a waiver more. What is only different is named for a reader, and
// what got stronger is no concern of it.
//
// Each finding has the code of the rule that the change goes against, so that
// a commit can acknowledge it: "Weakens: HF010 the check moved to the nightly".
package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Compare returns what is weaker now than it was before. Both policies compile;
// the ranges are those of the policy now: what is gone is reported where it
// could stand.
func Compare(before, now *lint.Pass) diag.Diagnostics {
	c := newComparison(before, now)
	for _, s := range Subjects {
		for _, compare := range s.compare {
			compare(c)
		}
	}
	return c.diags.Sorted()
}

// Differences are sentences about what is only different than at a revision. Whether
// it proves and does as much only a reader can say.
func Differences(before, now *lint.Pass, revision string) []string {
	c := newComparison(before, now)
	c.revision = revision
	for _, s := range Subjects {
		for _, name := range s.name {
			name(c)
		}
	}
	return c.notes
}

// comparison is the state of one call of Compare or Unjudged.
type comparison struct {
	before, now *lint.Pass
	renamed     map[string]string // what an environment before is called now, where that is something else
	revision    string            // as people call the one of before
	diags       diag.Diagnostics
	notes       []string

	pairs []pair // jobs that there were and still are
}

func newComparison(before, now *lint.Pass) *comparison {
	return &comparison{before: before, now: now, renamed: renames(before.Plan, now.Plan)}
}

func (c *comparison) report(d *diag.Diagnostic) { c.diags = append(c.diags, d) }

// missingNames are the names that were there and are no more, in their order.
func missingNames(before, now []string) []string {
	return slices.DeleteFunc(slices.Clone(before), func(name string) bool { return slices.Contains(now, name) })
}

// renames pair the environments that are gone with those that are new, in their
// order, those of one tier first: who calls an environment by another name must
// not lose its gates with the old one.
func renames(before, now *flow.Plan) map[string]string {
	old := without(before.Environments, now.Environments)
	fresh := without(now.Environments, before.Environments)
	out := map[string]string{}
	pair := func(fits func(b, n *flow.Environment) bool) {
		for _, b := range old {
			i := slices.IndexFunc(fresh, func(n *flow.Environment) bool { return out[b.ID] == "" && fits(b, n) })
			if i >= 0 {
				out[b.ID] = fresh[i].ID
				fresh = slices.Delete(fresh, i, i+1)
			}
		}
	}
	pair(func(b, n *flow.Environment) bool { return b.Tier == n.Tier })
	pair(func(b, _ *flow.Environment) bool { return b.Tier == flow.Production }) // the default of another label is staging
	return out
}

func without(all, others []*flow.Environment) []*flow.Environment {
	return slices.DeleteFunc(slices.Clone(all), func(e *flow.Environment) bool {
		return slices.ContainsFunc(others, func(o *flow.Environment) bool { return o.ID == e.ID })
	})
}

// nameNow is what an environment of before is called now.
func (c *comparison) nameNow(e *flow.Environment) string {
	if name := c.renamed[e.ID]; name != "" {
		return name
	}
	return e.ID
}

// exists tells whether the policy still has an environment.
func (c *comparison) exists(environment string) bool {
	return slices.ContainsFunc(c.now.Plan.Environments, func(e *flow.Environment) bool { return e.ID == environment })
}
