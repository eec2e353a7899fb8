package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// term is the value of an attribute as a policy could write it, without
// variables and locals: a closed set of word, source, plain value, text, call, list and object.
// Two values are the same where their terms are written the same.
type term interface{ term() }

type (
	wordTerm   string              // a reference or a bare word
	sourceTerm string              // what the policy writes, where it cannot be computed by itself
	plainTerm  struct{ cty.Value } // a number, true, false or null
	textTerm   []Seg               // a text; it may hold run-time values
	callTerm   struct {            // of a command
		name      string
		arguments objectTerm
	}
	listTerm   []term
	objectTerm struct {
		names []string
		terms map[string]term
	}
)

func (wordTerm) term()   {}
func (sourceTerm) term() {}
func (plainTerm) term()  {}
func (callTerm) term()   {}
func (textTerm) term()   {}
func (listTerm) term()   {}
func (objectTerm) term() {}

// whole tells whether a term has a value in every place.
func whole(t term) bool {
	switch t := t.(type) {
	case nil:
		return false
	case callTerm:
		return whole(t.arguments)
	case listTerm:
		return !slices.ContainsFunc(t, func(i term) bool { return !whole(i) })
	case objectTerm:
		return !slices.ContainsFunc(t.names, func(name string) bool { return !whole(t.terms[name]) })
	default:
		return true
	}
}

// flatCommands is a list of commands without lists in it: they run one after another.
func flatCommands(l listTerm) listTerm {
	out := listTerm{}
	for _, t := range l {
		if inner, ok := t.(listTerm); ok {
			out = append(out, flatCommands(inner)...)
			continue
		}
		out = append(out, t)
	}
	return out
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
	case commands:
		out := callTerm{v.name, objectTerm{terms: map[string]term{}}}
		for _, name := range slices.Sorted(maps.Keys(v.arguments)) {
			out.arguments = out.arguments.with(name, termOf(v.arguments[name].v))
		}
		return out
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

// spelled is a term for comparison: in what stays as it is written, every gap is
// one blank.
func spelled(t term) string {
	if source, ok := t.(sourceTerm); ok {
		return strings.Join(strings.Fields(string(source)), " ")
	}
	return hclOf(t)
}
