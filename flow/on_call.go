package flow

import (
	"fmt"
	"strings"
)

// Starter says how a flow is started on the active target: on its pages, and by a
// command. The target knows.
type Starter func(f *Flow) (button, command string)

// OnCall is a page in Markdown for the person on call: what runs, and the ways
// that the policy has to repair production, with its own names, people and
// commands. docs/on-call.md is the page for every policy.
func (p *Plan) OnCall(start Starter) string {
	var b strings.Builder
	of := p.Policy
	if p.Component != "" {
		of = p.Component
	}
	fmt.Fprintf(&b, "# On call: %s\n\n", of)
	fmt.Fprintf(&b, "Production is broken. First look at what runs, and at what blocks a deployment:\n\n```sh\ngit fetch origin\n"+
		"git show 'origin/%s:%s' >/tmp/release.sh && sh /tmp/release.sh status\n```\n\n"+
		"`sh /tmp/release.sh advise` says which of the answers below is open now, and why one is refused.\n", p.Mainline, p.Script)
	p.onCallRedeploy(&b, start)
	p.onCallHotfix(&b)
	p.onCallForward(&b, start)
	if f := p.Flow(string(BreakGlassFlow)); f != nil {
		fmt.Fprintf(&b, "\n## Nobody is there to approve\n\nBreak glass, which is recorded first and reviewed within %s. %s\n", Duration(p.BreakGlass.Review), starting(f, start))
	}
	b.WriteString("\n## Afterwards\n\n`sh /tmp/release.sh status` lists what is left: a merge-back that is missing, what was withdrawn, a review, a deployment that did not end.\n")
	return b.String()
}

func (p *Plan) onCallRedeploy(b *strings.Builder, start Starter) {
	f := p.Flow(string(Redeploy))
	if f == nil {
		fmt.Fprintf(b, "\n## Redeploy\n\nThis policy has none: %s.\n", p.Absent(Redeploy))
		return
	}
	fmt.Fprintf(b, "\n## Redeploy: a version that ran before\n\nNothing is built. %s\n\n", starting(f, start))
	onCallSteps(b, f)
}

func (p *Plan) onCallHotfix(b *strings.Builder) {
	f := p.Flow(string(Hotfix))
	if f == nil {
		fmt.Fprintf(b, "\n## Hotfix\n\nThis policy has none: %s.\n", p.Absent(Hotfix))
		return
	}
	branch := p.Names.Line.Prefix + "VERSION" + p.Names.Line.Suffix
	fmt.Fprintf(b, "\n## Hotfix: repair what runs\n\nVERSION is the one that `status` names for production.\n\n```sh\ngit switch --create '%s' 'origin/%s'\n"+
		"# repair it, with nothing else in it\ngit commit --all --message 'What is repaired' --message 'Incident: ID'\ngit push origin '%s'\n```\n\n", branch, branch, branch)
	if p.Incident != "" {
		fmt.Fprintf(b, "ID has the form `%s`. ", p.Incident)
	}
	fmt.Fprintf(b, "The push starts the pipeline. Do not merge %s into the branch.\n\n", p.Mainline)
	onCallSteps(b, f)
}

func (p *Plan) onCallForward(b *strings.Builder, start Starter) {
	if f := p.Flow(string(Delivery)); f != nil && p.Flow(string(Hotfix)) != nil {
		fmt.Fprintf(b, "\n## Fix forward: the repair is all that %s has\n\nEach commit since production names the incident. %s\n", p.Mainline, starting(f, start))
	}
}

// onCallSteps is what happens then, and who approves.
func onCallSteps(b *strings.Builder, f *Flow) {
	for _, line := range strings.SplitAfter(f.Words(), "\n")[1:] {
		if trimmed := strings.TrimSpace(line); trimmed != "" && !strings.HasPrefix(trimmed, "starts ") {
			b.WriteString(when(strings.HasPrefix(trimmed, "leaves out"), "- ") + trimmed + "\n")
		}
	}
}

// starting says how a person starts a flow: where, what is filled in, and as a command.
func starting(f *Flow, start Starter) string {
	var asked []string
	if d := f.OnDemand(); d != nil {
		for _, i := range d.Inputs {
			asked = append(asked, i.Name)
		}
	}
	button, command := start(f)
	return fmt.Sprintf("%s%s:\n\n```sh\n%s\n```", button, when(len(asked) > 0, ", and fill in "+series(asked)), command)
}
