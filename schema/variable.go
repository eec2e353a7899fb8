package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// variable decodes one, and takes its value: what was given last, or the
// default.
func (d *decoder) variable(n *syntax.Node) {
	v := &Variable{Label: n.Label, Description: d.str(n, "description", ""), Type: "any", Range: n.Header}
	d.policy.Variables = append(d.policy.Variables, v)
	d.nodes[v] = n
	d.eval.Variables[v.Label] = cty.DynamicVal
	t, ok := d.typeOf(n, v)
	fallback, at, has := d.fallback(n, t)
	g, given := d.given[v.Label]
	nullable := d.boolean(n, "nullable", true)
	switch {
	case !ok:
	case given:
		v.Given, v.At = g.origin, g.at
		value, fits := g.value(d, v.Label, t)
		if fits && value.IsNull() && !nullable.V {
			if !has {
				d.report(unfitValue(v.Label, "never null", "null", g.at))
			}
			value, fits, v.At = fallback, has, at
		}
		if fits {
			d.eval.Variables[v.Label] = value
		}
	case has && fallback.IsNull() && !nullable.V:
		d.report(unfitValue(v.Label, "never null", "null", at))
	case has:
		v.At = at
		d.eval.Variables[v.Label] = fallback
	case n.Attributes["default"] == nil && !n.Meant["default"]:
		d.report(missingVariable(v.Label, n.Header))
	}
}

// constraint is what a variable may be.
type constraint struct {
	t        cty.Type
	defaults *typeexpr.Defaults // of optional attributes
}

func (d *decoder) typeOf(n *syntax.Node, v *Variable) (constraint, bool) {
	a := n.Attributes["type"]
	if a == nil {
		return constraint{t: cty.DynamicPseudoType}, true
	}
	t, defaults, diags := typeexpr.TypeConstraintWithDefaults(a.Expr)
	if diags.HasErrors() {
		d.report(unknownType(diags[0]))
		return constraint{}, false
	}
	v.Type = typeexpr.TypeString(t)
	return constraint{t, defaults}, true
}

// fit makes a value one of the type, or says that it is none.
func (c constraint) fit(v cty.Value) (cty.Value, bool) {
	if c.defaults != nil && !v.IsNull() {
		v = c.defaults.Apply(v)
	}
	out, err := convert.Convert(v, c.t)
	return out, err == nil && eval.Size(out) <= eval.MaxLocal // a text such as 1e999999 may have become a number
}

func (c constraint) words() string {
	if c.t.IsPrimitiveType() {
		return eval.TypeWords(c.t)
	}
	return "of the type " + typeexpr.TypeString(c.t)
}

// fallback is the default. It refers to nothing, so that a value from outside
// and the default cannot differ in what they may say.
func (d *decoder) fallback(n *syntax.Node, c constraint) (cty.Value, hcl.Range, bool) {
	a := n.Attributes["default"]
	if a == nil {
		return cty.NilVal, n.Header, false
	}
	at := a.Expr.Range()
	if ref, via, at, found := d.eval.FirstRef(a.Expr, nil); found {
		d.report(notStatic("default", ref, via, at))
		return cty.NilVal, at, false
	}
	if refs := a.Expr.Variables(); len(refs) > 0 {
		d.report(notConstant(n.Label, refs[0].SourceRange()))
		return cty.NilVal, at, false
	}
	v, ok := d.eval.Value(a.Expr, nil)
	if !ok || c.t == cty.NilType {
		return cty.NilVal, at, false
	}
	out, ok := c.fit(v)
	if !ok {
		d.report(unfitValue(n.Label, c.words(), eval.KindOf(v), at))
	}
	return out, at, ok
}

// validate evaluates what the value must be besides.
func (d *decoder) validate(v *Variable) {
	if !d.eval.Variables[v.Label].IsWhollyKnown() {
		return
	}
	for _, n := range d.nodes[v].Of("validation") {
		a := n.Attributes["condition"]
		message := d.str(n, "message", "")
		if a == nil {
			continue
		}
		yes, ok := d.eval.Condition(a.Expr, nil)
		if ok && !yes && message.V != "" {
			d.report(refusedValue(v.Label, message.V, eval.Short(d.eval.Variables[v.Label]), v.At, a.Expr.Range()))
		}
	}
}

