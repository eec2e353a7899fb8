package flow

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// What hosts count in all policies together is counted in outlines too.
func TestOutlineCounts(t *testing.T) {
	names, err := filepath.Glob("../testdata/cases/*/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	counted := map[CountKind]int{}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		policy, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: src}}, Files: os.DirFS(filepath.Dir(name))})
		if diags.HasErrors() {
			t.Fatal(diags[0])
		}
		plan, _ := Lower(policy)
		for _, c := range HostCounts {
			if c.shared == nil {
				continue
			}
			whole, outline := c.shared([]*Plan{plan}), c.shared([]*Plan{plan.Outline()})
			if !slices.Equal(whole, outline) {
				t.Errorf("%s: %s: %v, and %v of the outline", name, c.Kind, whole, outline)
			}
			counted[c.Kind] += whole[0].n
		}
	}
	for kind, n := range counted {
		if n == 0 {
			t.Errorf("no %s in any case", kind)
		}
	}
	if len(counted) == 0 {
		t.Error("nothing was counted")
	}
}
