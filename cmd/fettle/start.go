package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/dispatch"
)

// startCall are the flags of one call.
type startCall struct {
	component, branch, repository       string
	fetch, yes, dryRun, follow, another bool
}

func (c *command) start() *cobra.Command {
	var call startCall
	cmd := &cobra.Command{
		Use:   "start FLOW [NAME=VALUE…]",
		Short: "Start a flow on the active target",
		Long: `Start a flow or an operation on the active target, by its REST interface, with the
fields of its form: fettle start redeploy version=42 reason='43 loses orders'.

First the release script checks in the clone whether it would be refused. Then it
is said what happens, and asked; --yes answers. The token and the repository come
from the environment variables that fettle settings uses; the token is sent to
that host alone and never printed.

The exit code is 1 if it is refused, if it runs already, or if the run that
--follow shows does not succeed.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return c.startFlow(call, args[0], args[1:]) },
	}
	cmd.Flags().StringVar(&call.component, "component", "", "only this component")
	cmd.Flags().StringVar(&call.branch, "branch", "", "the branch, where the flow starts on several")
	cmd.Flags().StringVar(&call.repository, "repository", "", "the repository: its address, or its path on the host")
	cmd.Flags().BoolVar(&call.fetch, "fetch", false, "fetch from origin first")
	cmd.Flags().BoolVar(&call.yes, "yes", false, "start it without asking")
	cmd.Flags().BoolVar(&call.dryRun, "dry-run", false, "print the request without the token, and send nothing")
	cmd.Flags().BoolVar(&call.follow, "follow", false, "show its jobs until it ends")
	cmd.Flags().BoolVar(&call.another, "another", false, "start it also if it runs already")
	cmd.ValidArgsFunction = c.completeStart
	c.addVariables(cmd)
	return cmd
}

func (c *command) startFlow(call startCall, name string, typed []string) error {
	p, err := c.policyFor(call.component)
	if err != nil {
		return err
	}
	o, err := newOrder(p, name, typed, call.branch)
	if err != nil {
		return err
	}
	if _, ok := terminalOf(c.stdin); !ok && !call.yes && !call.dryRun {
		return lack("there is no terminal to ask at: add --yes to start it without asking, or --dry-run to see the request")
	}
	v, err := c.mayStart(p, o, call.fetch)
	if err != nil {
		return err
	}
	if v.refused != "" {
		fmt.Fprintf(c.stderr, "%s\nNothing was started.\n", v.refused)
		return exit(exitFindings)
	}
	if _, err := fmt.Fprint(c.stdout, description(o), v.text); err != nil {
		return err // nobody would see what happens
	}
	s, err := c.session(o, call)
	if err != nil {
		return err
	}
	if call.dryRun {
		_, err := fmt.Fprintf(c.stdout, "\nThe request, which was not sent:\n%s", s.Preview())
		return err
	}
	return c.send(s, call)
}

// send asks, starts the flow and says where it runs.
func (c *command) send(s *dispatch.Session, call startCall) error {
	ctx := context.Background()
	if err := c.notRunning(ctx, s, call.another); err != nil {
		return err
	}
	if !call.yes {
		fmt.Fprint(c.stderr, "Start it? [y/N] ")
		answer, _ := bufio.NewReader(c.stdin).ReadString('\n') // none is no
		if answer = strings.ToLower(strings.TrimSpace(answer)); answer != "y" && answer != "yes" {
			fmt.Fprintln(c.stderr, "Nothing was started.")
			return exit(exitFindings)
		}
	}
	run, err := s.Send(ctx)
	if err != nil {
		return notSent(err)
	}
	if run.Note != "" {
		fmt.Fprintln(c.stderr, run.Note)
	}
	if run.Address != "" {
		if _, err := fmt.Fprintf(c.stdout, "Started: %s\n", run.Address); err != nil {
			return fmt.Errorf("it is started, at %s, and that could not be printed: %w", run.Address, err)
		}
	}
	if !call.follow {
		return nil
	}
	if run.ID == "" {
		return lack("which run it is, is not known, so it cannot be followed")
	}
	return c.follow(ctx, s, run)
}

func notSent(err error) error {
	var e *dispatch.Error
	if errors.As(err, &e) && e.Unknown {
		return fmt.Errorf("it is not known whether it was started: %w", err)
	}
	return fmt.Errorf("it was not started: %w", err)
}

// notRunning refuses a flow that runs already, unless another one is wanted.
func (c *command) notRunning(ctx context.Context, s *dispatch.Session, another bool) error {
	runs, err := s.Active(ctx)
	if err != nil {
		return notSent(err)
	}
	for _, r := range runs {
		by := ""
		if r.By != "" {
			by = ", started by " + r.By
		}
		if r.Note != "" {
			by += " (" + r.Note + ")"
		}
		fmt.Fprintf(c.stderr, "It runs already: %s%s\n", r.Address, by)
	}
	if len(runs) > 0 && !another {
		fmt.Fprintln(c.stderr, "Nothing was started. Look at that run first; --another starts one beside it, and their deployments follow one another.")
		return exit(exitFindings)
	}
	return nil
}

func (c *command) follow(ctx context.Context, s *dispatch.Session, run dispatch.Run) error {
	state, err := s.Follow(ctx, c.stdout, run)
	if err != nil {
		return fmt.Errorf("the run goes on at %s, and can no longer be followed: %w", run.Address, err)
	}
	if !state.Succeeded {
		return exit(exitFindings)
	}
	return nil
}

// session is one with the host of the active target; for a preview nothing must be
// known of it.
func (c *command) session(o *dispatch.Order, call startCall) (*dispatch.Session, error) {
	h := hostOf(o)
	values := map[string]string{}
	needs := dispatch.Needs(o.Target.Name)
	for _, v := range h.Environment() {
		values[v.Name] = value(v)
	}
	if why := h.Unfit(values[h.Base.Name]); why != "" {
		return nil, lack("%s", why)
	}
	if call.repository != "" || len(missing(needs, values)) > 0 {
		var err error
		if values, err = c.hostValues(h, call.repository); err != nil {
			return nil, err
		}
	}
	client := hostClient(h, values)
	lacks := missing(needs, values)
	switch {
	case call.dryRun:
	case len(lacks) > 0:
		var b strings.Builder
		for _, v := range lacks {
			fmt.Fprintf(&b, "\n  %s: %s", v.Name, v.Text)
		}
		return nil, lack("nothing was started: the environment lacks%s", b.String())
	case !isAddress(client.Base):
		return nil, lack("nothing was started: %s", noAddress(h))
	}
	return dispatch.New(o, client, wallClock{}), nil
}

// wallClock is the time of this machine.
type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

func (wallClock) Wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// completeStart are the flows, the operations and the fields that the shell offers.
func (c *command) completeStart(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	plans, err := c.policies("")
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, p := range plans {
		if len(args) == 0 {
			out = append(out, startNames(p)...)
		} else if f, _ := startable(p, args[0]); f != nil {
			for _, in := range f.OnDemand().Inputs {
				out = append(out, in.Name+"=")
			}
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
