package schema

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// staticValue evaluates an attribute that must be known when compiling.
func (d *decoder) staticValue(n *syntax.Node, name string) (cty.Value, hcl.Range, bool) {
	a := n.Attributes[name]
	if a == nil {
		return cty.NilVal, n.Header, false
	}
	if ref, via, at, found := d.eval.FirstRef(a.Expr, scopeIn(n)); found {
		d.report(notStatic(name, ref, via, at))
		return cty.NilVal, a.Expr.Range(), false
	}
	v, ok := d.eval.Eval(a.Expr, scopeIn(n)).(eval.Known)
	if !ok || !v.V.IsKnown() {
		return cty.NilVal, a.Expr.Range(), false
	}
	return v.V, a.Expr.Range(), true
}

// str reads a text that is known when compiling.
func (d *decoder) str(n *syntax.Node, name, fallback string) Value[string] {
	v, at, ok := d.staticValue(n, name)
	if !ok {
		return Value[string]{V: fallback, Range: at}
	}
	if v.Type() != cty.String || v.IsNull() {
		want := "a text"
		if a := n.Spec.Attribute(name); a != nil && a.Kind.Want != "" {
			want = a.Kind.Want
		}
		d.report(language.WrongType(name, want, eval.KindOf(v), at))
		return Value[string]{V: fallback, Range: at}
	}
	text := v.AsString()
	if bad := badRune(text); bad != "" {
		d.report(syntax.BadCharacter(bad, at))
	}
	if strings.TrimSpace(text) == "" {
		d.report(emptyText(name, at))
	}
	return Value[string]{V: text, Range: at, Set: true}
}

// badRune names a character that at least one of YAML, Groovy, the shells and
// the systems themselves would change or refuse.
func badRune(s string) string {
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n':
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			return "a control character (U+" + strings.ToUpper(strconv.FormatInt(int64(r), 16)) + ")"
		case r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff:
			return "the character U+" + strings.ToUpper(strconv.FormatInt(int64(r), 16))
		}
	}
	return ""
}

// enum reads one of the values that the table lists.
func (d *decoder) enum(n *syntax.Node, name, fallback string) Value[string] {
	v := d.str(n, name, fallback)
	values := n.Spec.Attribute(name).Values
	if v.Set && v.V != "" && !slices.Contains(values, v.V) {
		d.report(diag.WithNumber(unknownEnum(name, v.V, values, v.Range), n.Spec.Attribute(name).Number))
		v.V = fallback
	}
	return v
}

// enums reads a list of values that the table lists.
func (d *decoder) enums(n *syntax.Node, name string) []Value[string] {
	out := d.strings(n, name)
	values := n.Spec.Attribute(name).Values
	for _, v := range out {
		if !slices.Contains(values, v.V) {
			d.report(unknownEnum(name, v.V, values, v.Range))
		}
	}
	return out
}

// strings reads a list of texts.
func (d *decoder) strings(n *syntax.Node, name string) []Value[string] {
	a := n.Attributes[name]
	if a == nil {
		return nil
	}
	if tuple, ok := a.Expr.(*hclsyntax.TupleConsExpr); ok {
		var out []Value[string]
		for _, x := range tuple.Exprs {
			if v, ok := d.element(name, x); ok {
				out = append(out, v)
			}
		}
		return out
	}
	v, at, ok := d.staticValue(n, name)
	if !ok {
		return nil
	}
	return d.stringsOf(name, v, at)
}

func (d *decoder) element(name string, x hclsyntax.Expression) (Value[string], bool) {
	if ref, via, at, found := d.eval.FirstRef(x, nil); found {
		d.report(notStatic(name, ref, via, at))
		return Value[string]{}, false
	}
	v, ok := d.eval.Eval(x, nil).(eval.Known)
	if !ok || !v.V.IsKnown() {
		return Value[string]{}, false
	}
	if v.V.Type() != cty.String || v.V.IsNull() {
		d.report(language.WrongType(name, "a list of texts", "a list with "+eval.KindOf(v.V)+" in it", x.Range()))
		return Value[string]{}, false
	}
	text := v.V.AsString()
	if bad := badRune(text); bad != "" {
		d.report(syntax.BadCharacter(bad, x.Range()))
	}
	return Value[string]{V: text, Range: x.Range(), Set: true}, true
}

