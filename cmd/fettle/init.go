package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
	"github.com/fettle-ci/fettle/starter"
)

// beginning is one call of fettle init.
type beginning struct {
	*command
	yes              bool
	active, mainline string
	environments     []string
}

const policyFile = "release.hcl"

func (c *command) init() *cobra.Command {
	b := &beginning{command: c}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a first policy for this repository",
		Long: `Write a first policy, release.hcl, for the repository of this directory. What is
in it is looked at and not run: files of CI systems and build tools, the address
of the remote, branches, tags, scripts that deploy.

On a terminal it asks for what it cannot know; elsewhere, and with --yes, it takes
what was found and what the flags say. It overwrites nothing.`,
		Example: `  fettle init
  fettle init --yes --target github,gitlab --active github --environments staging,production`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return b.run() },
	}
	c.addTargets(cmd)
	cmd.Flags().StringVar(&b.active, "active", "", "the target that deploys, of several")
	cmd.Flags().StringVar(&b.mainline, "mainline", "", "the branch that deliveries come from")
	cmd.Flags().StringSliceVar(&b.environments, "environments", nil, "the environments of a delivery in their order, production last")
	cmd.Flags().BoolVarP(&b.yes, "yes", "y", false, "ask nothing")
	complete(cmd, "active", knownTargets()...)
	return cmd
}

func (b *beginning) run() error {
	top, err := b.emptyTop()
	if err != nil {
		return err
	}
	facts := starter.Look(b.repository(top))
	if err := b.say(&facts); err != nil {
		return err
	}
	text, diags := format.Canonical(syntax.Source{Name: policyFile, Bytes: starter.Policy(facts)})
	if diags.HasErrors() {
		return fmt.Errorf("the policy that was made cannot be read: %v", diags)
	}
	in := schema.Input{Sources: []syntax.Source{{Name: policyFile, Bytes: text}}}
	if _, diags := generators.Compile(in, nil); diags.HasErrors() {
		return fmt.Errorf("the policy that was made has a finding, so nothing was written: %s: %s", diags[0].Summary, diags[0].Detail)
	}
	if err := create(filepath.Join(top, policyFile), text); err != nil {
		return err
	}
	b.next(facts)
	return nil
}

// withoutGit tells whether the machine has no git.
func withoutGit() bool {
	_, err := exec.LookPath("git")
	return err != nil
}

