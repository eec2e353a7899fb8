// Package syntax turns the bytes of a policy into nodes: blocks and attributes that
// the table of the language knows, from HCL and from JSON, with a message for what
// is none. No value is computed.
package syntax

import (
	"bytes"
	"regexp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/regex"
)

// Source is one file of a policy. Name is what diagnostics call it.
type Source struct {
	Name  string
	Bytes []byte

	Loaded bool // a policy refers to it
}

// Parse parses one file. HCL stops at the first syntax error that it
// cannot get over, so a file with one is parsed again block by block: each
// broken block gives one error, and what stands in the others is still checked.
func Parse(s Source) ([]*hclsyntax.Body, diag.Diagnostics) {
	src := Unix(s.Bytes)
	if d := CheckSize(s.Name, src); d != nil {
		return nil, diag.Diagnostics{d}
	}
	if IsJSON(s.Name) {
		return parseJSON(s.Name, src)
	}
	file, diags := hclsyntax.ParseConfig(src, s.Name, hcl.InitialPos)
	if !diags.HasErrors() {
		return []*hclsyntax.Body{file.Body.(*hclsyntax.Body)}, nil
	}
	return parseBlocks(s.Name, src)
}

// Unix is a text with the line ends that everything after it counts in.
// One that has them is not copied: places of it are asked for often.
func Unix(src []byte) []byte {
	if !bytes.Contains(src, []byte("\r\n")) {
		return src
	}
	return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
}

func parseBlocks(name string, src []byte) ([]*hclsyntax.Body, diag.Diagnostics) {
	var bodies []*hclsyntax.Body
	var out diag.Diagnostics
	for _, c := range chunks(src) {
		file, diags := hclsyntax.ParseConfig(src[c.from:c.to], name, hcl.Pos{Line: c.line, Column: 1, Byte: c.from})
		if diags.HasErrors() {
			out = append(out, FirstError(src, diags))
			continue
		}
		bodies = append(bodies, file.Body.(*hclsyntax.Body))
	}
	if len(out) == 0 { // the pieces parse, the whole does not
		_, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
		out = append(out, FirstError(src, diags))
	}
	return bodies, out
}

type chunk struct{ from, to, line int }

// blockStart is the first line of a block at the left edge of the file.
var blockStart = regex.New(`(?m)^[a-z_]+( +"[^"\n]*")* *\{`)

// chunks cuts a file before each block that begins at the left edge.
func chunks(src []byte) []chunk {
	cuts := []int{0}
	for _, m := range blockStart().FindAllIndex(src, -1) {
		if m[0] > 0 {
			cuts = append(cuts, m[0])
		}
	}
	cuts = append(cuts, len(src))
	var out []chunk
	for i := range len(cuts) - 1 {
		out = append(out, chunk{cuts[i], cuts[i+1], 1 + bytes.Count(src[:cuts[i]], []byte("\n"))})
	}
	return out
}

var (
	shellParameter = regex.New(`\$\{[A-Za-z_][A-Za-z0-9_]*:?[-=?+#%/][^}\n]*\}`)
	percentBrace   = regex.New(`%\{[a-z_]+\}`)
)

// FirstError is what to say of a broken block: the first error is the mistake,
// the others follow from it. Where the line shows that a shell or curl was
// meant, that is said instead.
func FirstError(src []byte, diags hcl.Diagnostics) *diag.Diagnostic {
	first := diags[0]
	for _, d := range diags {
		if d.Subject != nil && d.Subject.Start.Byte < first.Subject.Start.Byte {
			first = d
		}
	}
	start := bytes.LastIndexByte(src[:min(first.Subject.Start.Byte, len(src))], '\n') + 1
	line := src[start:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	if m := unescapedMatch(shellParameter(), line, '$'); m != nil {
		return shellExpansion(string(line[m[0]:m[1]]), within(*first.Subject, start, src, m))
	}
	if m := unescapedMatch(githubExpression(), line, '$'); m != nil {
		return notGithubs(within(*first.Subject, start, src, m))
	}
	if m := unescapedMatch(percentBrace(), line, '%'); m != nil {
		return percentTemplate(string(line[m[0]:m[1]]), within(*first.Subject, start, src, m))
	}
	if word, open := openHereDocument(src, first.Subject); open != nil {
		return hereDocumentOpen(word, *open)
	}
	for _, d := range diags {
		if d.Subject.Start.Line == first.Subject.Start.Line && (d.Summary == "Invalid multi-line string" || d.Summary == "Unterminated template string") {
			return endlessText(first, src, line, start)
		}
	}
	if first.Summary == "Invalid escape sequence" {
		return badEscape(*first.Subject)
	}
	if open := openBracket(src, first.Subject); open != nil {
		return neverClosed(string(src[open.Start.Byte:open.End.Byte]), *open)
	}
	return inOurWords(first, src, string(line), start)
}

// endlessText is what to say where a line ends inside a text: that its quote is
// missing, or the brace of the value in it.
func endlessText(first *hcl.Diagnostic, src, line []byte, start int) *diag.Diagnostic {
	if m := unescapedMatch(openedOnly(), line, '$'); m != nil {
		return neverClosed("${", within(*first.Subject, start, src, []int{m[0], m[0] + 2}))
	}
	return missingQuote(*first.Subject)
}

// attributeStart is the beginning of an attribute: inside a list, nothing
// begins so.
var attributeStart = regex.New(`^[a-z_][a-z0-9_]*\s*=[^=>]`)

// openBracket finds the bracket that an error comes from: one that is still open
// where a brace closes the block around it.
func openBracket(src []byte, at *hcl.Range) *hcl.Range {
	if i := at.Start.Byte; i < len(src) && src[i] != '}' && src[i] != '=' && !attributeStart().Match(src[i:]) {
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(src, at.Filename, hcl.InitialPos)
	var open []hclsyntax.Token
	for _, t := range tokens {
		if t.Range.Start.Byte >= at.Start.Byte {
			break
		}
		switch t.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			open = append(open, t)
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
			open = open[:max(0, len(open)-1)]
		}
	}
	if closedOnItsLine(src, at, open) {
		return nil
	}
	if n := len(open); n > 0 && (open[n-1].Type == hclsyntax.TokenOBrack || open[n-1].Type == hclsyntax.TokenOParen) {
		return &open[n-1].Range
	}
	return nil
}

// closedOnItsLine tells whether the partner of the last open bracket stands
// behind the error, on the same line: the mistake is another one then.
func closedOnItsLine(src []byte, at *hcl.Range, open []hclsyntax.Token) bool {
	if len(open) == 0 || open[len(open)-1].Range.Start.Line != at.Start.Line {
		return false
	}
	partner := byte(']')
	if open[len(open)-1].Type == hclsyntax.TokenOParen {
		partner = ')'
	}
	rest, _, _ := bytes.Cut(src[min(at.Start.Byte, len(src)):], []byte("\n"))
	return bytes.IndexByte(rest, partner) >= 0
}

func unescapedMatch(re *regexp.Regexp, line []byte, sign byte) []int {
	for _, m := range re.FindAllIndex(line, -1) {
		if m[0] == 0 || line[m[0]-1] != sign {
			return m
		}
	}
	return nil
}

func within(r hcl.Range, start int, src []byte, m []int) hcl.Range {
	from := RangeAt(r.Filename, src, start+m[0])
	to := RangeAt(r.Filename, src, start+m[1])
	return hcl.RangeBetween(from, to)
}
