//go:build manual

package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manual writes the manual pages of a release. What makes them is linked into no
// other build: a fettle that somebody uses would pay for it at each start.
func (c *command) manual() []*cobra.Command {
	return []*cobra.Command{{
		Use:    "manual FOLDER",
		Short:  "Write the manual pages of all commands",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root := cmd.Root()
			root.InitDefaultCompletionCmd("completion")
			root.DisableAutoGenTag = true // it holds the day of the build; the header takes SOURCE_DATE_EPOCH
			return doc.GenManTree(root, &doc.GenManHeader{Title: "FETTLE", Section: "1", Source: "fettle " + buildVersion(), Manual: "fettle"}, args[0])
		},
	}}
}
