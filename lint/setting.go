package lint

import (
	"slices"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// settingOf is what the policy says of a number, or nil.
func (p *Pass) settingOf(number string) *schema.RuleSetting {
	if i := slices.IndexFunc(p.Policy.Lints, func(s *schema.RuleSetting) bool { return s.Number == number }); i >= 0 {
		return p.Policy.Lints[i]
	}
	return nil
}

// weigh gives a finding the severity that the policy sets. It tells whether the
// finding is off, which an error never is.
func weigh(d *diag.Diagnostic, s *schema.RuleSetting) (off bool) {
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

// checkSettings reports what is wrong with the settings themselves.
func checkSettings(p *Pass, rules []*Rule) diag.Diagnostics {
	var out diag.Diagnostics
	for _, s := range p.Policy.Lints {
		if d := checkSetting(s, rules); d != nil {
			out = append(out, d)
		}
	}
	return out
}

func checkSetting(s *schema.RuleSetting, rules []*Rule) *diag.Diagnostic {
	var of []*Rule
	for _, r := range rules {
		if r.ID == s.Number {
			of = append(of, r)
		}
	}
	number := Numbered(s.Number)
	switch by := settableBy(diag.Code(s.Number), rules); {
	case number == nil && by != "":
		return ruleByCode(s.Number, by, s.At)
	case number == nil:
		return unknownRule(s.Number, s.At)
	case len(of) == 0 && !number.Warned():
		return fixedRule(number, s)
	case s.Severity.V == "" || s.Severity.V == "error": // nothing, which is reported, or more than it was
		return nil
	case !number.Warned() && !slices.ContainsFunc(of, func(r *Rule) bool { return r.Severity == diag.Warning }):
		return loweredError(s)
	case s.Severity.V == "off" && !s.Reason.Set:
		return reasonMissing(s)
	}
	return nil
}

// settableBy is the number by which what has a code is set: of a rule, or of a
// warning of the compiler.
func settableBy(code diag.Code, rules []*Rule) string {
	for _, r := range rules {
		if r.Code == code {
			return r.ID
		}
	}
	for _, n := range Catalogue {
		if slices.ContainsFunc(n.Answers, func(a Answer) bool { return a.By == ByWarning && a.Name == string(code) }) {
			return n.ID
		}
	}
	return ""
}
