package eval

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
func (e *Evaluator) partial(x hclsyntax.Expression, s Scope) Val {
	switch x := x.(type) {
	case *hclsyntax.TemplateExpr:
		return e.template(x, s)
	case *hclsyntax.TemplateWrapExpr:
		return e.interpolation(x, s)
	case *hclsyntax.ParenthesesExpr:
		return e.Eval(x.Expression, s)
	case *hclsyntax.ScopeTraversalExpr:
		if !e.reaches(x, s) {
			return e.pick(x, s)
		}
		return e.traversal(x, s)
	case *hclsyntax.RelativeTraversalExpr:
		return e.walk(e.Eval(x.Source, s), x.Traversal, x.Range())
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
			return e.caller.Call(e, x, s)
		}
		return e.function(x, s)
	case *hclsyntax.BinaryOpExpr:
		return e.binary(x, s)
	case *hclsyntax.UnaryOpExpr:
		return e.unary(x, s)
	case *hclsyntax.SplatExpr:
		return e.splat(x, s)
	default:
		ref, via, at, _ := e.FirstRef(x, s)
		e.Report(operationOnRunValue(operationName(x), ref, via, at))
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

// interpolation is a text that is one interpolation and nothing else: it is what
// stands in it, and no text yet.
func (e *Evaluator) interpolation(x *hclsyntax.TemplateWrapExpr, s Scope) Val {
	if e.reaches(x, s) {
		return e.Text(x.Wrapped, s)
	}
	return e.Eval(x.Wrapped, s)
}

func (e *Evaluator) template(x *hclsyntax.TemplateExpr, s Scope) Val {
	var segs []Seg
	for _, p := range x.Parts {
		switch v := e.Text(p, s).(type) {
		case Later:
			segs = append(segs, v.Segs...)
		case nil:
			return nil
		}
	}
	return Later{segs}
}

// Text evaluates an expression to pieces of text.
func (e *Evaluator) Text(x hclsyntax.Expression, s Scope) Val {
	switch v := e.Eval(x, s).(type) {
	case nil:
		return nil
	case Later:
		return v
	case Known:
		str, err := convert.Convert(v.V, cty.String)
		if err != nil || str.IsNull() {
			e.Report(language.WrongType("a text", "made of texts", KindOf(v.V), x.Range()))
			return nil
		}
		if !str.IsKnown() {
			return nil
		}
		return Later{[]Seg{{Lit: str.AsString(), Range: x.Range()}}}
	case Commands:
		e.Report(commandInText(v.Name, x.Range()))
		return nil
	default:
		e.Report(language.WrongType("a text", "made of texts", "a list or an object", x.Range()))
		return nil
	}
}

func (e *Evaluator) tuple(x *hclsyntax.TupleConsExpr, s Scope) Val {
	var out List
	for _, i := range x.Exprs {
		v := e.Eval(i, s)
		if v == nil {
			return nil
		}
		out.Items = append(out.Items, v)
	}
	return out
}

func (e *Evaluator) objectOf(x *hclsyntax.ObjectConsExpr, s Scope) Val {
	out := Object{Items: map[string]Val{}}
	for _, i := range x.Items {
		key, ok := e.Key(i.KeyExpr, s)
		v := e.Eval(i.ValueExpr, s)
		if !ok || v == nil {
			return nil
		}
		if out.Items[key] == nil { // of two the later one counts, as in HCL
			out.Keys = append(out.Keys, key)
		}
		out.Items[key] = v
	}
	return out
}

func (e *Evaluator) Key(x hclsyntax.Expression, s Scope) (string, bool) {
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
		e.Report(language.WrongType("a key", "a text", KindOf(v), x.Range()))
		return "", false
	}
	return str.AsString(), true
}

