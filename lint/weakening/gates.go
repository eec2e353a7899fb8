package weakening

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

// stops: an environment that every version was deployed to before production,
// and is no more. Its checks and approvals are gone with it, which is one finding.
func (c *comparison) stops() {
	c.both(func(before, now way) {
		for _, e := range before.stops() {
			if now.stop(c.nameNow(e)) == nil && !spared(now.flow, c.nameNow(e)) {
				c.report(stopGone(e, missingNames(before.stands(c.before.Policy, e), now.checks(c.now)), now, c.flowAt(now.flow, "environments")))
			}
		}
	})
}

// stands are the checks of an environment that stand before production.
func (w way) stands(p *schema.Policy, e *flow.Environment) []string {
	return distinct(slices.Concat(w.requires(p, e), w.verifies(p, e)))
}

// gates: a check that stood on a way to production and stands there no more, or
// that looked at production after a deployment. One that a waiver leaves out is
// the waiver's finding, and one of an environment that is passed no more that of
// the environment.
func (c *comparison) gates() {
	c.both(func(before, now way) {
		var stop []string
		for _, e := range before.stops() {
			if now.stop(c.nameNow(e)) == nil {
				stop = append(stop, before.stands(c.before.Policy, e)...)
			}
		}
		for _, label := range missingNames(before.checks(c.before), now.checks(c.now)) {
			if !waived(now.flow, label) && !slices.Contains(stop, label) {
				c.report(gateGone(label, now, c.gateAt(label, before, now)))
			}
		}
		is := now.job.Environment
		for _, label := range missingNames(before.verifies(c.before.Policy, before.job.Environment), now.verifies(c.now.Policy, is)) {
			if !waived(now.flow, label) {
				c.report(verificationGone(label, now, c.environmentAt(is, "verify")))
			}
		}
	})
}

// gateAt is where the policy says that a check is no gate any more: at the check,
// at the environment that had it, or at the flow.
func (c *comparison) gateAt(label string, before, now way) hcl.Range {
	for _, o := range c.now.Policy.Checks {
		if (o.Label == label || o.Block == label) && o.Required.Set && !o.Required.V {
			return o.Required.Range
		}
	}
	for _, e := range before.stops() {
		n := now.stop(c.nameNow(e))
		switch {
		case n == nil:
		case slices.Contains(before.requires(c.before.Policy, e), label):
			return c.environmentAt(n, "requires")
		case slices.Contains(before.verifies(c.before.Policy, e), label):
			return c.environmentAt(n, "verify")
		}
	}
	return c.flowAt(now.flow, "checks")
}

func waived(f *flow.Flow, label string) bool {
	return slices.ContainsFunc(f.Waivers, func(w flow.Waiver) bool { return w.Check == language.ID(label) })
}

// spared tells whether a waiver leaves an environment out.
func spared(f *flow.Flow, environment string) bool {
	return slices.ContainsFunc(f.Waivers, func(w flow.Waiver) bool { return w.Environment == environment })
}

// waivers: a check or an environment that a hotfix may leave out, and could not before.
func (c *comparison) waivers() {
	for _, f := range c.now.Plan.Flows {
		b := c.before.Plan.Flow(string(f.Kind))
		if b == nil {
			continue
		}
		for _, w := range f.Waivers {
			if w.Check != "" && !waived(b, w.Check) || w.Environment != "" && !spared(b, w.Environment) {
				c.report(waiverMore(f, w))
			}
		}
	}
}

// requests: a check that a merge request had to pass and need not any more. One
// that left the delivery too is a gate that is gone.
func (c *comparison) requests() {
	before, now := c.requestChecks(c.before.Plan), c.requestChecks(c.now.Plan)
	for _, name := range missingNames(before, now) {
		if slices.Contains(missingNames(deliveryChecks(c.before.Plan), deliveryChecks(c.now.Plan)), name) {
			continue
		}
		at := c.now.Policy.Range
		if m := c.now.Policy.MergeRequest; m != nil {
			at = c.at(m.Range, "merge_request", "checks")
		}
		c.report(requestPassesMore(name, at))
	}
}

// policyUnchecked: fettle looked at the policy on merge requests, and no longer does.
func (c *comparison) policyUnchecked() {
	if c.before.Plan.PolicyCheck == nil || c.now.Plan.PolicyCheck != nil {
		return
	}
	at := c.now.Policy.Range
	if m := c.now.Policy.MergeRequest; m != nil {
		at = m.Range
	}
	c.report(policyUnchecked(at))
}

// otherFettle: another program looks at the policy. What it overlooks, nobody sees.
func (c *comparison) otherFettle() {
	if b, n := c.before.Plan.PolicyCheck, c.now.Plan.PolicyCheck; b != nil && n != nil && (b.Version != n.Version || b.URL != n.URL || b.SHA256 != n.SHA256) {
		c.name("policy_check downloads another program than at %s", c.revision)
	}
}

func (c *comparison) requestChecks(p *flow.Plan) []string {
	return requiredChecks(p.Flow(string(flow.MergeRequest)))
}

func deliveryChecks(p *flow.Plan) []string { return requiredChecks(p.Flow(string(flow.Delivery))) }

// requiredChecks are the checks that are jobs of a flow and must pass.
func requiredChecks(f *flow.Flow) []string {
	var out []string
	if f != nil {
		for _, j := range f.Jobs {
			if j.Kind == flow.JobCheck && !j.Informs {
				out = append(out, j.ID())
			}
		}
	}
	return out
}
