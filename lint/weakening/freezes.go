package weakening

import (
	"slices"
	"time"

	"github.com/fettle-ci/fettle/flow"
)

// freezes: an environment that rests for less time than before, one in which a
// flow may do more meanwhile, a second approval that more people may give.
func (c *comparison) freezes() {
	for _, f := range c.before.Plan.Freezes {
		for _, e := range f.Environments {
			if at, free := c.unfrozen(f, e.ID); free {
				c.report(freezeShorter(f, e, at, c.now.Policy))
				break
			}
		}
		for _, kind := range []flow.Kind{flow.Delivery, flow.Hotfix, flow.Redeploy} {
			if n := c.sameFreeze(f); n != nil && mildness(n.May(kind)) > mildness(f.May(kind)) {
				c.report(freezeMilder(f, n, kind))
			}
		}
		if n := c.sameFreeze(f); n != nil && len(f.Groups) > 0 {
			c.secondApproval(f, n)
		}
	}
}

func (c *comparison) sameFreeze(f *flow.Freeze) *flow.Freeze {
	i := slices.IndexFunc(c.now.Plan.Freezes, func(n *flow.Freeze) bool { return n.ID == f.ID })
	if i < 0 {
		return nil
	}
	return c.now.Plan.Freezes[i]
}

// unfrozen is the first instant of a freeze at which the environment rests no
// more. Which freeze it rests by does not matter.
func (c *comparison) unfrozen(f *flow.Freeze, environment string) (time.Time, bool) {
	var now []flow.Window
	for _, n := range c.now.Plan.Freezes {
		if slices.ContainsFunc(n.Environments, func(e *flow.Environment) bool { return e.ID == environment }) {
			now = append(now, n.Windows...)
		}
	}
	slices.SortFunc(now, func(a, b flow.Window) int { return a.Begin.Compare(b.Begin) })
	for _, w := range f.Windows {
		at := w.Begin
		for _, n := range now {
			if !n.Begin.After(at) && n.End.After(at) {
				at = n.End
			}
		}
		if at.Before(w.End) {
			return at, true
		}
	}
	return time.Time{}, false
}

// mildness orders what a flow may do in a freeze.
func mildness(may string) int { return slices.Index([]string{"block", "approve", "allow"}, may) }

func (c *comparison) secondApproval(before, now *flow.Freeze) {
	if len(now.Groups) == 0 {
		return // those who approve for the environment, which is compared there
	}
	for _, g := range now.Groups {
		if !slices.ContainsFunc(before.Groups, func(b flow.Group) bool { return b.ID == g.ID }) {
			c.report(exceptionWider(g, now))
		}
	}
}

// breakGlass: one that was not there, one that opens more or for more people,
// one that is reviewed later.
func (c *comparison) breakGlass() {
	before, now := c.before.Plan.BreakGlass, c.now.Plan.BreakGlass
	switch {
	case now == nil:
		return
	case before == nil:
		c.report(glassAdded(now))
		return
	}
	if more := gone(now.MaySkip, before.MaySkip); len(more) > 0 {
		c.report(glassOpensMore(now, more))
	}
	if now.Review > before.Review {
		c.report(glassReviewedLater(before, now))
	}
	for _, g := range now.Gate.Groups {
		if !slices.ContainsFunc(before.Gate.Groups, func(b flow.Group) bool { return b.ID == g.ID }) {
			c.report(glassWider(g))
		}
	}
}
