package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/generators"
)

func (c *command) targetsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "targets",
		Short: "List the CI systems that files can be generated for",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return c.targetsJSON()
			}
			w := tabwriter.NewWriter(c.stdout, 0, 0, 3, ' ', 0)
			for _, t := range generators.All {
				fmt.Fprintf(w, "%s\t%s\t%s\n", t.Name, t.Title, strings.Join(t.Files, " "))
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "for programs")
	return cmd
}

func (c *command) targetsJSON() error {
	type target struct {
		Name  string   `json:"name"`
		Title string   `json:"title"`
		Files []string `json:"files"`
	}
	var out []target
	for _, t := range generators.All {
		out = append(out, target{t.Name, t.Title, t.Files})
	}
	e := json.NewEncoder(c.stdout)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
