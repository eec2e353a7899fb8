package format

import (
	"bytes"
	"testing"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// The canonical form of a canonical form is itself.
func FuzzFormat(f *testing.F) {
	f.Add([]byte("policy \"p\" {\n targets=[ \"a\" ]\n}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		once, diags := Canonical(syntax.Source{Name: "f", Bytes: src})
		if len(diags) > 0 {
			return
		}
		twice, diags := Canonical(syntax.Source{Name: "f", Bytes: once})
		if len(diags) > 0 || !bytes.Equal(once, twice) {
			t.Fatalf("%q became %q, and then %q (%v)", src, once, twice, diags)
		}
	})
}
