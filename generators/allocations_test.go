package generators_test

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// allocations are what a compilation allocates, on 64 bits, with the templates
// parsed already. Whoever changes them changes these numbers, down where it can be.
var allocations = []struct {
	policy     string
	count, kib float64
}{
	{"../examples/claims/release.hcl", 52195, 4773},
	{"../examples/storefront/release.hcl", 14010, 1548},
	{"../testdata/cases/minimal/policy.hcl", 9259, 939},
}

// TestAllocations is a gate that needs no clock. Twenty of twenty runs say the
// same but for one allocation; 1 % is for another patch of Go.
func TestAllocations(t *testing.T) {
	for _, want := range allocations {
		src, err := os.ReadFile(want.policy)
		if err != nil {
			t.Fatal(err)
		}
		count, kib := allocatedBy(func() {
			if _, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}}, nil); diags.HasErrors() {
				t.Fatal(diags)
			}
		})
		if math.Abs(count-want.count) > 0.01*want.count || math.Abs(kib-want.kib) > 0.01*want.kib {
			t.Errorf("%s: %.0f allocations and %.0f KiB, and not %.0f and %.0f", want.policy, count, kib, want.count, want.kib)
		}
	}
}

// allocatedBy is the least of some calls, after one that fills what is kept: a
// buffer that has to grow anew, or another program's part, is not in all of them.
func allocatedBy(f func()) (count, kib float64) {
	f()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))  // as testing.AllocsPerRun does: others would be counted too
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties the pools of buffers
	count, kib = math.Inf(1), math.Inf(1)
	for range 7 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		count, kib = min(count, float64(after.Mallocs-before.Mallocs)), min(kib, float64(after.TotalAlloc-before.TotalAlloc)/1024)
	}
	return count, kib
}
