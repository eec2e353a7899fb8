package generators

import (
	"embed"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/azure"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/github"
	"github.com/fettle-ci/fettle/generators/jenkins"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed pages
var pages embed.FS

// Pages are the pages of all codes, in the order of the alphabet. Those of a
// package are in its folder pages, one file a code; that of a rule is the
// comment of its package.
func Pages() []*diag.Page {
	out := slices.Concat(diag.EmbeddedPages(pages), schema.Pages(), flow.Pages(), gen.Pages(), azure.Pages(), github.Pages(), jenkins.Pages(), lint.Pages())
	for _, p := range out {
		p.Number = strings.Join(lint.Answered(p.Code), ", ")
	}
	for _, r := range rules.All {
		out = append(out, r.Page())
	}
	slices.SortFunc(out, func(a, b *diag.Page) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return out
}
