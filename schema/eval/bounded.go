package eval

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// HCL cannot be stopped while it evaluates, so what could take long does not
// reach it as a whole: for expressions, calls and arithmetic are evaluated
// piece by piece, within bounds, and give what HCL would give.

// The bounds of for expressions.
const (
	maxRounds = 20_000 // of all of them together
	maxNested = 2
)

// plain tells whether HCL may evaluate an expression as a whole.
func plain(x hclsyntax.Expression) bool {
	yes := true
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ForExpr, *hclsyntax.FunctionCallExpr:
			yes = false
		case *hclsyntax.ScopeTraversalExpr: // what it picks is named in our words
			yes = yes && len(n.Traversal) <= 2
		case *hclsyntax.BinaryOpExpr:
			yes = yes && n.Op.Type != cty.Number
		case *hclsyntax.UnaryOpExpr:
			yes = yes && n.Op.Type != cty.Number
		}
		return nil
	})
	return yes
}

// settle makes one value of a list, an object or a text in which nothing is
// a run-time value.
func settle(v Val) Val {
	if _, _, found := RefIn(v); found || v == nil {
		return v
	}
	switch v := v.(type) {
	case Later:
		text := ""
		for _, s := range v.Segs {
			text += s.Lit
		}
		return Known{cty.StringVal(text)}
	case List, Object:
		return Known{staticOf(v)}
	default:
		return v
	}
}

// Value evaluates an expression that holds no run-time value. It is not ok
// after an error, here or in what the expression refers to.
func (e *Evaluator) Value(x hclsyntax.Expression, s Scope) (cty.Value, bool) {
	v, ok := e.Eval(x, s).(Known)
	return v.V, ok && v.V.IsKnown()
}

// now evaluates what an operation needs while the policy is compiled.
func (e *Evaluator) now(what string, x hclsyntax.Expression, s Scope) (cty.Value, bool) {
	v := e.Eval(x, s)
	if seg := firstSeg(v); seg != nil {
		e.Report(operationOnRunValue(what, seg.Ref, seg.Via, seg.Range))
		return cty.NilVal, false
	}
	k, ok := v.(Known)
	return k.V, ok && k.V.IsKnown()
}

// soft are the mistakes that try, can, a branch that is not chosen and && after
// false may hold: something about values. A name that nothing has is one about
// the policy, and a run-time value stays one.
var soft = []diag.Code{"evaluation", "wrong-argument", "wrong-type", "unknown-key"}

// attempt evaluates an expression whose failing is no mistake.
func (e *Evaluator) attempt(x hclsyntax.Expression, s Scope) (Val, bool) {
	for _, t := range x.Variables() {
		if name, ok := localName(t); ok && s["local"] == nil {
			e.Local(name, t.SourceRange()) // a mistake in a local is one, wherever it is used
		}
	}
	before := e.Diags.Len()
	v := e.Eval(x, s)
	for _, d := range e.Diags.Since(before) {
		if !slices.Contains(soft, d.Code) {
			return nil, false
		}
	}
	failed := e.Diags.Len() > before || v == nil
	e.Diags.Forget(before)
	if failed {
		return nil, true
	}
	return v, true
}

// literal stands for a part of an expression that is evaluated already.
func literal(v cty.Value, of hclsyntax.Expression) hclsyntax.Expression {
	return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: of.Range()}
}

// delegate lets HCL evaluate one operation on literals.
func (e *Evaluator) delegate(x hclsyntax.Expression) Val {
	v, diags := x.Value(nil)
	for _, d := range diags {
		if d.Severity == hcl.DiagError {
			e.Report(evaluation(d, x.Range()))
			return nil
		}
	}
	if Size(v) > maxValue {
		e.Report(language.TooLarge("A value here has more than 256 KiB, or more than 300 digits", x.Range()))
		return nil
	}
	return Known{v}
}

func (e *Evaluator) binary(x *hclsyntax.BinaryOpExpr, s Scope) Val {
	left, ok := e.now(operationName(x), x.LHS, s)
	if !ok {
		return nil
	}
	if decided(x.Op, left) && !e.reaches(x.RHS, s) {
		if v, ok := e.attempt(x.RHS, s); v == nil && ok {
			return Known{cty.BoolVal(x.Op == hclsyntax.OpLogicalOr)}
		}
	}
	right, ok := e.now(operationName(x), x.RHS, s)
	if !ok || x.Op.Type == cty.Number && !(e.numbers(x.LHS, left) && e.numbers(x.RHS, right)) {
		return nil
	}
	if dividesByZero(x.Op, right) {
		e.Report(divisionByZero(x.Range()))
		return nil
	}
	return e.delegate(&hclsyntax.BinaryOpExpr{LHS: literal(left, x.LHS), Op: x.Op, RHS: literal(right, x.RHS), SrcRange: x.SrcRange})
}

// dividesByZero: HCL would say infinity, and the number itself of a remainder.
func dividesByZero(op *hclsyntax.Operation, right cty.Value) bool {
	if op != hclsyntax.OpDivide && op != hclsyntax.OpModulo {
		return false
	}
	n, err := convert.Convert(right, cty.Number)
	return err == nil && !n.IsNull() && n.AsBigFloat().Sign() == 0
}

// decided tells whether the left side says all: false && …, true || ….
func decided(op *hclsyntax.Operation, left cty.Value) bool {
	b, err := convert.Convert(left, cty.Bool)
	if err != nil || b.IsNull() {
		return false
	}
	return op == hclsyntax.OpLogicalOr && b.True() || op == hclsyntax.OpLogicalAnd && b.False()
}

func (e *Evaluator) numbers(x hclsyntax.Expression, v cty.Value) bool {
	if !fitsNumber(v) {
		e.Report(language.WrongType("a calculation", "made of numbers", "a text that is none", x.Range()))
		return false
	}
	return true
}

