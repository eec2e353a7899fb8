package diag

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// The part of SARIF 2.1.0 that fettle needs, by the names of the standard
// (docs.oasis-open.org/sarif/sarif/v2.1.0), with what GitHub's "SARIF support
// for code scanning" asks for besides: a help text and a level for each rule,
// and a fingerprint for each result.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         Code             `json:"id"`
		Short      sarifText        `json:"shortDescription"`
		Full       *sarifText       `json:"fullDescription,omitempty"`
		Help       *sarifText       `json:"help,omitempty"`
		URI        string           `json:"helpUri,omitempty"`
		Properties *sarifProperties `json:"properties,omitempty"`
	}
	sarifProperties struct {
		Tags []string `json:"tags"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful bool `json:"executionSuccessful"`
		ExitCode   int  `json:"exitCode"`
	}
	sarifResult struct {
		RuleID       Code               `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Fixes        []sarifFix         `json:"fixes,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Properties   *sarifProperties   `json:"properties,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion   `json:"deletedRegion"`
		Inserted *sarifContent `json:"insertedContent,omitempty"`
	}
	sarifContent struct {
		Text string `json:"text"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

const home = "https://github.com/fettle-ci/fettle"

// printSARIF prints the diagnostics as one run of a SARIF log, version 2.1.0. Only
// the rules of codes that were found are in it.
func printSARIF(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool:       sarifTool{Driver: sarifDriver{Name: "fettle", Version: r.Version, InformationURI: home, Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints", // HCL counts characters as people see them, which are these but for combining ones
		Results:    []sarifResult{},
	}
	var pages []*Page
	if r.Pages != nil {
		pages = r.Pages()
	}
	prints := r.fingerprints()
	for i, d := range slices.Concat(r.Diagnostics, r.Off) {
		result := sarifResult{
			RuleID: d.Code, RuleIndex: run.rule(pages, d), Level: d.Severity.String(),
			Message:      sarifText{Text: d.Summary + ". " + d.Detail},
			Locations:    []sarifLocation{r.sarifLocation(d.Subject)},
			Fingerprints: map[string]string{"fettle/v1": prints[i]},
			Properties:   numbers(d),
		}
		for n, note := range d.Notes {
			at := r.sarifLocation(note.Range)
			at.ID, at.Message = n+1, &sarifText{Text: note.Text}
			result.Related = append(result.Related, at)
		}
		if d.Fix != nil {
			result.Fixes = []sarifFix{r.sarifFix(d.Fix)}
		}
		if i >= len(r.Diagnostics) {
			result.Suppressions = []sarifSuppression{{Kind: "external", Justification: d.Reason}}
		}
		run.Results = append(run.Results, result)
	}
	invocation := sarifInvocation{Successful: true} // fettle did its work, whatever it found
	if r.Diagnostics.HasErrors() {
		invocation.ExitCode = 1
	}
	run.Invocations = []sarifInvocation{invocation}
	return encode(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// rule returns the index of a code's rule, which it adds where it is new.
func (run *sarifRun) rule(pages []*Page, d *Diagnostic) int {
	rules := &run.Tool.Driver.Rules
	if i := slices.IndexFunc(*rules, func(s sarifRule) bool { return s.ID == d.Code }); i >= 0 {
		return i
	}
	rule := sarifRule{ID: d.Code, Short: sarifText{Text: d.Summary}}
	if p := PageOf(pages, d.Code); p != nil {
		rule.Short = sarifText{Text: p.Summary()}
		rule.Full = &sarifText{Text: p.Text}
		rule.Help = &sarifText{Text: p.String(), Markdown: p.Markdown()}
		rule.URI = home + "/blob/main/docs/diagnostics.md#" + string(d.Code)
		if p.Number == d.Number { // a code of several numbers has one in each place
			rule.Properties = numbers(d)
		}
	}
	if strings.HasPrefix(string(d.Code), "HF") { // something that got weaker
		rule.URI = home + "/blob/main/docs/rules.md"
	}
	*rules = append(*rules, rule)
	return len(*rules) - 1
}

// numbers are the tags of what has a number.
func numbers(d *Diagnostic) *sarifProperties {
	if d.Number == "" {
		return nil
	}
	return &sarifProperties{Tags: []string{d.Number}}
}

func (r *Report) sarifLocation(at hcl.Range) sarifLocation {
	line, column := ends(at)
	return sarifLocation{Physical: sarifPhysical{
		Artifact: sarifArtifact{URI: (&url.URL{Path: r.path(at)}).EscapedPath(), Base: "%SRCROOT%"},
		Region:   sarifRegion{at.Start.Line, at.Start.Column, line, column},
	}}
}

func (r *Report) sarifFix(f *Fix) sarifFix {
	out := sarifFix{Description: sarifText{Text: f.Message}}
	for _, e := range f.Edits {
		change := sarifReplacement{Deleted: sarifRegion{e.Range.Start.Line, e.Range.Start.Column, e.Range.End.Line, e.Range.End.Column}}
		if e.New != "" {
			change.Inserted = &sarifContent{e.New}
		}
		out.Changes = append(out.Changes, sarifChange{Artifact: r.sarifLocation(e.Range).Physical.Artifact, Replacements: []sarifReplacement{change}})
	}
	return out
}
