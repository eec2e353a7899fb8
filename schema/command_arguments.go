package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// What a call hands over is checked against what the command takes, at the value
// that is wrong.

// argumentsOf checks what a call hands over against what the command takes.
func argumentsOf(e *eval.Evaluator, x *hclsyntax.FunctionCallExpr, c *Definition, s eval.Scope) (map[string]eval.Argument, bool) {
	given, ok := argumentValues(e, x, c, s)
	if !ok {
		return nil, false
	}
	before := e.Diags.Len()
	meant := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		p, a := c.parameter(name), given[name]
		if p == nil {
			known := slices.DeleteFunc(c.parameterNames(), func(n string) bool { return given[n].V != nil })
			e.Report(unknownParameter(x.Name, name, known, c.Range, a.KeyAt))
			meant[diag.Nearest(name, known)] = true
			continue
		}
		checkArgument(e, p, a)
	}
	for _, p := range c.Parameters {
		if _, ok := given[p.Label]; !ok && p.Required && !meant[p.Label] {
			e.Report(missingParameter(x.Name, p.Label, p.Description.V, p.Range, x.NameRange))
		}
	}
	return given, e.Diags.Len() == before
}

// argumentValues evaluates the object of a call. A value that is null is one that is
// not given.
func argumentValues(e *eval.Evaluator, x *hclsyntax.FunctionCallExpr, c *Definition, s eval.Scope) (map[string]eval.Argument, bool) {
	out := map[string]eval.Argument{}
	if len(x.Args) == 0 {
		return out, true
	}
	if len(x.Args) > 1 || x.ExpandFinal {
		e.Report(notArguments(x.Name, c.example(), x.Args[len(x.Args)-1].Range()))
		return nil, false
	}
	if o, ok := x.Args[0].(*hclsyntax.ObjectConsExpr); ok {
		return argumentItems(e, o, s)
	}
	before := e.Diags.Len()
	switch v := e.Eval(x.Args[0], s).(type) {
	case eval.Object:
		for _, k := range v.Keys {
			out[k] = eval.Argument{V: v.Items[k], At: x.Args[0].Range(), KeyAt: x.Args[0].Range()}
		}
		return out, true
	case eval.Known:
		if !v.V.IsKnown() {
			return nil, false
		}
		if !v.V.IsNull() && (v.V.Type().IsObjectType() || v.V.Type().IsMapType()) {
			for k, item := range v.V.AsValueMap() {
				if !item.IsNull() {
					out[k] = eval.Argument{V: eval.Known{V: item}, At: x.Args[0].Range(), KeyAt: x.Args[0].Range()}
				}
			}
			return out, true
		}
	}
	if e.Diags.Len() == before {
		e.Report(notArguments(x.Name, c.example(), x.Args[0].Range()))
	}
	return nil, false
}

func argumentItems(e *eval.Evaluator, o *hclsyntax.ObjectConsExpr, s eval.Scope) (map[string]eval.Argument, bool) {
	out, ok := map[string]eval.Argument{}, true
	for _, i := range o.Items {
		key, known := e.Key(i.KeyExpr, s)
		v := e.Eval(i.ValueExpr, s)
		if !known || v == nil {
			ok = false
			continue
		}
		if first, twice := out[key]; twice {
			e.Report(syntax.Duplicate("\""+key+"\"", first.KeyAt, i.KeyExpr.Range()))
			ok = false
		}
		if !isNull(v) {
			out[key] = eval.Argument{V: v, At: i.ValueExpr.Range(), KeyAt: i.KeyExpr.Range()}
		}
	}
	return out, ok
}

func isNull(v eval.Val) bool {
	k, ok := v.(eval.Known)
	return ok && k.V.IsNull()
}

// example are the values that a call cannot do without.
func (c *Definition) example() string {
	var out []string
	for _, p := range c.Parameters {
		if p.Required {
			out = append(out, p.Label+" = …")
		}
	}
	if len(out) == 0 {
		return "NAME = …"
	}
	return strings.Join(out, ", ")
}

// checkArgument checks the kind of a value, and the value itself where the
// parameter lists those that there are.
func checkArgument(e *eval.Evaluator, p *Parameter, a eval.Argument) {
	want := map[string]string{"string": "a text", "number": "a number", "bool": "true or false", language.ListType: "a list of texts"}[p.Type.V]
	switch v := a.V.(type) {
	case eval.Commands:
		e.Report(eval.CommandNotHere(v.Name+"()", a.At))
	case eval.Object:
		e.Report(language.WrongType(p.Label, want, "an object", a.At))
	case eval.List:
		if p.Type.V != language.ListType {
			e.Report(language.WrongType(p.Label, want, "a list", a.At))
			return
		}
		for _, i := range v.Items {
			checkArgument(e, &Parameter{Label: p.Label, Type: Value[string]{V: "string"}, Values: p.Values, Range: p.Range}, eval.Argument{V: i, At: a.At})
		}
	case eval.Later:
		switch {
		case p.Type.V == "bool" || p.Type.V == language.ListType:
			ref, via, _ := eval.RefIn(v)
			e.Report(language.WrongType(p.Label, want, fmt.Sprintf("%s%s, a text that is known only when the pipeline runs", ref, eval.Through(via)), a.At))
		case p.Secret && !onlyEnv(v.Segs):
			e.Report(secretInClear(p.Label, a.At))
		}
	case eval.Known:
		checkKnown(e, p, v.V, want, a.At)
	}
}

func checkKnown(e *eval.Evaluator, p *Parameter, v cty.Value, want string, at hcl.Range) {
	if !v.IsKnown() {
		return
	}
	is := map[string]bool{
		"string": v.Type() == cty.String, "number": v.Type() == cty.Number, "bool": v.Type() == cty.Bool,
		language.ListType: v.Type().IsTupleType() || v.Type().IsListType() || v.Type().IsSetType(),
	}[p.Type.V]
	switch {
	case !is:
		e.Report(language.WrongType(p.Label, want, eval.KindOf(v), at))
	case p.Secret:
		e.Report(secretInClear(p.Label, at))
	case p.Type.V == language.ListType:
		for it := v.ElementIterator(); it.Next(); {
			_, item := it.Element()
			checkKnown(e, &Parameter{Label: p.Label, Type: Value[string]{V: "string"}, Values: p.Values, Range: p.Range}, item, "a list of texts", at)
		}
	case p.Type.V == "string":
		checkText(e, p, v.AsString(), at)
	}
}

func checkText(e *eval.Evaluator, p *Parameter, text string, at hcl.Range) {
	var known []string
	for _, o := range p.Values {
		known = append(known, o.V)
	}
	switch bad := badRune(text); {
	case bad != "":
		e.Report(syntax.BadCharacter(bad, at))
	case text == "":
		e.Report(emptyText(p.Label, at))
	case len(known) > 0 && !slices.Contains(known, text):
		e.Report(parameterEnum(p.Label, text, known, p.Range, at))
	}
}

func onlyEnv(segs []eval.Seg) bool {
	segs = flat(segs)
	return len(segs) == 1 && segs[0].Ref == language.EnvValue
}
