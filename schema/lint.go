package schema

import "github.com/hashicorp/hcl/v2"

// RuleSetting is how much a rule of the catalogue weighs in this policy. The
// rules are not known here: whoever runs them judges it.
type RuleSetting struct {
	Number   string // HF015, as the policy writes it
	Severity Value[string]
	Reason   Value[string]
	At       hcl.Range // of the number
	Range    hcl.Range
	Whole    hcl.Range // the block, to its end
}

func (d *decoder) lint(n *node) {
	d.policy.Lints = append(d.policy.Lints, &RuleSetting{
		Number: n.label, Severity: d.enum(n, "severity", ""), Reason: d.str(n, "reason", ""), At: n.labelRange, Range: n.header, Whole: n.whole,
	})
}
