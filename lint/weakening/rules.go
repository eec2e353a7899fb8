package weakening

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// weights orders the severities of a rule from the one that says nothing.
var weights = []string{"off", "warning", "error"}

// rules: one that weighs less than it did, by a `lint` block or by one that is gone.
// What several rules of one number lose by it is one finding.
func (c *comparison) rules() {
	seen := map[string]bool{}
	for _, r := range lint.Settable(rules.All) {
		b, s := r.SeverityIn(c.before.Policy), r.SeverityIn(c.now.Policy)
		before, now := weight(b, r), weight(s, r)
		if seen[r.ID] || slices.Index(weights, now) >= slices.Index(weights, before) {
			continue
		}
		seen[r.ID] = true
		at := c.now.Policy.Range
		if s != nil {
			at = s.Severity.Range
		}
		c.report(ruleLess(r, cmp.Or(s, b).Rule, before, now, at))
	}
}

// weight is what a `lint` block says; without one, what the rule is by itself, or off
// until somebody asks for it.
func weight(s *schema.RuleSeverity, r *lint.Rule) string {
	switch {
	case r.Severity == diag.Error:
		return "error" // which nothing lowers
	case s != nil:
		return s.Severity.V
	case r.Asked:
		return "off"
	}
	return r.Severity.String()
}

// ownRules: what the organisation demands, gone or another demand. Which of two
// conditions is the weaker one nobody can compute.
func (c *comparison) ownRules() {
	for _, r := range c.before.Plan.Rules {
		there := slices.ContainsFunc(c.now.Plan.Rules, func(n flow.Rule) bool { return n.ID == r.ID })
		switch was, is := condition(c.before.Policy, r), condition(c.now.Policy, r); {
		case !there:
			c.report(ownRuleGone(r.ID, c.now.Policy))
		case is != was:
			c.report(ownRuleChanged(r.ID, was, is, c.now.Policy))
		}
	}
}

// condition is that of a rule, with locals and variables computed as far as they
// can be.
func condition(p *schema.Policy, r flow.Rule) string {
	return p.Effective().Value("rule." + r.ID + ".condition")
}

func ruleRange(label string, p *schema.Policy) hcl.Range {
	for _, r := range p.Rules {
		if r.Label == label {
			return r.At
		}
	}
	return p.Range
}

// locks: one that is gone from a block that is still there. Who extends the
// policy may weaken what it held.
func (c *comparison) locks() {
	now := c.now.Policy.Effective().Locks()
	for _, l := range c.before.Policy.Effective().Locks() {
		at, there := c.now.Policy.Effective().Block(l.Block)
		held := slices.ContainsFunc(now, func(n schema.Locked) bool { return n.Block == l.Block && (n.Word == "" || n.Word == l.Word) })
		if there && !held {
			c.report(lockGone(l, at))
		}
	}
}
