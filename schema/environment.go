package schema

import (
	"slices"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// environmentBlocks decodes the environments. One that is like another takes
// the attributes that it does not say itself, so the other comes first.
func (d *decoder) environmentBlocks() {
	done := map[*Environment]bool{}
	for _, e := range d.policy.Environments {
		d.environment(e, done, nil)
	}
}

// inherited are the attributes that `like` brings. The address, the tier and
// the approvals are not among them: a gate is written where it stands.
var inherited = append([]string{"agent", "shell", "env", "secrets", "timeout", "values", "setup", "deploy", "after", "verify", "requires", "history"}, language.Targets...)

func (d *decoder) environment(e *Environment, done map[*Environment]bool, path []*Environment) {
	if done[e] {
		return
	}
	done[e] = true
	n := d.nodes[e]
	if a := n.Attributes["like"]; a != nil {
		n.Meant["deploy"] = true // told where it is missing, or where `like` is wrong
		if i, at := d.reference("environment", a.Expr); i >= 0 {
			other := d.policy.Environments[i]
			if slices.Contains(append(path, e), other) {
				d.report(eval.Cycle(likePath(append(path, e), other), at))
			} else {
				d.environment(other, done, append(path, e))
				d.inherit(n, d.nodes[other])
			}
		}
	}
	d.environmentValues(e, n)
}

func likePath(path []*Environment, other *Environment) []string {
	var out []string
	for _, e := range path[slices.Index(path, other):] {
		out = append(out, "environment."+e.Label)
	}
	return append(out, "environment."+other.Label)
}

func (d *decoder) inherit(n, from *syntax.Node) {
	for _, name := range inherited {
		if a := from.Attributes[name]; a != nil && n.Attributes[name] == nil {
			n.Attributes[name] = a
		}
	}
}

func (d *decoder) environmentValues(e *Environment, n *syntax.Node) {
	tier := "staging"
	if e.Label == "production" {
		tier = "production"
	}
	e.URL = d.str(n, "url", "")
	e.Tier = d.enum(n, "tier", tier)
	e.Values = d.env(n, "values", false)
	e.Setup, e.Deploy, e.After = d.command(n, "setup"), d.command(n, "deploy"), d.command(n, "after")
	e.Verify, e.Requires = d.checks(n, "verify"), d.checks(n, "requires")
	e.Runner = d.runner(n, deployTimeout)
	if !e.Deploy.Set && !n.Meant["deploy"] && !n.Meant["like"] && !n.Meant[syntax.Anything] {
		d.report(syntax.MissingAttribute("deploy", n.Title(), "The command that deploys, or a list of them.", n.Header))
	}
	for _, a := range n.Of("approval") {
		e.Approvals = append(e.Approvals, d.approval(a))
	}
}

func (d *decoder) approval(n *syntax.Node) *Approval {
	a := &Approval{
		Label: n.Label, Approvers: d.groups(n, "approvers"), Minimum: d.integer(n, "minimum", 1),
		Timeout: d.duration(n, "timeout", approvalTimeout), Range: n.Header,
	}
	d.requireEntries(n, "exclude", "Who started the run never approves, whatever this says. Write [requester], [requester, authors], or leave it out.")
	if x := n.Attributes["exclude"]; x != nil {
		a.Exclude = d.words(x, language.Excluded)
	}
	if x := n.Attributes["approvers"]; x != nil && emptyTuple(x) {
		d.report(diag.WithNumber(emptyList("approvers", "An approval that nobody can give stops every release. Write [group.NAME].", x.Expr.Range()), "HF022"))
	}
	return a
}
