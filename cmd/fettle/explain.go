package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// flowKinds are the flows by name; those of schedules have names of their own.
func flowKinds() []string {
	var out []string
	for _, k := range flow.Kinds {
		if k != flow.Schedule {
			out = append(out, string(k))
		}
	}
	return out
}

func (c *command) explain() *cobra.Command {
	var plan, origin, page bool
	cmd := &cobra.Command{
		Use:   "explain [FLOW | WORD | GUARD | OPERATION | CODE]",
		Short: "Explain a flow, a word of the language, a guard, a finding or a rule",
		Long: `Explain what happens in a flow of the policy: delivery, hotfix, redeploy, mirror, exception, break-glass, operate, merge-request or schedule-NAME. Without an argument, in all of them.

A word of the language is a block (environment), an attribute (environment.deploy), a function, a run-time value or what a rule can read;
docs/reference.md lists them. A name that is also a flow, such as delivery, explains the flow.

A guard is a check of the release script before a deployment. A refusal names it: "Refused (withdrawn): …". docs/guards.md lists them. A name
that is also a word of the language, such as freeze, explains both.

An operation is a command of the release script, such as begin; docs/operations.md lists them.

With the code of a finding, such as unknown-check, print its page: what it means, why it matters, a wrong and a right example. With the
number of a rule, such as HF015, print what is not allowed and what enforces it; docs/rules.md lists them.`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return explainable(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if origin {
				return c.origins(args)
			}
			if page {
				return c.onCall(args)
			}
			if len(args) == 1 && !slices.Contains(flowKinds(), args[0]) && !strings.HasPrefix(args[0], "schedule-") {
				return c.explainWord(args[0])
			}
			repository, err := c.compile(false)
			if err != nil {
				return err
			}
			flows, names := flowsOf(repository, args)
			if len(flows) == 0 && slices.Contains(flowKinds(), args[0]) {
				return c.explainAbsent(repository, flow.Kind(args[0]))
			}
			if len(flows) == 0 {
				return oneOf("the flow or word", args[0], append(names, language.NewReference().Words()...)...)
			}
			for i, f := range flows {
				if i > 0 {
					fmt.Fprintln(c.stdout)
				}
				if plan {
					fmt.Fprint(c.stdout, f.String())
				} else {
					fmt.Fprint(c.stdout, f.Words())
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "print the plan itself, step by step")
	c.addVariables(cmd)
	cmd.Flags().BoolVar(&page, "page", false, "print a page in Markdown for the person on call, with the names and people of the policy")
	cmd.Flags().BoolVar(&origin, "origin", false, "print where each value at a path comes from, such as environment.production.approval")
	return cmd
}

// explainable are the words that explain offers: flows, guards, operations, and
// the codes of findings.
func explainable() []string {
	out := flowKinds()
	for _, g := range flow.Guards {
		out = append(out, g.Name)
	}
	for _, u := range flow.Usages {
		out = append(out, u.Name)
	}
	for _, p := range generators.Docs() {
		out = append(out, string(p.Code))
	}
	for _, n := range lint.Catalogue {
		out = append(out, n.ID)
	}
	return out
}

// explainWord prints the page of a code, the entry of a number of the
// catalogue of rules, or what the reference says of a word
// of the language, what a guard of that name judges and what an operation does;
// no policy is needed for it.
func (c *command) explainWord(word string) error {
	text, ok := language.NewReference().Entry(word)
	if p := diag.PageOf(generators.Docs(), diag.Code(word)); p != nil {
		text, ok = p.String(), true
	}
	if n := lint.NumberOf(word); n != nil {
		text, ok = n.String(), true
	}
	if g := flow.GuardNamed(word); g != nil {
		if ok {
			text += "\n"
		}
		text, ok = text+g.String(), true
	}
	if u := flow.UsageNamed(word); u != nil {
		if ok {
			text += "\n"
		}
		text, ok = text+u.String(), true
	}
	if !ok {
		return usage("%q is neither a flow, nor a word of the language, nor a guard, nor an operation, nor the code of a finding.%s", word, diag.Suggest(word, append(explainable(), language.NewReference().Words()...)))
	}
	_, err := fmt.Fprint(c.stdout, text)
	return err
}

// onCall prints the page for the person on call, of each policy.
func (c *command) onCall(args []string) error {
	if len(args) > 0 {
		return usage("--page is about the whole policy: leave %q out", args[0])
	}
	repository, err := c.compile(false)
	if err != nil {
		return err
	}
	for i, r := range repository.Results {
		if i > 0 {
			fmt.Fprintln(c.stdout)
		}
		fmt.Fprint(c.stdout, r.Plan.OnCall(starterOf(r.Plan)))
	}
	return nil
}

// starterOf says how the active target starts the flows of a plan, on the branch that
// they are started on.
func starterOf(p *flow.Plan) flow.Starter {
	target := targetNamed(p.Active)
	return func(f *flow.Flow) (button, command string) {
		start := target.Start(p, f, p.Mainline, gen.Fields(f, map[string]string{"incident": "THE incident"}))
		return target.Title + ", " + start.Button, start.Command
	}
}

// explainAbsent says why no policy has a flow.
func (c *command) explainAbsent(repository *generators.Repository, kind flow.Kind) error {
	for _, r := range repository.Results {
		fmt.Fprintf(c.stdout, "The policy %q has no flow %s: %s.\n", r.Policy.Name, kind, r.Plan.Absent(kind))
	}
	return nil
}

// flowsOf are the flows of the kind that is asked for, of every policy, and the
// kinds that there are.
func flowsOf(repository *generators.Repository, args []string) (flows []*flow.Flow, names []string) {
	for _, r := range repository.Results {
		for _, f := range r.Plan.Flows {
			if len(args) == 0 || args[0] == f.ID() {
				flows = append(flows, f)
			}
			if !slices.Contains(names, f.ID()) {
				names = append(names, f.ID())
			}
		}
	}
	return flows, names
}
