package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
)

// Judge evaluates a condition by itself: what is wrong with it is returned, and
// the evaluator stays as it is. When the condition does not hold, why says which
// values made it fail.
func (e *Evaluator) Judge(x hclsyntax.Expression, s Scope) (holds bool, why string, diags diag.Diagnostics) {
	own := *e
	own.Diags, own.rounds = &diag.Collector{Broken: e.Diags.Broken}, 0
	holds, ok := own.Condition(x, s)
	if !ok {
		return false, "", own.Diags.All()
	}
	if !holds {
		why = own.why(x, s)
	}
	return holds, why, nil
}

// why names what a condition that is false is about: the values that it
// refers to, and of alltrue([for …]) those for which it does not hold.
func (e *Evaluator) why(x hclsyntax.Expression, s Scope) string {
	var out []string
	for _, t := range x.Variables() {
		v, _ := e.Value(&hclsyntax.ScopeTraversalExpr{Traversal: t, SrcRange: t.SourceRange()}, s)
		text := fmt.Sprintf("%s is %s.", pathOf(t), Short(v))
		if len(t) > 1 && !slices.Contains(out, text) { // a whole root says nothing
			out = append(out, text)
		}
	}
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if c, ok := n.(*hclsyntax.FunctionCallExpr); ok && c.Name == "alltrue" && len(c.Args) == 1 {
			if loop, ok := c.Args[0].(*hclsyntax.ForExpr); ok {
				out = append(out, e.exceptions(loop, s)...)
			}
		}
		return nil
	})
	return strings.Join(out, " ")
}

// exceptions are the elements of a for expression for which it gives false.
func (e *Evaluator) exceptions(x *hclsyntax.ForExpr, s Scope) []string {
	keys, items, _ := e.elements(x.CollExpr, s)
	var out []string
	for i := range items {
		in := iteration(x, s, keys[i], items[i])
		if x.CondExpr != nil {
			if keep, ok := e.Condition(x.CondExpr, in); !keep || !ok {
				continue
			}
		}
		if v, ok := e.Value(x.ValExpr, in); ok && v.Type() == cty.Bool && v.False() {
			out = append(out, nameOf(keys[i], items[i]))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []string{"It does not hold for " + strings.Join(out, ", ") + "."}
}

// nameOf is what messages call an element: its key, its name, or itself.
func nameOf(key, item Val) string {
	k, v := staticOf(key), staticOf(item)
	switch {
	case k.Type() == cty.String:
		return k.AsString()
	case v.Type().IsObjectType() && v.Type().HasAttribute("name"):
		return Short(v.GetAttr("name"))
	default:
		return Short(v)
	}
}

// pathOf is a reference as a policy writes it.
func pathOf(t hcl.Traversal) string {
	out := t.RootName()
	for _, step := range t[1:] {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			out += "." + step.Name
		case hcl.TraverseIndex:
			out += "[" + Short(step.Key) + "]"
		}
	}
	return out
}
