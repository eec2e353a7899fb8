package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/schema/diag"
)

// checklists are the formats of the settings.
var checklists = map[string]func(io.Writer, []settings.List) error{"markdown": settings.Markdown, "json": settings.JSON}

// comparisons are the formats of what the hosts say.
var comparisons = map[string]func(io.Writer, []settings.Comparison) error{"text": settings.FindingsText, "json": settings.FindingsJSON}

// settingsCall are the flags of one call.
type settingsCall struct {
	format, host, looked, repository string
	script, verify                   bool
}

func (c *command) settings() *cobra.Command {
	var call settingsCall
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Print, make or compare the host settings",
		Long: `Print the host settings that the policy needs and that no generated file can
make: reviewers, protected branches and tags, locks, credentials. By default as
a checklist in Markdown.

The target's own host is one, and where its repository lies elsewhere (Jenkins,
and a forge) that is another: --host names one of them.

With --script, as a script for one host: it asks and sets by REST, and changes
nothing that is correct. With --verify the active target's host is asked,
or that of --target or --host, and nothing is changed; the exit code is 0 only if
everything is known and correct. What no interface shows is checked by a person
and recorded in the file of --looked. The token and the repository come from the
environment variables that the tools of the host use; the script names them.
Without the one for the repository, the address of the remote origin is used.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := call.check(); err != nil {
				return err
			}
			return c.writeSettings(call)
		},
	}
	c.addTargets(cmd)
	c.addVariables(cmd)
	cmd.Flags().StringVar(&call.format, "format", "", "how to print it: markdown or json; with --verify text or json")
	cmd.Flags().BoolVar(&call.script, "script", false, "print a script that sets one host")
	cmd.Flags().BoolVar(&call.verify, "verify", false, "ask the host, and compare")
	cmd.Flags().StringVar(&call.host, "host", "", "only this host: "+diag.List(settings.Names()))
	cmd.Flags().StringVar(&call.looked, "looked", "", "with --verify, the file that records what was checked by hand")
	cmd.Flags().StringVar(&call.repository, "repository", "", "with --verify, the repository: its address, or its path on the host")
	complete(cmd, "format", "markdown", "json", "text")
	complete(cmd, "host", settings.Names()...)
	return cmd
}

// check says what is wrong with the flags, and sets the format where none is named.
func (s *settingsCall) check() error {
	known := []string{"markdown", "json"}
	if s.verify {
		known[0] = "text"
	}
	if s.format == "" {
		s.format = known[0]
	}
	switch {
	case s.script && s.verify:
		return usage("--script and --verify are two things")
	case !s.verify && (s.looked != "" || s.repository != ""):
		return usage("--looked and --repository go with --verify")
	case s.host != "" && !slices.Contains(settings.Names(), s.host):
		return oneOf("--host", s.host, settings.Names()...)
	default:
		return oneOf("--format", s.format, known...)
	}
}

func (c *command) writeSettings(call settingsCall) error {
	plans, err := c.plans()
	if err != nil {
		return err
	}
	lists := settings.Lists(plans, c.targets)
	if !call.script && !call.verify {
		return c.writeChecklist(lists, call)
	}
	list, err := c.oneHost(lists, call.host, plans[0].Active)
	if err != nil {
		return err
	}
	if call.script {
		_, err := c.stdout.Write(settings.Script(list))
		return err
	}
	looks, err := c.looks(call.looked, settings.Lists(plans, nil))
	if err != nil {
		return err
	}
	return c.writeComparison(list, looks, call)
}

func (c *command) writeChecklist(lists []settings.List, call settingsCall) error {
	if call.host != "" {
		list, err := listOf(lists, call.host)
		if err != nil {
			return err
		}
		lists = []settings.List{list}
	}
	return checklists[call.format](c.stdout, lists)
}

func (c *command) writeComparison(list settings.List, looks []settings.Look, call settingsCall) error {
	findings, err := c.findings(list, call.repository)
	if err != nil {
		return err
	}
	settings.ApplyLooks(list.Host, findings, looks, time.Now())
	found := []settings.Comparison{{Host: list.Host, Findings: findings}}
	if err := comparisons[call.format](c.stdout, found); err != nil {
		return err
	}
	if !settings.Fine(found) {
		return exit(exitFindings)
	}
	return nil
}

// looks are what people looked at, by a file of the repository.
func (c *command) looks(name string, lists []settings.List) ([]settings.Look, error) {
	if name == "" {
		return nil, nil
	}
	src, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil {
		return nil, usage("--looked: %v", err)
	}
	looks, diags := settings.Looks(name, src, lists, time.Now())
	for _, d := range diags {
		fmt.Fprintf(c.stderr, "%s:%d: %s: %s\n", name, d.Subject.Start.Line, d.Summary, d.Detail)
	}
	if diags.HasErrors() {
		return nil, exit(exitFindings)
	}
	return looks, nil
}

// oneHost is the host of --host or --target, or of the target that deploys: a
// script and a token are for one. What is left for another call is said.
func (c *command) oneHost(lists []settings.List, host, active string) (settings.List, error) {
	switch {
	case host == "" && len(c.targets) > 1:
		return settings.List{}, usage("name one --target, or a --host: a token is for one host")
	case host == "" && len(c.targets) == 1:
		host = c.targets[0]
	case host == "":
		host = active
	}
	list, err := listOf(lists, host)
	if err != nil {
		return settings.List{}, err
	}
	for _, l := range lists {
		if l.Host.Forge && list.Host != l.Host {
			fmt.Fprintf(c.stderr, "the repository is another host's: --host %s\n", l.Host.Name)
		}
	}
	return list, nil
}

// listOf is the list of a host. There are two where one policy's pipelines run on
// the host and another's have only their repository there.
func listOf(lists []settings.List, host string) (settings.List, error) {
	var found []settings.List
	for _, l := range lists {
		if l.Host.Name == host {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return settings.List{}, usage("the policy asks nothing of %s", host)
	case 1:
		return found[0], nil
	default:
		return settings.List{}, usage("the policies ask two things of %s: name the --target too", host)
	}
}

// plans are those of the policies.
func (c *command) plans() ([]*flow.Plan, error) {
	repository, err := c.compile(false)
	if err != nil {
		return nil, err
	}
	var plans []*flow.Plan
	for _, r := range repository.Results {
		plans = append(plans, r.Plan)
	}
	return plans, nil
}
