package schema

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

func tooLarge(what string, at hcl.Range) *diag.Diagnostic {
	return problem("too-large", at, "Policy too large", "%s. A policy is read within bounds, so that a broken or hostile file cannot stop the compiler.", what)
}

func badCharacter(what string, at hcl.Range) *diag.Diagnostic {
	return problem("bad-character", at, "Character that no pipeline carries", "There is %s here, which at least one CI system would change or break on. Remove it.", what)
}

func syntaxError(d *hcl.Diagnostic) *diag.Diagnostic {
	return problem("syntax", *d.Subject, d.Summary, "%s", d.Detail)
}

func syntaxMistake(w wording, at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, w.ours, "%s", w.advice)
}

func notGithubs(at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, "Expression of GitHub", "${{ … }} means nothing here. A value of the run is ${release.version}, ${release.commit}, ${run.url}; the variable of the shell is $NAME.")
}

func notYAML(at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, "Text of YAML", "A text of several lines is <<-EOT, the lines, and EOT on a line of its own.")
}

func missingSign(name string, at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, "Equals sign missing", "Write an equals sign behind the name of an attribute: %s = ….", name)
}

func wrongSign(name, sign string, at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, "Another sign for the equals sign", "The value of an attribute stands behind an equals sign, not behind %q: %s = ….", sign, name)
}

func duplicateAttribute(name string, at hcl.Range) *diag.Diagnostic {
	return problem("duplicate", at, "Defined twice", "%q is defined twice in this block. Keep one of them.", name)
}

func hereDocumentOpen(word string, at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, "Here-document without an end", "It ends with the word %s, alone on a line. Write that below its last line.", word)
}

func neverClosed(bracket string, at hcl.Range) *diag.Diagnostic {
	return problem("syntax", at, "Bracket never closed", "This %q has no partner. Close it before the block ends.", bracket)
}

// An escape is one sign more before what is meant for the shell.
func shellExpansion(text string, at hcl.Range) *diag.Diagnostic {
	return escaped("$", at, problem("shell-expansion", at, "Shell expansion in a template", "%s belongs to the shell, but ${…} is read by the policy. Write $%s, and the shell gets it as it is.", text, text))
}

func percentTemplate(text string, at hcl.Range) *diag.Diagnostic {
	return escaped("%", at, problem("percent-template", at, "Percent sign in a template", "%s is not for the policy, but %%{…} is read by it. Write %%%s, and the command gets it as it is.", text, text))
}

func escaped(sign string, at hcl.Range, d *diag.Diagnostic) *diag.Diagnostic {
	d.Fix = &diag.Fix{Message: "Write it twice", Edits: []diag.Edit{{Range: hcl.Range{Filename: at.Filename, Start: at.Start, End: at.Start}, New: sign}}}
	return d
}

func missingQuote(at hcl.Range) *diag.Diagnostic {
	return problem("missing-quote", at, "Text without an end", "A text that begins with a quotation mark ends on the same line. Write the missing \"; for several lines use a here-document: <<-EOT … EOT.")
}

func badEscape(at hcl.Range) *diag.Diagnostic {
	return problem("bad-escape", at, "Backslash in a text", `A backslash begins an escape: \n, \t, \", \\, \uXXXX. For a backslash that the command shall get, write \\.`)
}
