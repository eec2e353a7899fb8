package diag

import (
	"fmt"
	"io"
	"strings"
)

// printGitHub prints workflow commands: GitHub Actions shows each as an annotation
// of the line. The rules are those of "Workflow commands for GitHub Actions";
// the escapes are those of @actions/core (command.ts): % and the line ends in
// every text, and : and , in a property besides. The columns count for a place
// on one line only, so a longer one has none.
func printGitHub(w io.Writer, r *Report) error {
	var b strings.Builder
	for _, d := range r.Diagnostics {
		line, column := ends(d.Subject)
		at := fmt.Sprintf("file=%s,line=%d,endLine=%d", githubProperty.Replace(r.path(d.Subject)), d.Subject.Start.Line, line)
		if line == d.Subject.Start.Line {
			at += fmt.Sprintf(",col=%d,endColumn=%d", d.Subject.Start.Column, column-1) // the last column is in it
		}
		fmt.Fprintf(&b, "::%s %s,title=%s::%s\n", d.Severity, at, githubProperty.Replace(fmt.Sprintf("%s [%s]", d.Summary, d.Code)), githubData.Replace(d.Detail))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
