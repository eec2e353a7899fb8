package main

import (
	"cmp"
	"time"

	"github.com/spf13/cobra"
)

func (c *command) lint() *cobra.Command {
	var against string
	var fix, diff bool
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Report every finding in the policy",
		Long: `Report every finding in the policy.

With --against it is also compared with an earlier revision of the repository,
and everything that got weaker is an error: a gate gone from a way to
production, an approver more, a longer timeout, a waiver. A commit since then
acknowledges what its own change weakens, with the number of the rule and a reason:
Weakens: HF010 REASON.

In a working tree of git it looks for the scripts that commands start, as check does.

It is the only command that reads the clock: a freeze that is over is reported here,
and changes nothing of what is generated.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c.now, c.judges = time.Now(), true
			if diff && !fix {
				return usage("--diff shows what --fix would do: say both")
			}
			if fix {
				if err := c.fix(diff); err != nil || diff {
					return err
				}
			}
			if against == "" {
				c.kept = &kept{} // files are made, since what cannot be made is a finding; nobody reads them
			}
			repository, diags, err := c.analyse(false)
			if err != nil {
				return err
			}
			if against == "" {
				return c.report(diags, sourcesOf(repository))
			}
			weaker, err := c.weaker(against, repository)
			if err != nil && len(diags) == 0 {
				return err
			}
			found := c.report(append(diags, weaker...).Sorted(), sourcesOf(repository))
			return cmp.Or(err, found) // that nothing could be compared hides no finding
		},
	}
	cmd.Flags().StringVar(&against, "against", "", "also report what is weaker than at this revision: a branch, a tag or a commit")
	cmd.Flags().BoolVar(&fix, "fix", false, "first repair what has one obvious repair, and print the names of the files that changed")
	cmd.Flags().BoolVar(&diff, "diff", false, "with --fix: write nothing; print what would change")
	c.addTargets(cmd)
	c.addVariables(cmd)
	c.addFormat(cmd)
	return cmd
}
