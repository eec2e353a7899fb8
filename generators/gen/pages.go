package gen

import (
	"embed"

	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed pages
var pages embed.FS

// Pages are the pages of the codes of this package: one file a code.
func Pages() []*diag.Page { return diag.EmbeddedPages(pages) }
