package forcedpush

import (
	_ "embed"
	"fmt"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/regex"
)

//go:embed doc.go
var doc string

const code diag.Code = "forced-push"

// Rule is forced-push.
var Rule = &lint.Rule{ID: "HF072", Code: code, Doc: doc, Check: check}

// forced is a push that rewrites, or that takes all tags.
var forced = regex.New(`\bgit(\s+-\S+(\s+\S+)?)*\s+push\b[^\n;&|]*\s(--force(-with-lease|-if-includes)?(=\S*)?|-f|--tags|--mirror|\+\S+)(\s|$)`)

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, c := range lint.DistinctCommands(p.Policy) {
		for _, t := range c.Run.Texts {
			if m := forced().FindStringSubmatch(lint.Literal(t)); m != nil {
				out = append(out, push(m[3], c, t))
			}
		}
	}
	return out
}

func push(option string, c lint.Command, t eval.Text) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: c.FindingAt(t),
		Summary: "Push that rewrites",
		Detail:  fmt.Sprintf("A command of %s pushes with %s. Push the refs that it made, by name and without force.", c.Of, option),
	}
}
