package format

import (
	"bytes"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Repair makes the edits of a fix in a file of a policy. It tells whether it
// could: not in JSON, where an edit would need commas, nor where an edit is in
// another file. A line of which nothing is left goes, with the empty line
// before it; everything else stays as it is.
func Repair(s syntax.Source, fix *diag.Fix) (syntax.Source, bool) {
	src := syntax.Unix(s.Bytes) // the ranges are those of this text
	for _, e := range slices.Backward(fix.Edits) {
		from, to := e.Range.Start.Byte, e.Range.End.Byte
		if syntax.IsJSON(s.Name) || e.Range.Filename != s.Name || from > to || to > len(src) {
			return s, false
		}
		switch {
		case e.New == "":
			from, to = wholeLines(src, from, to)
		case strings.HasPrefix(e.New, "\n"): // a line of its own: behind the comment of this one
			from += lineEnd(src[from:])
			to = max(to, from)
		}
		src = slices.Concat(src[:from], []byte(e.New), src[to:])
	}
	_, before := syntax.Parse(s)
	_, after := syntax.Parse(syntax.Source{Name: s.Name, Bytes: src})
	return syntax.Source{Name: s.Name, Bytes: src}, len(after) < max(1, len(before))
}

// wholeLines widens what is removed to its lines, where nothing else stands in
// them, and to an empty line before.
func wholeLines(src []byte, from, to int) (int, int) {
	start := bytes.LastIndexByte(src[:from], '\n') + 1
	end := len(src)
	if i := bytes.IndexByte(src[to:], '\n'); i >= 0 {
		end = to + i + 1
	}
	if len(bytes.TrimSpace(src[start:from])) > 0 || len(bytes.TrimSpace(src[to:end])) > 0 {
		return from, to
	}
	if bytes.HasSuffix(src[:start], []byte("\n\n")) {
		start--
	}
	return start, end
}

// lineEnd is how far it is to the end of the line.
func lineEnd(src []byte) int {
	if i := bytes.IndexByte(src, '\n'); i >= 0 {
		return i
	}
	return len(src)
}
