package syntax

import (
	"bytes"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// The limits of a policy. The parser of HCL recurses without a bound and has
// parts that take quadratic time, so what is too large is refused before it is
// parsed, in bounded time and memory.
const (
	MaxBytes    = 1 << 20
	maxComments = 8 << 20 // bytes that the lexer reads again for each "/*" after the last "*/": it may be unclosed; in a glob it is none
	maxDepth    = 64      // of brackets
	maxOperator = 64      // in one expression
	maxLiteral  = 16 << 10
	maxHeredoc  = 5000 // lines
	maxNumber   = 32   // characters
	calmBytes   = 64 << 10
	calmSigns   = 5000
)

// CheckSize returns what is too large, or nil. A file within the calm bounds
// cannot exhaust the parser's stack and is not lexed twice.
func CheckSize(name string, src []byte) *diag.Diagnostic {
	at := func(offset int) hcl.Range { return RangeAt(name, src, offset) }
	switch {
	case len(src) > MaxBytes:
		return language.TooLarge("The policy has more than 1 MiB", at(0))
	case bytes.IndexByte(src, 0) >= 0:
		return BadCharacter("a NUL byte", at(bytes.IndexByte(src, 0)))
	case !utf8.Valid(src):
		return BadCharacter("bytes that are not UTF-8", at(invalidUTF8(src)))
	case !IsJSON(name) && bytes.Count(src[bytes.LastIndex(src, []byte("*/"))+1:], []byte("/*"))*len(src) > maxComments:
		return language.TooLarge("The policy opens comments (/*) that it does not close", at(bytes.LastIndex(src, []byte("/*"))))
	}
	if IsJSON(name) || len(src) <= calmBytes && signs(src) <= calmSigns && !hasExponent(src) {
		return nil
	}
	return lexedLimits(name, src)
}

func RangeAt(name string, src []byte, offset int) hcl.Range {
	line := bytes.Count(src[:offset], []byte("\n")) + 1
	column := utf8.RuneCount(src[bytes.LastIndexByte(src[:offset], '\n')+1:offset]) + 1
	pos := hcl.Pos{Line: line, Column: column, Byte: offset}
	return hcl.Range{Filename: name, Start: pos, End: pos}
}

func invalidUTF8(src []byte) int {
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return 0
}

// signs counts what can nest or chain.
func signs(src []byte) int {
	n := 0
	for _, c := range src {
		switch c {
		case '(', '[', '{', '!', '-', '*', '?', ':', '%', '.', '+', '<', '&', '|', '=', '/':
			n++
		}
	}
	return n
}

// hasExponent finds numbers such as 1e9: one of them can make a text of a
// gigabyte.
func hasExponent(src []byte) bool {
	for i := 1; i < len(src)-1; i++ {
		digit := src[i-1] >= '0' && src[i-1] <= '9'
		if digit && (src[i] == 'e' || src[i] == 'E') {
			return true
		}
	}
	return false
}

// lexedLimits counts per level, with the lexer, which does not recurse.
func lexedLimits(name string, src []byte) *diag.Diagnostic {
	tokens, _ := hclsyntax.LexConfig(src, name, hcl.InitialPos)
	return tokenLimits(tokens)
}

func tokenLimits(tokens hclsyntax.Tokens) *diag.Diagnostic {
	depth, operators, lines := 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
			depth--
		case hclsyntax.TokenNewline:
			operators = 0
		case hclsyntax.TokenOHeredoc:
			lines = 0
		case hclsyntax.TokenStringLit:
			lines++
		case hclsyntax.TokenQuotedLit, hclsyntax.TokenIdent, hclsyntax.TokenNumberLit, hclsyntax.TokenComment, hclsyntax.TokenOQuote, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc, hclsyntax.TokenEqual, hclsyntax.TokenComma, hclsyntax.TokenEOF:
		default:
			operators++
		}
		if d := tokenLimit(t, depth, operators, lines); d != nil {
			return d
		}
	}
	return nil
}

func tokenLimit(t hclsyntax.Token, depth, operators, lines int) *diag.Diagnostic {
	switch {
	case depth > maxDepth:
		return language.TooLarge("Brackets are nested more than 64 deep here", t.Range)
	case operators > maxOperator:
		return language.TooLarge("One expression has more than 64 operators here", t.Range)
	case lines > maxHeredoc:
		return language.TooLarge("A here-document has more than 5,000 lines", t.Range)
	case len(t.Bytes) > maxLiteral && (t.Type == hclsyntax.TokenQuotedLit || t.Type == hclsyntax.TokenStringLit):
		return language.TooLarge("One text has more than 16 KiB; put it into a file of the repository", t.Range)
	case t.Type == hclsyntax.TokenNumberLit && (len(t.Bytes) > maxNumber || bytes.ContainsAny(t.Bytes, "eE")):
		return language.TooLarge("A number has more than 32 digits or an exponent", t.Range)
	}
	return nil
}
