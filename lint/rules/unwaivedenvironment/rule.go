package unwaivedenvironment

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "unwaived-environment"

// Rule is unwaived-environment.
var Rule = &lint.Rule{ID: "HF015", Code: code, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || p.Policy.Delivery == nil || len(h.Environments) == 0 {
		return nil // without environments of its own a hotfix leaves out what is waived
	}
	var out diag.Diagnostics
	for _, e := range p.Policy.Delivery.Environments {
		if e.To == nil || schema.Refers(h.Environments, e.To) || h.WaivesEnvironment(e.To) {
			continue
		}
		if gates := gatesOf(p.Policy, e.To); len(gates) > 0 {
			out = append(out, unwaived(e.To, gates, h.Environments))
		}
	}
	return out
}

// gatesOf names what stops a version on the way through an environment and does
// not stop a hotfix before production. A check that a hotfix runs nowhere is
// another rule's.
func gatesOf(p *schema.Policy, e *schema.Environment) []string {
	var out []string
	for _, a := range e.Approvals {
		out = append(out, fmt.Sprintf("approval %q", a.Label))
	}
	for _, c := range slices.Concat(e.Requires, e.Verify) {
		if c.To != nil && c.To.Required.V && !earlier(p, c.To) && later(p, c.To) {
			out = append(out, fmt.Sprintf("check %q", c.To.Block))
		}
	}
	for _, f := range p.Freezes {
		if schema.Refers(f.Environments, e) {
			out = append(out, fmt.Sprintf("freeze %q", f.Label))
		}
	}
	return out
}

// earlier tells whether a hotfix runs a check before production.
func earlier(p *schema.Policy, c *schema.Check) bool {
	return schema.Refers(flow.HotfixChecks(p), c) || runs(p, c, func(t flow.Tier) bool { return t != flow.Production })
}

// later tells whether it runs it in production.
func later(p *schema.Policy, c *schema.Check) bool {
	return runs(p, c, func(t flow.Tier) bool { return t == flow.Production })
}

func runs(p *schema.Policy, c *schema.Check, in func(flow.Tier) bool) bool {
	return slices.ContainsFunc(p.Hotfix.Environments, func(r schema.Ref[schema.Environment]) bool {
		return r.To != nil && in(flow.Tier(r.To.Tier.V)) && schema.Refers(slices.Concat(r.To.Requires, r.To.Verify), c)
	})
}

func unwaived(e *schema.Environment, gates []string, way []schema.Ref[schema.Environment]) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: hcl.RangeBetween(way[0].Range, way[len(way)-1].Range),
		Summary: "Environment left out without a waiver",
		Detail: fmt.Sprintf("Delivery passes the environment %q (%s), and hotfix leaves it out. Add it, or say why it may be left out: waive { environment = environment.%s  reason = \"…\" }.",
			e.Label, strings.Join(gates, ", "), e.Label),
		Notes: []diag.Note{{Range: e.Range, Text: "the environment is defined here"}},
	}
}
