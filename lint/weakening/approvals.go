package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

// approvals: one fewer, one that more people may give, one that waits longer, on
// the way to production as well as there.
func (c *comparison) approvals() {
	seen := map[string]bool{} // an environment's approvals are the same on every way
	c.both(func(before, now way) {
		for _, b := range before.stops() {
			n := now.stop(c.nameNow(b))
			if n == nil || seen[n.ID] {
				continue
			}
			seen[n.ID] = true
			for _, a := range b.Approvals {
				if is := stillThere(a, b, n); is != nil {
					c.approval(a, is, n)
				} else {
					c.report(approvalGone(a, n))
				}
			}
		}
	})
}

// stillThere is an approval as it is now: by its label, or by a new label with
// the same groups.
func stillThere(a *flow.Approval, before, now *flow.Environment) *flow.Approval {
	for _, n := range now.Approvals {
		if n.Label == a.Label {
			return n
		}
	}
	for _, n := range now.Approvals {
		known := slices.ContainsFunc(before.Approvals, func(b *flow.Approval) bool { return b.Label == n.Label })
		if !known && len(n.Groups) == len(a.Groups) && !slices.ContainsFunc(n.Groups, func(g flow.Group) bool { return find(a.Groups, g) == nil }) {
			return n
		}
	}
	return nil
}

func (c *comparison) approval(before, now *flow.Approval, of *flow.Environment) {
	if now.Timeout > before.Timeout {
		c.report(timeoutLonger(before, now, of, c.approvalAt(of, now, "timeout")))
	}
	if before.Authors && !now.Authors {
		c.report(authorsMayApprove(now, of, c.approvalAt(of, now, "exclude")))
	}
	c.groups(before.Groups, now.Groups, func(g flow.Group) *diag.Diagnostic { return approversWider(g, now, of) })
}

// groups: one that was not there, or that is somebody else on a target.
func (c *comparison) groups(before, now []flow.Group, wider func(flow.Group) *diag.Diagnostic) {
	for _, g := range now {
		b := find(before, g)
		if b == nil {
			c.report(wider(g))
			continue
		}
		for _, target := range c.now.Plan.Targets {
			if was, is := b.On(target), g.On(target); was != "" && was != is {
				c.report(groupChanged(g, target, was, is, c.groupAt(g, target)))
			}
		}
	}
}

// find is a group among others: by its label, or, under another label, by what
// every system calls it.
func find(all []flow.Group, g flow.Group) *flow.Group {
	for _, same := range []func(o flow.Group) bool{
		func(o flow.Group) bool { return o.ID == g.ID },
		func(o flow.Group) bool {
			return o.GitHub == g.GitHub && o.GitLab == g.GitLab && o.Azure == g.Azure && o.Jenkins == g.Jenkins
		},
	} {
		if i := slices.IndexFunc(all, same); i >= 0 {
			return &all[i]
		}
	}
	return nil
}
