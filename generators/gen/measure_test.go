package gen_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

func TestMeasure(t *testing.T) {
	size := func(target string) int { return flow.Most(target, flow.FileSize) }
	long := flow.Most("github", flow.Expressions)
	for _, c := range []struct {
		name, target, content string
		want                  int
	}{
		{"as large as GitHub takes", "github", strings.Repeat("a\n", size("github")/2), 0},
		{"larger", "github", strings.Repeat("a\n", size("github")/2+1), 1},
		{"as large as GitLab takes", "gitlab", strings.Repeat("a\n", size("gitlab")/2), 0},
		{"larger than GitLab takes", "gitlab", strings.Repeat("a\n", size("gitlab")/2+1), 1},
		{"as large as Azure takes", "azure", strings.Repeat("a\n", size("azure")/2), 0},
		{"larger than Azure takes", "azure", strings.Repeat("a\n", size("azure")/2+1), 1},
		{"the longest condition", "github", "on: push\n    if: " + strings.Repeat("a", long-len("if: ")) + "\n", 0},
		{"a longer condition", "github", "on: push\n    if: " + strings.Repeat("a", long) + "\n", 1},
		{"a longer value", "github", "  A: ${{ " + strings.Repeat("a", long) + " }}\n", 1},
		{"a long line without an expression", "github", "  run: " + strings.Repeat("a", long) + "\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			diags := gen.Measure(c.target, gen.File{Path: "p.yml", Content: []byte(c.content)}, hcl.Range{})
			if len(diags) != c.want {
				t.Errorf("%d findings instead of %d: %v", len(diags), c.want, diags)
			}
		})
	}
}
