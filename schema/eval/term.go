package eval

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Term is the value of an attribute as a policy could write it, without
// variables and locals: a closed set of word, source, plain value, text, call, list and object.
// Two values are the same where their terms are written the same.
type Term interface{ term() }

type (
	WordTerm   string              // a reference or a bare word
	SourceTerm string              // what the policy writes, where it cannot be computed by itself
	PlainTerm  struct{ cty.Value } // a number, true, false or null
	TextTerm   []Seg               // a text; it may hold run-time values
	callTerm   struct {            // of a command
		name      string
		arguments ObjectTerm
	}
	ListTerm   []Term
	ObjectTerm struct {
		Names []string
		Terms map[string]Term
	}
)

func (WordTerm) term()   {}
func (SourceTerm) term() {}
func (PlainTerm) term()  {}
func (callTerm) term()   {}
func (TextTerm) term()   {}
func (ListTerm) term()   {}
func (ObjectTerm) term() {}

// Complete tells whether a term has a value in every place.
func Complete(t Term) bool {
	switch t := t.(type) {
	case nil:
		return false
	case callTerm:
		return Complete(t.arguments)
	case ListTerm:
		return !slices.ContainsFunc(t, func(i Term) bool { return !Complete(i) })
	case ObjectTerm:
		return !slices.ContainsFunc(t.Names, func(name string) bool { return !Complete(t.Terms[name]) })
	default:
		return true
	}
}

// FlatCommands is a list of commands without lists in it: they run one after another.
func FlatCommands(l ListTerm) ListTerm {
	out := ListTerm{}
	for _, t := range l {
		if inner, ok := t.(ListTerm); ok {
			out = append(out, FlatCommands(inner)...)
			continue
		}
		out = append(out, t)
	}
	return out
}

// WordsOf reads references and bare words, in lists and objects too.
func WordsOf(x hclsyntax.Expression) Term {
	switch x := x.(type) {
	case *hclsyntax.TupleConsExpr:
		out := ListTerm{}
		for _, i := range x.Exprs {
			out = append(out, WordsOf(i))
		}
		return out
	case *hclsyntax.ObjectConsExpr:
		out := ObjectTerm{Terms: map[string]Term{}}
		for _, i := range x.Items {
			name := hcl.ExprAsKeyword(i.KeyExpr)
			if v, diags := i.KeyExpr.Value(nil); name == "" && !diags.HasErrors() && v.Type() == cty.String {
				name = v.AsString()
			}
			out = out.With(name, WordsOf(i.ValueExpr))
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
	return WordTerm(strings.Join(names, "."))
}

func (n ObjectTerm) With(name string, t Term) ObjectTerm {
	if _, ok := n.Terms[name]; !ok {
		n.Names = append(n.Names, name)
	}
	n.Terms[name] = t
	return n
}

func TermOf(v Val) Term {
	switch v := v.(type) {
	case Known:
		return TermOfValue(v.V)
	case Later:
		return TextTerm(v.Segs)
	case Commands:
		out := callTerm{v.Name, ObjectTerm{Terms: map[string]Term{}}}
		for _, name := range slices.Sorted(maps.Keys(v.Arguments)) {
			out.arguments = out.arguments.With(name, TermOf(v.Arguments[name].V))
		}
		return out
	case List:
		out := ListTerm{}
		for _, i := range v.Items {
			out = append(out, TermOf(i))
		}
		return out
	case Object:
		out := ObjectTerm{Terms: map[string]Term{}}
		for _, k := range v.Keys {
			out = out.With(k, TermOf(v.Items[k]))
		}
		return out
	}
	return nil
}

func TermOfValue(v cty.Value) Term {
	switch {
	case !v.IsKnown():
		return nil
	case v.IsNull():
		return PlainTerm{v}
	case v.Type() == cty.String:
		return TextTerm{{Lit: v.AsString()}}
	case v.Type().IsObjectType() || v.Type().IsMapType():
		out := ObjectTerm{Terms: map[string]Term{}}
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			out = out.With(k.AsString(), TermOfValue(x))
		}
		return out
	case v.CanIterateElements():
		out := ListTerm{}
		for it := v.ElementIterator(); it.Next(); {
			_, x := it.Element()
			out = append(out, TermOfValue(x))
		}
		return out
	}
	return PlainTerm{v}
}

// Spelling is a term for comparison: in what stays as it is written, every gap is
// one blank.
func Spelling(t Term) string {
	if source, ok := t.(SourceTerm); ok {
		return strings.Join(strings.Fields(string(source)), " ")
	}
	return HCL(t)
}
