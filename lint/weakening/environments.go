package weakening

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

// environments: one that was production and is still deployed to is production
// no more: its gates, its guards and its line are gone with the tier. One that a
// hotfix could not leave out without a word is of the tier development now. One
// that is called otherwise has no history in the ledger.
func (c *comparison) environments() {
	for _, b := range c.before.Plan.Environments {
		n := c.nowOf(b)
		switch {
		case n == nil:
		case b.Tier == flow.Production && n.Tier != flow.Production:
			c.report(productionNoMore(n, c.environmentAt(n, "tier")))
		case b.Tier == flow.Staging && n.Tier == flow.Development:
			c.report(stagingNoMore(n, c.environmentAt(n, "tier")))
		case b.Tier == flow.Production && b.ID != n.ID:
			c.report(productionRenamed(b, n))
		}
	}
}

// nowOf is an environment of before as it is now, or nil.
func (c *comparison) nowOf(e *flow.Environment) *flow.Environment {
	i := slices.IndexFunc(c.now.Plan.Environments, func(n *flow.Environment) bool { return n.ID == c.nameNow(e) })
	if i < 0 {
		return nil
	}
	return c.now.Plan.Environments[i]
}

// reportLostWays: a flow that deployed to production, and goes to another one now or to
// none. What takes the place has gates of its own, which nothing was compared
// with. Where a flow follows delivery, it is delivery's finding.
func (c *comparison) reportLostWays() {
	var left []*flow.Environment
	for _, kind := range []flow.Kind{flow.Delivery, flow.Hotfix, flow.Redeploy} {
		before, now := c.before.Plan.Flow(string(kind)), c.now.Plan.Flow(string(kind))
		if before == nil {
			continue
		}
		if now == nil && kind != flow.Delivery {
			continue // which is a finding of its own
		}
		for _, b := range production(before) {
			n, instead := c.nowOf(b), c.insteadOf(before, now)
			switch {
			case n == nil && len(instead) > 0:
				n = b // gone, and another one is in its place
			case n == nil || n.Tier != flow.Production || slices.Contains(production(now), n):
				continue
			}
			if kind != flow.Delivery && slices.ContainsFunc(left, func(e *flow.Environment) bool { return e.ID == n.ID }) && !c.ownEnvironments(kind) {
				continue
			}
			left = append(left, n)
			c.report(productionLeft(n, kind, instead, c.environmentsAt(kind)))
		}
	}
}

// production are the environments of the tier that a flow deploys to.
func production(f *flow.Flow) []*flow.Environment {
	var out []*flow.Environment
	if f != nil {
		for _, j := range f.Jobs {
			if j.Kind == flow.JobDeploy && j.Environment.Tier == flow.Production {
				out = append(out, j.Environment)
			}
		}
	}
	return out
}

// ownEnvironments tells whether a flow says where it goes, and does not take it
// from delivery.
func (c *comparison) ownEnvironments(kind flow.Kind) bool {
	p := c.now.Policy
	return kind == flow.Hotfix && p.Hotfix != nil && p.Hotfix.EnvironmentsSet || kind == flow.Redeploy && p.Redeploy != nil && p.Redeploy.Set
}

func (c *comparison) environmentsAt(kind flow.Kind) hcl.Range {
	if f := c.now.Plan.Flow(string(kind)); f != nil {
		return c.at(f.Origin, string(kind), "environments")
	}
	return c.now.Policy.Range
}

// insteadOf are the environments of the tier that a flow goes to now and did not
// before.
func (c *comparison) insteadOf(before, now *flow.Flow) []*flow.Environment {
	var was []string
	for _, e := range production(before) {
		was = append(was, c.nameNow(e))
	}
	return slices.DeleteFunc(production(now), func(e *flow.Environment) bool { return slices.Contains(was, e.ID) })
}

