package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// rehearsal is one call of fettle rehearse.
type rehearsal struct {
	*command
	keep, component, from string
	commands              bool
	interactive           bool
	initial, update       bool
	format                string
	git                   string
	plan                  *flow.Plan
	files                 map[string]string // of the first commit
	ctx                   context.Context
	patience              time.Duration
}

func (c *command) rehearse() *cobra.Command {
	r := &rehearsal{command: c}
	cmd := &cobra.Command{
		Use:   "rehearse [FILE…]",
		Short: "Carry the flows of the policy out on this machine",
		Long: `Carry the flows of the policy out on this machine, with git and a POSIX shell:
the plan is the pipeline, the generated release script is the script, and the
host is a bare repository in a temporary folder. No repository of yours and no
host is touched.

Without a file it is the story of a defect: a first delivery, a hotfix, the next
delivery, a redeployment, and the delivery that is refused after it. With files
each is a scenario: what happens, line by line, and the state that is demanded at
the end. docs/rehearse.md has the language.

The commands of the policy are printed and not run, unless --run-commands says
so. Where a check must leave a report, the rehearsal makes one that passes.`,
		Example: `  fettle rehearse
  fettle rehearse --init
  fettle rehearse rehearsals/*.txt --format junit`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			r.ctx = ctx
			return r.run(args)
		},
	}
	cmd.Flags().StringVar(&r.keep, "keep", "", "keep everything in this new folder: the repository, the machines")
	cmd.Flags().StringVar(&r.component, "component", "", "the component, where there are several policies")
	cmd.Flags().BoolVar(&r.commands, "run-commands", false, "run the commands of the policy, in the files of the repository")
	cmd.Flags().BoolVar(&r.interactive, "interactive", false, "ask for each approval on the terminal")
	cmd.Flags().StringVar(&r.from, "from", "", "begin with what this clone has of its remote, and push its branch")
	cmd.Flags().BoolVar(&r.initial, "init", false, "write three scenarios to begin with, into the folder rehearsals")
	cmd.Flags().BoolVar(&r.update, "update", false, "write the state at the end into the scenarios")
	cmd.Flags().StringVar(&r.format, "format", "text", "how the results of scenarios are printed: text, json or junit")
	complete(cmd, "format", "text", "json", "junit")
	cmd.Flags().DurationVar(&r.patience, "timeout", 2*time.Minute, "how long a scenario may wait for a pipeline")
	c.addVariables(cmd)
	return cmd
}

func (r *rehearsal) run(args []string) error {
	if err := oneOf("--format", r.format, "text", "json", "junit"); err != nil {
		return err
	}
	if len(args) == 0 && (r.update || r.format != "text") {
		return usage("--update and --format are for scenarios: name their files")
	}
	if err := r.findGit(); err != nil {
		return err
	}
	if err := r.choose(); err != nil {
		return err
	}
	switch {
	case r.initial:
		return r.begin()
	case len(args) > 0:
		return r.scenarios(args)
	case r.from != "":
		return r.pushed()
	default:
		return r.story()
	}
}

// oldestGit is what the release script needs.
const oldestGit = 30 // of 2

var gitVersion = regexp.MustCompile(`version (\d+)\.(\d+)`)

func (r *rehearsal) findGit() error {
	var err error
	if r.git, err = exec.LookPath("git"); err != nil {
		return errors.New("there is no git on this machine, and a rehearsal needs it: install git 2.30 or newer")
	}
	out, err := exec.Command(r.git, "--version").Output()
	m := gitVersion.FindStringSubmatch(string(out))
	if err != nil || m == nil {
		return fmt.Errorf("%s --version does not say which git it is: %s", r.git, strings.TrimSpace(string(out)))
	}
	major, _ := strconv.Atoi(m[1])
	minor, _ := strconv.Atoi(m[2])
	if major < 2 || major == 2 && minor < oldestGit {
		return fmt.Errorf("git %s.%s is too old for the release script: install git 2.30 or newer", m[1], m[2])
	}
	if _, err := exec.LookPath("sh"); err != nil {
		return errors.New("there is no sh on this machine, and the release script needs a POSIX shell")
	}
	return nil
}

// choose takes the policy that is meant, and what its first commit has.
func (r *rehearsal) choose() error {
	var err error
	if r.plan, err = r.policyFor(r.component); err != nil {
		return err
	}
	file := script.File(r.plan)
	r.files = map[string]string{file.Path: string(file.Content)}
	if r.commands {
		return r.takeFiles()
	}
	return nil
}