func (d *decoder) stringsOf(name string, v cty.Value, at hcl.Range) []Value[string] {
	if v.IsNull() || !v.CanIterateElements() || v.Type().IsObjectType() || v.Type().IsMapType() {
		d.report(language.WrongType(name, "a list of texts", eval.KindOf(v), at))
		return nil
	}
	var out []Value[string]
	for it := v.ElementIterator(); it.Next(); {
		_, x := it.Element()
		if x.Type() != cty.String || x.IsNull() || !x.IsKnown() {
			d.report(language.WrongType(name, "a list of texts", "a list with "+eval.KindOf(x)+" in it", at))
			return nil
		}
		if bad := badRune(x.AsString()); bad != "" {
			d.report(syntax.BadCharacter(bad, at))
			return nil
		}
		out = append(out, Value[string]{V: x.AsString(), Range: at, Set: true})
	}
	return out
}

const maxDuration = 30 * 24 * time.Hour

func (d *decoder) duration(n *syntax.Node, name string, fallback time.Duration) Value[time.Duration] {
	v := d.str(n, name, "")
	if !v.Set || v.V == "" {
		return Value[time.Duration]{V: fallback, Range: v.Range}
	}
	out, ok := parseDuration(v.V)
	if !ok {
		d.report(badDuration(name, v.V, v.Range))
		return Value[time.Duration]{V: fallback, Range: v.Range}
	}
	if out > maxDuration {
		d.report(durationTooLong(name, v.Range))
	}
	return Value[time.Duration]{V: out, Range: v.Range, Set: true}
}

// parseDuration reads 30m, 4h, 3d.
func parseDuration(s string) (time.Duration, bool) {
	m := language.DurationPattern().FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	count, _ := strconv.Atoi(m[1])
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[m[2]]
	return time.Duration(count) * unit, true
}

func (d *decoder) integer(n *syntax.Node, name string, fallback int) Value[int] {
	v, at, ok := d.staticValue(n, name)
	if !ok {
		return Value[int]{V: fallback, Range: at}
	}
	if v.Type() != cty.Number || v.IsNull() {
		d.report(language.WrongType(name, "a number", eval.KindOf(v), at))
		return Value[int]{V: fallback, Range: at}
	}
	i, _ := v.AsBigFloat().Int64()
	if !v.AsBigFloat().IsInt() || i < 1 || i > 6 {
		d.report(language.WrongType(name, "a whole number from 1 to 6", "not one", at))
		return Value[int]{V: fallback, Range: at}
	}
	return Value[int]{V: int(i), Range: at, Set: true}
}

// boolean reads true or false.
func (d *decoder) boolean(n *syntax.Node, name string, fallback bool) Value[bool] {
	v, at, ok := d.staticValue(n, name)
	if !ok {
		return Value[bool]{V: fallback, Range: at}
	}
	if v.Type() != cty.Bool || v.IsNull() {
		d.report(language.WrongType(name, "true or false", eval.KindOf(v), at))
		return Value[bool]{V: fallback, Range: at}
	}
	return Value[bool]{V: v.True(), Range: at, Set: true}
}

// command reads a text or a list of texts that a shell will run. Blocks that
// inherit an attribute have one command.
func (d *decoder) command(n *syntax.Node, name string) Command {
	a := n.Attributes[name]
	if a == nil {
		return Command{Range: n.Header}
	}
	if c, ok := d.commands[a]; ok && n.Matrix == nil {
		return c
	}
	c := d.newCommand(a, scopeIn(n))
	d.commands[a] = c
	return c
}

func (d *decoder) newCommand(a *hclsyntax.Attribute, s eval.Scope) Command {
	out := Command{Range: a.Expr.Range(), Set: true}
	if tuple, ok := a.Expr.(*hclsyntax.TupleConsExpr); ok {
		for _, x := range tuple.Exprs {
			out.Texts = append(out.Texts, d.commandTexts(a.Name, x, s)...)
		}
	} else {
		out.Texts = d.commandTexts(a.Name, a.Expr, s)
	}
	return out
}

func (d *decoder) commandTexts(name string, x hclsyntax.Expression, s eval.Scope) []eval.Text {
	if call := scriptCall(x); call != nil {
		return d.script(call)
	}
	return d.texts(name, d.eval.Eval(x, s), x.Range())
}

