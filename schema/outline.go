package schema

// Outline is what is kept of a policy that stands beside many others: what they
// are compared with, its variables, and the files that it was read from.
func (p *Policy) Outline() *Policy {
	return &Policy{
		Name: p.Name, Component: p.Component, Dir: p.Dir, Range: p.Range, Sources: p.Sources, Variables: p.Variables,
		GitLabRoot: p.GitLabRoot, Mainline: p.Mainline, Default: p.Default, Former: p.Former,
		Targets: p.Targets, Version: p.Version, Names: p.Names,
	}
}
