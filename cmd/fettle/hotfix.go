package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/advise"
	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/ledger"
)

// hotfixCall are the flags of one call.
type hotfixCall struct {
	component, environment string
	fetch                  bool
}

func (c *command) hotfix() *cobra.Command {
	var call hotfixCall
	begin := &cobra.Command{
		Use:   "begin INCIDENT",
		Short: "Make a local hotfix branch of what production runs",
		Long: `Make a local branch from the hotfix branch of what production runs, and switch to
it. Its first commit is empty and names the incident, which the pipeline asks for.
Nothing is pushed: repair, commit, and push the branch.

If the hotfix would be refused now, the refusal is printed, and the branch is made
all the same.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return c.beginHotfix(call, args[0]) },
	}
	begin.Flags().StringVar(&call.component, "component", "", "only this component")
	begin.Flags().StringVar(&call.environment, "environment", "", "the environment of production, where several run different versions")
	begin.Flags().BoolVar(&call.fetch, "fetch", false, "fetch from origin first")
	c.addVariables(begin)
	cmd := &cobra.Command{Use: "hotfix", Short: "Begin a hotfix in the clone"}
	cmd.AddCommand(begin)
	return cmd
}

func (c *command) beginHotfix(call hotfixCall, incident string) error {
	p, err := c.policyFor(call.component)
	if err != nil {
		return err
	}
	if p.Flow(string(flow.Hotfix)) == nil {
		return lack("this policy has no hotfix: %s", p.Absent(flow.Hotfix))
	}
	if err := checkIncident(p, incident); err != nil {
		return err
	}
	at, branch, err := c.openLedger(p, call.fetch)
	if err != nil {
		return err
	}
	_, all, err := c.advised(at, branch, p, adviseCall{incident: incident})
	if err != nil {
		return err
	}
	one, err := c.oneOf(all, call.environment)
	if err != nil {
		return err
	}
	if !one.Hotfix.Open {
		fmt.Fprintf(c.stderr, "Note: now it would be refused (%s): %s\n  Next: %s\n", one.Hotfix.Guard, one.Hotfix.Refusal.Found, one.Hotfix.Refusal.Next)
	}
	return c.makeBranch(branch, one, incident)
}

// checkIncident refuses an incident that the pipeline would refuse.
func checkIncident(p *flow.Plan, incident string) error {
	if !p.TakesIncident(incident) {
		return usage("the incident %q is not of the form %s that the policy asks for, such as %s", incident, p.Incident, p.ExampleIncident("ID"))
	}
	return nil
}

// oneOf is the advice for an environment, or for what all of them run.
func (c *command) oneOf(all []*advise.Advice, environment string) (*advise.Advice, error) {
	var names, versions []string
	for _, a := range all {
		if a.Runs == nil {
			continue
		}
		if environment == a.Environment {
			return a, nil
		}
		names = append(names, a.Environment+" runs "+a.Runs.Version)
		if !slices.Contains(versions, a.Runs.Version) {
			versions = append(versions, a.Runs.Version)
		}
	}
	switch {
	case len(names) == 0:
		return nil, lack("nothing runs in production yet: there is nothing to repair. Deliver first")
	case environment != "":
		return nil, lack("nothing is known of the environment %q of production: %s", environment, strings.Join(names, ", "))
	case len(versions) > 1:
		return nil, lack("say which is meant with --environment: %s", strings.Join(names, ", "))
	}
	return all[slices.IndexFunc(all, func(a *advise.Advice) bool { return a.Runs != nil })], nil
}

// makeBranch makes the local branch, with its first commit.
func (c *command) makeBranch(branch *ledger.Branch, one *advise.Advice, incident string) error {
	name := one.Hotfix.Name
	git := program(c.dir)
	if _, err := git(nil, "rev-parse", "--quiet", "--verify", "refs/heads/"+name); err == nil {
		return lack("there is a branch %s here already: git switch %s. If it is an old one, delete it, and start this again", name, name)
	}
	heads, _ := branch.Namespaces()
	from := heads + name
	if _, err := git(nil, "rev-parse", "--quiet", "--verify", from); err != nil {
		from = one.Runs.Commit // the next operation makes the branch again
	}
	if _, err := git(nil, "switch", "--quiet", "--no-track", "--create", name, from); err != nil {
		return fmt.Errorf("the branch %s could not be made: %w", name, err)
	}
	if _, err := git(nil, "commit", "--quiet", "--only", "--allow-empty", "--message", "Begin the hotfix of "+one.Runs.Version, "--message", "Incident: "+incident); err != nil {
		return fmt.Errorf("the branch %s is made; its first commit could not be: %w", name, err)
	}
	already := ""
	if n := len(one.Hotfix.Commits); n > 0 {
		already = fmt.Sprintf(" The branch has %d commits that %s lacks already.", n, one.Environment)
	}
	fmt.Fprintf(c.stdout, "You are on %s, made from %s (%s), which %s runs; its newest commit names %s. Nothing is pushed.%s\n\n# repair it, with nothing else in it\ngit commit --all --message 'What is repaired'\ngit push origin HEAD:refs/heads/%s\n",
		name, one.Runs.Version, ledger.Short(one.Runs.Commit), one.Environment, incident, already, name)
	if len(one.Hotfix.Gates) > 0 {
		fmt.Fprintf(c.stdout, "\nThe push starts the pipeline: %s.\n", strings.Join(one.Hotfix.Gates, "; "))
	}
	return nil
}
