// Package weakening compares a policy with an earlier revision of it and says
// what got weaker: a gate gone from a way to production, an approver fewer, a
// longer timeout, a waiver more. What got stronger, or is only different, is
// not its concern.
//
// Each finding has the code of the rule that the change goes against, so that
// a commit can acknowledge it: "Weakens: HF010 the check moved to the nightly".
package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Compare returns what is weaker now than it was before. Both policies compile;
// the ranges are those of the policy now: what is gone is reported where it
// could stand.
func Compare(before, now *lint.Pass) diag.Diagnostics {
	c := &comparison{before: before, now: now}
	for _, compare := range comparisons {
		compare(c)
	}
	return c.diags.Sorted()
}

// comparisons are everything that is compared, from what every release meets to
// what few do.
var comparisons = []func(*comparison){
	(*comparison).environments, // first: what is production no more has no gates to compare
	(*comparison).gates,
	(*comparison).approvals,
	(*comparison).evidence,
	(*comparison).waivers,
	(*comparison).incident,
	(*comparison).mergeBack,
	(*comparison).files,
	(*comparison).rules,
	(*comparison).freezes,
	(*comparison).breakGlass,
}

// comparison is the state of one call of Compare.
type comparison struct {
	before, now *lint.Pass
	diags       diag.Diagnostics
}

func (c *comparison) report(d *diag.Diagnostic) { c.diags = append(c.diags, d) }

// gone are the names that were there and are no more, in their order.
func gone(before, now []string) []string {
	return slices.DeleteFunc(slices.Clone(before), func(name string) bool { return slices.Contains(now, name) })
}
