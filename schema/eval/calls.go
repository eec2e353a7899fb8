package eval

import (
	"errors"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// function evaluates a call. The arguments come first, so that of a mistake
// and what follows from it the mistake is told.
func (e *Evaluator) function(x *hclsyntax.FunctionCallExpr, s Scope) Val {
	f := language.FunctionNamed(x.Name)
	switch {
	case x.Name == "script":
		e.Report(scriptElsewhere(x.Range()))
		return nil
	case f == nil:
		e.Report(unknownFunction(x.Name, language.FunctionNames(), x.NameRange))
		return nil
	case f.Lazy && len(x.Args) == 0:
		e.Report(wrongArgumentCount(f, 0, x.NameRange))
		return nil
	case f.Lazy:
		return e.try(f, x, s)
	}
	args, ranges, ok := e.arguments(f, x, s)
	if !ok {
		return nil
	}
	return e.apply(f, args, ranges, x)
}

// try is try, which gives the first argument that can be evaluated, and can.
func (e *Evaluator) try(f *language.Function, x *hclsyntax.FunctionCallExpr, s Scope) Val {
	for _, a := range x.Args {
		v, ok := e.attempt(a, s)
		seg := firstSeg(v)
		switch {
		case !ok:
			return nil
		case seg != nil:
			e.Report(operationOnRunValue(f.Name()+"()", seg.Ref, seg.Via, seg.Range))
			return nil
		case f.Name() == "can":
			return Known{cty.BoolVal(v != nil)}
		case v != nil:
			return v
		}
	}
	e.Report(diag.Problem("evaluation", x.Range(), "Nothing to try is left", "None of the arguments of try() can be evaluated. End with a value that can: try(…, \"none\")."))
	return nil
}

// arguments evaluates all of them; the list of a last one with … behind it is
// spread.
func (e *Evaluator) arguments(f *language.Function, x *hclsyntax.FunctionCallExpr, s Scope) ([]cty.Value, []hcl.Range, bool) {
	var args []cty.Value
	var ranges []hcl.Range
	ok := true
	for i, a := range x.Args {
		v := e.Eval(a, s)
		if seg := firstSeg(v); seg != nil {
			e.Report(operationOnRunValue(f.Name()+"()", seg.Ref, seg.Via, seg.Range))
			v = nil
		}
		k, is := v.(Known)
		ok = ok && is
		if !ok {
			continue
		}
		if !x.ExpandFinal || i < len(x.Args)-1 {
			args, ranges = append(args, k.V), append(ranges, a.Range())
			continue
		}
		if !k.V.IsKnown() || k.V.IsNull() || !k.V.CanIterateElements() || k.V.Type().IsObjectType() || k.V.Type().IsMapType() {
			e.Report(language.WrongType("…", "for a list", KindOf(k.V), a.Range()))
			return nil, nil, false
		}
		for it := k.V.ElementIterator(); it.Next(); {
			_, v := it.Element()
			args, ranges = append(args, v), append(ranges, a.Range())
		}
	}
	if params := len(f.Call.Params()); ok && (len(args) < params || len(args) > params && f.Call.VarParam() == nil) {
		e.Report(wrongArgumentCount(f, len(args), x.NameRange))
		return nil, nil, false
	}
	return args, ranges, ok
}

// firstSeg is the first run-time value in a value, or nil.
func firstSeg(v Val) *Seg {
	switch v := v.(type) {
	case Commands:
		return &Seg{Ref: language.RunValue(v.Name + "()"), Range: v.Texts[0].Call.Range}
	case Later:
		for i := range v.Segs {
			if v.Segs[i].Ref != "" {
				return &v.Segs[i]
			}
		}
	case List:
		for _, i := range v.Items {
			if s := firstSeg(i); s != nil {
				return s
			}
		}
	case Object:
		for _, k := range v.Keys {
			if s := firstSeg(v.Items[k]); s != nil {
				return s
			}
		}
	}
	return nil
}

// apply converts the arguments, asks how much the call would need, and calls.
func (e *Evaluator) apply(f *language.Function, args []cty.Value, ranges []hcl.Range, x *hclsyntax.FunctionCallExpr) Val {
	for i, v := range args {
		p := parameterOf(f.Call, i)
		if !v.IsWhollyKnown() {
			return Known{cty.DynamicVal} // after an error elsewhere
		}
		out, err := convert.Convert(v, p.Type)
		if err != nil || v.IsNull() && !p.AllowNull || !fitsNumber(v) && (p.Type == cty.Number || f.Name() == "tonumber") {
			e.Report(wrongArgument(f, i, TypeWords(p.Type), KindOf(v), ranges[i]))
			return nil
		}
		args[i] = out
	}
	if why := excess(f.Name(), args); why != "" {
		e.Report(language.TooLarge(why, x.Range()))
		return nil
	}
	v, err := f.Call.Call(args)
	if err != nil {
		at := x.Range()
		var arg function.ArgError
		if errors.As(err, &arg) && arg.Index < len(ranges) {
			at = ranges[arg.Index]
		}
		e.Report(callFailed(f, err.Error(), at))
		return nil
	}
	if Size(v) > maxValue {
		e.Report(language.TooLarge(f.Name()+"() gives more than 256 KiB here, or a number of more than 300 digits", x.Range()))
		return nil
	}
	return Known{v}
}

func parameterOf(f function.Function, i int) function.Parameter {
	if i < len(f.Params()) {
		return f.Params()[i]
	}
	return *f.VarParam()
}

// TypeWords is what messages call a type.
func TypeWords(t cty.Type) string {
	switch {
	case t == cty.String:
		return "a text"
	case t == cty.Number:
		return "a number"
	case t == cty.Bool:
		return "true or false"
	case t.IsObjectType():
		return "an object"
	case t.IsMapType():
		return "an object whose values are each " + TypeWords(t.ElementType())
	case t.IsCollectionType():
		return "a list whose elements are each " + TypeWords(t.ElementType())
	case t.IsTupleType():
		return "a list"
	default:
		return "a value of another kind"
	}
}

func isCommand(x *hclsyntax.FunctionCallExpr) bool { return strings.Contains(x.Name, "::") }

// commandCall finds a call of a command in an expression, or nil.
func commandCall(x hclsyntax.Expression) *hclsyntax.FunctionCallExpr {
	if all := CommandCalls(x); len(all) > 0 {
		return all[0]
	}
	return nil
}

// CommandCalls are all calls of commands in an expression.
func CommandCalls(x hclsyntax.Expression) []*hclsyntax.FunctionCallExpr {
	var out []*hclsyntax.FunctionCallExpr
	hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if c, ok := n.(*hclsyntax.FunctionCallExpr); ok && isCommand(c) {
			out = append(out, c)
		}
		return nil
	})
	return out
}