// takeFiles takes what git knows of the folder: commands are run among it.
func (r *rehearsal) takeFiles() error {
	out, err := git(r.top, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return usage("%s is in no repository of git, and --run-commands takes the files from it: run git init there, or leave --run-commands out", r.top)
	}
	for name := range strings.SplitSeq(out, "\x00") {
		content, err := os.ReadFile(filepath.Join(r.top, name))
		if name == "" || err != nil {
			continue // deleted, or a submodule
		}
		if _, ours := r.files[name]; !ours {
			r.files[name] = string(content)
		}
	}
	return nil
}

// in carries something out in a world of its own, in which the policy is ready to be
// committed: in a folder that is taken away again, unless it is kept under a name.
func (r *rehearsal) in(name string, do func(dir string, w *scenario.World, e *rehearse.Engine) error) error {
	dir, remove, err := r.folder(name)
	if err != nil {
		return err
	}
	defer remove()
	e := &rehearse.Engine{Path: os.Getenv("PATH"), Commands: r.commands}
	w, err := scenario.New(r.ctx, scenario.Config{
		Dir: dir, Engine: e, Git: r.git, Env: []string{"PATH=" + os.Getenv("PATH")}, Mainline: r.plan.Mainline, Branch: r.plan.Names.Ledger,
		Begin: time.Now().UTC().Truncate(time.Second), Patience: r.patience,
	})
	if err != nil {
		return err
	}
	defer w.Stop()
	err = w.Write(rehearse.Marker, e.Add([]*flow.Plan{r.plan}))
	for name, content := range r.files {
		err = errors.Join(err, w.Write(name, content))
	}
	if err != nil {
		return err
	}
	return do(dir, w, e)
}

// folder is where a rehearsal takes place; remove takes it away again, unless it is kept.
func (r *rehearsal) folder(name string) (dir string, remove func(), err error) {
	if r.keep == "" {
		dir, err = os.MkdirTemp("", "fettle-rehearse-")
		return dir, func() { os.RemoveAll(dir) }, err
	}
	if dir, err = filepath.Abs(filepath.Join(r.keep, name)); err != nil {
		return "", nil, err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return "", nil, usage("--keep: %s is not empty", dir)
	}
	return dir, func() {}, os.MkdirAll(dir, 0o755)
}

// story plays the story of a defect, and tells it.
func (r *rehearsal) story() error {
	return r.in("", func(dir string, w *scenario.World, e *rehearse.Engine) error {
		fmt.Fprintf(r.stdout, "Rehearsing the policy %s%s on this machine, instead of %s. No host is asked; the commands of the policy are %s.\n",
			r.plan.Policy, when(r.plan.Component != "", ", component "+r.plan.Component), r.plan.Active, map[bool]string{false: "printed and not run", true: "run"}[r.commands])
		if err := r.played(r.newStory(w, e).Play()); err != nil {
			return err
		}
		if r.keep != "" {
			fmt.Fprintf(r.stdout, "Everything is kept in %s: %s is the repository.\n", dir, filepath.Base(w.Bare))
		}
		return nil
	})
}

// newStory is one that is told on the standard output.
func (r *rehearsal) newStory(w *scenario.World, e *rehearse.Engine) *rehearse.Story {
	s := &rehearse.Story{World: w, Engine: e, Plan: r.plan, Now: time.Now(), Tell: r.newTeller().tell}
	if r.interactive {
		s.Asked = r.asks
	}
	return s
}

// played is how a story ended: one that goes otherwise than it should is a finding.
func (r *rehearsal) played(err error) error {
	if r.ctx.Err() != nil {
		return r.interrupted()
	}
	if err != nil {
		fmt.Fprintln(r.stderr, err)
		return exit(exitFindings)
	}
	return nil
}

func (r *rehearsal) interrupted() error {
	if r.keep != "" {
		return fmt.Errorf("interrupted; what there is of the rehearsal is in %s", r.keep)
	}
	return errors.New("interrupted; everything of the rehearsal was removed")
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

// asks asks for an approval on the terminal.
func (r *rehearsal) asks(gate, person string) (scenario.Decision, error) {
	fmt.Fprintf(r.stdout, "   Approve %s, as %s? [y/n] ", gate, person)
	var answer string
	if _, err := fmt.Fscanln(r.stdin, &answer); err != nil {
		return scenario.Decision{}, fmt.Errorf("nobody answered whether %s is approved", gate)
	}
	yes := slices.Contains([]string{"y", "Y", "yes"}, answer)
	return scenario.Decision{Person: person, Approved: yes}, nil
}
