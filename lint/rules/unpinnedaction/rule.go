package unpinnedaction

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/regex"
)

//go:embed doc.go
var doc string

const code diag.Code = "unpinned-action"

// Rule is unpinned-action.
var Rule = &lint.Rule{ID: "HF073", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

var (
	uses   = regex.New(`(?m)^[\s-]*uses:\s*["']?([^\s"'#]+)`)
	pinned = regex.New(`^\./|@[0-9a-f]{40}$|@sha256:[0-9a-f]{64}$`)
)

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	var seen []*schema.Native // a check with a matrix is several, of one text
	for _, c := range lint.Commands(p.Policy) {
		for _, n := range c.Runner.Natives {
			if n.Target != "github" || slices.ContainsFunc(seen, func(o *schema.Native) bool { return o.Range == n.Range }) {
				continue
			}
			seen = append(seen, n)
			for _, m := range uses().FindAllStringSubmatch(n.Steps.V, -1) {
				if strings.Contains(m[1], "@") && !pinned().MatchString(m[1]) {
					out = append(out, unpinned(m[1], c, n))
				}
			}
		}
	}
	return out
}

func unpinned(action string, c lint.Command, n *schema.Native) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: n.Steps.Range,
		Summary: "Action that is not pinned",
		Detail:  fmt.Sprintf("The native part of %s uses %s, which may be another program tomorrow. Write the commit behind the @, of 40 digits.", c.Of, action),
	}
}
