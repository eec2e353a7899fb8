package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/advise"
	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/ledger"
)

// adviseCall are the flags of one call.
type adviseCall struct {
	incident, component string
	all, fetch, asJSON  bool
	environment         string // only this one; of any tier
	start               bool   // as a pipeline that starts now does
}

func (c *command) advise() *cobra.Command {
	var call adviseCall
	cmd := &cobra.Command{
		Use:   "advise",
		Short: "Say what can be done now about a broken production",
		Long: `Say what can be done now about a broken production: what runs there, what is in
the way, and which of the three answers is open (redeploy a former version, hotfix
of what runs, fix forward), with the commands that start it on the active target.

The guards of the release script answer, in its own words, on the refs as the
clone fetched them last; no host is asked unless --fetch is given, and nothing is
changed. Without an incident, a fix forward is closed by any commit that is not in
production yet.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return c.adviceFor(call) },
	}
	cmd.Flags().StringVar(&call.incident, "incident", "", "the incident, as a hotfix or a fix forward would name it")
	cmd.Flags().StringVar(&call.component, "component", "", "only this component")
	cmd.Flags().BoolVar(&call.all, "all", false, "all former versions, and not the newest ten")
	cmd.Flags().BoolVar(&call.fetch, "fetch", false, "fetch from origin first")
	cmd.Flags().BoolVar(&call.asJSON, "json", false, "print it as JSON")
	c.addVariables(cmd)
	return cmd
}

func (c *command) adviceFor(call adviseCall) error {
	p, err := c.policyFor(call.component)
	if err != nil {
		return err
	}
	at, branch, err := c.openLedger(p, call.fetch)
	if err != nil {
		return err
	}
	read, all, err := c.advised(at, branch, p, call)
	if err != nil {
		return err
	}
	if call.asJSON {
		return advise.JSON(c.stdout, read, all)
	}
	return advise.Text(c.stdout, read, all, time.Now())
}

// openLedger opens the ledger of a policy in the clone, with all that guards need.
func (c *command) openLedger(p *flow.Plan, fetch bool) (*clone, *ledger.Branch, error) {
	at, err := openClone(c.dir)
	if err != nil {
		return nil, nil, err
	}
	if fetch {
		if err := at.fetch(); err != nil {
			return nil, nil, err
		}
	} else if at.narrow {
		return nil, nil, lack("this clone fetches a single branch: hotfix branches and tags may be missing. Fetch all of them, %s; or start this with --fetch", wholeFetch)
	}
	branch, err := at.ledgerOf(p.Names.Ledger)
	if err == nil && fetch {
		branch = branch.AsFetched() // the tags of the clone may be others
	}
	return at, branch, err
}

// fetch brings every branch and tag to where the release script has them: those of
// the person stay as they are.
func (c *clone) fetch() error {
	_, err := program(c.dir)(nil, "fetch", "--quiet", "--prune", "--no-tags", "--force", "origin", "+refs/heads/*:refs/fettle/heads/*", "+refs/tags/*:refs/fettle/tags/*")
	if err != nil {
		return fmt.Errorf("origin could not be fetched: %w", err)
	}
	again, err := openClone(c.dir)
	if err == nil {
		*c = *again
	}
	return err
}

func (c *command) advised(at *clone, branch *ledger.Branch, p *flow.Plan, call adviseCall) (advise.Read, []*advise.Advice, error) {
	read := advise.Read{Ref: branch.Ref.Name, Entry: branch.Ref.ID, Fetched: at.fetched}
	b := &book{clone: at, branch: branch}
	c.warnRewritten(branch)
	now, err := b.now(p.Component)
	if err != nil {
		return read, nil, err
	}
	if err := b.explain(now); err != nil {
		return read, nil, err
	}
	for _, d := range now.Damage {
		fmt.Fprintf(c.stderr, "Warning: the ledger is damaged: %s\n", d)
	}
	source := advise.Source{Plan: p, Target: targetNamed(p.Active), Ledger: now, Entries: b.entries, Incident: call.incident, Now: time.Now()}
	code, which := at.script(branch, p)
	read.Script = which
	out, refused, err := at.ask(branch, code, call)
	if err != nil {
		return read, nil, err
	}
	source.History, err = at.history(branch, now, p)
	if err != nil {
		return read, nil, err
	}
	if refused != "" {
		return read, advise.Closure(source, refused), nil
	}
	source.Said = out
	all, err := advise.New(source)
	return read, all, err
}

// recent is how many entries most questions about now are answered by: some dozen
// deployments.
const recent = 400

// explain reads the newest entries, and all where those do not say how what is so now
// came about.
func (b *book) explain(now *ledger.Ledger) (err error) {
	b.entries, err = b.branch.Entries(recent)
	if err == nil && len(b.entries) == recent && !now.Explained(b.entries) {
		b.entries, err = b.branch.Entries(0)
	}
	return err
}

// ask starts the operation advise of the release script, where it changes nothing.
func (c *clone) ask(branch *ledger.Branch, script []byte, call adviseCall) (out, refused string, err error) {
	heads, tags := branch.Namespaces()
	s, err := c.scratchOf(heads, tags)
	if err != nil {
		return "", "", err
	}
	defer s.remove()
	args := []string{"advise", "--fetched", "--porcelain"}
	if call.all {
		args = append(args, "--all")
	}
	if call.start {
		args = append(args, "--start")
	}
	if call.environment != "" {
		args = append(args, call.environment)
	}
	return s.run(script, []string{"RELEASE_FLOW=advise", "RELEASE_RUN_ID=advise", "RELEASE_INCIDENT=" + call.incident}, args...)
}

// script is the release script that judges a deployment: the mainline's. One that is
// older than this question is replaced by the one of the policy here, and that is
// said.
func (c *clone) script(branch *ledger.Branch, p *flow.Plan) (code []byte, which string) {
	heads, _ := branch.Namespaces()
	name := heads + p.Mainline + ":" + p.Script
	out, err := program(c.dir)(nil, "cat-file", "blob", name)
	if err == nil && script.Has(out, "advise") {
		return out, "the release script on " + p.Mainline
	}
	return script.File(p).Content, "the release script of the policy here: the one on " + p.Mainline + " is older than this fettle, so regenerate it"
}

// history is what the answers differ in: the commits that what runs, the former
// versions, the hotfix branches and the mainline do not have in common.
func (c *clone) history(branch *ledger.Branch, now *ledger.Ledger, p *flow.Plan) (*advise.History, error) {
	heads, _ := branch.Namespaces()
	var commits []string
	for _, e := range now.Environments {
		if !slices.ContainsFunc(p.Environments, func(of *flow.Environment) bool { return of.ID == e.Name && of.Tier == flow.Production }) {
			continue
		}
		commits = append(commits, e.Commit)
		for _, i := range e.Intents {
			commits = append(commits, i.Commit)
		}
		for i, f := range slices.Backward(e.Past) {
			if len(e.Past)-i <= 11 { // as many as are shown, and what runs
				commits = append(commits, f.Commit)
			}
		}
		commits = append(commits, heads+p.Names.Line.Prefix+e.Version+p.Names.Line.Suffix)
	}
	commits = append(commits, heads+p.Mainline)
	git := program(c.dir)
	known, err := c.commitsOf(git, commits)
	if err != nil || len(known) == 0 {
		return advise.ReadHistory(""), err
	}
	args := append([]string{"log", "-z", "--no-show-signature", "--no-decorate", "--no-color", "--topo-order", "--format=" + advise.HistoryFormat}, known...)
	if base, err := git(nil, append([]string{"merge-base", "--octopus"}, known...)...); err == nil { // without one they have nothing in common
		args = append(args, "--not", strings.TrimSpace(string(base)))
	}
	out, err := git(nil, append(args, "--")...)
	return advise.ReadHistory(string(out)), err
}

// commitsOf are the commits of those names that there are, each once.
func (c *clone) commitsOf(git ledger.Git, names []string) ([]string, error) {
	out, err := git([]byte(strings.Join(names, "^{commit}\n")+"^{commit}\n"), "cat-file", "--batch-check=%(objectname)")
	var known []string
	for text := range strings.Lines(string(out)) {
		if f := strings.Fields(text); len(f) == 1 && !slices.Contains(known, f[0]) {
			known = append(known, f[0])
		}
	}
	return known, err
}

// targetNamed is a target by its name.
func targetNamed(name string) *gen.Target {
	i := slices.IndexFunc(generators.All, func(t *gen.Target) bool { return t.Name == name })
	if i < 0 {
		panic(errors.New("no target is called " + name)) // the policy was compiled for it
	}
	return generators.All[i]
}
