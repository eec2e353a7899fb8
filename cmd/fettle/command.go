package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// The exit codes, which scripts and CI rely on.
const (
	exitFine     = 0
	exitFindings = 1 // mistakes in the policy, or files that have drifted
	exitUsage    = 2
	exitFailure  = 3 // the disk, or a defect of fettle
)

// command is one call of fettle: its streams and its flags.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	dir            string
	top            string   // where generated files belong
	notes          []string // what is told beside what was found
	alone          []string // policies below the top that have no component: they belong to their own directory
	color          string
	targets        []string
	format         string
	variables      []variable
	judges         bool             // the command is for findings: files that commands start are looked for too
	now            time.Time        // zero: what a command says does not depend on when it is started
	max            int              // findings to print; 0 means all
	off            diag.Diagnostics // what the policies have off
	disk           disk             // what generate writes to
	roots          map[string]*os.Root
	shelf          syntax.Shelf // what policies share
	kept           *kept        // what is kept of generated files; nil: all of them, with everything that they were made from
}

// exit is an error that has said everything already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// usageError is a mistake in the call, not in the policy.
type usageError struct{ error }

// lackError is something that a command needs and that is not there. Its text says
// what to do; the help of the command would not.
type lackError struct{ error }

func lack(format string, args ...any) error { return lackError{fmt.Errorf(format, args...)} }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is fettle with its streams as arguments.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	collectRarely()
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr, format: "text", max: maxText, disk: realDisk{}}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	c.kept.close()
	var done exit
	var wrong usageError
	var lacks lackError
	switch {
	case err == nil:
		return exitFine
	case errors.As(err, &done):
		return int(done)
	case errors.As(err, &lacks):
		fmt.Fprintf(stderr, "fettle: %v\n", err)
		return exitUsage
	case errors.As(err, &wrong) || isUsage(err):
		fmt.Fprintf(stderr, "fettle: %v%s\nSee fettle --help.\n", err, advice(err, args))
		return exitUsage
	default:
		fmt.Fprintf(stderr, "fettle: %v\n", err)
		return exitFailure
	}
}

// isUsage tells the errors that cobra makes of a wrong call.
func isUsage(err error) bool {
	text := err.Error()
	return slices.ContainsFunc([]string{"unknown command", "unknown flag", "unknown shorthand", "accepts ", "invalid argument", "requires ", "flag needs an argument"},
		func(s string) bool { return strings.HasPrefix(text, s) })
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "fettle",
		Short:         "One release policy in, the pipelines of four CI systems out",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       buildVersion(),
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return oneOf("--color", c.color, "auto", "always", "never")
		},
	}
	root.PersistentFlags().StringVarP(&c.dir, "directory", "C", ".", "work as if started in this directory")
	root.PersistentFlags().StringVar(&c.color, "color", "auto", "colours: auto, always or never")
	root.AddCommand(c.init(), c.generate(), c.check(), c.lint(), c.fmt(), c.targetsCommand(), c.explain(), c.policy(), c.enforcement(), c.settings(), c.rehearse(), c.ledgerCommand(), c.advise(), c.start(), c.hotfix(), c.version())
	root.AddCommand(c.manual()...)
	root.SetVersionTemplate("fettle {{ .Version }}\n")
	complete(root, "color", "auto", "always", "never")
	return root
}

func oneOf(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	return usage("%s cannot be %q.%s", flag, value, diag.Suggest(value, known))
}

func (c *command) addTargets(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&c.targets, "target", nil, "only these targets, separated by commas")
	complete(cmd, "target", knownTargets()...)
}

// complete makes the shell offer the values of a flag.
func complete(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // no such flag: a defect here, and every test would show it
	}
}

// knownTargets are the names of all targets.
func knownTargets() []string {
	var out []string
	for _, t := range generators.All {
		out = append(out, t.Name)
	}
	return out
}

// compile compiles the policies that a command is about and reports what was
// found. With errors it returns the exit code for findings.
func (c *command) compile(all bool) (*generators.Repository, error) {
	repository, diags, err := c.analyse(all)
	if err != nil {
		return nil, err
	}
	return repository, c.report(diags, sourcesOf(repository))
}

// analyse compiles the policies that a command is about, and says nothing.
func (c *command) analyse(all bool) (*generators.Repository, diag.Diagnostics, error) {
	for _, t := range c.targets {
		if err := oneOf("--target", t, knownTargets()...); err != nil {
			return nil, nil, err
		}
	}
	ins, err := c.inputs(all)
	if err != nil {
		return nil, nil, err
	}
	if err := c.assign(ins); err != nil {
		return nil, nil, err
	}
	repository, diags := c.compileAll(ins)
	c.off = repository.Off
	c.leftOut(repository)
	if err := c.unread(repository); err != nil {
		return nil, nil, err
	}
	if err := c.misnamed(repository, diags); err != nil {
		return nil, nil, err
	}
	if diags.HasErrors() {
		return repository, diags, nil
	}
	return repository, diags, c.areTargets(repository)
}

// compileAll compiles the policies, and keeps what the command asks for.
func (c *command) compileAll(ins []schema.Input) (*generators.Repository, diag.Diagnostics) {
	if c.kept == nil {
		return generators.CompileAll(ins, c.targets)
	}
	c.kept.top = c.top
	c.kept.again = func() []gen.File {
		repository, _ := generators.CompileAll(ins, c.targets)
		return repository.Files
	}
	return generators.CompileEach(ins, c.targets, c.kept.take, c.progress(len(ins)))
}

// sourcesOf are the files that the policies were read from.
func sourcesOf(repository *generators.Repository) []syntax.Source {
	var out []syntax.Source
	for _, r := range repository.Results {
		out = append(out, r.Policy.Sources...)
	}
	return out
}

// areTargets refuses a target that no policy has.
func (c *command) areTargets(repository *generators.Repository) error {
	var known []string
	for _, r := range repository.Results {
		for _, t := range r.Plan.Targets {
			if !slices.Contains(known, t) {
				known = append(known, t)
			}
		}
	}
	for _, t := range c.targets {
		if !slices.Contains(known, t) {
			return usage("%s is no target of this policy; those are %s", t, strings.Join(known, ", "))
		}
	}
	return nil
}
