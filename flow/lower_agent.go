package flow

import (
	"slices"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

// operationsAgent is the label of the agent on which git operations run, where
// a policy has one; otherwise they run on the hosted Linux agent.
const operationsAgent = "operations"

// hosted are the machines that jobs run on when the policy names no agent:
// what each system offers, by operating system. GitLab's is the instance's
// default runner, Jenkins' a label that installations commonly have.
var hosted = map[OS]Agent{
	Linux:   {ID: "hosted", OS: Linux, GitHub: []string{"ubuntu-24.04"}, Azure: AzureAgent{VMImage: "ubuntu-24.04"}, Jenkins: "linux"},
	Windows: {ID: "hosted", OS: Windows, GitHub: []string{"windows-2025"}, GitLab: GitLabAgent{Tags: []string{"saas-windows-medium-amd64"}}, Azure: AzureAgent{VMImage: "windows-2025"}, Jenkins: "windows"},
	MacOS:   {ID: "hosted", OS: MacOS, GitHub: []string{"macos-15"}, GitLab: GitLabAgent{Tags: []string{"saas-macos-medium-m1"}}, Azure: AzureAgent{VMImage: "macos-15"}, Jenkins: "macos"},
}

func (l *lowering) lowerAgents() {
	l.operations = l.hostedLinux()
	for _, a := range l.policy.Agents {
		l.agents[a] = lowerAgent(a)
		if g := &l.agents[a].GitLab; g.Image == "" && OS(a.OS.V) == Linux {
			g.Image = l.policy.GitLabImage.V
		}
		if a.Label == operationsAgent {
			if a.Container.Set {
				l.report(containerOfOperations(a.Container.Range))
			}
			l.operations = l.agents[a]
		}
	}
}

// lowerAgent fills in, system by system, what the policy leaves out.
func lowerAgent(a *schema.Agent) *Agent {
	out := hosted[OS(a.OS.V)]
	out.ID, out.origin = id(a.Label), a.Range
	for _, v := range a.Provides {
		out.provides = append(out.provides, v.V)
	}
	if a.GitHub.Set {
		out.GitHub = a.GitHub.RunsOn
	}
	if a.GitLab.Set {
		out.GitLab = GitLabAgent{Tags: a.GitLab.Tags, Image: a.GitLab.Image}
	}
	if a.Azure.Set {
		out.Azure = AzureAgent{VMImage: a.Azure.VMImage, Pool: a.Azure.Pool, Demands: a.Azure.Demands}
	}
	if a.Jenkins.Set {
		out.Jenkins = a.Jenkins.Label
	}
	if out.Container = a.Container.V; out.Container != "" {
		out.GitLab.Image = out.Container
	}
	return &out
}

// agentOf is the agent that a block names, or the hosted Linux one.
func (l *lowering) agentOf(r schema.Runner) *Agent {
	if r.Agent != nil && l.agents[r.Agent.To] != nil {
		return l.agents[r.Agent.To]
	}
	return l.hostedLinux()
}

func (l *lowering) hostedLinux() *Agent {
	linux := hosted[Linux]
	linux.GitLab.Image = l.policy.GitLabImage.V
	return &linux
}

// sayImage asks for an image where GitLab would choose one: a job without it, on
// a runner that is nobody's in particular, has the tools of whatever image that is.
func (l *lowering) sayImage() {
	if l.plan.Active != "gitlab" {
		return
	}
	for _, f := range l.plan.Flows {
		for _, j := range f.Jobs {
			if a := j.Agent; a != nil && a.OS == Linux && a.GitLab.Image == "" && len(a.GitLab.Tags) == 0 {
				i := slices.Index(l.plan.Targets, "gitlab")
				l.report(imageUnsaid(l.policy.Targets[i].Range))
				return
			}
		}
	}
}

// shellOf is the shell that a block names, or the one that goes with the
// machine that it really runs on: a check without an agent of its own runs
// where its environment is deployed from.
func shellOf(r schema.Runner, on *Agent) string {
	if r.Shell.Set {
		return r.Shell.V
	}
	if on.OS == Windows {
		return "pwsh"
	}
	return "sh"
}

// id turns a label into an id that every system takes.
func id(label string) string { return language.ID(label) }
