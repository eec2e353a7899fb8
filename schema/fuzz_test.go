package schema

import (
	"bytes"
	"os"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Whatever is read, there is a policy and no panic, and every message points
// into the file.
func FuzzParse(f *testing.F) {
	for _, path := range []string{"../examples/claims/release.hcl", "../examples/storefront/release.hcl", "../testdata/invalid/run_values.hcl"} {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte(`policy "p" { targets = ["x${1e99}"] }`))
	f.Add(bytes.Repeat([]byte("("), 100_000))
	f.Add(bytes.Repeat([]byte("/*"), 50_000))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, diags := Parse(Input{Sources: []Source{{Name: "f", Bytes: src}}})
		if p == nil {
			t.Fatal("no policy")
		}
		for _, d := range diags {
			if d.Subject.Start.Byte > len(src) || d.Subject.End.Byte > len(src) {
				t.Fatalf("%s points behind the file: %v", d.Code, d.Subject)
			}
		}
	})
}

// The canonical form of a canonical form is itself.
func FuzzFormat(f *testing.F) {
	f.Add([]byte("policy \"p\" {\n targets=[ \"a\" ]\n}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		once, diags := Format(Source{Name: "f", Bytes: src})
		if len(diags) > 0 {
			return
		}
		twice, diags := Format(Source{Name: "f", Bytes: once})
		if len(diags) > 0 || !bytes.Equal(once, twice) {
			t.Fatalf("%q became %q, and then %q (%v)", src, once, twice, diags)
		}
	})
}

// Whatever an expression says, evaluating it ends with a value or with
// messages, and soon.
func FuzzExpression(f *testing.F) {
	for _, fn := range functions {
		f.Add(fn.example)
	}
	f.Add(`[for x in local.list : "${x}-${release.version}" if x != "y"]`)
	f.Add(`"%{for x in local.list}${upper(x)}%{endfor}"`)
	f.Fuzz(func(t *testing.T, text string) {
		if limits("f", []byte(text)) != nil {
			return
		}
		x, diags := hclsyntax.ParseExpression([]byte(text), "f", hcl.InitialPos)
		if diags.HasErrors() {
			return
		}
		e := withLocals()
		if v := e.eval(x, nil); v == nil && e.diags.Len() == 0 {
			t.Fatalf("%s gives nothing, without a word", text)
		}
	})
}
