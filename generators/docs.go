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

//go:embed docs
var docs embed.FS

// Docs are the pages of all codes, in the order of the alphabet. Those of a
// package are in its folder docs, one file a code; that of a rule is the
// comment of its package.
func Docs() []*diag.Page {
	out := slices.Concat(diag.EmbeddedDocs(docs), schema.Docs(), flow.Docs(), gen.Docs(), azure.Docs(), github.Docs(), jenkins.Docs(), lint.Docs())
	for _, p := range out {
		p.Number = strings.Join(lint.NumbersOf(p.Code), ", ")
	}
	for _, r := range rules.All {
		out = append(out, r.Page())
	}
	slices.SortFunc(out, func(a, b *diag.Page) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return out
}
