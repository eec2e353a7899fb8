package schema

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// term is the value of an attribute as a policy could write it, without
// variables and locals: a closed set of word, plain value, text, list and object.
// Two values are the same where their terms are written the same.
type term interface{ term() }

type (
	wordTerm   string              // a reference or a bare word
	plainTerm  struct{ cty.Value } // a number, true, false or null
	textTerm   []Seg               // a text; it may hold run-time values
	listTerm   []term
	objectTerm struct {
		names []string
		terms map[string]term
	}
)

func (wordTerm) term()   {}
func (plainTerm) term()  {}
func (textTerm) term()   {}
func (listTerm) term()   {}
func (objectTerm) term() {}

// asWritten are the kinds whose words are the value: nothing is computed.
var asWritten = []string{"words", "agent", "check", "checks", "environment", "environments", "group", "groups", "secrets"}

// term evaluates an attribute, or returns nil where that has been an error.
func (d *decoder) term(kind string, a *hclsyntax.Attribute) term {
	switch {
	case slices.Contains(asWritten, kind):
		return wordsOf(a.Expr)
	case kind == "name pattern":
		prefix, suffix, count, ok := splitVersion(a.Expr)
		if !ok || count != 1 {
			return nil
		}
		return textTerm{{Lit: prefix}, {Ref: "version"}, {Lit: suffix}}
	}
	if kind == "condition" || kind == "type" { // what it means is known later, or never: it stays as it is written
		return wordTerm(d.spelled(a.Expr.Range()))
	}
	before := len(d.diags)
	v := d.eval(a.Expr, nil)
	d.diags = d.diags[:before] // whoever decodes the attribute tells what is wrong with it
	return termOf(v)
}

// wordsOf reads references and bare words, in lists and objects too.
func wordsOf(x hclsyntax.Expression) term {
	switch x := x.(type) {
	case *hclsyntax.TupleConsExpr:
		out := listTerm{}
		for _, i := range x.Exprs {
			out = append(out, wordsOf(i))
		}
		return out
	case *hclsyntax.ObjectConsExpr:
		out := objectTerm{terms: map[string]term{}}
		for _, i := range x.Items {
			name := hcl.ExprAsKeyword(i.KeyExpr)
			if v, diags := i.KeyExpr.Value(nil); name == "" && !diags.HasErrors() && v.Type() == cty.String {
				name = v.AsString()
			}
			out = out.with(name, wordsOf(i.ValueExpr))
		}
		return out
	}
	t, diags := hcl.AbsTraversalForExpr(x)
	if diags.HasErrors() {
		return nil
	}
	var names []string
	for _, step := range t {
		if root, ok := step.(hcl.TraverseRoot); ok {
			names = append(names, root.Name)
			continue
		}
		names = append(names, attrName(step))
	}
	return wordTerm(strings.Join(names, "."))
}

func (n objectTerm) with(name string, t term) objectTerm {
	if _, ok := n.terms[name]; !ok {
		n.names = append(n.names, name)
	}
	n.terms[name] = t
	return n
}

func termOf(v val) term {
	switch v := v.(type) {
	case known:
		return termOfValue(v.v)
	case later:
		return textTerm(v.segs)
	case list:
		out := listTerm{}
		for _, i := range v.items {
			out = append(out, termOf(i))
		}
		return out
	case object:
		out := objectTerm{terms: map[string]term{}}
		for _, k := range v.keys {
			out = out.with(k, termOf(v.items[k]))
		}
		return out
	}
	return nil
}

func termOfValue(v cty.Value) term {
	switch {
	case !v.IsKnown():
		return nil
	case v.IsNull():
		return plainTerm{v}
	case v.Type() == cty.String:
		return textTerm{{Lit: v.AsString()}}
	case v.Type().IsObjectType() || v.Type().IsMapType():
		out := objectTerm{terms: map[string]term{}}
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			out = out.with(k.AsString(), termOfValue(x))
		}
		return out
	case v.CanIterateElements():
		out := listTerm{}
		for it := v.ElementIterator(); it.Next(); {
			_, x := it.Element()
			out = append(out, termOfValue(x))
		}
		return out
	}
	return plainTerm{v}
}

// spelled is what stands at a place of the policy, with every gap as one blank.
func (d *decoder) spelled(at hcl.Range) string {
	for _, s := range d.policy.Sources {
		if s.Name == at.Filename {
			src := bytes.ReplaceAll(s.Bytes, []byte("\r\n"), []byte("\n"))
			return strings.Join(strings.Fields(string(src[at.Start.Byte:at.End.Byte])), " ")
		}
	}
	return ""
}
