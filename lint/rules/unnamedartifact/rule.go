package unnamedartifact

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
)

//go:embed doc.go
var doc string

const code diag.Code = "unnamed-artifact"

// Rule is unnamed-artifact.
var Rule = &lint.Rule{ID: "HF017", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	if p.Policy.Build == nil {
		return nil
	}
	var out diag.Diagnostics
	seen := map[hcl.Range]bool{} // what `like` brings is written once
	for _, e := range p.Policy.Environments {
		if e.Deploy.Set && !seen[e.Deploy.Range] && !names(p.Policy.Build, e) {
			seen[e.Deploy.Range] = true
			out = append(out, unnamed(e))
		}
	}
	return out
}

// names tells whether a deployment says what it deploys, or leaves it to a file
// or a library that may.
func names(b *schema.Build, e *schema.Environment) bool {
	texts := slices.Clone(e.Deploy.Texts)
	for _, v := range e.Env {
		texts = append(texts, v.Text)
	}
	return slices.ContainsFunc(texts, func(t eval.Text) bool { return t.Call != nil || says(b, t) }) ||
		slices.ContainsFunc(e.Deploy.Texts, func(t eval.Text) bool { return lint.StartsFile(lint.Literal(t)) })
}

// which are the values that tell one release from another, by the names of the
// policy and of the shell.
var (
	which     = []language.RunValue{language.ReleaseVersion, language.ReleaseCommit, language.ArtifactRef}
	variables = regex.New(`\bRELEASE_(VERSION|COMMIT|ARTIFACT)\b`)
)

func says(b *schema.Build, t eval.Text) bool {
	if slices.ContainsFunc(t.Segs, func(s eval.Seg) bool { return s.Ref == language.ScriptFile }) {
		return true
	}
	if slices.ContainsFunc(t.Values(), func(s eval.Seg) bool { return slices.Contains(which, s.Ref) }) {
		return true
	}
	text := lint.Literal(t)
	return variables().MatchString(text) || strings.Contains(strings.ReplaceAll(text, `\`, "/"), file(b))
}

// file is what the build leaves: the artifact, or the digest of the image.
func file(b *schema.Build) string {
	if b.Image != nil {
		return b.Image.Digest.V
	}
	return strings.TrimSuffix(b.Artifact.V, "/")
}

func unnamed(e *schema.Environment) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: e.Deploy.Range,
		Summary: "Deployment of nothing that was built",
		Detail:  fmt.Sprintf("The policy builds an artifact, and `deploy` of %q names neither it nor the version, so that it may deploy something else than what was checked. Hand on ${artifact.ref} or ${release.version}.", e.Label),
	}
}
