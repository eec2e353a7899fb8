package artifactexpires

import (
	_ "embed"
	"fmt"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "artifact-expires"

// Rule is artifact-expires.
var Rule = &lint.Rule{ID: "HF042", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	b := p.Policy.Build
	if p.Policy.Redeploy == nil || b == nil || b.Image != nil || b.Store != nil || b.Artifact.V == "" {
		return nil
	}
	return diag.Diagnostics{{
		Code: code, Severity: diag.Warning, Subject: b.Artifact.Range,
		Summary: "Artifact that expires",
		Detail:  fmt.Sprintf("A redeployment takes %q from the run that made it, and no system keeps that for good. Push an image and write: artifact = image(\"REPOSITORY\", \"FILE\"), or keep the files: store { put = \"…\"  get = \"…\" }.", b.Artifact.V),
		Notes:   []diag.Note{{Range: p.Policy.Redeploy.Range, Text: "the redeployment is offered here"}},
	}}
}
