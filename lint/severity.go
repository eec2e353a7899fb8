package lint

import (
	"slices"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Named tells whether a `lint` block is about a rule: it names the rule by its
// code, or by the number that is an alias of it and of others.
func (r *Rule) Named(s *schema.RuleSeverity) bool {
	return s.Rule == string(r.Code) || r.ID != "" && s.Rule == r.ID
}

// SeverityIn is what the policy says of a rule, or nil.
func (r *Rule) SeverityIn(p *schema.Policy) *schema.RuleSeverity {
	if i := slices.IndexFunc(p.Lints, r.Named); i >= 0 {
		return p.Lints[i]
	}
	return nil
}

// Settable are the rules whose severity a policy can set: those that are given,
// and the warnings of the compiler.
func Settable(rules []*Rule) []*Rule {
	out := slices.Clone(rules)
	for _, n := range Catalogue {
		for _, a := range n.Answers {
			if a.By == ByWarning {
				out = append(out, &Rule{ID: n.ID, Code: diag.Code(a.Name), Severity: diag.Warning})
			}
		}
	}
	return out
}

// weigh gives a finding the severity that the policy sets. It tells whether the
// finding is off, which an error never is.
func weigh(d *diag.Diagnostic, s *schema.RuleSeverity) (off bool) {
	switch {
	case s == nil:
		return false
	case s.Severity.V == "error":
		d.Severity = diag.Error
	case s.Severity.V == "off" && d.Severity == diag.Warning:
		d.Reason = s.Reason.V
		return true
	}
	return false
}

// checkSeverities reports what is wrong with the `lint` blocks themselves.
func checkSeverities(p *Pass, rules []*Rule) diag.Diagnostics {
	var out diag.Diagnostics
	settable := Settable(rules)
	for i, s := range p.Policy.Lints {
		if d := checkSeverity(s, settable); d != nil {
			out = append(out, d)
		} else if o := sameRule(s, p.Policy.Lints[:i], settable); o != nil {
			out = append(out, ruleSetTwice(s, o))
		}
	}
	return out
}

// sameRule returns the block that is about a rule which another one names too:
// one by the code, and one by the number.
func sameRule(s *schema.RuleSeverity, others []*schema.RuleSeverity, settable []*Rule) *schema.RuleSeverity {
	for _, o := range others {
		if slices.ContainsFunc(settable, func(r *Rule) bool { return r.Named(s) && r.Named(o) }) {
			return o
		}
	}
	return nil
}

func checkSeverity(s *schema.RuleSeverity, settable []*Rule) *diag.Diagnostic {
	var of []*Rule
	for _, r := range settable {
		if r.Named(s) {
			of = append(of, r)
		}
	}
	switch {
	case len(of) == 0:
		return notSettable(s, settable)
	case s.Severity.V == "" || s.Severity.V == "error": // nothing, which is reported, or more than it was
		return nil
	case !slices.ContainsFunc(of, func(r *Rule) bool { return r.Severity == diag.Warning }):
		return loweredError(s)
	case s.Severity.V == "off" && !s.Reason.Set:
		return reasonMissing(s)
	}
	return nil
}

// notSettable says why a block sets nothing: what it names is enforced in
// another way, or there is no such rule.
func notSettable(s *schema.RuleSeverity, settable []*Rule) *diag.Diagnostic {
	if n := NumberOf(s.Rule); n != nil {
		return fixedRule(n.Answers, s)
	}
	var answers []Answer
	for _, id := range NumbersOf(diag.Code(s.Rule)) {
		for _, a := range NumberOf(id).Answers {
			if a.Name == s.Rule {
				answers = append(answers, a)
			}
		}
	}
	if len(answers) > 0 {
		return fixedRule(answers, s)
	}
	return unknownRule(s.Rule, settable, s.At)
}
