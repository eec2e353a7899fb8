package eval

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// Names in expressions, and what follows them: attributes and indexes.

// traversal is a run-time value, a local or a loop variable that holds one.
func (e *Evaluator) traversal(x *hclsyntax.ScopeTraversalExpr, s Scope) Val {
	t := x.Traversal
	root := t.RootName()
	if v, ok := s[root]; ok {
		return usedAt(e.walk(v, t[1:], x.Range()), x.Range())
	}
	if name, ok := localName(t); ok {
		return e.walk(through1("local."+name, e.Local(name, x.Range()), x.Range()), t[2:], x.Range())
	}
	return e.runValue(t)
}

// pick is a part of a value in which nothing is known only later.
func (e *Evaluator) pick(x *hclsyntax.ScopeTraversalExpr, s Scope) Val {
	base := min(2, len(x.Traversal))
	if _, ok := s[x.Traversal.RootName()]; ok {
		base = 1
	}
	v := e.static(&hclsyntax.ScopeTraversalExpr{Traversal: x.Traversal[:base], SrcRange: x.SrcRange}, s)
	return e.walk(v, x.Traversal[base:], x.SrcRange)
}

// through1 notes in each piece by which local it came, and where it is used.
func through1(name string, v Val, at hcl.Range) Val {
	switch v := v.(type) {
	case Later:
		out := make([]Seg, len(v.Segs))
		for i, seg := range v.Segs {
			seg.Range = at
			if name != "" {
				seg.Via = append([]string{name}, seg.Via...)
			}
			out[i] = seg
		}
		return Later{out}
	case List:
		out := List{}
		for _, i := range v.Items {
			out.Items = append(out.Items, through1(name, i, at))
		}
		return out
	case Object:
		out := Object{Keys: v.Keys, Items: map[string]Val{}}
		for k, i := range v.Items {
			out.Items[k] = through1(name, i, at)
		}
		return out
	default:
		return v
	}
}

// usedAt notes where the value of a loop variable is used.
func usedAt(v Val, at hcl.Range) Val { return through1("", v, at) }

func (e *Evaluator) runValue(t hcl.Traversal) Val {
	root := t.RootName()
	members := language.RunRoots[root]
	if root == "env" {
		return e.envValue(t)
	}
	if members == nil { // incident
		if len(t) > 1 {
			e.Report(unknownRunValue(attrName(t[1]), root, nil, t.SourceRange()))
			return nil
		}
		return Later{[]Seg{{Ref: language.IncidentValue, Range: t.SourceRange()}}}
	}
	if len(t) < 2 {
		e.Report(RunValueNeedsName(root, slices.Sorted(maps.Keys(members)), t.SourceRange()))
		return nil
	}
	v, ok := members[attrName(t[1])]
	want := 2
	if v == language.DeploymentValues {
		want = 3
	}
	switch {
	case !ok:
		e.Report(unknownRunValue(attrName(t[1]), root, slices.Sorted(maps.Keys(members)), t[1].SourceRange()))
		return nil
	case len(t) < want:
		e.Report(diag.Problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write deployment.values.NAME, with a name from `values` of the environment."))
		return nil
	case len(t) > want:
		e.Report(operationOnRunValue("what follows it", v, nil, t.SourceRange()))
		return nil
	}
	seg := Seg{Ref: v, Range: t.SourceRange()}
	if want == 3 {
		seg.Key = attrName(t[2])
	}
	return Later{[]Seg{seg}}
}

func attrName(t hcl.Traverser) string {
	switch t := t.(type) {
	case hcl.TraverseAttr:
		return t.Name
	case hcl.TraverseIndex:
		if t.Key.Type() == cty.String {
			return t.Key.AsString()
		}
	}
	return "?"
}

// walk follows attributes and indexes into lists and objects that hold
// run-time values.
func (e *Evaluator) walk(v Val, t hcl.Traversal, at hcl.Range) Val {
	for _, step := range t {
		if v == nil {
			return nil
		}
		v = e.member(v, step, at)
	}
	return v
}

func (e *Evaluator) member(v Val, step hcl.Traverser, at hcl.Range) Val {
	switch v := v.(type) {
	case Object:
		name := attrName(step)
		if item, ok := v.Items[name]; ok {
			return item
		}
		e.Report(UnknownName("key", name, v.Keys, at))
	case List:
		if item := v.at(step); item != nil {
			return item
		}
		e.Report(diag.Problem("evaluation", at, "No such element", "The list has %d elements.", len(v.Items)))
	case Later:
		ref, via, _ := RefIn(v)
		e.Report(operationOnRunValue("what follows it", ref, via, at))
	case Commands:
		e.Report(CommandNotHere(v.Name+"()", at))
	case Known:
		if !v.V.IsKnown() {
			return nil
		}
		if attr, ok := step.(hcl.TraverseAttr); ok && v.V.Type().IsObjectType() && !v.V.Type().HasAttribute(attr.Name) {
			e.Report(UnknownName("key", attr.Name, slices.Sorted(maps.Keys(v.V.Type().AttributeTypes())), attr.SrcRange))
			return nil
		}
		out, diags := hcl.Traversal{step}.TraverseRel(v.V)
		if len(diags) == 0 {
			return Known{out}
		}
		e.Report(evaluation(diags[0], at))
	}
	return nil
}

// envValue is env.NAME: a variable of the machine or of the block.
func (e *Evaluator) envValue(t hcl.Traversal) Val {
	if len(t) != 2 || !language.VariablePattern().MatchString(attrName(t[1])) {
		e.Report(diag.Problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write env.NAME, with the name of an environment variable."))
		return nil
	}
	return Later{[]Seg{{Ref: language.EnvValue, Key: attrName(t[1]), Range: t.SourceRange()}}}
}
