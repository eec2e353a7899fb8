package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/ledger"
	"github.com/fettle-ci/fettle/schema/diag"
)

// ledgerCall are the flags of one call.
type ledgerCall struct {
	component    string
	of           ledger.Filter
	since, until string
	max          int
	asJSON       bool
}

func (c *command) ledgerCommand() *cobra.Command {
	var call ledgerCall
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "Print or verify what the ledger recorded",
		Long: `Print or verify what the ledger recorded: each reservation, candidate,
deployment and decision of a person. It reads the clone, as it was fetched last,
and asks no host.`,
	}
	cmd.PersistentFlags().StringVar(&call.component, "component", "", "only this component")
	cmd.PersistentFlags().BoolVar(&call.asJSON, "json", false, "print it as JSON")
	cmd.AddCommand(c.ledgerList(&call), c.ledgerShow(&call), c.ledgerVerify(&call))
	for _, sub := range cmd.Commands() {
		c.addVariables(sub)
	}
	return cmd
}

func (c *command) ledgerList(call *ledgerCall) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List entries, the newest first",
		Long: `List the entries of the ledger, the newest first.

Times of --since and --until are days (2026-11-30), UTC times (2026-11-30T09:00),
or how long ago (12h, 30d).`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return c.listLedger(call) },
	}
	cmd.Flags().StringVar(&call.of.Environment, "environment", "", "only of this environment")
	cmd.Flags().StringVar(&call.of.Version, "of", "", "only of this version")
	cmd.Flags().StringVar(&call.of.Flow, "flow", "", "only of this flow, such as hotfix")
	cmd.Flags().StringVar(&call.of.Incident, "incident", "", "only of runs that name this incident")
	cmd.Flags().StringVar(&call.since, "since", "", "only from this time on")
	cmd.Flags().StringVar(&call.until, "until", "", "only before this time")
	cmd.Flags().IntVar(&call.max, "max", 50, "print as many at most; 0: all. JSON has all")
	return cmd
}

func (c *command) ledgerShow(call *ledgerCall) *cobra.Command {
	return &cobra.Command{
		Use:   "show VERSION",
		Short: "Print what is recorded of a version",
		Long: `Print what is recorded of a version: its commit, its checks with their evidence,
where it ran, from when to when, who approved it, and every entry about it.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return c.showVersion(call, args[0]) },
	}
}

func (c *command) ledgerVerify(call *ledgerCall) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Verify that nothing of the ledger was lost or changed",
		Long: `Verify the ledger: its entries follow one another and were only added to, since
this clone verified it last; what an entry recorded is recorded still; each tag and
hotfix branch is where the ledger says; there is no tag or branch of such a name
that it does not know; and each deployment has its candidate, with its checks.

The exit code is 1 where something is found. What was found in order is
remembered in the clone, as refs/fettle/seen/.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return c.verifyLedger(call) },
	}
}

// policies are the plans that a call is about: all of them, or the one of a
// component.
func (c *command) policies(component string) ([]*flow.Plan, error) {
	repository, err := c.compile(false)
	if err != nil {
		return nil, err
	}
	var plans []*flow.Plan
	var known []string
	for _, r := range repository.Results {
		if r.Plan.Component != "" {
			known = append(known, r.Plan.Component)
		}
		if component == "" || component == r.Plan.Component {
			plans = append(plans, r.Plan)
		}
	}
	if len(plans) == 0 && len(known) == 0 {
		return nil, lack("the policy here has no component: leave --component out")
	}
	if len(plans) == 0 {
		return nil, lack("there is no component %q; there are: %s.%s", component, strings.Join(known, ", "), diag.Suggest(component, known))
	}
	return plans, nil
}

// policyFor is the one plan that a call is about.
func (c *command) policyFor(component string) (*flow.Plan, error) {
	plans, err := c.policies(component)
	if err != nil {
		return nil, err
	}
	if len(plans) > 1 {
		var names []string
		for _, p := range plans {
			names = append(names, "--component "+p.Component)
		}
		return nil, lack("there are %d policies here; say which one is meant: %s", len(plans), strings.Join(names, ", "))
	}
	return plans[0], nil
}

// book is a ledger that was opened, with its entries.
type book struct {
	clone   *clone
	branch  *ledger.Branch
	entries []ledger.Entry
}

// openBook reads the newest entries of the ledger, or all for 0, and says where it
// was rewritten since this clone saw it.
func (c *command) openBook(name string, most int) (*book, error) {
	at, err := openClone(c.dir)
	if err != nil {
		return nil, err
	}
	branch, err := at.ledgerOf(name)
	if err != nil {
		return nil, err
	}
	c.warnRewritten(branch)
	entries, err := branch.Entries(most)
	return &book{at, branch, entries}, err
}

func (c *command) listLedger(call *ledgerCall) error {
	var err error
	now := time.Now()
	if call.of.Since, err = moment("--since", call.since, now); err != nil {
		return err
	}
	if call.of.Until, err = moment("--until", call.until, now); err != nil {
		return err
	}
	plans, err := c.policies(call.component)
	if err != nil {
		return err
	}
	call.of.Component, call.of.AnyComponent = plans[0].Component, len(plans) > 1
	b, err := c.openBook(plans[0].Names.Ledger, call.most())
	if err != nil {
		return err
	}
	found := ledger.Select(b.entries, call.of)
	if most := call.most(); len(found) <= call.max && len(b.entries) == most { // others' stand between
		if b.entries, err = b.branch.Entries(0); err != nil {
			return err
		}
		found = ledger.Select(b.entries, call.of)
	}
	if call.asJSON {
		return ledger.JSON(c.stdout, ledger.Listing{FormatVersion: ledger.JSONFormat, Ledger: b.branch.Name, Head: b.branch.Ref.ID, Entries: append([]ledger.Entry{}, found...)})
	}
	if len(found) == 0 {
		fmt.Fprintf(c.stderr, "no entry of the ledger is like that; it has %d\n", len(b.entries))
		return nil
	}
	shown := found
	if call.max > 0 && len(found) > call.max {
		shown = found[:call.max]
	}
	if err := ledger.ListText(c.stdout, shown); err != nil {
		return err
	}
	if len(shown) < len(found) {
		fmt.Fprintln(c.stderr, "there are more entries; --max 0 prints all")
	}
	return nil
}

