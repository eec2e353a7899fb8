package generators_test

import (
	"os"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// BenchmarkCompile compiles the claims example, one policy of 150 lines, for
// four targets, with templates already parsed.
func BenchmarkCompile(b *testing.B) {
	src, err := os.ReadFile("../examples/claims/release.hcl")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if r, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}}, nil); len(diags) > 0 || len(r.Files) == 0 {
			b.Fatal(diags)
		}
	}
}
