package missingscript

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
)

//go:embed doc.go
var doc string

const code diag.Code = "missing-script"

// Rule is missing-script.
var Rule = &lint.Rule{ID: "HF080", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

// scripts are what scripts end with. Other programs may be what a build makes.
var scripts = []string{".sh", ".bash", ".ps1", ".cmd", ".bat", ".py", ".rb", ".pl", ".groovy", ".R"}

func check(p *lint.Pass) diag.Diagnostics {
	if p.Lacks == nil {
		return nil
	}
	var out diag.Diagnostics
	for _, c := range lint.DistinctCommands(p.Policy) {
		said := "" // by the commands of the list so far
		for _, t := range c.Run.Texts {
			text := lint.Literal(t)
			said += text + "\n"
			for _, file := range lint.StartedFiles(text) {
				if slices.Contains(scripts, path.Ext(file)) && !made(p.Policy, c, said, file) && p.Lacks(file) {
					out = append(out, missing(c, t, file))
				}
			}
		}
	}
	return out
}

// made tells whether a file may come from elsewhere: with the artifact, by a
// native step, or by a command that names it before it is started.
func made(p *schema.Policy, c lint.Command, said, file string) bool {
	if len(c.Runner.Natives) > 0 || strings.Count(said, path.Base(file)) > 1 {
		return true
	}
	if b := p.Build; b != nil && b.Artifact.V != "" {
		return strings.HasPrefix(file+"/", strings.TrimSuffix(path.Clean(b.Artifact.V), "/")+"/")
	}
	return false
}

func missing(c lint.Command, t eval.Text, file string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: c.FindingAt(t),
		Summary: "Script that is not in the repository",
		Detail:  fmt.Sprintf("A command of %s starts %s, and there is no such file. Write its path from the top of the repository, or add the file.", c.Of, file),
	}
}
