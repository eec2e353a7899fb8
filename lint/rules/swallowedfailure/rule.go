package swallowedfailure

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/regex"
)

//go:embed doc.go
var doc string

const code diag.Code = "swallowed-failure"

// Rule is swallowed-failure.
var Rule = &lint.Rule{ID: "HF013", Code: code, Doc: doc, Check: check}

var (
	swallows = regex.New(`(\|\||;)\s*(true|:|exit 0)\s*$`)
	ignores  = regex.New(`(^|\s)(--?ignore-test-failures|-Dmaven\.test\.failure\.ignore(=true)?|--exit-zero)(\s|$)`)
)

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	seen := map[string]bool{} // a check with a matrix is several, of one text
	for _, c := range p.Policy.Checks {
		if c.Required.V && c.Report.V == "" && never(c.Run.Texts) && !seen[c.Block] {
			seen[c.Block] = true
			out = append(out, swallowed(c))
		}
	}
	return out
}

// never tells whether no line of a check can fail.
func never(texts []eval.Text) bool {
	for _, t := range texts {
		for line := range strings.Lines(strings.TrimSpace(lint.Literal(t))) {
			if line = strings.TrimSpace(line); !swallows().MatchString(line) && !ignores().MatchString(line) {
				return false
			}
		}
	}
	return len(texts) > 0
}

func swallowed(c *schema.Check) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: c.Run.Range,
		Summary: "Gate that cannot fail",
		Detail:  fmt.Sprintf("The check %q is required, and its commands succeed whatever happens. Let them fail, add a `report` that is read instead, or write: required = false.", c.Block),
	}
}
