package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// formatting is one call of fmt.
type formatting struct {
	check, diff, recursive bool
	by                     string // the command that was called
}

func (c *command) fmt() *cobra.Command {
	f := formatting{by: "fmt"}
	cmd := &cobra.Command{
		Use:   "fmt [FILE... | -]",
		Short: "Rewrite policies in their canonical form",
		Long: `Rewrite policies in their canonical form, in place, and print the names of
those that changed. Without a file it is the policy of the directory; with -
it is the standard input, printed to the standard output.

The attributes of a block come in the order of the reference, nested blocks
behind them, and the policy block first; comments go with what they are about.
A comment that stands alone is a heading: nothing moves across it.`,
		RunE: func(_ *cobra.Command, args []string) error {
			sources, err := c.fmtSources(args, f.recursive)
			if err != nil {
				return err
			}
			return c.fmtFiles(sources, f)
		},
	}
	cmd.Flags().BoolVar(&f.check, "check", false, "write nothing; print the names of files that are not in their canonical form, and exit with 1 for one")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "write nothing; print what would change")
	cmd.Flags().BoolVarP(&f.recursive, "recursive", "r", false, "all policies in this directory and below")
	return cmd
}

func (c *command) fmtSources(args []string, recursive bool) ([]syntax.Source, error) {
	switch {
	case recursive && len(args) > 0:
		return nil, usage("--recursive finds the files itself: name none, or leave it out")
	case recursive:
		return c.policiesBelow()
	case len(args) == 0:
		return c.fmtPolicies()
	case slices.Contains(args, "-"):
		return c.fmtStdin(args)
	}
	var out []syntax.Source
	for _, a := range args {
		src, err := os.ReadFile(c.pathOf(a))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usage("there is no file %s", a)
		}
		if info, statErr := os.Stat(c.pathOf(a)); statErr == nil && info.IsDir() {
			return nil, usage("%s is a directory: use -C %s, or --recursive for all below", a, a)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, syntax.Source{Name: a, Bytes: src})
	}
	return out, nil
}

// fmtPolicies are the files of the policies that the directory is about.
func (c *command) fmtPolicies() ([]syntax.Source, error) {
	ins, err := c.inputs(false)
	if err != nil {
		return nil, err
	}
	var out []syntax.Source
	for _, in := range ins {
		out = append(out, in.Sources...)
	}
	return out, nil
}

// pathOf is where a file of the command line is.
func (c *command) pathOf(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, path)
}

const stdinName = "<stdin>"

func (c *command) fmtStdin(args []string) ([]syntax.Source, error) {
	if len(args) > 1 {
		return nil, usage("- is the standard input, and stands alone")
	}
	src, err := io.ReadAll(c.stdin)
	return []syntax.Source{{Name: stdinName, Bytes: src}}, err
}

// policiesBelow are all policies in the directory and below it.
func (c *command) policiesBelow() ([]syntax.Source, error) {
	var out []syntax.Source
	_, err := walkPolicies(c.dir, func(dir string) error {
		more, err := c.sources(dir)
		out = append(out, more...)
		return err
	})
	if err == nil && len(out) == 0 {
		return nil, usage("there is no policy below %s: looked for release.hcl and *.release.hcl", c.dir)
	}
	return out, err
}

// fmtFiles formats all or nothing: a broken file among them stops the others.
func (c *command) fmtFiles(sources []syntax.Source, f formatting) error {
	var formatted []change
	for _, s := range sources {
		out, diags := format.Canonical(s)
		if len(diags) > 0 {
			return c.report(diags, sources)
		}
		formatted = append(formatted, change{sign: '~', path: s.Name, old: s.Bytes, new: out})
	}
	if formatted[0].path == stdinName && !f.check && !f.diff {
		_, err := c.stdout.Write(formatted[0].new)
		return err
	}
	return c.fmtTell(slices.DeleteFunc(formatted, func(ch change) bool { return bytes.Equal(ch.old, ch.new) }), f)
}

// fmtTell prints what is not in its canonical form, and writes it where it may:
// all of it or nothing.
func (c *command) fmtTell(changed []change, f formatting) error {
	if !f.check && !f.diff {
		if err := c.rewrite(f.by, changed); err != nil {
			return err
		}
	}
	for _, ch := range changed {
		if f.diff {
			fmt.Fprint(c.stdout, udiff.Unified("a/"+ch.path, "b/"+ch.path, string(ch.old), string(ch.new)))
		} else {
			fmt.Fprintln(c.stdout, ch.path)
		}
	}
	if f.check && len(changed) > 0 {
		return exit(exitFindings)
	}
	return nil
}
