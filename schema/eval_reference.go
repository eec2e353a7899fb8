package schema

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
func (e *evaluator) traversal(x *hclsyntax.ScopeTraversalExpr, s scope) val {
	t := x.Traversal
	root := t.RootName()
	if v, ok := s[root]; ok {
		return usedAt(e.walk(v, t[1:], x.Range()), x.Range())
	}
	if name, ok := localName(t); ok {
		return e.walk(through1("local."+name, e.local(name, x.Range()), x.Range()), t[2:], x.Range())
	}
	return e.runValue(t)
}

// picked is a part of a value in which nothing is known only later.
func (e *evaluator) picked(x *hclsyntax.ScopeTraversalExpr, s scope) val {
	base := min(2, len(x.Traversal))
	if _, ok := s[x.Traversal.RootName()]; ok {
		base = 1
	}
	v := e.static(&hclsyntax.ScopeTraversalExpr{Traversal: x.Traversal[:base], SrcRange: x.SrcRange}, s)
	return e.walk(v, x.Traversal[base:], x.SrcRange)
}

// through1 notes in each piece by which local it came, and where it is used.
func through1(name string, v val, at hcl.Range) val {
	switch v := v.(type) {
	case later:
		out := make([]Seg, len(v.segs))
		for i, seg := range v.segs {
			seg.Range = at
			if name != "" {
				seg.Via = append([]string{name}, seg.Via...)
			}
			out[i] = seg
		}
		return later{out}
	case list:
		out := list{}
		for _, i := range v.items {
			out.items = append(out.items, through1(name, i, at))
		}
		return out
	case object:
		out := object{keys: v.keys, items: map[string]val{}}
		for k, i := range v.items {
			out.items[k] = through1(name, i, at)
		}
		return out
	default:
		return v
	}
}

// usedAt notes where the value of a loop variable is used.
func usedAt(v val, at hcl.Range) val { return through1("", v, at) }

func (e *evaluator) runValue(t hcl.Traversal) val {
	root := t.RootName()
	members := language.RunRoots[root]
	if root == "env" {
		return e.envValue(t)
	}
	if members == nil { // incident
		if len(t) > 1 {
			e.report(unknownRunValue(attrName(t[1]), root, nil, t.SourceRange()))
			return nil
		}
		return later{[]Seg{{Ref: language.IncidentValue, Range: t.SourceRange()}}}
	}
	if len(t) < 2 {
		e.report(runValueNeedsName(root, slices.Sorted(maps.Keys(members)), t.SourceRange()))
		return nil
	}
	v, ok := members[attrName(t[1])]
	want := 2
	if v == language.DeploymentValues {
		want = 3
	}
	switch {
	case !ok:
		e.report(unknownRunValue(attrName(t[1]), root, slices.Sorted(maps.Keys(members)), t[1].SourceRange()))
		return nil
	case len(t) < want:
		e.report(diag.Problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write deployment.values.NAME, with a name from `values` of the environment."))
		return nil
	case len(t) > want:
		e.report(operationOnRunValue("what follows it", v, nil, t.SourceRange()))
		return nil
	}
	seg := Seg{Ref: v, Range: t.SourceRange()}
	if want == 3 {
		seg.Key = attrName(t[2])
	}
	return later{[]Seg{seg}}
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
func (e *evaluator) walk(v val, t hcl.Traversal, at hcl.Range) val {
	for _, step := range t {
		if v == nil {
			return nil
		}
		v = e.member(v, step, at)
	}
	return v
}

func (e *evaluator) member(v val, step hcl.Traverser, at hcl.Range) val {
	switch v := v.(type) {
	case object:
		name := attrName(step)
		if item, ok := v.items[name]; ok {
			return item
		}
		e.report(unknownName("key", name, v.keys, at))
	case list:
		if item := v.at(step); item != nil {
			return item
		}
		e.report(diag.Problem("evaluation", at, "No such element", "The list has %d elements.", len(v.items)))
	case later:
		ref, via, _ := refIn(v)
		e.report(operationOnRunValue("what follows it", ref, via, at))
	case commands:
		e.report(commandNotHere(v.name+"()", at))
	case known:
		if !v.v.IsKnown() {
			return nil
		}
		if attr, ok := step.(hcl.TraverseAttr); ok && v.v.Type().IsObjectType() && !v.v.Type().HasAttribute(attr.Name) {
			e.report(unknownName("key", attr.Name, slices.Sorted(maps.Keys(v.v.Type().AttributeTypes())), attr.SrcRange))
			return nil
		}
		out, diags := hcl.Traversal{step}.TraverseRel(v.v)
		if len(diags) == 0 {
			return known{out}
		}
		e.report(evaluation(diags[0], at))
	}
	return nil
}

// envValue is env.NAME: a variable of the machine or of the block.
func (e *evaluator) envValue(t hcl.Traversal) val {
	if len(t) != 2 || !language.VariablePattern().MatchString(attrName(t[1])) {
		e.report(diag.Problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write env.NAME, with the name of an environment variable."))
		return nil
	}
	return later{[]Seg{{Ref: language.EnvValue, Key: attrName(t[1]), Range: t.SourceRange()}}}
}
