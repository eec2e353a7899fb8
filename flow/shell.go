package flow

import (
	"cmp"
	"errors"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

// A text of the policy becomes a text of a shell: literals stay as they are,
// run-time values become variables of the shell, in the quotes that the place
// needs. A value never becomes part of the text that a shell reads.

// piece is a literal, a value as the name of an environment variable, or a
// word of both.
type piece struct {
	lit   string
	value language.RunValue // "" for a literal
	env   string
	word  []piece // what the shell must read as one word
	seg   eval.Seg
}

// literal is a word without a variable in it.
func literal(word []piece) (string, bool) {
	var b strings.Builder
	for _, p := range word {
		if p.env != "" {
			return "", false
		}
		b.WriteString(p.lit)
	}
	return b.String(), true
}

// shellText renders pieces for a shell.
func shellText(shell string, pieces []piece, at eval.Text) (string, diag.Diagnostics) {
	switch shell {
	case "sh", "bash":
		return posixText(shell, pieces, at)
	case "cmd":
		return cmdText(pieces, at)
	default:
		return powerShellText(shell, pieces, at)
	}
}

// hole is a value in a POSIX text: its bytes, and what stands there.
type hole struct {
	start, end int
	piece      piece
}

// posixText writes each value as ${NAME}, lets a parser of the shell find what
// surrounds it, and puts double quotes around those that stand bare, so that
// no value is split into words.
func posixText(shell string, pieces []piece, at eval.Text) (string, diag.Diagnostics) {
	var b strings.Builder
	var holes []hole
	for _, p := range pieces {
		if p.env == "" && p.word == nil {
			b.WriteString(p.lit)
			continue
		}
		start := b.Len()
		b.WriteString("${" + cmp.Or(p.env, "WORD") + "}")
		holes = append(holes, hole{start, b.Len(), p})
	}
	text := b.String()
	contexts, err := posixContexts(shell, text)
	if err != nil {
		return text, diag.Diagnostics{invalidShell(shell, shellProblem(err), at.Range)}
	}
	return quoteHoles(text, holes, contexts)
}

func shellProblem(err error) string {
	var parse syntax.ParseError
	if errors.As(err, &parse) {
		return parse.Text
	}
	var lang syntax.LangError
	if errors.As(err, &lang) {
		return lang.Feature + " is not known to it"
	}
	return err.Error()
}

func quoteHoles(text string, holes []hole, contexts map[int]bool) (string, diag.Diagnostics) {
	var diags diag.Diagnostics
	var b strings.Builder
	last := 0
	for _, h := range holes {
		b.WriteString(text[last:h.start])
		last = h.end
		bare, found := contexts[h.start]
		switch {
		case !found:
			diags = append(diags, valueInSingleQuotes(h.piece.value, h.piece.env, h.piece.seg.Via, h.piece.seg.Range))
		case h.piece.word != nil && bare:
			b.WriteString(posixWord(h.piece.word))
		case h.piece.word != nil:
			b.WriteString(posixQuoted(h.piece.word, text[h.end:]))
		case bare:
			b.WriteString(`"$` + h.piece.env + `"`)
		default:
			b.WriteString(inQuotes(h.piece.env, text[h.end:]))
		}
	}
	b.WriteString(text[last:])
	return b.String(), diags
}

// posixWord is a word that stands bare.
func posixWord(word []piece) string {
	text, ok := literal(word)
	switch {
	case ok && inertPOSIX().MatchString(text):
		return text
	case ok:
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	default:
		return `"` + posixQuoted(word, `"`) + `"`
	}
}

var posixEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`")

// posixQuoted is a word that stands in double quotes.
func posixQuoted(word []piece, rest string) string {
	var b strings.Builder
	for i, p := range word {
		if p.env == "" {
			b.WriteString(posixEscaper.Replace(p.lit))
			continue
		}
		next := rest
		if i+1 < len(word) {
			next = posixEscaper.Replace(word[i+1].lit)
		}
		b.WriteString(inQuotes(p.env, next))
	}
	return b.String()
}

// inQuotes writes a variable without braces where no letter follows.
func inQuotes(env, rest string) string {
	if rest != "" && (isWord(rest[0]) || rest[0] == '[') {
		return "${" + env + "}"
	}
	return "$" + env
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// posixContexts returns the offset of every expansion in the text and whether
// it stands bare. What is missing stands where the shell expands nothing.
func posixContexts(shell, text string) (map[int]bool, error) {
	lang := syntax.LangPOSIX
	if shell == "bash" {
		lang = syntax.LangBash
	}
	file, err := syntax.NewParser(syntax.Variant(lang)).Parse(strings.NewReader(text), "")
	if err != nil {
		return nil, err
	}
	out := map[int]bool{}
	quoted := []bool{false}
	syntax.Walk(file, func(n syntax.Node) bool {
		if n == nil {
			quoted = quoted[:len(quoted)-1]
			return true
		}
		if p, ok := n.(*syntax.ParamExp); ok {
			out[int(p.Pos().Offset())] = !quoted[len(quoted)-1]
		}
		quoted = append(quoted, quotesFor(n, quoted[len(quoted)-1]))
		return true
	})
	markHeredocs(file, out)
	return out, nil
}

// quotesFor tells whether what a node holds is expanded without being split.
func quotesFor(n syntax.Node, outer bool) bool {
	switch n.(type) {
	case *syntax.DblQuoted, *syntax.ArithmExp, *syntax.Assign:
		return true
	case *syntax.CmdSubst, *syntax.Stmt, *syntax.ArrayExpr:
		return false
	default:
		return outer
	}
}

// markHeredocs: what a here-document expands is never split into words.
func markHeredocs(file *syntax.File, out map[int]bool) {
	syntax.Walk(file, func(n syntax.Node) bool {
		r, ok := n.(*syntax.Redirect)
		if !ok || r.Hdoc == nil {
			return true
		}
		for _, part := range r.Hdoc.Parts {
			if p, ok := part.(*syntax.ParamExp); ok {
				out[int(p.Pos().Offset())] = false
			}
		}
		return true
	})
}

// cmdText writes values as %NAME%. cmd pastes them into the line before it
// reads it, so only values whose grammar holds nothing that cmd executes may
// stand there.
func cmdText(pieces []piece, at eval.Text) (string, diag.Diagnostics) {
	var b strings.Builder
	var diags diag.Diagnostics
	for _, p := range pieces {
		if p.word == nil {
			diags = append(diags, cmdPiece(&b, p)...)
			continue
		}
		text, fixed := literal(p.word)
		quoted := !fixed || !inertOther().MatchString(text)
		if quoted {
			b.WriteString(`"`)
		}
		for _, w := range p.word {
			if strings.ContainsAny(w.lit, "\"%\n") {
				diags = append(diags, wordInCmd(p.value, p.seg.Range))
			}
			diags = append(diags, cmdPiece(&b, w)...)
		}
		if quoted {
			b.WriteString(`"`)
		}
	}
	if strings.Contains(strings.TrimSpace(b.String()), "\n") {
		diags = append(diags, severalLinesInCmd(at.Range))
	}
	return b.String(), diags
}

