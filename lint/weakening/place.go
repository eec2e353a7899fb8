package weakening

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

// at is where the policy says an attribute, by its path: approvers of
// environment.production.approval.release. One that it does not say, or says no
// more, could stand in its block.
func (c *comparison) at(block hcl.Range, path ...string) hcl.Range {
	if at, said := c.now.Policy.Effective().Place(strings.Join(path, ".")); said {
		return at
	}
	return block
}

// policyAt is where an attribute of the policy block stands.
func (c *comparison) policyAt(attribute string) hcl.Range {
	return c.at(c.now.Policy.Range, "policy", attribute)
}

// environmentAt is where an attribute of an environment stands.
func (c *comparison) environmentAt(e *flow.Environment, attribute string) hcl.Range {
	return c.at(e.Origin, "environment", environment(c.now.Policy, e).Label, attribute)
}

// approvalAt is where an attribute of one of its approvals stands.
func (c *comparison) approvalAt(e *flow.Environment, a *flow.Approval, attribute string) hcl.Range {
	of := environment(c.now.Policy, e)
	i := slices.IndexFunc(of.Approvals, func(o *schema.Approval) bool { return o.Range == a.Origin })
	if i < 0 {
		return a.Origin
	}
	return c.at(a.Origin, "environment", of.Label, "approval", of.Approvals[i].Label, attribute)
}

// flowAt is where the block of a flow says which checks or environments it has;
// a hotfix that says nothing takes delivery's.
func (c *comparison) flowAt(f *flow.Flow, attribute string) hcl.Range {
	delivery := c.now.Plan.Flow(string(flow.Delivery))
	if own := c.at(hcl.Range{}, string(f.Kind), attribute); f.Kind == flow.Hotfix && own.Filename == "" && delivery != nil {
		f = delivery
	}
	return c.at(f.Origin, string(f.Kind), attribute)
}

// hotfixAt is where an attribute of a block in the hotfix stands, or the block, or
// the hotfix.
func (c *comparison) hotfixAt(block, attribute string) hcl.Range {
	header, found := c.now.Policy.Effective().Block("hotfix." + block)
	if !found {
		header = c.now.Policy.Hotfix.Range
	}
	return c.at(header, "hotfix", block, attribute)
}

// groupAt is where a group says what a target calls it, or is named in an approval.
func (c *comparison) groupAt(g flow.Group, target string) hcl.Range {
	for _, o := range c.now.Policy.Groups {
		if language.ID(o.Label) == g.ID {
			return c.at(o.Range, "group", o.Label, target)
		}
	}
	return g.Origin
}

// freezeAt is where an attribute of a freeze stands; of one that is gone, the
// policy.
func (c *comparison) freezeAt(id, attribute string) hcl.Range {
	for _, f := range c.now.Policy.Freezes {
		if language.ID(f.Label) == id {
			return c.at(f.Range, "freeze", f.Label, attribute)
		}
	}
	return c.now.Policy.Range
}

// texts are what values say.
func texts(values []schema.Value[string]) []string {
	var out []string
	for _, v := range values {
		out = append(out, v.V)
	}
	return out
}