// most is how many entries are read at first: some more than are printed, for those
// of other components; all, where entries of one kind are looked for.
func (l *ledgerCall) most() int {
	if l.asJSON || l.max == 0 || l.of != (ledger.Filter{Component: l.of.Component, AnyComponent: l.of.AnyComponent}) {
		return 0
	}
	return 4*l.max + 1
}

// warnRewritten says that the clone has entries that the ledger lacks.
func (c *command) warnRewritten(b *ledger.Branch) {
	for _, ref := range b.LostEntries() {
		fmt.Fprintf(c.stderr, "Warning: the ledger was rewritten: it lacks the entry at %s, which this clone has. See fettle ledger verify.\n", ref.Name)
	}
}

func (c *command) showVersion(call *ledgerCall, version string) error {
	p, err := c.policyFor(call.component)
	if err != nil {
		return err
	}
	b, err := c.openBook(p.Names.Ledger, 0)
	if err != nil {
		return err
	}
	now, err := b.now(p.Component)
	if err != nil {
		return err
	}
	story := now.Story(b.entries, version)
	if story == nil {
		return lack("the ledger does not know the version %q%s", version, nearest(now.Versions(), version))
	}
	if call.asJSON {
		return ledger.JSON(c.stdout, ledger.Shown{FormatVersion: ledger.JSONFormat, Story: story})
	}
	return story.Text(c.stdout)
}

func nearest(known []string, version string) string {
	if near := ledger.Nearest(known, version); len(near) > 0 {
		return "; the nearest ones are " + strings.Join(near, ", ")
	}
	return "; it knows none yet"
}

// now is what the newest entry says of a component.
func (b *book) now(component string) (*ledger.Ledger, error) {
	files, err := b.branch.Files()
	if err != nil {
		return nil, fmt.Errorf("the ledger %s cannot be read: %w", b.branch.Name, err)
	}
	now, err := ledger.Read(files, component)
	if err != nil {
		return nil, fmt.Errorf("the ledger %s cannot be read: %w", b.branch.Name, err)
	}
	return now, nil
}

func (c *command) verifyLedger(call *ledgerCall) error {
	plans, err := c.policies(call.component)
	if err != nil {
		return err
	}
	b, err := c.openBook(plans[0].Names.Ledger, 0)
	if err != nil {
		return err
	}
	files, err := b.branch.Files()
	if err != nil {
		return fmt.Errorf("the ledger %s cannot be read: %w", b.branch.Name, err)
	}
	refs, err := b.branch.Refs()
	if err != nil {
		return err
	}
	found := ledger.VerifyChain(b.branch, b.entries)
	for _, p := range plans {
		now, err := ledger.Read(files, p.Component)
		if err != nil {
			return fmt.Errorf("the ledger %s cannot be read: %w", b.branch.Name, err)
		}
		found = append(found, ledger.Verify(now, b.entries, refs, ledgerNames(p))...)
	}
	verdict := ledger.Verdict{FormatVersion: ledger.JSONFormat, Ledger: b.branch.Name, Head: b.branch.Ref.ID, Entries: len(b.entries), Findings: append([]ledger.Finding{}, found...)}
	if call.asJSON {
		err = ledger.JSON(c.stdout, verdict)
	} else {
		err = ledger.VerdictText(c.stdout, verdict)
	}
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return exit(exitFindings)
	}
	return b.branch.Remember()
}

// ledgerNames are how a policy calls its tags and branches.
func ledgerNames(p *flow.Plan) ledger.Names {
	n := ledger.Names{Scheme: p.Version, MergeBack: p.Names.MergeBack, Candidate: ledger.Pattern(p.Names.Candidate), HotfixCandidate: ledger.Pattern(p.Names.HotfixCandidate),
		Release: ledger.Pattern(p.Names.Release), HotfixRelease: ledger.Pattern(p.Names.HotfixRelease), Line: ledger.Pattern(p.Names.Line)}
	for _, e := range p.Environments {
		switch e.Tier {
		case flow.Production:
			n.Production = append(n.Production, e.ID)
		case flow.Development:
			n.BeforeCandidate = append(n.BeforeCandidate, e.ID)
		case flow.Staging:
		}
	}
	return n
}

// moment is a time as a person writes it.
func moment(flag, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		text = days + "h"
		if d, err := time.ParseDuration(text); err == nil && d >= 0 {
			return now.Add(-24 * d), nil
		}
	} else if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	return time.Time{}, usage("%s takes a day (2026-11-30), a UTC time (2026-11-30T09:00) or how long ago (12h, 30d), and not %q", flag, text)
}

// ledgersOf are the names of the ledgers of a repository, each once.
func ledgersOf(repository *generators.Repository) []string {
	var out []string
	for _, r := range repository.Results {
		if name := r.Policy.Names.Ledger.V; name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
