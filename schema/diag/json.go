package diag

import (
	"io"

	"github.com/hashicorp/hcl/v2"
)

// jsonFormat is raised when a field changes its meaning; new fields may come
// without it.
const jsonFormat = 1

type jsonReport struct {
	FormatVersion int              `json:"format_version"`
	Diagnostics   []jsonDiagnostic `json:"diagnostics"`
	Off           []jsonDiagnostic `json:"off,omitempty"`    // those that the policy has off, with its reasons
	Hidden        int              `json:"hidden,omitempty"` // more, which --max leaves out
}

type jsonDiagnostic struct {
	Code     Code       `json:"code"`
	Number   string     `json:"number,omitempty"`
	Severity string     `json:"severity"`
	Summary  string     `json:"summary"`
	Detail   string     `json:"detail"`
	Range    jsonRange  `json:"range"`
	Notes    []jsonNote `json:"notes,omitempty"`
	Fix      *jsonFix   `json:"fix,omitempty"`
	Reason   string     `json:"reason,omitempty"`
}

type jsonNote struct {
	Text  string    `json:"text"`
	Range jsonRange `json:"range"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Range jsonRange `json:"range"`
	New   string    `json:"new"`
}

type jsonRange struct {
	File  string  `json:"file"`
	Start jsonPos `json:"start"`
	End   jsonPos `json:"end"`
}

type jsonPos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Byte   int `json:"byte"`
}

// printJSON prints diagnostics for programs: one object, lines and columns from 1,
// bytes from 0.
func printJSON(w io.Writer, r *Report) error {
	report := jsonReport{FormatVersion: jsonFormat, Diagnostics: []jsonDiagnostic{}, Hidden: r.Hidden}
	for _, d := range r.Diagnostics {
		report.Diagnostics = append(report.Diagnostics, newDiagnostic(d))
	}
	for _, d := range r.Off {
		report.Off = append(report.Off, newDiagnostic(d))
	}
	return encode(w, report)
}

func newDiagnostic(d *Diagnostic) jsonDiagnostic {
	out := jsonDiagnostic{
		Code: d.Code, Number: d.Number, Severity: d.Severity.String(), Summary: d.Summary, Detail: d.Detail, Range: newRange(d.Subject), Reason: d.Reason,
	}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, jsonNote{Text: n.Text, Range: newRange(n.Range)})
	}
	if d.Fix != nil {
		out.Fix = &jsonFix{Message: d.Fix.Message}
		for _, e := range d.Fix.Edits {
			out.Fix.Edits = append(out.Fix.Edits, jsonEdit{newRange(e.Range), e.New})
		}
	}
	return out
}

func newRange(r hcl.Range) jsonRange {
	return jsonRange{
		File:  r.Filename,
		Start: jsonPos{r.Start.Line, r.Start.Column, r.Start.Byte},
		End:   jsonPos{r.End.Line, r.End.Column, r.End.Byte},
	}
}
