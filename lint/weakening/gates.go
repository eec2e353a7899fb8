package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema"
)

// environments: one that was production and is still deployed to is production
// no more. Its gates, its guards and its line are gone with the tier.
func (c *comparison) environments() {
	for _, b := range c.before.Plan.Environments {
		for _, n := range c.now.Plan.Environments {
			if b.ID == n.ID && b.Tier == flow.Production && n.Tier != flow.Production {
				c.report(productionNoMore(n))
			}
		}
	}
}

// gates: a check that stood on a way to production and stands there no more.
// One that a waiver leaves out is the waiver's finding.
func (c *comparison) gates() {
	c.both(func(before, now way) {
		for _, label := range gone(before.checks(c.before), now.checks(c.now)) {
			if !waived(now.flow, label) {
				c.report(gateGone(label, now))
			}
		}
	})
}

func waived(f *flow.Flow, label string) bool {
	return slices.ContainsFunc(f.Waivers, func(w flow.Waiver) bool { return w.Check == schema.ID(label) })
}

// evidence: a check whose report was demanded, and whose exit code is enough now.
func (c *comparison) evidence() {
	for _, n := range c.now.Policy.Checks {
		b := checkNamed(c.before.Policy, n.Label)
		if b != nil && b.Report.V != "" && n.Report.V == "" {
			c.report(evidenceGone(n))
		}
	}
}

func checkNamed(p *schema.Policy, label string) *schema.Check {
	for _, c := range p.Checks {
		if c.Label == label {
			return c
		}
	}
	return nil
}

// waivers: a check that a hotfix may leave out, and could not before.
func (c *comparison) waivers() {
	for _, f := range c.now.Plan.Flows {
		b := c.before.Plan.Flow(string(f.Kind))
		if b == nil {
			continue
		}
		for _, w := range f.Waivers {
			if !waived(b, w.Check) {
				c.report(waiverMore(f, w))
			}
		}
	}
}