// emptyTop is the top of the repository, where there is no policy yet.
func (b *beginning) emptyTop() (string, error) {
	if info, err := os.Stat(b.dir); err != nil || !info.IsDir() {
		return "", usage("there is no directory %s", b.dir)
	}
	out, err := git(b.dir, "rev-parse", "--is-bare-repository", "--show-toplevel")
	switch {
	case err != nil && strings.Contains(out+err.Error(), "must be run in a work tree"):
		return "", usage("this is a bare repository: run fettle init in a clone")
	case err != nil && withoutGit():
		return "", errors.New("there is no git on this machine, and fettle init asks it what the repository has: install git 2.30 or newer")
	case err != nil:
		return "", usage("this is no git repository: run git init first")
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	top := lines[len(lines)-1]
	if !same(top, b.dir) {
		return "", usage("the policy belongs in the top folder of the repository: fettle init -C %s", top)
	}
	own, err := policyIn(top)
	if err != nil {
		return "", err
	}
	if len(own) > 0 {
		return "", usage("%s is there already, and stays as it is: change it, or see fettle explain", own[0])
	}
	return top, nil
}

// repository is what the first policy is written from. What git does not say is
// not known.
func (b *beginning) repository(top string) starter.Repository {
	ask := func(args ...string) string {
		out, err := git(top, args...)
		if err != nil {
			return ""
		}
		return strings.TrimSpace(out)
	}
	r := starter.Repository{
		Name:   filepath.Base(top),
		Remote: ask("remote", "get-url", "origin"),
		Files:  lines(ask("ls-files", "--cached", "--others", "--exclude-standard")),
		Tags:   lines(ask("tag", "--list")),
		Read: func(name string) string {
			text, _ := os.ReadFile(filepath.Join(top, filepath.FromSlash(name)))
			return string(text)
		},
	}
	if abs, err := filepath.Abs(top); err == nil {
		r.Name = filepath.Base(abs)
	}
	r.Mainline = strings.TrimPrefix(ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"), "origin/")
	for _, name := range []string{"main", "master", "trunk"} {
		if r.Mainline == "" && ask("rev-parse", "--quiet", "--verify", "refs/heads/"+name) != "" {
			r.Mainline = name
		}
	}
	if r.Mainline == "" {
		r.Mainline = ask("symbolic-ref", "--quiet", "--short", "HEAD")
	}
	return r
}

func lines(out string) []string {
	return slices.DeleteFunc(strings.Split(out, "\n"), func(s string) bool { return s == "" })
}

// say takes what flags and answers say.
func (b *beginning) say(f *starter.Facts) error {
	for _, found := range f.Found {
		fmt.Fprintf(b.stdout, "found  %s\n", found)
	}
	if len(b.targets) > 0 {
		f.Targets = b.targets
	}
	if b.mainline != "" {
		f.Mainline = b.mainline
	}
	if len(b.environments) > 0 {
		f.Environments = b.environments
	}
	if _, ok := terminalOf(b.stdin); ok && !b.yes {
		answers := bufio.NewScanner(b.stdin)
		f.Targets = b.ask(answers, "CI systems ("+strings.Join(knownTargets(), ", ")+")", f.Targets)
		f.Mainline = b.ask(answers, "Mainline", []string{f.Mainline})[0]
		f.Environments = b.ask(answers, "Environments of a delivery, production last", f.Environments)
	}
	for _, target := range f.Targets {
		if err := oneOf("--target", target, knownTargets()...); err != nil {
			return err
		}
	}
	if f.Active = f.Targets[0]; b.active != "" {
		f.Active = b.active
	}
	if !slices.Contains(f.Targets, f.Active) {
		return usage("--active names %q, which is none of the targets: %s.%s", f.Active, strings.Join(f.Targets, ", "), diag.Suggest(f.Active, f.Targets))
	}
	for _, e := range f.Environments {
		if language.ID(e) == "" || strings.Trim(e, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || e[0] < 'a' {
			return usage("%q is no name of an environment: it begins with a letter, and has letters a to z, digits, - and _", e)
		}
	}
	return nil
}

// ask prints a question with what holds without an answer.
func (b *beginning) ask(answers *bufio.Scanner, question string, otherwise []string) []string {
	fmt.Fprintf(b.stderr, "%s [%s]: ", question, strings.Join(otherwise, ", "))
	if !answers.Scan() || strings.TrimSpace(answers.Text()) == "" {
		return otherwise
	}
	return strings.FieldsFunc(answers.Text(), func(r rune) bool { return r == ',' || r == ' ' })
}

// create writes a file that is not there yet.
func create(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s is there already, and stays as it is", filepath.Base(name))
	}
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

func (b *beginning) next(f starter.Facts) {
	fmt.Fprintf(b.stdout, "wrote  %s\n\nNext:\n  1. Read %s and replace what does not fit: commands, names of groups.\n  2. fettle rehearse    shows a delivery, a hotfix and a redeployment on this machine\n  3. fettle generate    writes the pipelines of %s\n",
		policyFile, policyFile, strings.Join(f.Targets, ", "))
	if f.Releases != nil {
		fmt.Fprintf(b.stdout, "\nThis repository has releases (%s). Once the pipelines are there, record what production runs: start the pipeline Operate,\noperation adopt, version %s. docs/adopt.md has the steps.\n",
			f.Releases.Newest, strings.TrimPrefix(f.Releases.Newest, strings.TrimSuffix(f.Releases.Pattern, "${version}")))
	}
}
