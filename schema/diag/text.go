package diag

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// The colours of severities and places, as terminals know them.
const (
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	blue   = "\x1b[34m"
	plain  = "\x1b[0m"
)

// printText prints diagnostics for people: each with the line that it is about, a
// row of carets under the place, and what to do.
func printText(w io.Writer, r *Report) error {
	var b bytes.Buffer
	p := printer{out: &b, sources: r.Sources, color: r.Color, width: 100}
	if r.Width > 0 {
		p.width = max(40, min(r.Width, 120))
	}
	for _, d := range r.Diagnostics {
		p.diagnostic(d)
	}
	if len(r.Diagnostics) > 0 {
		fmt.Fprintf(&b, "%s%s\n", count(r.Diagnostics), hiddenNote(r.Hidden))
	}
	if len(r.Off) > 0 {
		b.WriteString(r.OffByPolicy() + "\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// OffByPolicy counts the findings that are off, by the codes of their rules.
func (r *Report) OffByPolicy() string {
	var codes []string
	for _, d := range r.Off {
		if !slices.Contains(codes, string(d.Code)) {
			codes = append(codes, string(d.Code))
		}
	}
	if len(r.Off) == 1 {
		return "1 finding (" + codes[0] + ") is off by the policy"
	}
	return fmt.Sprintf("%d findings (%s) are off by the policy", len(r.Off), List(codes))
}

func hiddenNote(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" shown; %d more, which --max=0 shows", n)
}

type printer struct {
	out     *bytes.Buffer
	sources map[string][]byte
	color   bool
	width   int
}

func (p *printer) paint(code, text string) string {
	if !p.color {
		return text
	}
	return code + text + plain
}

func (p *printer) diagnostic(d *Diagnostic) {
	word, code := "Error", red
	if d.Severity == Warning {
		word, code = "Warning", yellow
	}
	fmt.Fprintf(p.out, "%s: %s [%s]\n", p.paint(code, word), d.Summary, d.Code)
	p.excerpt(d.Subject, code)
	p.out.WriteString(wrap(d.Detail, p.width, "  "))
	for _, n := range d.Notes {
		fmt.Fprintf(p.out, "  %s: %s\n", location(n.Range), n.Text)
	}
	p.out.WriteByte('\n')
}

func location(r hcl.Range) string {
	return fmt.Sprintf("%s:%d:%d", r.Filename, r.Start.Line, r.Start.Column)
}

// excerpt prints the line of a range and marks the part of it that is meant.
func (p *printer) excerpt(r hcl.Range, code string) {
	fmt.Fprintf(p.out, "  %s %s\n", p.paint(blue, "-->"), location(r))
	line, ok := lineOf(p.sources[r.Filename], r.Start.Line)
	if !ok {
		return
	}
	number := fmt.Sprintf("%4d", r.Start.Line)
	margin := strings.Repeat(" ", len(number))
	before, marked, after := split(line, r)
	before, marked, after = around(before, marked, after, p.width-len(margin)-3)
	fmt.Fprintf(p.out, "%s %s %s\n", number, p.paint(blue, "|"), strings.ReplaceAll(before+marked+after, "\t", "    "))
	fmt.Fprintf(p.out, "%s %s %s%s\n", margin, p.paint(blue, "|"), strings.Repeat(" ", width(before)), p.paint(code, strings.Repeat("^", max(1, width(marked)))))
}

func lineOf(src []byte, number int) (string, bool) {
	lines := strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n")
	if src == nil || number < 1 || number > len(lines) {
		return "", false
	}
	return lines[number-1], true
}

// split cuts a line into what stands before a range, what is in it, and what
// follows. Columns count characters as people see them.
func split(line string, r hcl.Range) (before, marked, after string) {
	runes := []rune(line)
	from := min(max(r.Start.Column-1, 0), len(runes))
	to := len(runes)
	if r.End.Line == r.Start.Line {
		to = min(max(r.End.Column-1, from), len(runes))
	}
	return string(runes[:from]), string(runes[from:to]), string(runes[to:])
}

// around shortens a line to a number of cells, so that the place stays in
// sight: what stands far from it becomes "…".
func around(before, marked, after string, cells int) (b, m, a string) {
	if width(before)+width(marked)+width(after) <= cells {
		return before, marked, after
	}
	marked = head(marked, cells/2)
	room := cells - width(marked)
	before = tail(before, max(room/2, room-width(after)))
	return before, marked, head(after, room-width(before))
}

// head is the beginning of a text that is too long for so many cells.
func head(s string, cells int) string {
	if width(s) <= cells {
		return s
	}
	n := 0
	for i, r := range s {
		if n += cell(r); n > cells-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// tail is its end.
func tail(s string, cells int) string {
	if width(s) <= cells {
		return s
	}
	n := 0
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		if n += cell(r); n > cells-1 {
			return "…" + s[end:]
		}
		end -= size
	}
	return s
}

// width is how many cells a terminal needs for a text.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += cell(r)
	}
	return n
}

func cell(r rune) int {
	switch {
	case r == '\t':
		return 4
	case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff):
		return 2
	case r >= 0x300 && r <= 0x36f:
		return 0
	default:
		return 1
	}
}

// wrap breaks a text at blanks so that lines stay short.
func wrap(text string, columns int, indent string) string {
	var b strings.Builder
	line := indent
	for _, word := range strings.Fields(text) {
		if line != indent && len(line)+1+len(word) > columns {
			b.WriteString(line + "\n")
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	b.WriteString(line + "\n")
	return b.String()
}

func count(diags Diagnostics) string {
	errors, warnings := 0, 0
	for _, d := range diags {
		if d.Severity == Warning {
			warnings++
		} else {
			errors++
		}
	}
	var parts []string
	if errors > 0 {
		parts = append(parts, plural(errors, "error"))
	}
	if warnings > 0 {
		parts = append(parts, plural(warnings, "warning"))
	}
	return strings.Join(parts, ", ")
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
