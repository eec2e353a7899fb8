package flow

import "path"

// lowerPaths are the globs of what belongs to the policy: those that it names,
// itself, and what is generated from it. Without paths everything does.
func (l *lowering) lowerPaths() {
	p := l.policy
	if len(p.Paths) == 0 {
		return
	}
	for _, g := range p.Paths {
		l.plan.Paths = append(l.plan.Paths, g.V)
	}
	l.plan.Paths = append(l.plan.Paths, path.Join(p.Dir, "*release.hcl"), path.Dir(l.plan.Script)+"/**")
	for _, t := range l.plan.Targets {
		l.plan.Paths = append(l.plan.Paths, systems[t].folder+l.plan.Prefix()+"*")
	}
}

// changesJob is the first job on a merge request where the policy names paths: the
// checks are skipped where none of them changed. It always runs, since a host
// that requires a check waits for ever for one that never starts.
func (b *builder) changesJob() *Job {
	return b.add(&Job{
		Name: "changes", Kind: JobChanges, Title: b.jobTitle("Look at what changed"), Timeout: operationTimeout,
		Outputs: []string{"proceed"}, Origin: b.flow.Origin,
		Steps: []Step{b.checkout(), Operation{Name: "changes", Sets: []string{"proceed"}, Title: "Look for changes of the component"}},
	})
}

// policyCheck is the job in which fettle looks at the policy. What it compares
// with is another branch, whose files it reads. It runs whatever changed: what is
// generated may be mended by hand outside of what a policy names as its paths.
func (b *builder) policyCheck() *Job {
	c := b.plan.PolicyCheck
	j := b.add(&Job{
		Name: "policy", Kind: JobPolicy, Title: b.jobTitle("Check the policy"), Timeout: operationTimeout, Needs: []*Job{}, Origin: b.policy.MergeRequest.Policy.Range,
		Steps: []Step{Checkout{History: WholeHistory}, Operation{Name: "check-policy", Args: []string{c.Version, c.URL, c.SHA256}, Title: "Check the policy with fettle " + c.Version}},
	})
	j.Script = b.plan.Script // the request's own: it writes nothing
	return j
}

// jobTitle is the title of a job that hosts know by its title alone, so that two
// components cannot share one.
func (l *lowering) jobTitle(title string) string {
	if l.plan.Component != "" {
		return l.plan.Component + ": " + title
	}
	return title
}