// texts turns a value into the texts of a command.
func (d *decoder) texts(name string, v eval.Val, at hcl.Range) []eval.Text {
	switch v := v.(type) {
	case eval.Later:
		return d.checkedText(name, eval.Text{Segs: v.Segs, Range: at})
	case eval.Commands:
		return v.Texts
	case eval.List:
		var out []eval.Text
		for _, i := range v.Items {
			out = append(out, d.texts(name, i, at)...)
		}
		return out
	case eval.Known:
		return d.knownTexts(name, v.V, at)
	case eval.Object:
		d.report(language.WrongType(name, "a command: a text, or a list of texts", "an object", at))
	}
	return nil
}

func (d *decoder) knownTexts(name string, v cty.Value, at hcl.Range) []eval.Text {
	switch {
	case !v.IsKnown():
		return nil
	case !v.IsNull() && v.Type() == cty.String:
		return d.checkedText(name, eval.Text{Segs: []eval.Seg{{Lit: v.AsString(), Range: at}}, Range: at})
	case !v.IsNull() && (v.Type().IsTupleType() || v.Type().IsListType()):
		var out []eval.Text
		for it := v.ElementIterator(); it.Next(); {
			_, x := it.Element()
			out = append(out, d.knownTexts(name, x, at)...)
		}
		return out
	}
	d.report(language.WrongType(name, "a command: a text, or a list of texts", eval.KindOf(v), at))
	return nil
}

// checkedText takes the newline that ends a here-document away, and refuses
// what no pipeline carries.
func (d *decoder) checkedText(name string, t eval.Text) []eval.Text {
	empty := true
	for i, s := range t.Segs {
		if bad := badRune(s.Lit); bad != "" {
			d.report(syntax.BadCharacter(bad, s.Range))
		}
		if i == len(t.Segs)-1 && s.Ref == "" {
			t.Segs[i].Lit = strings.TrimSuffix(s.Lit, "\n")
		}
		empty = empty && s.Ref == "" && strings.TrimSpace(t.Segs[i].Lit) == ""
	}
	if empty {
		d.report(emptyText(name, t.Range))
		return nil
	}
	return []eval.Text{t}
}

// pairs reads an object with constant keys, in the order in which it is
// written.
func (d *decoder) pairs(n *syntax.Node, name string) []pair {
	a := n.Attributes[name]
	if a == nil {
		return nil
	}
	x, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		d.report(language.WrongType(name, "an object: { NAME = … }", "something else", a.Expr.Range()))
		return nil
	}
	var out []pair
	for _, i := range x.Items {
		key, ok := d.eval.Key(i.KeyExpr, nil)
		if !ok {
			continue
		}
		if j := slices.IndexFunc(out, func(p pair) bool { return p.key == key }); j >= 0 {
			d.report(syntax.Duplicate("\""+key+"\"", out[j].at, i.KeyExpr.Range()))
			continue
		}
		out = append(out, pair{key: key, at: i.KeyExpr.Range(), expr: i.ValueExpr})
	}
	return out
}

type pair struct {
	key  string
	at   hcl.Range
	expr hclsyntax.Expression
}

// fields reads the options of a target: an object with known keys.
func (d *decoder) fields(n *syntax.Node, name string, known ...string) map[string]pair {
	out := map[string]pair{}
	for _, p := range d.pairs(n, name) {
		if !slices.Contains(known, p.key) {
			d.report(syntax.UnknownAttribute(p.key, name, known, p.at))
			continue
		}
		out[p.key] = p
	}
	return out
}

func (d *decoder) fieldText(fields map[string]pair, key string) string {
	p, ok := fields[key]
	if !ok {
		return ""
	}
	v, _ := d.element(key, p.expr)
	return v.V
}

func (d *decoder) fieldTexts(fields map[string]pair, key string) []string {
	p, ok := fields[key]
	if !ok {
		return nil
	}
	var out []string
	if tuple, ok := p.expr.(*hclsyntax.TupleConsExpr); ok {
		for _, x := range tuple.Exprs {
			if v, ok := d.element(key, x); ok {
				out = append(out, v.V)
			}
		}
		return out
	}
	if v, ok := d.element(key, p.expr); ok {
		out = append(out, v.V)
	}
	return out
}