// Assignment gives values to variables: a text to one of them, or a file of
// values to several.
type Assignment struct {
	Origin  string // "--var region", "FETTLE_VAR_region": what messages call the place; of a file its name
	Name    string
	Text    string         // a text, or for another type than string an expression
	File    *syntax.Source // attributes, or JSON when its name ends in .json
	Foreign bool           // of an environment that others share: a name that nothing declares is not meant
}

// given is one value from outside.
type given struct {
	origin string
	at     hcl.Range
	text   *string // of the command line or the environment
	expr   hcl.Expression
}

// assign takes the values from outside: the last one counts.
func (d *decoder) assign(all []Assignment, top *syntax.Node) {
	d.given, d.nodes = map[string]given{}, map[any]*syntax.Node{}
	var declared []string
	for _, n := range top.Of("variable") {
		declared = append(declared, n.Label)
	}
	for _, a := range all {
		if a.File != nil {
			d.assignFile(a, declared)
			continue
		}
		switch {
		case slices.Contains(declared, a.Name):
			at := rangeOf(a.Origin, a.Text)
			d.given[a.Name] = given{origin: a.Origin, at: at, text: &a.Text}
			d.policy.Sources = append(d.policy.Sources, syntax.Source{Name: a.Origin, Bytes: []byte(a.Text)})
		case !a.Foreign && !d.diags.Broken:
			d.report(eval.UnknownName("variable", a.Name, declared, rangeOf(a.Origin, a.Text)))
		}
	}
}

// rangeOf is the whole of a text that stands in no file.
func rangeOf(name, text string) hcl.Range {
	first, _, _ := strings.Cut(text, "\n")
	return hcl.RangeBetween(syntax.RangeAt(name, []byte(first), 0), syntax.RangeAt(name, []byte(first), len(first)))
}

// assignFile reads a file of values. What it gives to a name that nothing
// declares was meant for another one.
func (d *decoder) assignFile(from Assignment, declared []string) {
	s := *from.File
	d.policy.Sources = append(d.policy.Sources, s)
	attributes := d.valuesIn(s)
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		a := attributes[name]
		if !slices.Contains(declared, name) {
			if !d.diags.Broken && !from.Foreign {
				d.report(eval.UnknownName("variable", name, declared, a.NameRange))
			}
			continue
		}
		d.given[name] = given{origin: s.Name, at: a.Expr.Range(), expr: a.Expr}
	}
}

// value is what was given, as one of the type.
func (g given) value(d *decoder, name string, c constraint) (cty.Value, bool) {
	v, ok := g.read(d, c)
	if !ok {
		return cty.NilVal, false
	}
	if eval.Size(v) > eval.MaxLocal {
		d.report(language.TooLarge("The value of variable \""+name+"\" has more than 64 KiB", g.at))
		return cty.NilVal, false
	}
	out, ok := c.fit(v)
	if !ok {
		d.report(unfitValue(name, c.words(), eval.KindOf(v), g.at))
	}
	return out, ok
}

// read is the value before it is made to fit: a text is one as it stands where
// the variable is a text, a number or a truth, and an expression elsewhere.
func (g given) read(d *decoder, c constraint) (cty.Value, bool) {
	if g.text == nil {
		return d.constant(g.expr)
	}
	if c.t == cty.DynamicPseudoType || c.t.IsPrimitiveType() {
		return cty.StringVal(*g.text), true
	}
	if problem := syntax.CheckSize(g.origin, []byte(*g.text)); problem != nil {
		d.report(problem)
		return cty.NilVal, false
	}
	x, diags := hclsyntax.ParseExpression([]byte(*g.text), g.origin, hcl.InitialPos)
	if diags.HasErrors() {
		d.report(syntax.SyntaxError(diags[0]))
		return cty.NilVal, false
	}
	return d.constant(x)
}

// constant evaluates what refers to nothing.
func (d *decoder) constant(x hcl.Expression) (cty.Value, bool) {
	if own, ok := x.(hclsyntax.Expression); ok {
		if refs := x.Variables(); len(refs) > 0 {
			d.report(diag.Problem("not-constant", refs[0].SourceRange(), "Value that refers to something", "A value from outside is written out: it refers to nothing."))
			return cty.NilVal, false
		}
		return d.eval.Value(own, nil)
	}
	v, diags := x.Value(nil) // JSON, where a text is a text
	if diags.HasErrors() {
		d.report(syntax.SyntaxError(diags[0]))
		return cty.NilVal, false
	}
	return v, true
}
