package eval

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/json"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// Every function does what its example says, and its signature names what it
// takes.
func TestFunctions(t *testing.T) {
	for _, f := range language.Functions {
		if f.Doc == "" || f.Example == "" || f.Result == "" {
			t.Errorf("%s lacks doc, example or result", f.Signature)
		}
		if got, want := asJSON(t, f.Example), asJSON(t, f.Result); got != want {
			t.Errorf("%s gives %s, want %s", f.Example, got, want)
		}
		if !strings.HasPrefix(f.Example, f.Name()+"(") {
			t.Errorf("%s: the example does not begin with the call", f.Signature)
		}
		if f.Lazy {
			continue
		}
		_, inside, _ := strings.Cut(strings.TrimSuffix(f.Signature, ")"), "(")
		written := strings.Split(inside, ", ")
		params := len(f.Call.Params())
		if v := f.Call.VarParam(); v != nil {
			params = max(params+1, len(written))
			if !strings.HasSuffix(inside, "…") && f.Name() != "lookup" {
				t.Errorf("%s: the last parameter repeats", f.Signature)
			}
		}
		if len(written) != params {
			t.Errorf("%s takes %d parameters", f.Signature, params)
		}
	}
	if !slices.IsSorted(language.FunctionNames()) {
		t.Error("the functions are not in the order of the alphabet")
	}
}

func asJSON(t *testing.T, expression string) string {
	t.Helper()
	x, diags := hclsyntax.ParseExpression([]byte(expression), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s: %v", expression, diags)
	}
	e := New(&diag.Collector{}, nil)
	v, ok := e.Eval(x, nil).(Known)
	if !ok || e.Diags.Len() > 0 {
		t.Fatalf("%s: %s", expression, said(e))
	}
	out, err := json.SimpleJSONValue{Value: v.V}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func said(e *Evaluator) string {
	var out []string
	for _, d := range e.Diags.All() {
		out = append(out, string(d.Code)+": "+d.Detail)
	}
	return strings.Join(out, "\n")
}

// What would fill the memory or run for hours is an error at once.
func TestBombs(t *testing.T) {
	big := cty.StringVal(strings.Repeat("x", 60_000))
	many := cty.ListVal(slices.Repeat([]cty.Value{cty.StringVal("x")}, 3_000))
	for _, expression := range []string{
		`replace(local.big, "x", local.big)`,
		`join(local.big, local.many)`,
		`format("%[1]s%[1]s%[1]s%[1]s%[1]s%[1]s", local.big)`,
		`format("%99999d", 1)`,
		`indent(200000, "a\nb")`,
		`distinct(local.many)`,
		`[for a in local.many : [for b in local.many : 1]]`,
		`[for a in ["x"] : [for b in ["x"] : [for c in ["x"] : c]]]`,
		`[for a in local.many : local.big]`,
		`"${"1e999999999" + 0}"`,
		`tonumber("1e999999999")`,
		`abs("1e999999999")`,
		`-"1e999999999"`,
		`jsondecode("1e999999999")`,
		`"${` + strings.TrimSuffix(strings.Repeat("local.square * ", 50), "* ") + `}"`,
		`[` + strings.Repeat("local.big, ", 20) + `]`,
		`"` + strings.Repeat("${local.big}", 20) + `"`,
		`jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(jsonencode(local.quotes))))))))))))`,
	} {
		x, diags := hclsyntax.ParseExpression([]byte(expression), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		e := &Evaluator{Diags: &diag.Collector{}, done: map[string]Val{
			"big": Known{big}, "many": Known{many}, "square": Known{cty.MustParseNumberVal(strings.Repeat("9", 300))},
			"quotes": Known{cty.StringVal(strings.Repeat(`"`, 1000))},
		}, Locals: map[string]*hclsyntax.Attribute{"big": {}, "many": {}, "square": {}, "quotes": {}}}
		if v := e.Eval(x, nil); v != nil || e.Diags.Len() != 1 {
			t.Errorf("%.80s: %d messages, %.200s", expression, e.Diags.Len(), said(e))
		}
	}
}
