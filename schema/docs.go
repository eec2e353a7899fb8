package schema

import (
	"embed"

	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed docs
var docs embed.FS

// Docs are the pages of the codes of this package: one file a code.
func Docs() []*diag.Page { return diag.EmbeddedDocs(docs) }
