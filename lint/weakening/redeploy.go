package weakening

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
)

// wayBack: a redeployment that is offered no more, or that needs what a CI system
// throws away.
func (c *comparison) wayBack() {
	before, now := c.before.Policy, c.now.Policy
	if before.Redeploy != nil && now.Redeploy == nil {
		c.report(redeployGone(now))
	}
	if b := now.Build; b != nil && now.Redeploy != nil && c.expires() {
		c.report(artifactKeptLess(b))
	}
}

// expires tells whether an artifact was kept by a registry or by the policy's own
// commands, and is now by the CI system alone.
func (c *comparison) expires() bool {
	before, now := c.before.Plan.Build, c.now.Plan.Build
	if now == nil || now.Image != nil {
		return false
	}
	if before == nil || before.Image != nil {
		return !stored(c.now.Plan)
	}
	less := false
	c.jobs(func(b, n *flow.Job) { less = less || storedIn(b) && !storedIn(n) })
	return less
}

func stored(p *flow.Plan) bool {
	return slices.ContainsFunc(p.Flows, func(f *flow.Flow) bool { return slices.ContainsFunc(f.Jobs, storedIn) })
}

// storedIn tells whether a job keeps an artifact for longer than a CI system does.
func storedIn(j *flow.Job) bool {
	return slices.ContainsFunc(j.Steps, func(s flow.Step) bool {
		p, ok := s.(flow.Publish)
		return ok && p.Stored
	})
}

// build: another artifact, which may be one that no build made.
func (c *comparison) build() {
	before, now := artifact(c.before.Plan), artifact(c.now.Plan)
	if !slices.Equal(before, now) {
		c.name("build leaves another artifact than at %s", c.revision)
	}
	if before, now := c.before.Plan, c.now.Plan; before.Version != now.Version {
		c.name("versions are made by %q, and were by %q at %s", now.Version, before.Version, c.revision)
	} else if before.VersionRun != now.VersionRun {
		c.name("version_run is another command than at %s", c.revision)
	}
}

// artifact is what the build publishes, as its steps say it.
func artifact(p *flow.Plan) []string {
	if p.Build == nil {
		return nil
	}
	out := []string{"files"}
	if p.Build.Image != nil {
		out = []string{"image"}
	}
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if j.Kind == flow.JobBuild {
				for _, s := range j.Steps {
					switch s := s.(type) {
					case flow.Publish:
						out = append(out, f.ID(), s.Path)
					case flow.Operation:
						if s.Name == "image" {
							out = append(append(out, f.ID()), s.Args...)
						}
					}
				}
			}
		}
	}
	return out
}