func (e *Evaluator) conditional(x *hclsyntax.ConditionalExpr, s Scope) Val {
	b, ok := e.Condition(x.Condition, s)
	if !ok {
		return nil
	}
	chosen, other := x.TrueResult, x.FalseResult
	if !b {
		chosen, other = other, chosen
	}
	if e.reaches(x, s) {
		return e.Eval(chosen, s)
	}
	v, ok := e.Value(chosen, s)
	if !ok {
		return nil
	}
	rest, ok := e.attempt(other, s)
	if rest == nil || !ok {
		return Known{v}
	}
	if !b { // HCL makes both of one type
		return e.delegate(&hclsyntax.ConditionalExpr{Condition: literal(cty.False, x), TrueResult: literal(rest.(Known).V, other), FalseResult: literal(v, chosen), SrcRange: x.SrcRange})
	}
	return e.delegate(&hclsyntax.ConditionalExpr{Condition: literal(cty.True, x), TrueResult: literal(v, chosen), FalseResult: literal(rest.(Known).V, other), SrcRange: x.SrcRange})
}

// Condition evaluates what must be true or false now.
func (e *Evaluator) Condition(x hclsyntax.Expression, s Scope) (yes, ok bool) {
	v, ok := e.now("a condition", x, s)
	if !ok {
		return false, false
	}
	b, err := convert.Convert(v, cty.Bool)
	if err != nil || b.IsNull() {
		e.Report(language.WrongType("a condition", "true or false", KindOf(v), x.Range()))
		return false, false
	}
	return b.True(), true
}

func (e *Evaluator) index(x *hclsyntax.IndexExpr, s Scope) Val {
	key, ok := e.now("an index", x.Key, s)
	if !ok {
		return nil
	}
	return e.walk(e.Eval(x.Collection, s), hcl.Traversal{hcl.TraverseIndex{Key: key, SrcRange: x.Key.Range()}}, x.Range())
}

// elements are what a for expression goes over.
func (e *Evaluator) elements(x hclsyntax.Expression, s Scope) (keys, items []Val, ok bool) {
	switch v := e.Eval(x, s).(type) {
	case List:
		for i, item := range v.Items {
			keys, items = append(keys, Known{cty.NumberIntVal(int64(i))}), append(items, item)
		}
		return keys, items, true
	case Object:
		for _, k := range slices.Sorted(slices.Values(v.Keys)) {
			keys, items = append(keys, Known{cty.StringVal(k)}), append(items, v.Items[k])
		}
		return keys, items, true
	case Known:
		if !v.V.IsKnown() {
			return nil, nil, false
		}
		if v.V.IsNull() || !v.V.CanIterateElements() {
			e.Report(language.WrongType("for", "over a list or an object", KindOf(v.V), x.Range()))
			return nil, nil, false
		}
		for it := v.V.ElementIterator(); it.Next(); {
			k, item := it.Element()
			keys, items = append(keys, Known{k}), append(items, Known{item})
		}
		return keys, items, true
	case Later:
		ref, via, _ := RefIn(v)
		e.Report(operationOnRunValue("a for expression", ref, via, x.Range()))
	case Commands:
		e.Report(CommandNotHere(v.Name+"()", x.Range()))
	}
	return nil, nil, false
}

// join is %{for} in a template.
func (e *Evaluator) join(x *hclsyntax.TemplateJoinExpr, s Scope) Val {
	parts, ok := e.parts(x, s)
	if !ok {
		return nil
	}
	var segs []Seg
	for _, i := range parts {
		switch i := i.(type) {
		case Later:
			segs = append(segs, i.Segs...)
		case Known:
			str, err := convert.Convert(i.V, cty.String)
			if err != nil || str.IsNull() || !str.IsKnown() {
				e.Report(language.WrongType("a text", "made of texts", KindOf(i.V), x.Range()))
				return nil
			}
			segs = append(segs, Seg{Lit: str.AsString(), Range: x.Range()})
		default:
			e.Report(language.WrongType("a text", "made of texts", "a list or an object", x.Range()))
			return nil
		}
	}
	return Later{segs}
}

// parts are the texts that a %{for} makes.
func (e *Evaluator) parts(x *hclsyntax.TemplateJoinExpr, s Scope) ([]Val, bool) {
	switch v := e.Eval(x.Tuple, s).(type) {
	case List:
		return v.Items, true
	case Known:
		if !v.V.IsKnown() {
			return nil, false
		}
		var out []Val
		for it := v.V.ElementIterator(); it.Next(); {
			_, i := it.Element()
			out = append(out, Known{i})
		}
		return out, true
	default:
		return nil, false
	}
}
