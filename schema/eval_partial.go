package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/language"
)

// The kinds of expression that may carry run-time values.

// partial evaluates an expression that reaches a run-time value.
func (e *evaluator) partial(x hclsyntax.Expression, s scope) val {
	switch x := x.(type) {
	case *hclsyntax.TemplateExpr:
		return e.template(x, s)
	case *hclsyntax.TemplateWrapExpr:
		return e.wrapped(x, s)
	case *hclsyntax.ParenthesesExpr:
		return e.eval(x.Expression, s)
	case *hclsyntax.ScopeTraversalExpr:
		if !e.reaches(x, s) {
			return e.picked(x, s)
		}
		return e.traversal(x, s)
	case *hclsyntax.RelativeTraversalExpr:
		return e.walk(e.eval(x.Source, s), x.Traversal, x.Range())
	case *hclsyntax.TupleConsExpr:
		return e.tuple(x, s)
	case *hclsyntax.ObjectConsExpr:
		return e.objectOf(x, s)
	case *hclsyntax.ConditionalExpr:
		return e.conditional(x, s)
	case *hclsyntax.IndexExpr:
		return e.index(x, s)
	case *hclsyntax.ForExpr:
		return e.loop(x, s)
	case *hclsyntax.TemplateJoinExpr:
		return e.join(x, s)
	case *hclsyntax.FunctionCallExpr:
		if isCommand(x) {
			return e.caller.call(e, x, s)
		}
		return e.function(x, s)
	case *hclsyntax.BinaryOpExpr:
		return e.binary(x, s)
	case *hclsyntax.UnaryOpExpr:
		return e.unary(x, s)
	case *hclsyntax.SplatExpr:
		return e.splat(x, s)
	default:
		ref, via, at, _ := e.firstRef(x, s)
		e.report(operationOnRunValue(operationName(x), ref, via, at))
		return nil
	}
}

func operationName(x hclsyntax.Expression) string {
	switch x := x.(type) {
	case *hclsyntax.FunctionCallExpr:
		return x.Name + "()"
	case *hclsyntax.BinaryOpExpr:
		return "a comparison or calculation"
	case *hclsyntax.UnaryOpExpr:
		return "an operator"
	case *hclsyntax.SplatExpr:
		return "[*]"
	default:
		return "this expression"
	}
}

// wrapped is a text that is one interpolation and nothing else: it is what
// stands in it, and no text yet.
func (e *evaluator) wrapped(x *hclsyntax.TemplateWrapExpr, s scope) val {
	if e.reaches(x, s) {
		return e.text(x.Wrapped, s)
	}
	return e.eval(x.Wrapped, s)
}

func (e *evaluator) template(x *hclsyntax.TemplateExpr, s scope) val {
	var segs []Seg
	for _, p := range x.Parts {
		switch v := e.text(p, s).(type) {
		case later:
			segs = append(segs, v.segs...)
		case nil:
			return nil
		}
	}
	return later{segs}
}

// text evaluates an expression to pieces of text.
func (e *evaluator) text(x hclsyntax.Expression, s scope) val {
	switch v := e.eval(x, s).(type) {
	case nil:
		return nil
	case later:
		return v
	case known:
		str, err := convert.Convert(v.v, cty.String)
		if err != nil || str.IsNull() {
			e.report(language.WrongType("a text", "made of texts", kindOf(v.v), x.Range()))
			return nil
		}
		if !str.IsKnown() {
			return nil
		}
		return later{[]Seg{{Lit: str.AsString(), Range: x.Range()}}}
	case commands:
		e.report(commandInText(v.name, x.Range()))
		return nil
	default:
		e.report(language.WrongType("a text", "made of texts", "a list or an object", x.Range()))
		return nil
	}
}

func (e *evaluator) tuple(x *hclsyntax.TupleConsExpr, s scope) val {
	var out list
	for _, i := range x.Exprs {
		v := e.eval(i, s)
		if v == nil {
			return nil
		}
		out.items = append(out.items, v)
	}
	return out
}

func (e *evaluator) objectOf(x *hclsyntax.ObjectConsExpr, s scope) val {
	out := object{items: map[string]val{}}
	for _, i := range x.Items {
		key, ok := e.key(i.KeyExpr, s)
		v := e.eval(i.ValueExpr, s)
		if !ok || v == nil {
			return nil
		}
		if out.items[key] == nil { // of two the later one counts, as in HCL
			out.keys = append(out.keys, key)
		}
		out.items[key] = v
	}
	return out
}

