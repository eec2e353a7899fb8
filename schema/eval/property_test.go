package eval

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// An expression in which nothing is known only later gives what HCL gives,
// however it is put together; and where HCL finds a mistake, so do we.
func TestAgreesWithHCL(t *testing.T) {
	calls := map[string]function.Function{"try": tryfunc.TryFunc, "can": tryfunc.CanFunc}
	for _, f := range language.Functions {
		if !f.Lazy {
			calls[f.Name()] = f.Call
		}
	}
	ctx := &hcl.EvalContext{Functions: calls, Variables: map[string]cty.Value{"local": cty.ObjectVal(staticLocals)}}
	rapid.Check(t, func(t *rapid.T) {
		text := expressions(3).Draw(t, "expression")
		x, diags := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("%s: %v", text, diags)
		}
		want, diags := x.Value(ctx)
		e := withLocals()
		v := e.Eval(x, nil)
		if slices.ContainsFunc(e.Diags.All(), func(d *diag.Diagnostic) bool { return d.Code == "too-large" }) {
			return // a bound that HCL does not have
		}
		if diags.HasErrors() {
			if v != nil || e.Diags.Len() == 0 {
				t.Fatalf("%s\n  is a mistake for HCL: %s\n  and gives %#v", text, diags[0].Detail, v)
			}
			return
		}
		got, ok := v.(Known)
		if !ok || e.Diags.Len() > 0 {
			t.Fatalf("%s\n  gives %#v\n  and %s", text, want, said(e))
		}
		if !got.V.RawEquals(want) {
			t.Fatalf("%s\n got %#v\nwant %#v", text, got.V, want)
		}
	})
}

var staticLocals = map[string]cty.Value{
	"text":   cty.StringVal("a-b"),
	"number": cty.NumberIntVal(2),
	"yes":    cty.True,
	"null":   cty.NullVal(cty.String),
	"list":   cty.TupleVal([]cty.Value{cty.StringVal("x"), cty.StringVal("y")}),
	"deep":   cty.TupleVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("1")}), cty.ObjectVal(map[string]cty.Value{"a": cty.NumberIntVal(2)})}),
	"map":    cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("v"), "b": cty.NumberIntVal(7)}),
}

func withLocals() *Evaluator {
	e := &Evaluator{Diags: &diag.Collector{}, done: map[string]Val{}, Locals: map[string]*hclsyntax.Attribute{}}
	for name, v := range staticLocals {
		e.done[name], e.Locals[name] = Known{v}, &hclsyntax.Attribute{Name: name}
	}
	return e
}

// expressions makes expressions of every kind, right and wrong, at most so deep.
func expressions(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		leaves := []string{`local.text`, `local.number`, `local.yes`, `local.null`, `local.list`, `local.deep`, `local.map`, `"t"`, `3`, `true`, `null`, `local.map.b`, `local.list[1]`, `local.deep[*].a`, `local.map["a"]`, `local.map.none`, `"%{if local.yes}a%{else}b%{endif}"`}
		if depth == 0 {
			return rapid.SampledFrom(leaves).Draw(t, "leaf")
		}
		sub := func() string { return expressions(depth-1).Draw(t, "part") }
		switch rapid.IntRange(0, 19).Draw(t, "kind") {
		case 0:
			return "[for x in " + sub() + " : x]"
		case 1:
			return "[for k, x in " + sub() + ` : "${k}" if ` + rapid.SampledFrom([]string{"local.yes", "!local.yes", `x != "y"`}).Draw(t, "condition") + "]"
		case 2:
			return "{ for k, x in " + sub() + " : k => " + sub() + " }"
		case 3:
			return `{ for k, x in ` + sub() + ` : "same" => x... }`
		case 4:
			return "upper(" + sub() + ")"
		case 5:
			return "concat(" + sub() + ", [" + sub() + "])"
		case 6:
			return "try(" + sub() + ", " + sub() + ")"
		case 7:
			return "can(" + sub() + ")"
		case 8:
			return "(" + sub() + " " + rapid.SampledFrom([]string{"+", "*", "==", "!=", "<"}).Draw(t, "operator") + " " + sub() + ")"
		case 18: // HCL forgives a mistake on the left when the right decides; we do not
			return "(" + rapid.SampledFrom([]string{"local.yes", "!local.yes", `local.text == "a"`}).Draw(t, "left") + rapid.SampledFrom([]string{" && ", " || "}).Draw(t, "operator") + "(" + sub() + ` == "x"))`
		case 9:
			leaf := func() string { return expressions(0).Draw(t, "branch") } // of an operation that fails HCL takes the type
			return "(" + sub() + " ? " + leaf() + " : " + leaf() + ")"
		case 10:
			return `"a${` + sub() + `}b"`
		case 11:
			return `"%{for x in ` + sub() + `}<${x}>%{endfor}"`
		case 12:
			return "(" + sub() + ")[*].a"
		case 13:
			return "(" + sub() + ")[" + sub() + "]"
		case 14:
			return "{ (" + sub() + ") = 1 }"
		case 15:
			return "{ a = " + sub() + ", b = " + sub() + " }.a"
		case 16:
			return `"${` + sub() + `}"`
		case 17:
			return "-" + "(" + sub() + ")"
		default:
			return fmt.Sprintf("length([%s])", strings.Join([]string{sub(), sub()}, ", "))
		}
	})
}
