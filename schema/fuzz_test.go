package schema

import (
	"bytes"
	"os"
	"testing"

	"github.com/fettle-ci/fettle/schema/syntax"
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
		p, diags := Parse(Input{Sources: []syntax.Source{{Name: "f", Bytes: src}}})
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
