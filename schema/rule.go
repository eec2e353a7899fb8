package schema

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Rule is what a policy demands of itself. The policy cannot judge it: what it
// asks about is known when there is a plan.
type Rule struct {
	Label   string
	Message Value[string]
	At      hcl.Range // of the condition
	Range   hcl.Range

	condition hclsyntax.Expression
	evaluator *eval.Evaluator
}

func (d *decoder) rule(n *syntax.Node) {
	r := &Rule{Label: n.Label, Message: d.str(n, "message", ""), Range: n.Header, At: n.Header, evaluator: d.eval}
	if a := n.Attributes["condition"]; a != nil {
		r.condition, r.At = a.Expr, a.Expr.Range()
	}
	d.policy.Rules = append(d.policy.Rules, r)
}

// Judge evaluates the condition over facts: the objects that the table lists,
// by name. When it does not hold, why says which values made it fail.
func (r *Rule) Judge(facts map[string]cty.Value) (holds bool, why string, diags diag.Diagnostics) {
	s := eval.Scope{}
	for _, name := range language.FactRoots {
		s[name] = eval.Known{V: facts[name]}
	}
	return r.evaluator.Judge(r.condition, s)
}