func (e *evaluator) key(x hclsyntax.Expression, s scope) (string, bool) {
	if k, ok := x.(*hclsyntax.ObjectConsKeyExpr); ok {
		if name := hcl.ExprAsKeyword(k); name != "" {
			return name, true
		}
		if t, dotted := k.Wrapped.(*hclsyntax.ScopeTraversalExpr); !dotted || k.ForceNonLiteral || len(t.Traversal) == 1 {
			x = k.Wrapped
		}
	}
	v, ok := e.now("a key", x, s)
	if !ok {
		return "", false
	}
	str, err := convert.Convert(v, cty.String)
	if err != nil || str.IsNull() {
		e.report(language.WrongType("a key", "a text", kindOf(v), x.Range()))
		return "", false
	}
	return str.AsString(), true
}

func (e *evaluator) conditional(x *hclsyntax.ConditionalExpr, s scope) val {
	b, ok := e.condition(x.Condition, s)
	if !ok {
		return nil
	}
	chosen, other := x.TrueResult, x.FalseResult
	if !b {
		chosen, other = other, chosen
	}
	if e.reaches(x, s) {
		return e.eval(chosen, s)
	}
	v, ok := e.value(chosen, s)
	if !ok {
		return nil
	}
	rest, ok := e.attempt(other, s)
	if rest == nil || !ok {
		return known{v}
	}
	if !b { // HCL makes both of one type
		return e.delegate(&hclsyntax.ConditionalExpr{Condition: literal(cty.False, x), TrueResult: literal(rest.(known).v, other), FalseResult: literal(v, chosen), SrcRange: x.SrcRange})
	}
	return e.delegate(&hclsyntax.ConditionalExpr{Condition: literal(cty.True, x), TrueResult: literal(v, chosen), FalseResult: literal(rest.(known).v, other), SrcRange: x.SrcRange})
}

// condition evaluates what must be true or false now.
func (e *evaluator) condition(x hclsyntax.Expression, s scope) (yes, ok bool) {
	v, ok := e.now("a condition", x, s)
	if !ok {
		return false, false
	}
	b, err := convert.Convert(v, cty.Bool)
	if err != nil || b.IsNull() {
		e.report(language.WrongType("a condition", "true or false", kindOf(v), x.Range()))
		return false, false
	}
	return b.True(), true
}

func (e *evaluator) index(x *hclsyntax.IndexExpr, s scope) val {
	key, ok := e.now("an index", x.Key, s)
	if !ok {
		return nil
	}
	return e.walk(e.eval(x.Collection, s), hcl.Traversal{hcl.TraverseIndex{Key: key, SrcRange: x.Key.Range()}}, x.Range())
}

// elements are what a for expression goes over.
func (e *evaluator) elements(x hclsyntax.Expression, s scope) (keys, items []val, ok bool) {
	switch v := e.eval(x, s).(type) {
	case list:
		for i, item := range v.items {
			keys, items = append(keys, known{cty.NumberIntVal(int64(i))}), append(items, item)
		}
		return keys, items, true
	case object:
		for _, k := range slices.Sorted(slices.Values(v.keys)) {
			keys, items = append(keys, known{cty.StringVal(k)}), append(items, v.items[k])
		}
		return keys, items, true
	case known:
		if !v.v.IsKnown() {
			return nil, nil, false
		}
		if v.v.IsNull() || !v.v.CanIterateElements() {
			e.report(language.WrongType("for", "over a list or an object", kindOf(v.v), x.Range()))
			return nil, nil, false
		}
		for it := v.v.ElementIterator(); it.Next(); {
			k, item := it.Element()
			keys, items = append(keys, known{k}), append(items, known{item})
		}
		return keys, items, true
	case later:
		ref, via, _ := refIn(v)
		e.report(operationOnRunValue("a for expression", ref, via, x.Range()))
	case commands:
		e.report(commandNotHere(v.name+"()", x.Range()))
	}
	return nil, nil, false
}

// join is %{for} in a template.
func (e *evaluator) join(x *hclsyntax.TemplateJoinExpr, s scope) val {
	parts, ok := e.parts(x, s)
	if !ok {
		return nil
	}
	var segs []Seg
	for _, i := range parts {
		switch i := i.(type) {
		case later:
			segs = append(segs, i.segs...)
		case known:
			str, err := convert.Convert(i.v, cty.String)
			if err != nil || str.IsNull() || !str.IsKnown() {
				e.report(language.WrongType("a text", "made of texts", kindOf(i.v), x.Range()))
				return nil
			}
			segs = append(segs, Seg{Lit: str.AsString(), Range: x.Range()})
		default:
			e.report(language.WrongType("a text", "made of texts", "a list or an object", x.Range()))
			return nil
		}
	}
	return later{segs}
}

// parts are the texts that a %{for} makes.
func (e *evaluator) parts(x *hclsyntax.TemplateJoinExpr, s scope) ([]val, bool) {
	switch v := e.eval(x.Tuple, s).(type) {
	case list:
		return v.items, true
	case known:
		if !v.v.IsKnown() {
			return nil, false
		}
		var out []val
		for it := v.v.ElementIterator(); it.Next(); {
			_, i := it.Element()
			out = append(out, known{i})
		}
		return out, true
	default:
		return nil, false
	}
}
