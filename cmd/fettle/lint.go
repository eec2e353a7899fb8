package main

import "github.com/spf13/cobra"

func (c *command) lint() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Say everything that is wrong with the policy",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := c.compile(false)
			return err
		},
	}
	c.addTargets(cmd)
	c.addVariables(cmd)
	c.addFormat(cmd)
	return cmd
}
