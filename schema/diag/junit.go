package diag

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

type junitSuites struct {
	XMLName  xml.Name   `xml:"testsuites"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Suite    junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure"`
	Skipped *junitSkipped `xml:"skipped"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// printJUnit prints one test case a diagnostic, as Jenkins (the junit plugin's
// jenkins-junit.xsd) and Azure Pipelines (PublishTestResults) read it: an error
// is a failure; a warning passes and says so in its output; what the policy has
// off is skipped, with the reason. Without any there is one case that passed,
// since Jenkins takes a report without cases for a mistake.
func printJUnit(w io.Writer, r *Report) error {
	suite := junitSuite{Name: "fettle"}
	for i, d := range slices.Concat(r.Diagnostics, r.Off) {
		text := fmt.Sprintf("%s:%d:%d: %s", r.path(d.Subject), d.Subject.Start.Line, d.Subject.Start.Column, d.Detail)
		c := junitCase{
			Class: "fettle." + string(d.Code), Name: fmt.Sprintf("%s (%s:%d:%d)", d.Summary, r.path(d.Subject), d.Subject.Start.Line, d.Subject.Start.Column),
			File: r.path(d.Subject), Line: d.Subject.Start.Line,
		}
		if i >= len(r.Diagnostics) {
			c.Skipped = &junitSkipped{Message: string(d.Code) + " is off by the policy: " + d.Reason}
			suite.Skipped++
		} else if d.Severity == Error {
			c.Failure = &junitFailure{Message: d.Summary, Type: string(d.Code), Text: text}
			suite.Failures++
		} else {
			c.Output = "warning: " + text
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []junitCase{{Class: "fettle", Name: "The policy has no findings"}}
	}
	suite.Tests = len(suite.Cases)
	out, err := xml.MarshalIndent(junitSuites{Name: suite.Name, Tests: suite.Tests, Failures: suite.Failures, Suite: suite}, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+strings.TrimSpace(string(out))+"\n")
	return err
}
