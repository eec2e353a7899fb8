package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/report"
)

// accounts are the formats of the report.
var accounts = map[string]func(io.Writer, []*report.Report) error{
	"text": report.Text, "markdown": report.Markdown, "json": report.JSON, "html": report.HTML,
}

func (c *command) enforcement() *cobra.Command {
	formats := []string{"text", "markdown", "json", "html"}
	var format string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Print where each requirement is enforced",
		Long: `Print, for each requirement of the policy and each target, where it is
enforced: in the generated file (with the line), by the release script at run
time, or by a host setting; and which rules of regulation and standards it
meets. Rules of the policy are enforced by the compiler. Native parts are listed,
since no other line covers them.

The HTML page is one file, for the auditor.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, formats...); err != nil {
				return err
			}
			repository, err := c.compile(false)
			if err != nil {
				return err
			}
			var reports []*report.Report
			for _, r := range repository.Results {
				reports = append(reports, report.New(r.Plan, repository.Files, generators.All))
			}
			return accounts[format](c.stdout, reports)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how to print it: text, markdown, json or html")
	complete(cmd, "format", formats...)
	c.addVariables(cmd)
	return cmd
}
