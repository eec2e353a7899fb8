package eval

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Whatever an expression says, evaluating it ends with a value or with
// messages, and soon.
func FuzzExpression(f *testing.F) {
	for _, fn := range language.Functions {
		f.Add(fn.Example)
	}
	f.Add(`[for x in local.list : "${x}-${release.version}" if x != "y"]`)
	f.Add(`"%{for x in local.list}${upper(x)}%{endfor}"`)
	f.Fuzz(func(t *testing.T, text string) {
		if syntax.CheckSize("f", []byte(text)) != nil {
			return
		}
		x, diags := hclsyntax.ParseExpression([]byte(text), "f", hcl.InitialPos)
		if diags.HasErrors() {
			return
		}
		e := withLocals()
		if v := e.Eval(x, nil); v == nil && e.Diags.Len() == 0 {
			t.Fatalf("%s gives nothing, without a word", text)
		}
	})
}
