package schema

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// RuleSeverity is the severity of a rule of the catalogue in this policy. The
// rules are not known here: whoever runs them judges it.
type RuleSeverity struct {
	Rule     string // its code, or the number that is an alias: HF015
	Severity Value[string]
	Reason   Value[string]
	At       hcl.Range // of the name
	Range    hcl.Range
	Whole    hcl.Range // the block, to its end
}

func (d *decoder) lint(n *syntax.Node) {
	d.policy.Lints = append(d.policy.Lints, &RuleSeverity{
		Rule: n.Label, Severity: d.enum(n, "severity", ""), Reason: d.str(n, "reason", ""), At: n.LabelRange, Range: n.Header, Whole: n.Whole,
	})
}
