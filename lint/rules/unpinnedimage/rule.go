package unpinnedimage

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unpinned-image"

// Rule is unpinned-image.
var Rule = &lint.Rule{ID: "HF073", Code: code, Severity: diag.Warning, Asked: true, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, a := range p.Policy.Agents {
		if i := a.GitLab.Image; i != "" && !strings.Contains(i, "@sha256:") {
			out = append(out, unpinned(i, a))
		}
	}
	return out
}

func unpinned(image string, a *schema.Agent) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: a.Range,
		Summary: "Image that is not pinned",
		Detail:  fmt.Sprintf("On GitLab the agent %q runs in %q, which may be another image tomorrow. Write its digest: %s@sha256:….", a.Label, image, withoutTag(image)),
	}
}

// withoutTag is an image without its tag. A colon before the last slash is that of
// a port.
func withoutTag(image string) string {
	if i := strings.LastIndex(image, ":"); i > strings.LastIndex(image, "/") {
		return image[:i]
	}
	return image
}
