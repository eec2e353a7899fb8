package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/schema"
)

func (c *command) fmt() *cobra.Command {
	var check, diff bool
	cmd := &cobra.Command{
		Use:   "fmt [FILE... | -]",
		Short: "Rewrite policies in their canonical form",
		Long: `Rewrite policies in their canonical form, in place, and print the names of
those that changed. Without a file it is the policy of the directory; with -
it is the standard input, printed to the standard output.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "-" {
				return c.fmtStdin()
			}
			sources, err := c.fmtSources(args)
			if err != nil {
				return err
			}
			return c.fmtFiles(sources, check, diff)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; exit with 1 if a file is not in its canonical form")
	cmd.Flags().BoolVar(&diff, "diff", false, "write nothing; print what would change")
	return cmd
}

func (c *command) fmtSources(args []string) ([]schema.Source, error) {
	if len(args) == 0 {
		return c.fmtPolicies()
	}
	var out []schema.Source
	for _, a := range args {
		src, err := os.ReadFile(filepath.Join(c.dir, a))
		if err != nil {
			return nil, err
		}
		out = append(out, schema.Source{Name: a, Bytes: src})
	}
	return out, nil
}

// fmtPolicies are the files of the policies that the directory is about.
func (c *command) fmtPolicies() ([]schema.Source, error) {
	ins, err := c.inputs(false)
	if err != nil {
		return nil, err
	}
	var out []schema.Source
	for _, in := range ins {
		out = append(out, in.Sources...)
	}
	return out, nil
}

func (c *command) fmtStdin() error {
	src, err := io.ReadAll(c.stdin)
	if err != nil {
		return err
	}
	in := schema.Source{Name: "<stdin>", Bytes: src}
	out, diags := schema.Format(in)
	if len(diags) > 0 {
		return c.report(diags, []schema.Source{in})
	}
	_, err = c.stdout.Write(out)
	return err
}

// fmtFiles formats all or nothing: a broken file among them stops the others.
func (c *command) fmtFiles(sources []schema.Source, check, diff bool) error {
	var changed []change
	for _, s := range sources {
		out, diags := schema.Format(s)
		if len(diags) > 0 {
			return c.report(diags, sources)
		}
		if !bytes.Equal(out, s.Bytes) {
			changed = append(changed, change{'~', s.Name, s.Bytes, out, 0o644})
		}
	}
	for _, ch := range changed {
		if diff {
			fmt.Fprint(c.stdout, udiff.Unified("a/"+ch.path, "b/"+ch.path, string(ch.old), string(ch.new)))
		} else {
			fmt.Fprintln(c.stdout, ch.path)
		}
	}
	if check && len(changed) > 0 {
		return exit(exitFindings)
	}
	if check || diff {
		return nil
	}
	return c.write(c.dir, changed)
}
