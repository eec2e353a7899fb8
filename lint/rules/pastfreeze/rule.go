package pastfreeze

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "past-freeze"

// Rule is past-freeze.
var Rule = &lint.Rule{ID: "HF070", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, f := range p.Policy.Freezes {
		if f.Span.To.Set && !f.Span.To.V.After(p.Now) {
			out = append(out, past(f))
		}
	}
	return out
}

func past(f *schema.Freeze) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: f.Range,
		Fix:     &diag.Fix{Message: "Remove the freeze", Edits: []diag.Edit{{Range: f.Whole}}},
		Summary: "Freeze that is over",
		Detail:  fmt.Sprintf("The freeze %q ended on %s and holds nothing back any more. Remove it.", f.Label, f.Span.To.V.Format(time.DateOnly)),
	}
}
