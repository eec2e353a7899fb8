package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Report is what an output format prints: diagnostics, and what it needs to
// show them.
type Report struct {
	Diagnostics Diagnostics
	Off         Diagnostics       // warnings that the policy has off, with its reasons
	Hidden      int               // how many more there are that --max leaves out
	Sources     map[string][]byte // the files, by the names in the ranges; one that is missing costs its excerpts only
	Dir         string            // where fettle was started in the repository, with slashes: for formats that a host reads
	Pages       func() []*Page    // of all codes, or nil: for formats that carry help texts, which alone read them
	Version     string            // of fettle
	Color       bool
	Width       int // of the terminal; 0 when there is none
}

// Format is one way to print a report. Off tells whether what the policy has off
// is in it: a host that knows findings alone would show those as ones.
type Format struct {
	Name  string
	Print func(w io.Writer, r *Report) error
	Off   bool
}

// Formats are all of them; the first one is for people.
var Formats = []Format{
	{"text", printText, true},
	{"json", printJSON, true},
	{"sarif", printSARIF, true},
	{"github", printGitHub, false},
	{"codequality", printCodeQuality, false},
	{"junit", printJUnit, true},
}

// path is what a host calls the file of a range: relative to the top of the
// repository, where the name in the range is one from where fettle was started.
func (r *Report) path(at hcl.Range) string {
	if strings.HasPrefix(at.Filename, "<") { // the standard input
		return at.Filename
	}
	return path.Join(r.Dir, at.Filename)
}

// fingerprints tells diagnostics apart, in their order, those that are off last, and the same one from
// run to run: neither the line number nor the column is in it, so that a line
// more above moves nothing.
func (r *Report) fingerprints() []string {
	seen := map[string]int{}
	var out []string
	for _, d := range slices.Concat(r.Diagnostics, r.Off) {
		line, _ := lineOf(r.Sources[d.Subject.Filename], d.Subject.Start.Line)
		id := strings.Join([]string{string(d.Code), r.path(d.Subject), strings.TrimSpace(line), d.Summary, d.Detail}, "\x00")
		seen[id]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", id, seen[id]))
		out = append(out, hex.EncodeToString(sum[:16]))
	}
	return out
}

// ends returns the end of a range, never before its start: an empty place is
// one character wide for a host.
func ends(at hcl.Range) (line, column int) {
	if at.End.Line < at.Start.Line || at.End.Line == at.Start.Line && at.End.Column <= at.Start.Column {
		return at.Start.Line, at.Start.Column + 1
	}
	return at.End.Line, at.End.Column
}
