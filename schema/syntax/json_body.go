package syntax

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// A policy that a program writes is JSON. It becomes the syntax tree that the
// native syntax has, by the table of the language, so that everything after
// the parser is the same: a text is a template, a reference is a text such as
// "check.unit", a block is an object by type and label.

// jsonBody translates a JSON file.
type jsonBody struct {
	*jsonReader
	diags diag.Diagnostics
}

func IsJSON(name string) bool { return strings.HasSuffix(name, ".json") }

// parseJSON parses one file.
func parseJSON(name string, src []byte) ([]*hclsyntax.Body, diag.Diagnostics) {
	b := &jsonBody{jsonReader: &jsonReader{name: name, src: src}}
	top, d := b.read()
	switch {
	case d != nil:
		return nil, diag.Diagnostics{d}
	case top.token != json.Delim('{'):
		return nil, diag.Diagnostics{badJSON("a policy is an object: { \"policy\": { … } }", b.rangeOf(top))}
	}
	top.members = slices.DeleteFunc(top.members, b.version)
	body := b.body(top, language.Root)
	return []*hclsyntax.Body{body}, b.diags
}

// version takes the version of the format out, which only JSON has.
func (b *jsonBody) version(m jsonMember) bool {
	if m.name == "format_version" && m.value.token != json.Number("1") {
		b.diags = append(b.diags, badFormatVersion(b.rangeOf(m.value)))
	}
	return m.name == "format_version"
}

func (b *jsonBody) body(v jsonValue, spec *language.Block) *hclsyntax.Body {
	end := b.rangeOf(v)
	end.Start = end.End
	out := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: b.rangeOf(v), EndRange: end}
	for _, m := range v.members {
		if c := spec.Block(m.name); c != nil {
			out.Blocks = append(out.Blocks, b.blocks(m, c)...)
			continue
		}
		kind := language.Any
		if a := spec.Attribute(m.name); a != nil {
			kind = a.Kind
		}
		at := b.rangeOf(m.at)
		if x := b.expression(m.value, kind); x != nil {
			out.Attributes[m.name] = &hclsyntax.Attribute{Name: m.name, Expr: x, SrcRange: hcl.RangeBetween(at, x.Range()), NameRange: at, EqualsRange: at}
		}
	}
	return out
}

// blocks are the blocks of one type: an object by label, or the block itself,
// or a list of such.
func (b *jsonBody) blocks(m jsonMember, spec *language.Block) hclsyntax.Blocks {
	if spec.Labels == 0 {
		return b.same(m.value, spec, nil, m.at)
	}
	if m.value.token != json.Delim('{') {
		b.diags = append(b.diags, language.WrongType(m.name, "an object by name: { \"name\": { … } }", "something else", b.rangeOf(m.value)))
		return nil
	}
	var out hclsyntax.Blocks
	for _, labelled := range m.value.members {
		out = append(out, b.same(labelled.value, spec, []string{labelled.name}, labelled.at)...)
	}
	return out
}

func (b *jsonBody) same(v jsonValue, spec *language.Block, labels []string, at jsonValue) hclsyntax.Blocks {
	all := []jsonValue{v}
	if v.token == json.Delim('[') {
		all = v.items
	}
	var out hclsyntax.Blocks
	for _, one := range all {
		if one.token != json.Delim('{') {
			b.diags = append(b.diags, language.WrongType(spec.Name, "an object: { … }", "something else", b.rangeOf(one)))
			continue
		}
		header := b.rangeOf(at)
		c := &hclsyntax.Block{Type: spec.Name, Labels: labels, Body: b.body(one, spec), TypeRange: header, OpenBraceRange: header, CloseBraceRange: header}
		for range labels {
			c.LabelRanges = append(c.LabelRanges, header)
		}
		out = append(out, c)
	}
	return out
}

