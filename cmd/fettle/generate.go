package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (c *command) generate() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the files of every target",
		Long: `Write the files of every target of the policy in this directory.

It is all or nothing: with an error anywhere nothing is written, and where the
disk is full or a file cannot be replaced, every file is as it was before. A run
that was killed is completed by the next one. Only files whose content changes
are written; generated files that are no longer needed are removed; a file that
fettle did not write is never touched.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c.kept = &kept{changed: true}
			result, err := c.compile(true)
			if err != nil {
				return err
			}
			for _, line := range c.upgrade() {
				fmt.Fprintln(c.stderr, line)
			}
			first := c.filesList() == nil && !dry
			bring := c.put
			if dry {
				bring = c.changes
			}
			changes, err := bring(result.Files)
			if err != nil {
				return err
			}
			if err := c.tell(changes, len(result.Files)); err != nil || !first {
				return err
			}
			_, err = fmt.Fprint(c.stderr, firstSteps)
			return err
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be written, and write nothing")
	c.addTargets(cmd)
	c.addVariables(cmd)
	return cmd
}

// firstSteps is said once: when there were no generated files before.
const firstSteps = `
Next:
  fettle rehearse    shows a delivery, a hotfix and a redeployment on this machine
  fettle settings    lists the host settings that the files rely on; make them before the first push
  git add, git commit, git push: the files are part of the repository, and the first push to the mainline is the first delivery
`

// tell reports the changes, one a line, and how many files stay as they are.
func (c *command) tell(changes []change, files int) error {
	written := 0
	for _, ch := range changes {
		fmt.Fprintf(c.stdout, "[%c] %s\n", ch.sign, ch.path)
		if ch.sign != '-' {
			written++
		}
	}
	_, err := fmt.Fprintf(c.stdout, "%d written, %d removed, %d unchanged\n", written, len(changes)-written, files-written)
	return err
}
