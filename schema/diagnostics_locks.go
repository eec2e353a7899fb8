package schema

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Messages about what a policy must not weaken.

func unknownLock(of, name string, known []string, at hcl.Range) *diag.Diagnostic {
	if name == "" {
		return diag.Problem("unknown-lock", at, "Not something to lock", "Write the bare words of what is locked in %s: %s.", of, diag.List(known))
	}
	return diag.Problem("unknown-lock", at, "Not something to lock", "%s has nothing called %q that could be locked.%s", of, name, diag.Suggest(name, known))
}

func weakened(of string, a *language.Attribute, l syntax.Lock, was eval.Term, saidAt *hclsyntax.Attribute, now eval.Term, at *hclsyntax.Attribute) *diag.Diagnostic {
	value := "what it is by default"
	if was != nil {
		value = eval.HCL(was)
	}
	d := diag.Problem("locked", at.Expr.Range(), "Weaker than what is locked", "%q of %s is locked and %s. It is %s, and would become %s here. Leave it out.", a.Name, of, a.Stronger.Words(), value, eval.HCL(now))
	d.Fix = removal(at.SrcRange)
	d.Notes = lockNotes(l)
	if saidAt != nil {
		d.Notes = append(d.Notes, diag.Note{Range: saidAt.Expr.Range(), Text: "what is locked"})
	}
	return d
}

func addedBlock(added *syntax.Node, of string, l syntax.Lock) *diag.Diagnostic {
	d := diag.Problem("locked", added.Header, "Weaker than what is locked", "%q of %s is locked: none is added. Leave it out.", added.Spec.Name, of)
	d.Fix = removal(added.Whole)
	d.Notes = lockNotes(l)
	return d
}

func waivedLock(waiver *syntax.Node, l syntax.Lock) *diag.Diagnostic {
	d := diag.Problem("locked", waiver.Header, "Waiver of what is locked", "%s is demanded by a list that is locked (%s), so no hotfix leaves it out. Remove the waiver.", waives(waiver), l.Via)
	d.Fix = removal(waiver.Whole)
	d.Notes = lockNotes(l)
	return d
}

func givenLock(variable string, l syntax.Lock, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("locked", at, "Weaker than what is locked", "%q is part of what is locked (%s), so it keeps its default and no value is given to it. Leave it out.", "var."+variable, l.Via)
	d.Notes = lockNotes(l)
	return d
}

// removal is the repair of what is to be left out.
func removal(at hcl.Range) *diag.Fix {
	return &diag.Fix{Message: "Leave it out", Edits: []diag.Edit{{Range: at}}}
}

func lockNotes(l syntax.Lock) []diag.Note {
	if l.Via != "" {
		return []diag.Note{{Range: l.At, Text: "locked here, through " + l.Via}}
	}
	return []diag.Note{{Range: l.At, Text: "locked here"}}
}
