package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// maxText is how many findings people are shown: who has more has one cause,
// or begins at the top.
const maxText = 50

// addFormat adds the flags of commands whose findings a program may read.
func (c *command) addFormat(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.format, "format", "text", "how to print what was found: "+diag.List(formatNames()))
	cmd.Flags().IntVar(&c.max, "max", maxText, "how many findings to print at most, and 0 for all of them; formats for programs have all without it")
	complete(cmd, "format", formatNames()...)
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if c.max < 0 {
			return usage("--max cannot be %d: write how many findings to print, or 0 for all of them", c.max)
		}
		if c.format != "text" && !cmd.Flags().Changed("max") {
			c.max = 0
		}
		return oneOf("--format", c.format, formatNames()...)
	}
}

func formatNames() []string {
	var out []string
	for _, f := range diag.Formats {
		out = append(out, f.Name)
	}
	return out
}

// report prints findings: text for people to stderr, everything else to
// stdout. With errors it returns the exit code for findings.
func (c *command) report(diags diag.Diagnostics, sources []syntax.Source) error {
	_, dir, err := c.repository()
	if err != nil {
		return err
	}
	r := &diag.Report{
		Diagnostics: diags, Off: c.off, Sources: map[string][]byte{}, Dir: dir, Pages: generators.Docs,
		Version: buildVersion(), Color: c.colored(), Width: c.width(),
	}
	for _, s := range sources {
		r.Sources[s.Name] = s.Bytes
	}
	if c.max > 0 && len(diags) > c.max {
		r.Diagnostics, r.Hidden = diags[:c.max], len(diags)-c.max
	}
	if err := c.print(r); err != nil {
		return err
	}
	for _, n := range c.notes {
		fmt.Fprintln(c.stderr, n)
	}
	if diags.HasErrors() {
		return exit(exitFindings)
	}
	return nil
}

func (c *command) print(r *diag.Report) error {
	out := io.Writer(c.stdout)
	if c.format == "text" {
		out = c.stderr
	} else if r.Hidden > 0 {
		fmt.Fprintf(c.stderr, "fettle: --max leaves %d findings out\n", r.Hidden)
	}
	i := slices.IndexFunc(diag.Formats, func(f diag.Format) bool { return f.Name == c.format })
	if !diag.Formats[i].Off && len(r.Off) > 0 {
		fmt.Fprintf(c.stderr, "fettle: %s\n", r.OffByPolicy())
	}
	return diag.Formats[i].Print(out, r)
}

// colored: a terminal that shows colours, unless something says otherwise. The
// variables are the usual ones: NO_COLOR wins over all, CLICOLOR=0 is the same
// word, CLICOLOR_FORCE wants colours without a terminal.
func (c *command) colored() bool {
	switch force := os.Getenv("CLICOLOR_FORCE"); {
	case c.color == "always":
		return true
	case c.color == "never", os.Getenv("NO_COLOR") != "", os.Getenv("CLICOLOR") == "0":
		return false
	case force != "" && force != "0":
		return true
	}
	_, ok := c.terminal()
	return ok && os.Getenv("TERM") != "dumb"
}

// width is the number of columns of the terminal, or 0 without one.
func (c *command) width() int {
	fd, ok := c.terminal()
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(fd)
	if err != nil {
		return 0
	}
	return columns
}

// terminal is the one that stderr goes to.
func (c *command) terminal() (fd int, ok bool) { return terminalOf(c.stderr) }

// terminalOf is the terminal behind a stream of this program.
func terminalOf(stream any) (fd int, ok bool) {
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	return int(f.Fd()), true
}
