package diag

import (
	"encoding/json"
	"io"
)

type qualityIssue struct {
	Description string          `json:"description"`
	CheckName   Code            `json:"check_name"`
	Fingerprint string          `json:"fingerprint"`
	Severity    string          `json:"severity"`
	Location    qualityLocation `json:"location"`
}

type qualityLocation struct {
	Path  string       `json:"path"`
	Lines qualityLines `json:"lines"`
}

type qualityLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// printCodeQuality prints what GitLab shows in a merge request, as an artifact of
// the kind `codequality`. The fields are those of "Code Quality report format"
// in GitLab's documentation; the path is relative to the repository and does
// not begin with ./, and a fingerprint stands once in a report.
func printCodeQuality(w io.Writer, r *Report) error {
	issues := []qualityIssue{}
	prints := r.fingerprints()
	for i, d := range r.Diagnostics {
		line, _ := ends(d.Subject)
		issues = append(issues, qualityIssue{
			Description: d.Summary + ": " + d.Detail, CheckName: d.Code, Fingerprint: prints[i], Severity: qualitySeverity(d.Severity),
			Location: qualityLocation{Path: r.path(d.Subject), Lines: qualityLines{Begin: d.Subject.Start.Line, End: line}},
		})
	}
	return encode(w, issues)
}

// qualitySeverity is one of GitLab's info, minor, major, critical, blocker.
func qualitySeverity(s Severity) string {
	if s == Warning {
		return "minor"
	}
	return "critical"
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
