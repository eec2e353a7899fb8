package weakening

import (
	"slices"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/language"
)

// incident: what a hotfix must name may be anything, or something else.
func (c *comparison) incident() {
	before, now := c.before.Plan.Incident, c.now.Plan.Incident
	if before != "" && before != now && c.now.Policy.Hotfix != nil {
		c.report(incidentRelaxed(before, now, c.hotfixAt("incident", "pattern")))
	}
}

// strength orders the answers to a conflict from the one that stops to the one
// that only tells.
var strength = []string{"issue", "draft", "fail"}

// line: a hotfix that is not offered any more, so that what is open comes home by
// hand, and one that was not, which nothing of before is compared with.
func (c *comparison) line() {
	before, now := c.before.Plan.Flow(string(flow.Hotfix)), c.now.Plan.Flow(string(flow.Hotfix))
	switch {
	case before != nil && now == nil:
		c.report(hotfixGone(c.now.Policy))
	case before == nil && now != nil && c.before.Plan.Flow(string(flow.Delivery)) != nil:
		c.report(hotfixAdded(now, c.now.Plan))
	}
}

// mergeBack: nobody owns it any more, it may take longer, a conflict stops less.
func (c *comparison) mergeBack() {
	before, now, h := c.before.Plan.MergeBack, c.now.Plan.MergeBack, c.now.Policy.Hotfix
	if h == nil || c.before.Policy.Hotfix == nil {
		return
	}
	if before.Owner != "" && now.Owner == "" {
		c.report(ownerGone(before.Owner, c.hotfixAt("merge_back", "owner")))
	}
	if before.Within > 0 && (now.Within == 0 || now.Within > before.Within) {
		c.report(mergeBackLonger(before.Within, now.Within, c.hotfixAt("merge_back", "within")))
	}
	if slices.Index(strength, now.OnConflict) < slices.Index(strength, before.OnConflict) {
		c.report(conflictRelaxed(before.OnConflict, now.OnConflict, c.hotfixAt("merge_back", "on_conflict")))
	}
	if before.Mode == "reapply" && now.Mode != "reapply" {
		c.report(modeRelaxed(before.Mode, now.Mode, c.hotfixAt("merge_back", "mode")))
	}
}

// mirror: an environment in which the next fix can begin.
func (c *comparison) mirror() {
	before, now, h := c.before.Plan, c.now.Plan, c.now.Policy.Hotfix
	if h == nil || c.before.Policy.Hotfix == nil {
		return
	}
	if before.Mirror != nil && now.Mirror == nil {
		c.report(mirrorGone(before.Mirror, h))
	}
}

// operations: what a person records for production, and nobody approves any more.
func (c *comparison) operations() {
	if c.before.Plan.Approved && !c.now.Plan.Approved {
		c.report(operationsUnapproved(c.now.Policy))
	}
}

// older: what a branch with older files needed whatever was recorded. A check that is gone is told as such.
func (c *comparison) older() {
	for _, label := range missingNames(c.before.Plan.OlderBranches, c.now.Plan.OlderBranches) {
		for _, o := range c.now.Policy.Checks {
			if language.ID(o.Label) == label {
				c.report(olderUnneeded(label, o.OlderBranches.Range))
			}
		}
	}
}

// signatures: a host could tell an entry of the ledger from one that somebody else
// made.
func (c *comparison) signatures() {
	if c.before.Plan.Committer.Signed && !c.now.Plan.Committer.Signed {
		c.report(unsigned(c.now.Policy))
	}
}

// files: what git was kept from merging, and what no redeployment took back.
func (c *comparison) files() {
	for _, glob := range missingNames(c.before.Plan.Unmergeable, c.now.Plan.Unmergeable) {
		c.report(mergeableNow(glob, c.policyAt("unmergeable")))
	}
	for _, glob := range missingNames(c.before.Plan.Irreversible, c.now.Plan.Irreversible) {
		c.report(reversibleNow(glob, c.policyAt("irreversible")))
	}
	before, now := c.before.Plan.Paths, c.now.Plan.Paths
	if len(before) == 0 && len(now) > 0 || len(now) > 0 && len(missingNames(before, now)) > 0 {
		c.report(pathsFewer(c.policyAt("paths")))
	}
}

// mergeBackDiffers: another way home, or another owner, of which none is the weaker.
func (c *comparison) mergeBackDiffers() {
	before, now := c.before.Plan, c.now.Plan
	if c.before.Policy.Hotfix == nil || c.now.Policy.Hotfix == nil {
		return
	}
	if before.MergeBack.Mode != now.MergeBack.Mode && before.MergeBack.Mode != "reapply" && now.MergeBack.Mode != "reapply" {
		c.name("merge_back has the mode %s, and had %s at %s", now.MergeBack.Mode, before.MergeBack.Mode, c.revision)
	}
	was, is := c.before.Policy.Hotfix.MergeBack.Owner, c.now.Policy.Hotfix.MergeBack.Owner
	onlyForge := before.Forge != now.Forge && was != nil && is != nil && was.To.Label == is.To.Label // which calls the group otherwise
	if !onlyForge && before.MergeBack.Owner != now.MergeBack.Owner && before.MergeBack.Owner != "" && now.MergeBack.Owner != "" {
		c.name("merge_back is owned by %s, and was by %s at %s", now.MergeBack.Owner, before.MergeBack.Owner, c.revision)
	}
	if is := now.Mirror; is != nil && before.Mirror != nil && c.nameNow(before.Mirror) != is.ID {
		c.name("the mirror is %s, and was %s at %s", is.ID, before.Mirror.ID, c.revision)
	}
}

// limit prints a duration that may be none.
func limit(d time.Duration) string {
	if d == 0 {
		return "no limit"
	}
	return flow.Duration(d)
}
