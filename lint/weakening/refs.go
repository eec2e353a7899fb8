package weakening

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
)

// branches: which branch deliveries come from, and to which a hotfix comes home.
func (c *comparison) branches() {
	before, now := c.before.Plan, c.now.Plan
	others := before.ReleaseBranches != now.ReleaseBranches
	switch {
	case before.FromReleases != now.FromReleases:
		c.report(deliveredFrom(delivers(before), delivers(now), c.at(c.now.Policy.Range, "delivery", "from")))
	case others && now.FromReleases && before.ReleaseBranches != "":
		c.report(deliveredFrom(delivers(before), delivers(now), c.now.Policy.ReleaseBranches.Range))
		return
	}
	switch {
	case before.ReleaseBranches == "" || !others:
	case c.now.Policy.Hotfix != nil && c.before.Policy.Hotfix != nil:
		c.report(branchesLeftOut(before.ReleaseBranches, now.ReleaseBranches, c.now.Policy))
	case !before.FromReleases:
		c.report(branchesUnchecked(before.ReleaseBranches, now.ReleaseBranches, c.now.Policy))
	}
}

// delivers is the branch that deliveries come from.
func delivers(p *flow.Plan) string {
	if p.FromReleases {
		return p.ReleaseBranches
	}
	return p.Mainline
}

// mainline: another one, on which others may push, and a former one that must
// stay protected: hotfix branches and files from before take the release script
// from there.
func (c *comparison) mainline() {
	if before, now := c.before.Plan.Mainline, c.now.Plan.Mainline; before != now {
		c.report(mainlineChanged(before, now, c.policyAt("mainline")))
	}
	for i, name := range append([]string{c.before.Plan.Mainline}, c.before.Plan.Former...) {
		if name != c.now.Plan.Mainline && !slices.Contains(c.now.Plan.Former, name) {
			attribute := "mainline"
			if i > 0 {
				attribute = "former_mainlines"
			}
			c.report(mainlineForgotten(name, c.policyAt(attribute)))
		}
	}
}

// refs: the ledger, or the tags and branches of a policy, by other names. What
// was recorded under the old ones, the release script does not find. A component
// has folders of its own, so that another name of it is all of that, once.
func (c *comparison) refs() {
	before, now := c.before.Plan, c.now.Plan
	if before.Component != now.Component {
		c.report(componentRenamed(before.Component, now.Component, c.policyAt("component")))
		return
	}
	if before.Names.Ledger != now.Names.Ledger {
		c.report(ledgerRenamed(before.Names.Ledger, now.Names.Ledger, c.namesAt("ledger")))
	}
	var what []string
	var at hcl.Range
	for _, n := range []struct {
		attribute, title string
		before, now      flow.Pattern
	}{
		{"candidate", "candidates", before.Names.Candidate, now.Names.Candidate},
		{"release", "releases", before.Names.Release, now.Names.Release},
		{"hotfix_branch", "hotfix branches", before.Names.Line, now.Names.Line},
		{"hotfix_candidate", "candidates of hotfixes", before.Names.HotfixCandidate, now.Names.HotfixCandidate},
		{"hotfix_release", "releases of hotfixes", before.Names.HotfixRelease, now.Names.HotfixRelease},
	} {
		if n.before == n.now {
			continue
		}
		if place := c.namesAt(n.attribute); at.Filename == "" || at == c.namesAt("") {
			at = place
		}
		what = append(what, n.title+" ("+n.before.Glob()+", now "+n.now.Glob()+")")
	}
	if len(what) > 0 {
		c.report(refsRenamed(strings.Join(what, ", "), at))
	}
}

func (c *comparison) namesAt(attribute string) hcl.Range {
	return c.at(c.now.Policy.Names.Range, "names", attribute)
}
