package flow

// Outline is what is kept of a plan that stands beside many others: what they are
// compared with, and what the files are made of that they share. It has every flow
// with its triggers, and every job without what the job does.
func (p *Plan) Outline() *Plan {
	out := &Plan{
		Policy: p.Policy, Component: p.Component, Mainline: p.Mainline, Default: p.Default, Targets: p.Targets, Active: p.Active,
		GitLabRoot: p.GitLabRoot, Splitting: p.Splitting, Shares: p.Shares, Script: p.Script, Paths: p.Paths, Names: p.Names, Origin: p.Origin,
	}
	for _, e := range p.Environments {
		out.Environments = append(out.Environments, &Environment{ID: e.ID, Name: e.Name, Origin: e.Origin})
	}
	known := map[likeness]*Job{}
	for _, f := range p.Flows {
		out.Flows = append(out.Flows, f.outline(known))
	}
	for _, d := range p.names.all {
		if d.space.common() {
			out.names.all = append(out.names.all, d)
		}
	}
	return out
}

// likeness is what is kept of a job: all that are alike are one in an outline.
type likeness struct {
	kind  JobKind
	agent *Agent
}

func (f *Flow) outline(known map[likeness]*Job) *Flow {
	out := &Flow{Kind: f.Kind, Name: f.Name, Label: f.Label, Title: f.Title, Triggers: f.Triggers, Origin: f.Origin}
	for _, j := range f.Jobs {
		l := likeness{j.Kind, j.Agent}
		if known[l] == nil {
			known[l] = &Job{Kind: j.Kind, Agent: j.Agent}
		}
		out.Jobs = append(out.Jobs, known[l])
	}
	return out
}
