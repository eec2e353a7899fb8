package unused

import (
	_ "embed"
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unused"

// Rule is unused.
var Rule = &lint.Rule{ID: "HF079", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	u := use(p.Policy)
	var out diag.Diagnostics
	for _, c := range p.Policy.Checks {
		if !u[c] {
			out = append(out, report(diag.Error, "check", c.Block, "no flow runs it. Name it in delivery or a schedule, or in `verify` or `requires` of an environment that a flow deploys to", c.Range))
		}
	}
	for _, e := range p.Policy.Environments {
		if !u[e] {
			out = append(out, report(diag.Warning, "environment", e.Label, "no flow deploys to it", e.Range))
		}
	}
	for _, g := range p.Policy.Groups {
		if !u[g] {
			out = append(out, removable(report(diag.Warning, "group", g.Label, "nothing refers to it", g.Range), g.Whole))
		}
	}
	for _, s := range p.Policy.Secrets {
		if !u[s] {
			out = append(out, removable(report(diag.Warning, "secret", s.Label, "nothing receives it", s.Range), s.Whole))
		}
	}
	for _, l := range p.Policy.Uses {
		if !l.Used {
			out = append(out, removable(report(diag.Warning, "library", l.Alias, "no command of it is called", l.Range), l.Whole))
		}
	}
	for _, c := range p.Policy.Commands {
		if !c.Used {
			out = append(out, removable(report(diag.Warning, "command", c.Label, "nothing calls it: command::"+c.Label+"({ … })", c.Range), c.Whole))
		}
	}
	for _, a := range p.Policy.Agents {
		if !u[a] && a.Label != "operations" {
			out = append(out, removable(report(diag.Warning, "agent", a.Label, "nothing runs on it", a.Range), a.Whole))
		}
	}
	return out
}

// used is the set of blocks that something refers to, by pointer.
type used map[any]bool

func use(p *schema.Policy) used {
	u := used{}
	if d := p.Delivery; d != nil {
		u.checks(d.Checks)
		u.environments(d.Environments)
	}
	if m := p.MergeRequest; m != nil {
		u.checks(m.Checks)
	}
	for _, s := range p.Schedules {
		u.checks(s.Checks)
	}
	if h := p.Hotfix; h != nil {
		u.hotfix(h)
	}
	if r := p.Redeploy; r != nil {
		u.environments(r.Environments)
	}
	if b := p.Build; b != nil {
		u.runner(b.Runner)
	}
	if g := p.BreakGlass; g != nil {
		u.groups(g.Approvers)
	}
	for _, f := range p.Freezes {
		u.groups(f.Approvers)
	}
	for _, n := range p.Notifies {
		u.runner(n.Runner)
	}
	for _, e := range p.Environments {
		u.environment(e)
	}
	for _, c := range p.Checks {
		u.runner(c.Runner)
	}
	return u
}

func (u used) hotfix(h *schema.Hotfix) {
	u.checks(h.Checks)
	u.environments(h.Environments)
	if h.Mirror != nil {
		u[h.Mirror.To] = true
	}
	if h.MergeBack.Owner != nil {
		u[h.MergeBack.Owner.To] = true
	}
}

func (u used) environment(e *schema.Environment) {
	u.runner(e.Runner)
	if u[e] {
		u.checks(e.Verify)
		u.checks(e.Requires)
	}
	for _, a := range e.Approvals {
		u.groups(a.Approvers)
	}
}

func (u used) groups(refs []schema.Ref[schema.Group]) {
	for _, g := range refs {
		u[g.To] = true
	}
}

func (u used) checks(refs []schema.Ref[schema.Check]) {
	for _, r := range refs {
		u[r.To] = true
	}
}

func (u used) environments(refs []schema.Ref[schema.Environment]) {
	for _, r := range refs {
		u[r.To] = true
	}
}

func (u used) runner(r schema.Runner) {
	if r.Agent != nil {
		u[r.Agent.To] = true
	}
	for _, s := range r.Secrets {
		u[s.Secret.To] = true
	}
}

// removable is a finding whose block may go, where it is only this policy's.
func removable(d *diag.Diagnostic, whole hcl.Range) *diag.Diagnostic {
	if whole.Filename != "" {
		d.Fix = &diag.Fix{Message: "Remove what nothing uses", Edits: []diag.Edit{{Range: whole}}}
	}
	return d
}

func report(s diag.Severity, kind, label, why string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: s, Subject: at,
		Summary: "Unused " + kind,
		Detail:  fmt.Sprintf("The %s %q is defined, but %s.", kind, label, why),
	}
}