func cmdPiece(b *strings.Builder, p piece) diag.Diagnostics {
	if p.env == "" {
		b.WriteString(p.lit)
		return nil
	}
	b.WriteString("%" + p.env + "%")
	if !values[p.value].cmd {
		return diag.Diagnostics{valueUnsafeInCmd(p.value, p.seg.Via, p.seg.Range)}
	}
	return nil
}

// strictPwsh makes PowerShell 7.4 stop at the first program that fails, as a
// shell with -e does.
const strictPwsh = "$ErrorActionPreference = 'Stop'\n$PSNativeCommandUseErrorActionPreference = $true\n"

// powerShellText writes values as ${env:NAME}, which PowerShell expands
// without reading the value as code, bare and in double quotes.
func powerShellText(shell string, pieces []piece, at eval.Text) (string, diag.Diagnostics) {
	var b strings.Builder
	var diags diag.Diagnostics
	var s powerShellScanner
	for i, p := range pieces {
		if p.env == "" && p.word == nil {
			b.WriteString(p.lit)
			s.scan(p.lit)
			continue
		}
		switch {
		case !s.expands():
			diags = append(diags, valueInSingleQuotes(p.value, p.env, p.seg.Via, p.seg.Range))
		case s.bareOption() && !plain(p):
			diags = append(diags, valueAfterDash(p.value, p.seg.Range))
		}
		b.WriteString(powerShellValue(p, s.state == psBare, i+1 < len(pieces) && continues(pieces[i+1])))
		s.scan("x")
	}
	text := b.String()
	if strings.Contains(strings.TrimSpace(text), "\n") {
		if shell == "powershell" {
			diags = append(diags, severalLinesInPowerShell(at.Range))
		}
		text = strictPwsh + text
	}
	return text, diags
}
