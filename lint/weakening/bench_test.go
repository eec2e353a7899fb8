package weakening_test

import (
	"testing"

	"github.com/fettle-ci/fettle/lint/weakening"
)

// BenchmarkCompare is what `lint --against` adds to two compilations, where
// nothing changed.
func BenchmarkCompare(b *testing.B) {
	before, now := caseOf(b, "../../examples/claims/release.hcl"), caseOf(b, "../../examples/claims/release.hcl")
	b.ReportAllocs()
	for b.Loop() {
		weakening.Compare(before, now)
		weakening.Differences(before, now, "v1")
	}
}
