package main

import (
	"errors"
	"fmt"
	"path"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema/diag"
)

func (c *command) check() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the policy and the generated files, for CI",
		Long: `Lint the policy and compare the generated files with it: the command for CI.

Differences are printed as a unified diff, and the exit code is 1. The files
depend on the values of the policy's variables: give the same ones as to generate.
Where an older fettle generated them, what generating them again changes is said.

Where the clone has the ledger, break glass reviews that are due are listed too.
They do not change the exit code: an overdue review stops deliveries.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c.judges, c.kept = true, &kept{changed: true}
			repository, diags, err := c.analyse(true)
			if err != nil {
				return err
			}
			defer c.tellReviews(repository)
			return c.reportCheck(repository, diags)
		},
	}
	c.addTargets(cmd)
	c.addVariables(cmd)
	c.addFormat(cmd)
	return cmd
}

// reportCheck says what was found in the policies and, where nothing is wrong
// with them, what has drifted.
func (c *command) reportCheck(repository *generators.Repository, diags diag.Diagnostics) error {
	sources := sourcesOf(repository)
	for _, path := range c.leftovers() {
		c.notes = append(c.notes, path+" is left of a `fettle generate` that was interrupted, or that still runs; git ignores it, and the next one removes it")
	}
	if diags.HasErrors() {
		return c.report(diags, sources)
	}
	changes, err := c.changes(repository.Files)
	if err != nil {
		return err
	}
	c.notes = append(c.notes, c.upgrade()...)
	if c.format != "text" {
		more, err := c.drift(changes)
		if err != nil {
			return err
		}
		return c.report(append(diags, more...).Sorted(), sources)
	}
	if err := c.report(diags, sources); err != nil || len(changes) == 0 {
		return err
	}
	return c.differences(changes)
}

// differences prints what has drifted, as people compare files.
func (c *command) differences(changes []change) error {
	for _, ch := range changes {
		ch, err := ch.loaded()
		if err != nil {
			return err
		}
		fmt.Fprint(c.stdout, udiff.Unified("a/"+ch.path, "b/"+ch.path, string(ch.old), string(ch.new)))
	}
	fmt.Fprintf(c.stderr, "%d generated files are not what the policy says. Run `fettle generate` and commit.\n", len(changes))
	return exit(exitFindings)
}

// drift is the same for programs: one finding a file, at the first line that
// differs, named from where fettle was started.
func (c *command) drift(changes []change) (diag.Diagnostics, error) {
	top, err := relative(c.dir, c.top)
	var out diag.Diagnostics
	for _, ch := range changes {
		ch, fails := ch.loaded()
		if err = errors.Join(err, fails); err != nil {
			return nil, err
		}
		switch name := path.Join(top, ch.path); ch.sign {
		case '+':
			out = append(out, generators.FileMissing(name))
		case '-':
			out = append(out, generators.FileTooMany(name))
		default:
			out = append(out, generators.FileChanged(name, firstDifference(ch.old, ch.new)))
		}
	}
	return out, err
}

// firstDifference is the number of the first line in which two texts differ.
func firstDifference(a, b []byte) int {
	line := 1
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			break
		}
		if a[i] == '\n' {
			line++
		}
	}
	return line
}
