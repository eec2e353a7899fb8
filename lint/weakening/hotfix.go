package weakening

import (
	"slices"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema"
)

// incident: what a hotfix must name may be anything, or something else.
func (c *comparison) incident() {
	before, now := c.before.Plan.Incident, c.now.Plan.Incident
	if before != "" && before != now && c.now.Policy.Hotfix != nil {
		c.report(incidentRelaxed(before, now, c.now.Policy.Hotfix))
	}
}

// strength orders the answers to a conflict from the one that stops to the one
// that only tells.
var strength = []string{"issue", "draft", "fail"}

// mergeBack: nobody owns it any more, it may take longer, a conflict stops less.
func (c *comparison) mergeBack() {
	before, now, h := c.before.Plan.MergeBack, c.now.Plan.MergeBack, c.now.Policy.Hotfix
	if h == nil || c.before.Policy.Hotfix == nil {
		return
	}
	if before.Owner != "" && now.Owner == "" {
		c.report(ownerGone(before.Owner, h))
	}
	if before.Within > 0 && (now.Within == 0 || now.Within > before.Within) {
		c.report(mergeBackLonger(before.Within, now.Within, h))
	}
	if slices.Index(strength, now.OnConflict) < slices.Index(strength, before.OnConflict) {
		c.report(conflictRelaxed(before.OnConflict, now.OnConflict, h))
	}
	if before.Mode == "reapply" && now.Mode != "reapply" {
		c.report(modeRelaxed(before.Mode, now.Mode, h))
	}
}

// lines: a mirror in which the next fix can begin, and branches to which a hotfix
// comes home.
func (c *comparison) lines() {
	before, now, h := c.before.Plan, c.now.Plan, c.now.Policy.Hotfix
	if h == nil || c.before.Policy.Hotfix == nil {
		return
	}
	if before.Mirror != nil && now.Mirror == nil {
		c.report(mirrorGone(before.Mirror, h))
	}
	if before.ReleaseBranches != "" && before.ReleaseBranches != now.ReleaseBranches {
		c.report(branchesLeftOut(before.ReleaseBranches, now.ReleaseBranches, c.now.Policy))
	}
}

// wayBack: a redeployment that is offered no more, or that needs what a CI system
// throws away.
func (c *comparison) wayBack() {
	before, now := c.before.Policy, c.now.Policy
	if before.Redeploy != nil && now.Redeploy == nil {
		c.report(redeployGone(now))
	}
	if now.Redeploy != nil && kept(before.Build) && !kept(now.Build) && now.Build != nil {
		c.report(artifactKeptLess(now.Build))
	}
}

// kept tells whether an artifact outlives what a CI system keeps of a run.
func kept(b *schema.Build) bool { return b == nil || b.Image != nil || b.Store != nil }

// mainline: what was called so stays protected, since hotfix branches and files
// from before take the release script from there.
func (c *comparison) mainline() {
	for _, name := range append([]string{c.before.Plan.Mainline}, c.before.Plan.Former...) {
		if name != c.now.Plan.Mainline && !slices.Contains(c.now.Plan.Former, name) {
			c.report(mainlineForgotten(name, c.now.Policy))
		}
	}
}

// operations: what a person records for production, and nobody approves any more.
func (c *comparison) operations() {
	if c.before.Plan.Approved && !c.now.Plan.Approved {
		c.report(operationsUnapproved(c.now.Policy))
	}
}

// files: what git was kept from merging, and what no redeployment took back.
func (c *comparison) files() {
	for _, glob := range gone(c.before.Plan.Unmergeable, c.now.Plan.Unmergeable) {
		c.report(mergeableNow(glob, c.now.Policy))
	}
	for _, glob := range gone(c.before.Plan.Irreversible, c.now.Plan.Irreversible) {
		c.report(reversibleNow(glob, c.now.Policy))
	}
	before, now := c.before.Plan.Paths, c.now.Plan.Paths
	if len(before) == 0 && len(now) > 0 || len(now) > 0 && len(gone(before, now)) > 0 {
		c.report(pathsFewer(c.now.Policy))
	}
}

// limit prints a duration that may be none.
func limit(d time.Duration) string {
	if d == 0 {
		return "no limit"
	}
	return flow.Duration(d)
}
