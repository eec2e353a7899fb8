package flow

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/schema/diag"
)

// What is found by keys is what is found by comparing all pairs, in its order.
func TestTogetherIsAllPairs(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		plans := rapid.SliceOfN(rapid.Custom(anyPlan), 2, 12).Draw(t, "plans")
		var want diag.Diagnostics
		for i, p := range plans {
			for _, o := range plans[:i] {
				want = append(want, clashes(p, o)...)
			}
		}
		want = append(want, limitTogether(plans)...)
		found += len(want)
		got := Together(plans)
		if same := slices.EqualFunc(got, want, func(a, b *diag.Diagnostic) bool { return fmt.Sprintf("%+v", *a) == fmt.Sprintf("%+v", *b) }); !same {
			t.Fatalf("by keys: %d, by pairs: %d", len(got), len(want))
		}
	})
	if found == 0 {
		t.Error("no plans clashed: nothing was compared")
	}
}

// anyPlan has few names to choose from, so that many meet.
func anyPlan(t *rapid.T) *Plan {
	p := &Plan{
		Policy:    rapid.StringMatching("[a-z]{3}").Draw(t, "policy"),
		Component: rapid.SampledFrom([]string{"", "a", "b", "c", "d", "e"}).Draw(t, "component"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "environments") {
		p.Environments = append(p.Environments, &Environment{ID: rapid.SampledFrom([]string{"a", "b", "x", "y"}).Draw(t, "environment")})
	}
	spaces := []space{jobSpace, environmentSpace, fileSpace, stageSpace, reportSpace, outcomeSpace, githubSpace}
	for k := range rapid.IntRange(0, 4).Draw(t, "names") {
		p.names.claim(derived{
			space: rapid.SampledFrom(spaces).Draw(t, "space"),
			text:  rapid.SampledFrom([]string{"one", "One", "two", "three", "four", "five", "six"}).Draw(t, "text"),
			of:    rapid.SampledFrom([]string{pushes, fmt.Sprint(k)}).Draw(t, "of"),
			said:  fmt.Sprint("thing ", k),
		})
	}
	return p
}
