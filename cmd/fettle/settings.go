package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
)

// checklists are the formats of the settings.
var checklists = map[string]func(io.Writer, []settings.List) error{"markdown": settings.Markdown, "json": settings.JSON}

func (c *command) settings() *cobra.Command {
	formats := []string{"markdown", "json"}
	var format string
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Say what the hosts must be set to",
		Long: `Say what each host must be set to, which no generated file can do: reviewers,
protected branches and tags, locks, credentials. As a checklist in Markdown.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, formats...); err != nil {
				return err
			}
			lists, err := c.hostSettings()
			if err != nil {
				return err
			}
			return checklists[format](c.stdout, lists)
		},
	}
	c.addTargets(cmd)
	c.addVariables(cmd)
	cmd.Flags().StringVar(&format, "format", "markdown", "how to print it: markdown or json")
	complete(cmd, "format", formats...)
	return cmd
}

// hostSettings are what the policies ask of the hosts.
func (c *command) hostSettings() ([]settings.List, error) {
	repository, err := c.compile(false)
	if err != nil {
		return nil, err
	}
	var plans []*flow.Plan
	for _, r := range repository.Results {
		plans = append(plans, r.Plan)
	}
	return settings.Lists(plans, c.targets), nil
}