// expression translates a value; nil after an error.
func (b *jsonBody) expression(v jsonValue, kind *language.Kind) hclsyntax.Expression {
	at := b.rangeOf(v)
	switch t := v.token.(type) {
	case string:
		return b.text(t, v, kind)
	case json.Number:
		n, err := cty.ParseNumberVal(string(t))
		if err != nil {
			panic("syntax: a number that is none: " + string(t))
		}
		return &hclsyntax.LiteralValueExpr{Val: n, SrcRange: at}
	case bool:
		return &hclsyntax.LiteralValueExpr{Val: cty.BoolVal(t), SrcRange: at}
	case nil:
		return &hclsyntax.LiteralValueExpr{Val: cty.NullVal(cty.DynamicPseudoType), SrcRange: at}
	}
	if v.token == json.Delim('[') {
		out := &hclsyntax.TupleConsExpr{SrcRange: at, OpenRange: at}
		for _, i := range v.items {
			if x := b.expression(i, kind); x != nil {
				out.Exprs = append(out.Exprs, x)
			}
		}
		return out
	}
	out := &hclsyntax.ObjectConsExpr{SrcRange: at, OpenRange: at}
	for _, m := range v.members {
		key := &hclsyntax.ObjectConsKeyExpr{Wrapped: &hclsyntax.LiteralValueExpr{Val: cty.StringVal(m.name), SrcRange: b.rangeOf(m.at)}}
		if x := b.expression(m.value, kind); x != nil {
			out.Items = append(out.Items, hclsyntax.ObjectConsItem{KeyExpr: key, ValueExpr: x})
		}
	}
	return out
}

// text parses a text: as a reference or a bare word where the table wants one,
// as a template elsewhere.
func (b *jsonBody) text(text string, v jsonValue, kind *language.Kind) hclsyntax.Expression {
	inside := v
	inside.from++
	start := b.rangeOf(inside).Start
	tokens, _ := hclsyntax.LexTemplate([]byte(text), b.name, start)
	if d := tokenLimits(tokens); d != nil {
		b.diags = append(b.diags, d)
		return nil
	}
	parse := hclsyntax.ParseTemplate
	if kind.Expression() {
		parse = hclsyntax.ParseExpression
		if inner, ok := strings.CutPrefix(text, "${"); ok && strings.HasSuffix(inner, "}") {
			text = "  " + strings.TrimSuffix(inner, "}") // what a template would say; the places stay
		}
	}
	x, diags := parse([]byte(text), b.name, start)
	exact := len(text)+2 == v.to-v.from
	switch {
	case diags.HasErrors() && exact:
		b.diags = append(b.diags, FirstError(b.src, diags))
		return nil
	case diags.HasErrors():
		d := FirstError([]byte(text), diags)
		d.Subject = b.rangeOf(v)
		b.diags = append(b.diags, d)
		return nil
	case !exact:
		oneRange(x, b.rangeOf(v))
	}
	if w, ok := x.(*hclsyntax.TemplateWrapExpr); ok {
		return w.Wrapped // "${…}" alone is the value itself, as in HCL's own JSON
	}
	return x
}

// oneRange gives everything in an expression one range: where a text has escapes
// of JSON, no range inside it is right.
func oneRange(x hclsyntax.Expression, at hcl.Range) {
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		fields := reflect.ValueOf(n)
		if fields.Kind() != reflect.Pointer {
			return nil // an argument list: its expressions are visited
		}
		for _, f := range fields.Elem().Fields() {
			if f.Type() == reflect.TypeFor[hcl.Range]() && f.CanSet() {
				f.Set(reflect.ValueOf(at))
			}
		}
		switch n := n.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			n.Traversal = oneRangeTraversal(n.Traversal, at)
		case *hclsyntax.RelativeTraversalExpr:
			n.Traversal = oneRangeTraversal(n.Traversal, at)
		}
		return nil
	})
}

func oneRangeTraversal(t hcl.Traversal, at hcl.Range) hcl.Traversal {
	var out hcl.Traversal
	for _, step := range t {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			s.SrcRange = at
			out = append(out, s)
		case hcl.TraverseAttr:
			s.SrcRange = at
			out = append(out, s)
		case hcl.TraverseIndex:
			s.SrcRange = at
			out = append(out, s)
		default:
			out = append(out, step)
		}
	}
	return out
}
