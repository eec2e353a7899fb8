package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
)

// weights orders the severities of a rule from the one that says nothing.
var weights = []string{"off", "warning", "error"}

// rules: one that weighs less than it did, by a setting or by one that is gone.
func (c *comparison) rules() {
	for _, n := range lint.Catalogue {
		b, s := setting(c.before.Policy, n.ID), setting(c.now.Policy, n.ID)
		before, now := weight(b, &n), weight(s, &n)
		if slices.Index(weights, now) < slices.Index(weights, before) {
			at := c.now.Policy.Range
			if s != nil {
				at = s.Range
			}
			c.report(ruleLess(n.ID, before, now, at))
		}
	}
}

func setting(p *schema.Policy, number string) *schema.RuleSetting {
	if i := slices.IndexFunc(p.Lints, func(s *schema.RuleSetting) bool { return s.Number == number }); i >= 0 {
		return p.Lints[i]
	}
	return nil
}

// weight is what a setting says; without one, a rule of which a policy can make
// less is a warning, or off until somebody asks for it.
func weight(s *schema.RuleSetting, n *lint.Number) string {
	switch {
	case s != nil:
		return s.Severity.V
	case n.Asked():
		return "off"
	}
	return "warning"
}