func (e *Evaluator) unary(x *hclsyntax.UnaryOpExpr, s Scope) Val {
	v, ok := e.now(operationName(x), x.Val, s)
	if !ok || x.Op.Type == cty.Number && !e.numbers(x.Val, v) {
		return nil
	}
	return e.delegate(&hclsyntax.UnaryOpExpr{Op: x.Op, Val: literal(v, x.Val), SrcRange: x.SrcRange, SymbolRange: x.SymbolRange})
}

// splat is LIST[*] and what follows it, for each element.
func (e *Evaluator) splat(x *hclsyntax.SplatExpr, s Scope) Val {
	var out List
	switch v := e.Eval(x.Source, s).(type) {
	case Known:
		ctx := e.context(x.Each, s)
		of := *x
		of.Source = literal(v.V, x.Source)
		got, diags := of.Value(ctx)
		if diags.HasErrors() {
			e.Report(evaluation(diags[0], x.Range()))
			return nil
		}
		return Known{got}
	case List:
		for _, i := range v.Items {
			item := e.each(x.Each, i, s)
			if item == nil {
				return nil
			}
			out.Items = append(out.Items, item)
		}
		return out
	case nil:
		return nil
	default:
		ref, via, at, _ := e.FirstRef(x, s)
		e.Report(operationOnRunValue("[*]", ref, via, at))
		return nil
	}
}

// each follows what stands behind a splat, for one element.
func (e *Evaluator) each(x hclsyntax.Expression, item Val, s Scope) Val {
	switch x := x.(type) {
	case *hclsyntax.AnonSymbolExpr:
		return item
	case *hclsyntax.RelativeTraversalExpr:
		return e.walk(e.each(x.Source, item, s), x.Traversal, x.Range())
	case *hclsyntax.IndexExpr:
		key, ok := e.now("an index", x.Key, s)
		if !ok {
			return nil
		}
		return e.walk(e.each(x.Collection, item, s), hcl.Traversal{hcl.TraverseIndex{Key: key, SrcRange: x.Key.Range()}}, x.Range())
	default:
		e.Report(diag.Problem("evaluation", x.Range(), "Too much behind [*]", "Behind [*] there may be names and indexes. Write a for expression: [for x in … : …]."))
		return nil
	}
}

// loop is a for expression.
func (e *Evaluator) loop(x *hclsyntax.ForExpr, s Scope) Val {
	if e.depth == maxNested {
		e.Report(language.TooLarge("for expressions are nested more than two deep here", x.Range()))
		return nil
	}
	keys, items, ok := e.elements(x.CollExpr, s)
	if !ok {
		return nil
	}
	if len(items) == 0 {
		e.names(x, s)
	}
	e.depth++
	defer func() { e.depth-- }()
	b := &built{grouped: x.Group, groups: map[string][]Val{}}
	for i := range items {
		if e.rounds++; e.rounds > maxRounds {
			if e.rounds == maxRounds+1 {
				e.Report(language.TooLarge("The for expressions of this policy go over more than 20,000 elements", x.Range()))
			}
			return nil
		}
		if !e.round(x, iteration(x, s, keys[i], items[i]), b) {
			return nil
		}
		if b.size > maxValue {
			e.Report(language.TooLarge("A for expression gives more than 256 KiB", x.Range()))
			return nil
		}
	}
	return b.result(x.KeyExpr != nil)
}

// names looks at the names in an expression that is not evaluated.
func (e *Evaluator) names(x hclsyntax.Expression, s Scope) {
	e.context(x, s)
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if c, ok := n.(*hclsyntax.FunctionCallExpr); ok && language.FunctionNamed(c.Name) == nil {
			e.Report(unknownFunction(c.Name, language.FunctionNames(), c.NameRange))
		}
		return nil
	})
}

// built is what a for expression has given so far.
type built struct {
	list    List
	keys    []string // of an object, in order
	groups  map[string][]Val
	grouped bool
	size    int
}

// round evaluates one round; it is false after an error.
func (e *Evaluator) round(x *hclsyntax.ForExpr, in Scope, b *built) bool {
	if x.CondExpr != nil {
		keep, ok := e.Condition(x.CondExpr, in)
		if !ok || !keep {
			return ok
		}
	}
	key := ""
	if x.KeyExpr != nil {
		k, ok := e.Key(x.KeyExpr, in)
		if !ok {
			return false
		}
		key = k
	}
	v := e.Eval(x.ValExpr, in)
	if v == nil {
		return false
	}
	b.size += 16 + len(key) + sizeOfVal(v)
	switch {
	case x.KeyExpr == nil:
		b.list.Items = append(b.list.Items, v)
	case b.groups[key] != nil && !b.grouped:
		e.Report(diag.Problem("evaluation", x.KeyExpr.Range(), "Key given twice", "Two elements give the key %q. Write … after the value, and each key has a list of them.", key))
		return false
	default:
		if b.groups[key] == nil {
			b.keys = append(b.keys, key)
		}
		b.groups[key] = append(b.groups[key], v)
	}
	return true
}

func (b *built) result(isObject bool) Val {
	if !isObject {
		return b.list
	}
	out := Object{Keys: b.keys, Items: map[string]Val{}}
	for k, vs := range b.groups {
		if b.grouped {
			out.Items[k] = List{vs}
		} else {
			out.Items[k] = vs[0]
		}
	}
	return out
}

func iteration(x *hclsyntax.ForExpr, s Scope, key, item Val) Scope {
	in := maps.Clone(s)
	if in == nil {
		in = Scope{}
	}
	if x.KeyVar != "" {
		in[x.KeyVar] = key
	}
	in[x.ValVar] = item
	return in
}
