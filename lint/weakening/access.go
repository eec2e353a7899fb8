package weakening

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

// access is something that a block is given: a secret, or a way to log in.
type access struct {
	block  string
	target string // of a way to log in
	where  string // by Azure's service connection prod
	secret *flow.Secret
	name   string // of the variable that carries the secret
}

// accesses are what the commands of a job are given.
func (c *comparison) accesses(p *lint.Pass, j *flow.Job) []access {
	var out []access
	own := c.source(p, j)
	if j.Options.IDToken {
		out = append(out, access{block: own, target: "github", where: "by GitHub's id_token"})
	}
	for _, t := range j.Options.IDTokens {
		out = append(out, access{block: own, target: "gitlab", where: "by GitLab's id_token for " + t.Text})
	}
	for _, r := range commands(j) {
		block := c.sourceOf(p, j, r)
		if r.Connection != "" {
			out = append(out, access{block: block, target: "azure", where: "by Azure's service connection " + r.Connection})
		}
		for _, s := range r.Secrets {
			out = append(out, access{block: block, secret: s.Secret, name: s.Name})
		}
	}
	return out
}

// rights: a block that may log in somewhere, or is given a secret, and could or
// was not before. In a job where the block did not run, it is what the block had
// elsewhere; of a block that is new, only what another one had is a finding.
func (c *comparison) rights() {
	was := map[*flow.Job]*flow.Job{}
	c.jobs(func(before, now *flow.Job) { was[now] = before })
	var anywhere []access
	for _, f := range c.now.Plan.Flows {
		for _, j := range f.Jobs {
			for _, a := range c.accesses(c.now, j) {
				if b := was[j]; b != nil && c.ran(a.block, b) {
					if !c.among(a, c.accesses(c.before, b), true) {
						c.reportAccess(a)
					}
					continue
				}
				if anywhere == nil {
					anywhere = c.allAccesses(c.before)
				}
				known := slices.ContainsFunc(c.before.Plan.Flows, func(f *flow.Flow) bool {
					return slices.ContainsFunc(f.Jobs, func(b *flow.Job) bool { return c.ran(a.block, b) })
				})
				if !c.among(a, anywhere, true) && (known || c.among(a, anywhere, false)) {
					c.reportAccess(a)
				}
			}
		}
	}
}

// ran tells whether a job of before ran commands of a block.
func (c *comparison) ran(block string, before *flow.Job) bool {
	return c.source(c.before, before) == block || slices.ContainsFunc(commands(before), func(r flow.Run) bool { return c.sourceOf(c.before, before, r) == block })
}

// reportAccess reports it where the policy gives it.
func (c *comparison) reportAccess(a access) {
	kind, label, _ := strings.Cut(strings.TrimSuffix(a.block, "\""), " \"")
	path := []string{kind, label}
	if label == "" {
		path = path[:1]
	}
	at := c.now.Policy.Range
	var runner schema.Runner
	for _, o := range lint.Commands(c.now.Policy) {
		if o.Of == a.block && o.Run.Set {
			at = o.Run.Range
			runner = o.Runner
			break
		}
	}
	if a.secret == nil {
		c.report(rightsAdded(a.block, a.where, c.at(at, append(path, a.target)...)))
		return
	}
	for _, s := range runner.Secrets {
		if s.Name == a.name {
			at = s.At
		}
	}
	c.report(secretGiven(a, at))
}

func (c *comparison) allAccesses(p *lint.Pass) []access {
	out := []access{}
	for _, f := range p.Plan.Flows {
		for _, j := range f.Jobs {
			out = append(out, c.accesses(p, j)...)
		}
	}
	return out
}

// among tells whether one was given before, to the same block or to any.
func (c *comparison) among(a access, had []access, same bool) bool {
	return slices.ContainsFunc(had, func(b access) bool {
		if same && a.block != b.block || (a.secret == nil) != (b.secret == nil) {
			return false
		}
		return a.secret == nil && a.where == b.where || a.secret != nil && (a.secret.ID == b.secret.ID || c.oneSecret(a.secret, b.secret))
	})
}

// oneSecret tells whether two labels are for what every system keeps by one name.
func (c *comparison) oneSecret(a, b *flow.Secret) bool {
	_, _, _, differs := c.firstDifference(a, b)
	return !differs
}

// firstDifference is the first system on which a secret is another one.
func (c *comparison) firstDifference(before, now *flow.Secret) (target, was, is string, differs bool) {
	for _, target := range c.now.Plan.Targets {
		if was, is := before.On(target), now.On(target); was != is && slices.Contains(c.before.Plan.Targets, target) {
			return target, was, is, true
		}
	}
	return "", "", "", false
}

// secrets: one that a system keeps by another name, so that its label is for
// something else. However many commands it is given to, it is one finding.
func (c *comparison) secrets() {
	was := map[string]*flow.Secret{}
	for _, a := range c.allAccesses(c.before) {
		if a.secret != nil {
			was[a.secret.ID] = a.secret
		}
	}
	for _, a := range c.allAccesses(c.now) {
		if a.secret == nil || was[a.secret.ID] == nil {
			continue
		}
		if target, before, now, differs := c.firstDifference(was[a.secret.ID], a.secret); differs {
			c.report(secretElsewhere(a.secret, target, before, now, c.secretAt(a.secret, target)))
		}
	}
}

func (c *comparison) secretAt(s *flow.Secret, target string) hcl.Range {
	for _, o := range c.now.Policy.Secrets {
		if language.ID(o.Label) == s.ID {
			return c.at(o.Range, "secret", o.Label, target)
		}
	}
	return s.Origin
}
