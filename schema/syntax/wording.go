package syntax

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
)

// wording is what HCL says of a mistake, and what is said instead: what to
// write, in words that need no grammar.
type wording struct {
	summary, detail string // HCL's; the detail begins so
	ours, advice    string
}

// wordings are those of the mistakes that people make. The rest stays in HCL's
// words.
var wordings = []wording{
	{"Argument or block definition required", "", "Sign that cannot stand here", "Here stands an attribute, name = value, or a block: type \"name\" { … }. A brace too many ends up here too."},
	{"Argument definition required", "", "Block inside a block on one line", "A block on one line has one attribute and no block. Write each on a line of its own, and the closing brace too."},
	{"Invalid block definition", "Either", "Opening brace missing", "A block is its type, its name in quotes if it has one, and an opening brace on the same line: check \"unit\" {."},
	{"Invalid block definition", "A block", "Opening brace missing", "The opening brace of a block stands on the line of its name: check \"unit\" {."},
	{"Invalid single-argument block definition", "", "Several things in a block on one line", "A block on one line has one attribute: check \"unit\" { run = \"make\" }. Write each on a line of its own, and the closing brace too."},
	{"Missing newline after block definition", "", "Two things on one line", "After the closing brace of a block a new line begins. Write what follows on a line of its own."},
	{"Missing newline after argument", "", "Something behind the value", "This does not belong to the value before it. Put a text in double quotes, \"…\", and the next attribute on a line of its own."},
	{"Unexpected comma after argument", "", "Comma between attributes", "Attributes stand on lines of their own, without a comma. Remove it."},
	{"Unclosed configuration block", "", "Block never closed", "This block, or a brace in it, is never closed. Write } after its last line."},
	{"Unterminated object constructor expression", "", "Object never closed", "Write } after its last entry."},
	{"Invalid argument name", "", "Name in quotes", "The name of an attribute stands without quotes: run = \"make\"."},
	{"Invalid expression", "", "Missing value", "A value stands behind the equals sign: a text in double quotes, a number, a list [ … ], an object { … }, or a reference such as check.unit."},
	{"Missing expression", "", "Missing value", "A value stands here: a text in double quotes, a number, a list [ … ], an object { … }, or a reference such as check.unit."},
	{"Missing item separator", "", "No comma in a list", "The items of a list are separated by commas: [a, b]. Entries with a name make an object: { NAME = value }."},
	{"Missing attribute separator", "", "No comma in an object", "The entries of an object are separated by commas or stand on lines of their own: { A = 1, B = 2 }."},
	{"Missing key/value separator", "", "Entry without an equals sign", "An entry of an object is NAME = value."},
	{"Missing attribute value", "", "Entry without a value", "An entry of an object is NAME = value."},
	{"Missing argument separator", "", "No comma between arguments", "What a function gets is separated by commas: join(\" \", [\"a\", \"b\"])."},
	{"Missing false expression in conditional", "", "Half a condition", "A condition has two ends: condition ? value : other value."},
	{"Extra characters after interpolation expression", "", "More than a value in ${…}", "${…} is read by the policy, and holds one value. Where the shell is meant, write $${…}."},
	{"Invalid attribute name", "", "Nothing behind the dot", "A dot is followed by a name: release.version."},
	{"Invalid character encoding", "", "Not UTF-8", "A policy is text in UTF-8. Save the file in that encoding."},
	{"Invalid character", "Single quotes", "Single quotes", "Put a text in double quotes: \"…\". Single quotes inside it are the shell's."},
	{"Invalid character", "\"Curly", "Quotes of a word processor", "Put a text in straight double quotes: \"…\"."},
	{"Invalid character", "The \"`\"", "Backquote", "Put a text in double quotes: \"…\". For several lines write a here-document: <<-EOT … EOT."},
	{"Invalid character", "The \";\"", "Semicolon", "Attributes stand on lines of their own, without a sign behind them. Remove it."},
	{"Invalid character", "This", "Sign that the language does not have", "It means nothing here. Put a text with it in double quotes: \"…\"."},
}

var (
	otherSign        = regex.New(`^\s*([a-z_][a-z0-9_]*)\s*(:=|:|==|=>|->|\+=)`)
	noSign           = regex.New(`^\s*([a-z_][a-z0-9_]*)\s+["\[\w]`)
	signedBlock      = regex.New(`^\s*([a-z_]+)(\s*=\s*)"[^"]*"\s*\{`)
	blockScalar      = regex.New(`=\s*([|>][-+]?)\s*$`)
	openedOnly       = regex.New(`\$\{[^}]*$`)
	githubExpression = regex.New(`\$\{\{`)
	hereDocuments    = regex.New(`^<<-?(\S+)`)
)

// inOurWords says what a syntax error means, by HCL's words and the line that
// it is on; start is where the line begins.
func inOurWords(d *hcl.Diagnostic, src []byte, line string, start int) *diag.Diagnostic {
	at := func(m []int, group int) hcl.Range { return within(*d.Subject, start, src, m[2*group:]) }
	if m := signedBlock().FindStringSubmatchIndex(line); m != nil && d.Summary == "Missing newline after argument" {
		return blockNotAttribute(line[m[2]:m[3]], at(m, 2))
	}
	if m := otherSign().FindStringSubmatchIndex(line); m != nil && d.Summary == "Argument or block definition required" {
		return wrongSign(line[m[2]:m[3]], line[m[4]:m[5]], at(m, 2))
	}
	if m := noSign().FindStringSubmatchIndex(line); m != nil && d.Summary == "Invalid block definition" && !isBlock(language.Root, line[m[2]:m[3]]) {
		return missingSign(line[m[2]:m[3]], at(m, 1))
	}
	if d.Summary == "Attribute redefined" {
		return duplicateAttribute(string(src[d.Subject.Start.Byte:d.Subject.End.Byte]), *d.Subject)
	}
	if m := blockScalar().FindStringSubmatchIndex(line); m != nil {
		return notYAML(at(m, 1))
	}
	for _, w := range wordings {
		if d.Summary == w.summary && strings.HasPrefix(d.Detail, w.detail) {
			return syntaxMistake(w, *d.Subject)
		}
	}
	return SyntaxError(d)
}

// isBlock tells whether the language has a block of this type, at any depth.
func isBlock(in *language.Block, name string) bool {
	for _, b := range in.Blocks {
		if b.Name == name || isBlock(b, name) {
			return true
		}
	}
	return false
}

// openHereDocument is the beginning of a here-document that does not end
// before an error, and the word that ends it.
func openHereDocument(src []byte, at *hcl.Range) (string, *hcl.Range) {
	tokens, _ := hclsyntax.LexConfig(src[:min(at.Start.Byte, len(src))], at.Filename, hcl.InitialPos)
	var open *hclsyntax.Token
	for i, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOHeredoc:
			open = &tokens[i]
		case hclsyntax.TokenCHeredoc:
			open = nil
		}
	}
	if open == nil {
		return "", nil
	}
	m := hereDocuments().FindSubmatchIndex(open.Bytes)
	if m == nil {
		return "", nil
	}
	r := open.Range
	r.End = hcl.Pos{Line: r.Start.Line, Column: r.Start.Column + m[1], Byte: r.Start.Byte + m[1]}
	return string(open.Bytes[m[2]:m[3]]), &r
}
