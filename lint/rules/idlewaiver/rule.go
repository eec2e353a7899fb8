package idlewaiver

import (
	_ "embed"
	"fmt"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed doc.go
var doc string

const code diag.Code = "idle-waiver"

// Rule is idle-waiver.
var Rule = &lint.Rule{ID: "HF011", Code: code, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	h := p.Policy.Hotfix
	if h == nil || p.Policy.Delivery == nil {
		return nil
	}
	var out diag.Diagnostics
	waived, spared := map[*schema.Check]bool{}, map[*schema.Environment]bool{}
	for _, w := range h.Waivers {
		if e := w.Environment.To; e != nil {
			if why := idleReason(p.Policy, e, spared[e]); why != "" {
				out = append(out, idle(w, why))
			}
			spared[e] = true
			continue
		}
		switch {
		case w.Check.To == nil:
		case waived[w.Check.To]:
			out = append(out, idle(w, "another waiver leaves it out already"))
		case !w.Check.To.Required.V:
			out = append(out, idle(w, "it is not required: there is nothing to waive"))
		case h.ChecksSet && schema.Refers(h.Checks, w.Check.To):
			out = append(out, idle(w, "hotfix runs it all the same: it is listed in `checks`"))
		case !required(p.Policy.Delivery, w.Check.To):
			out = append(out, idle(w, "delivery does not require it"))
		}
		waived[w.Check.To] = true
	}
	return out
}

// idleReason tells why the waiver of an environment leaves nothing out, or "".
func idleReason(p *schema.Policy, e *schema.Environment, twice bool) string {
	switch {
	case twice:
		return "another waiver leaves it out already"
	case p.Hotfix.EnvironmentsSet && schema.Refers(p.Hotfix.Environments, e):
		return "hotfix goes there all the same: `environments` lists it"
	case !schema.Refers(p.Delivery.Environments, e):
		return "delivery does not go there"
	}
	return ""
}

func required(d *schema.Delivery, c *schema.Check) bool {
	if schema.Refers(d.Checks, c) {
		return true
	}
	for _, e := range d.Environments {
		if e.To != nil && (schema.Refers(e.To.Verify, c) || schema.Refers(e.To.Requires, c)) {
			return true
		}
	}
	return false
}

func idle(w *schema.Waiver, why string) *diag.Diagnostic {
	at, what, leave := w.Environment.Range, "Environment", "environment"
	label := ""
	if w.Check.To != nil {
		at, what, leave, label = w.Check.Range, "Check", "check", w.Check.To.Block
	} else {
		label = w.Environment.To.Label
	}
	return &diag.Diagnostic{
		Code: code, Subject: at,
		Fix:     &diag.Fix{Message: "Remove the waiver", Edits: []diag.Edit{{Range: w.Whole}}},
		Summary: "Waiver without effect",
		Detail:  fmt.Sprintf("%s %q is waived, but %s. Remove the waiver, or leave the %s out.", what, label, why, leave),
	}
}
