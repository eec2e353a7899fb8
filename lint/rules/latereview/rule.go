package latereview

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "late-review"

// Rule is late-review.
var Rule = &lint.Rule{ID: "HF025", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

// latest is when the review of an emergency is due at the latest.
const latest = 48 * time.Hour

func check(p *lint.Pass) diag.Diagnostics {
	g := p.Policy.BreakGlass
	if g == nil || g.Review.V <= latest {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: g.Review.Range,
		Fix:     &diag.Fix{Message: "Have it reviewed within two days", Edits: []diag.Edit{{Range: g.Review.Range, New: `"48h"`}}},
		Summary: "Review that comes late",
		Detail:  fmt.Sprintf("A break glass is reviewed within %s, when nobody knows any more why it was opened. Write: review = \"48h\", or less.", flow.Duration(g.Review.V)),
	}}
}
