package unpinnedaction

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

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
			out = append(append(out, unpinnedIn(n.Setup, c)...), unpinnedIn(n.Steps, c)...)
		}
	}
	return out
}

func unpinnedIn(steps schema.Value[string], c lint.Command) diag.Diagnostics {
	var out diag.Diagnostics
	for _, m := range uses().FindAllStringSubmatch(steps.V, -1) {
		if strings.Contains(m[1], "@") && !pinned().MatchString(m[1]) {
			out = append(out, unpinned(m[1], c, steps.Range))
		}
	}
	return out
}

func unpinned(action string, c lint.Command, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: at,
		Summary: "Action that is not pinned",
		Detail:  fmt.Sprintf("The native part of %s uses %s, which may be another program tomorrow. Write the commit behind the @, of 40 digits.", c.Of, action),
	}
}
