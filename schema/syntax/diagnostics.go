package syntax

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

func BadCharacter(what string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-character", at, "Character that no pipeline carries", "There is %s here, which at least one CI system would change or break on. Remove it.", what)
}

func SyntaxError(d *hcl.Diagnostic) *diag.Diagnostic {
	return diag.Problem("syntax", *d.Subject, d.Summary, "%s", d.Detail)
}

func syntaxMistake(w wording, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, w.ours, "%s", w.advice)
}

func notGithubs(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Expression of GitHub", "${{ … }} means nothing here. A value of the run is ${release.version}, ${release.commit}, ${run.url}; the variable of the shell is $NAME.")
}

func notYAML(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Text of YAML", "A text of several lines is <<-EOT, the lines, and EOT on a line of its own.")
}

func missingSign(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Equals sign missing", "Write an equals sign behind the name of an attribute: %s = ….", name)
}

func wrongSign(name, sign string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Another sign for the equals sign", "The value of an attribute stands behind an equals sign, not behind %q: %s = ….", sign, name)
}

func duplicateAttribute(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("duplicate", at, "Defined twice", "%q is defined twice in this block. Keep one of them.", name)
}

func hereDocumentOpen(word string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Here-document without an end", "It ends with the word %s, alone on a line. Write that below its last line.", word)
}

func neverClosed(bracket string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Bracket never closed", "This %q has no partner. Close it before the block ends.", bracket)
}

// An escape is one sign more before what is meant for the shell.
func shellExpansion(text string, at hcl.Range) *diag.Diagnostic {
	return escapeHint("$", at, diag.Problem("shell-expansion", at, "Shell expansion in a template", "%s belongs to the shell, but ${…} is read by the policy. Write $%s, and the shell gets it as it is.", text, text))
}

func percentTemplate(text string, at hcl.Range) *diag.Diagnostic {
	return escapeHint("%", at, diag.Problem("percent-template", at, "Percent sign in a template", "%s is not for the policy, but %%{…} is read by it. Write %%%s, and the command gets it as it is.", text, text))
}

func escapeHint(sign string, at hcl.Range, d *diag.Diagnostic) *diag.Diagnostic {
	d.Fix = &diag.Fix{Message: "Write it twice", Edits: []diag.Edit{{Range: hcl.Range{Filename: at.Filename, Start: at.Start, End: at.Start}, New: sign}}}
	return d
}

func missingQuote(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("missing-quote", at, "Text without an end", "A text that begins with a quotation mark ends on the same line. Write the missing \"; for several lines use a here-document: <<-EOT … EOT.")
}

func badEscape(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-escape", at, "Backslash in a text", `A backslash begins an escape: \n, \t, \", \\, \uXXXX. For a backslash that the command shall get, write \\.`)
}

func unknownBlock(name string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-block", at, "Unsupported block type", "There is no block %q here.%s", name, language.Hint(name, known))
}

func UnknownAttribute(name, of string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-attribute", at, "Unsupported argument", "%s has no attribute %q.%s", of, name, language.Hint(name, known))
}

func AttributeNotBlock(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("block-for-attribute", at, "Attribute written as a block", "%q is an attribute: write %s = …, with an equals sign.", name, name)
}

func blockNotAttribute(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("attribute-for-block", at, "Block written as an attribute", "%q is a block: write %s { … }, without an equals sign.", name, name)
}

func notYet(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("not-supported-yet", at, "Not supported yet", "%q is reserved for a later version of fettle and does nothing now. Remove it, so that nobody relies on it.", name)
}

func MissingAttribute(name, of, doc string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("missing-attribute", at, "Missing required argument", "%s needs %q. %s", of, name, doc)
}

func wrongLabels(of *language.Block, got int, at hcl.Range) *diag.Diagnostic {
	if of.Labels == 0 {
		return diag.Problem("wrong-labels", at, "Label too many", "A block %q has no label: write %s { … }.", of.Name, of.Name)
	}
	if got == 0 {
		return diag.Problem("wrong-labels", at, "Missing label", "A block %q has a name: write %s \"name\" { … }.", of.Name, of.Name)
	}
	return diag.Problem("wrong-labels", at, "Label too many", "A block %q has one label: write %s \"name\" { … }.", of.Name, of.Name)
}

func badLabel(label string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-label", at, "Name that not every system takes", "%q becomes part of ids, locks and refs. Write a lower-case letter, then lower-case letters, digits, _ or -, 63 characters at most.", label)
}

func Duplicate(what string, first, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("duplicate", at, "Defined twice", "%s is defined twice. Keep one of them.", what)
	d.Notes = []diag.Note{{Range: first, Text: "first defined here"}}
	return d
}

func SameID(what, a, b, id string, first, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("same-id", at, "Two names that become one", "The %ss %q and %q both become the id %q, since _ is written as - there. Rename one.", what, a, b, id)
	d.Notes = []diag.Note{{Range: first, Text: "the other is here"}}
	return d
}

func badJSON(why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("syntax", at, "Not JSON", "This file is no JSON object: %s.", why)
}

func badFormatVersion(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-choice", at, "Unknown version of the format", "This version of fettle reads policies whose \"format_version\" is 1. Write 1, or use the version of fettle that the policy is written for.")
}

func scriptIsFunction(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-script", at, "Script written as an attribute", "A script is a command like any other: write run = script(\"ci/test.sh\"), or deploy = script(…) in an environment.")
}
