package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
)

// approvals: one fewer, one that more people may give, one that waits longer.
func (c *comparison) approvals() {
	seen := map[string]bool{} // an environment's approvals are the same on every way
	c.both(func(before, now way) {
		if seen[now.job.Environment.ID] {
			return
		}
		seen[now.job.Environment.ID] = true
		for _, b := range before.job.Environment.Approvals {
			i := slices.IndexFunc(now.job.Environment.Approvals, func(n *flow.Approval) bool { return n.Label == b.Label })
			if i < 0 {
				c.report(approvalGone(b, now.job.Environment))
				continue
			}
			c.approval(b, now.job.Environment.Approvals[i], now.job.Environment)
		}
	})
}

func (c *comparison) approval(before, now *flow.Approval, of *flow.Environment) {
	if now.Timeout > before.Timeout {
		c.report(timeoutLonger(before, now, of))
	}
	if before.Authors && !now.Authors {
		c.report(authorsMayApprove(now, of))
	}
	for _, g := range now.Groups {
		i := slices.IndexFunc(before.Groups, func(b flow.Group) bool { return b.ID == g.ID })
		if i < 0 {
			c.report(approversWider(g, now, of))
			continue
		}
		for _, target := range c.now.Plan.Targets {
			if was, is := before.Groups[i].On(target), g.On(target); was != "" && was != is {
				c.report(groupChanged(g, target, was, is))
			}
		}
	}
}
