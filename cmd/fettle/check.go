package main

import (
	"fmt"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"
)

func (c *command) check() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Are the generated files what the policy says?",
		Long: `Lint the policy and compare the generated files with it: the one line for CI.

What differs is printed as a unified diff, and the exit code is 1. The files
depend on the values of the policy's variables: give the same ones as to generate.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", c.format, "text", "json"); err != nil {
				return err
			}
			result, err := c.compile(true)
			if err != nil {
				return err
			}
			changes, err := c.changes(result.Files)
			if err != nil || len(changes) == 0 {
				return err
			}
			if c.format != "json" {
				for _, ch := range changes {
					fmt.Fprint(c.stdout, udiff.Unified("a/"+ch.path, "b/"+ch.path, string(ch.old), string(ch.new)))
				}
			}
			fmt.Fprintf(c.stderr, "%d generated files are not what the policy says. Run `fettle generate` and commit.\n", len(changes))
			return exit(exitFindings)
		},
	}
	c.addTargets(cmd)
	c.addVariables(cmd)
	c.addFormat(cmd)
	return cmd
}