// alike: an environment that runs the commands of production, with its secrets,
// and did not before. Whatever it is called, it is a way to production, and must
// ask those who approve there.
func (c *comparison) alike() {
	for _, e := range c.now.Plan.Environments {
		is := deploys(c.now.Plan, e)
		if was := c.before.Plan.Environments; len(is) == 0 || slices.ContainsFunc(was, func(b *flow.Environment) bool {
			return c.nameNow(b) == e.ID && sameCommands(deploys(c.before.Plan, b), is)
		}) {
			continue
		}
		for _, p := range c.before.Plan.Environments {
			if p.Tier != flow.Production || c.nameNow(p) == e.ID || !sameCommands(deploys(c.before.Plan, p), is) {
				continue
			}
			var less []string
			for _, a := range p.Approvals {
				if !c.asked(a, e) {
					less = append(less, a.Label)
				}
			}
			if len(less) > 0 {
				c.report(productionElsewhere(e, p, less, c.environmentAt(e, "deploy")))
				break
			}
		}
	}
}

// asked tells whether an environment asks the groups of an approval, and no other.
func (c *comparison) asked(a *flow.Approval, e *flow.Environment) bool {
	return slices.ContainsFunc(e.Approvals, func(n *flow.Approval) bool {
		return !slices.ContainsFunc(n.Groups, func(g flow.Group) bool { return find(a.Groups, g) == nil })
	})
}

// deploys are the commands that bring a version to an environment, in whichever
// flow.
func deploys(p *flow.Plan, e *flow.Environment) []flow.Run {
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if j.Environment != e || j.Kind != flow.JobDeploy && j.Kind != flow.JobMirror {
				continue
			}
			return slices.DeleteFunc(commands(j), func(r flow.Run) bool { return r.Title != "Deploy" })
		}
	}
	return nil
}

func sameCommands(a, b []flow.Run) bool {
	return slices.EqualFunc(a, b, func(a, b flow.Run) bool {
		return a.Script == b.Script && slices.EqualFunc(a.Env, b.Env, sameVariable) &&
			slices.EqualFunc(a.Secrets, b.Secrets, func(a, b flow.SecretVar) bool { return a.Name == b.Name && a.Secret.ID == b.Secret.ID })
	})
}

// news: an environment that was not there, or is called otherwise, and flows that
// were not there: nothing of before is compared with them.
func (c *comparison) news() {
	for _, e := range c.now.Plan.Environments {
		i := slices.IndexFunc(c.before.Plan.Environments, func(b *flow.Environment) bool { return c.nameNow(b) == e.ID })
		switch {
		case i < 0 && len(e.Approvals) == 0:
			c.name("environment %q is new since %s, and nobody approves a deployment to it", e.ID, c.revision)
		case i < 0:
			c.name("environment %q is new since %s, and is approved by %s", e.ID, c.revision, diag.List(approvers(e)))
		case c.before.Plan.Environments[i].ID != e.ID && e.Tier != flow.Production:
			c.name("environment %q was called %q at %s", e.ID, c.before.Plan.Environments[i].ID, c.revision)
		}
	}
	for _, b := range c.before.Plan.Environments {
		if c.nowOf(b) == nil {
			c.name("environment %q is gone since %s", b.ID, c.revision)
		}
	}
	if c.before.Policy.Redeploy == nil && c.now.Policy.Redeploy != nil {
		c.name("a redeployment is offered, and was not at %s", c.revision)
	}
}

// approvers are the groups that approve a deployment to an environment.
func approvers(e *flow.Environment) []string {
	var out []string
	for _, a := range e.Approvals {
		for _, g := range a.Groups {
			out = append(out, g.ID)
		}
	}
	return distinct(out)
}

// notices: an event of which nobody is notified any more.
func (c *comparison) notices() {
	for _, b := range c.before.Policy.Notifies {
		var on []string
		for _, n := range c.now.Policy.Notifies {
			if n.Label == b.Label {
				on = texts(n.On)
			}
		}
		if less := missingNames(texts(b.On), on); len(less) > 0 {
			c.name("notify %q was for %s at %s, and no longer is", b.Label, diag.List(less), c.revision)
		}
	}
}
