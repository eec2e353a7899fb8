package weakening

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

// freezes: an environment that rests for less time than before, one in which a
// flow may do more meanwhile, a second approval that more people may give. What
// of a freeze is over does not matter.
func (c *comparison) freezes() {
	for _, f := range c.before.Plan.Freezes {
		for _, e := range f.Environments {
			if at, free := c.unfrozen(f, c.nameNow(e)); free && c.exists(c.nameNow(e)) {
				c.report(freezeShorter(f, c.nameNow(e), at, c.shorterAt(f)))
				break
			}
		}
		for _, n := range c.instead(f) {
			for _, kind := range []flow.Kind{flow.Delivery, flow.Hotfix, flow.Redeploy} {
				if mildness(n.May(kind)) > mildness(f.May(kind)) {
					c.report(freezeMilder(f, n, kind, c.freezeAt(n.ID, string(kind))))
				}
			}
			c.secondApproval(f, n)
		}
	}
}

// shorterAt is where a freeze says that it holds for less: at the end that moved,
// at the environments, or in its block.
func (c *comparison) shorterAt(f *flow.Freeze) hcl.Range {
	i := slices.IndexFunc(c.now.Plan.Freezes, func(n *flow.Freeze) bool { return n.ID == f.ID })
	if i < 0 || len(f.Windows) == 0 || len(c.now.Plan.Freezes[i].Windows) == 0 {
		return c.freezeAt(f.ID, "")
	}
	was, is := f.Windows, c.now.Plan.Freezes[i].Windows
	switch {
	case is[len(is)-1].End.Before(was[len(was)-1].End):
		return c.freezeAt(f.ID, "to")
	case is[0].Begin.After(was[0].Begin):
		return c.freezeAt(f.ID, "from")
	case len(c.now.Plan.Freezes[i].Environments) < len(f.Environments):
		return c.freezeAt(f.ID, "environments")
	}
	return c.freezeAt(f.ID, "")
}

// instead are the freezes that hold now where and when one did before.
func (c *comparison) instead(f *flow.Freeze) []*flow.Freeze {
	return slices.DeleteFunc(slices.Clone(c.now.Plan.Freezes), func(n *flow.Freeze) bool {
		return !slices.ContainsFunc(f.Environments, func(e *flow.Environment) bool { return rests(n, c.nameNow(e)) }) || !c.together(f, n)
	})
}

func rests(f *flow.Freeze, environment string) bool {
	return slices.ContainsFunc(f.Environments, func(e *flow.Environment) bool { return e.ID == environment })
}

// together tells whether two freezes hold at one time that is not over.
func (c *comparison) together(f, n *flow.Freeze) bool {
	for _, a := range c.ahead(f) {
		for _, b := range n.Windows {
			if a.Begin.Before(b.End) && b.Begin.Before(a.End) {
				return true
			}
		}
	}
	return false
}

// ahead are the windows of a freeze without what is over.
func (c *comparison) ahead(f *flow.Freeze) []flow.Window {
	var out []flow.Window
	for _, w := range f.Windows {
		if w.Begin.Before(c.now.Now) {
			w.Begin = c.now.Now
		}
		if w.Begin.Before(w.End) {
			out = append(out, w)
		}
	}
	return out
}

// unfrozen is the first instant of a freeze at which the environment rests no
// more. Which freeze it rests by does not matter.
func (c *comparison) unfrozen(f *flow.Freeze, environment string) (time.Time, bool) {
	var now []flow.Window
	for _, n := range c.now.Plan.Freezes {
		if rests(n, environment) {
			now = append(now, n.Windows...)
		}
	}
	slices.SortFunc(now, func(a, b flow.Window) int { return a.Begin.Compare(b.Begin) })
	for _, w := range c.ahead(f) {
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

// secondApproval compares who gives it. Where neither freeze says so, it is who
// approves for the environment, which is compared there.
func (c *comparison) secondApproval(before, now *flow.Freeze) {
	asks := slices.Contains([]string{now.Delivery, now.Hotfix, now.Redeploy}, "approve")
	if !asks || len(before.Groups) == 0 && len(now.Groups) == 0 {
		return
	}
	c.groups(second(before), second(now), func(g flow.Group) *diag.Diagnostic { return exceptionWider(g, now) })
}

func second(f *flow.Freeze) []flow.Group {
	if len(f.Groups) > 0 {
		return f.Groups
	}
	var out []flow.Group
	for _, e := range f.Environments {
		for _, a := range e.Approvals {
			out = append(out, a.Groups...)
		}
	}
	return out
}
