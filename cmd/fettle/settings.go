package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/schema/diag"
)

// checklists are the formats of the settings.
var checklists = map[string]func(io.Writer, []settings.List) error{"markdown": settings.Markdown, "json": settings.JSON}

// comparisons are the formats of what the hosts say.
var comparisons = map[string]func(io.Writer, []settings.Comparison) error{"text": settings.FindingsText, "json": settings.FindingsJSON}

func (c *command) settings() *cobra.Command {
	var format, host string
	var script, verify bool
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Say what the hosts must be set to",
		Long: `Say what each host must be set to, which no generated file can do: reviewers,
protected branches and tags, locks, credentials. As a checklist in Markdown.

The target's own host is one, and where its repository lies elsewhere (Jenkins,
and a forge) that is another: --host names one of them.

With --script, as a script for one host: it asks and sets by REST, and changes
nothing that is as it must be. With --verify the active target's host is asked,
or that of --target or --host, and nothing is changed; the exit code is 0 only if
everything is known, and is as it must be. The token and the place come from the
variables that the tools of the host have: the script names them.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if script && verify {
				return usage("--script and --verify are two things")
			}
			if verify && format == "" {
				format = "text"
			} else if format == "" {
				format = "markdown"
			}
			known := []string{"markdown", "json"}
			if verify {
				known[0] = "text"
			}
			if err := oneOf("--format", format, known...); err != nil {
				return err
			}
			if host != "" {
				if err := oneOf("--host", host, settings.Names()...); err != nil {
					return err
				}
			}
			return c.writeSettings(format, host, script, verify)
		},
	}
	c.addTargets(cmd)
	c.addVariables(cmd)
	cmd.Flags().StringVar(&format, "format", "", "how to print it: markdown or json; with --verify text or json")
	cmd.Flags().BoolVar(&script, "script", false, "print a script that sets one host")
	cmd.Flags().BoolVar(&verify, "verify", false, "ask the host, and compare")
	cmd.Flags().StringVar(&host, "host", "", "only this host: "+diag.List(settings.Names()))
	complete(cmd, "format", "markdown", "json", "text")
	complete(cmd, "host", settings.Names()...)
	return cmd
}

func (c *command) writeSettings(format, host string, script, verify bool) error {
	lists, active, err := c.hostSettings()
	if err != nil {
		return err
	}
	if !script && !verify {
		if host != "" {
			list, err := listOf(lists, host)
			if err != nil {
				return err
			}
			lists = []settings.List{list}
		}
		return checklists[format](c.stdout, lists)
	}
	list, err := c.oneHost(lists, host, active)
	if err != nil {
		return err
	}
	if script {
		_, err := c.stdout.Write(settings.Script(list))
		return err
	}
	found := []settings.Comparison{{Host: list.Host, Findings: verified(list)}}
	if err := comparisons[format](c.stdout, found); err != nil {
		return err
	}
	if !settings.Fine(found) {
		return exit(exitFindings)
	}
	return nil
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

func listOf(lists []settings.List, host string) (settings.List, error) {
	for _, l := range lists {
		if l.Host.Name == host {
			return l, nil
		}
	}
	return settings.List{}, usage("the policy asks nothing of %s", host)
}

// hostSettings are what the policies ask of the hosts, and which target deploys.
func (c *command) hostSettings() ([]settings.List, string, error) {
	repository, err := c.compile(false)
	if err != nil {
		return nil, "", err
	}
	var plans []*flow.Plan
	for _, r := range repository.Results {
		plans = append(plans, r.Plan)
	}
	return settings.Lists(plans, c.targets), plans[0].Active, nil
}
