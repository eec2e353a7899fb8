// Package diag holds what fettle has to say about a policy: diagnostics with a
// stable code and the tightest range, their order, and the nearest known name.
// It decides nothing about output; one file a format prints them.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Severity says whether a diagnostic stops the compilation.
type Severity int

// An error stops everything: nothing is written while there is one.
// A warning is told and holds nothing up.
const (
	Error Severity = iota
	Warning
)

// String is the word that output formats use.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Code is the stable name of one kind of diagnostic, such as "unknown-check".
// It appears in output, documentation and in what people search for, so it
// never changes its meaning.
type Code string

// Note points to a second place that belongs to a diagnostic.
type Note struct {
	Range hcl.Range
	Text  string
}

// Diagnostic is one mistake, said once.
//
// Summary is a few words without a full stop. Detail is sentences: what is
// wrong, with the names in quotes, then what to write instead. Subject is the
// tightest range that shows the mistake.
type Diagnostic struct {
	Code     Code
	Number   string // the alias of a rule, in the catalogue of rules: HF015
	Severity Severity
	Summary  string
	Detail   string
	Subject  hcl.Range
	Notes    []Note
	Fix      *Fix   // nil where there is no one obvious repair
	Reason   string // why the policy has it off: only of those that are
}

// Fix is a repair: what it does, as a verb phrase, and the edits that do it, in
// the order of their places.
type Fix struct {
	Message string
	Edits   []Edit
}

// Edit puts a text in the place of a range.
type Edit struct {
	Range hcl.Range
	New   string
}

// Diagnostics is a list of them; nil means that there is nothing to say.
type Diagnostics []*Diagnostic

// HasErrors tells whether anything in the list stops the compilation.
func (d Diagnostics) HasErrors() bool {
	return slices.ContainsFunc(d, func(x *Diagnostic) bool { return x.Severity == Error })
}

// Sorted returns the diagnostics by file, place and code, each once: two
// passes that see the same mistake do not report it twice.
func (d Diagnostics) Sorted() Diagnostics {
	out := slices.Clone(d)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b *Diagnostic) bool {
		return compare(a, b) == 0 && a.Detail == b.Detail
	})
}

func compare(a, b *Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Subject.Filename, b.Subject.Filename),
		cmp.Compare(a.Subject.Start.Byte, b.Subject.Start.Byte),
		cmp.Compare(a.Subject.End.Byte, b.Subject.End.Byte),
		cmp.Compare(a.Code, b.Code),
	)
}

// Problem makes an error: what is wrong, in a few words, and the sentences about it.
func Problem(code Code, at hcl.Range, summary, format string, args ...any) *Diagnostic {
	return &Diagnostic{Code: code, Subject: at, Summary: summary, Detail: fmt.Sprintf(format, args...)}
}

// WithNumber gives a message the number of docs/rules.md that it goes against.
func WithNumber(d *Diagnostic, number string) *Diagnostic {
	d.Number = number
	return d
}
