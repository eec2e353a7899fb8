package flow

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
)

// Options are what the policy sets for single targets in a job. None of them
// decides whether or when it runs.
type Options struct {
	IDToken  bool           // GitHub: it may ask for an OpenID token
	IDTokens []schema.Named // GitLab: variable and audience of OpenID tokens
	Tools    []schema.Named // Jenkins: kind and name of installations
}

// options puts together what a job's blocks set: an environment's, and those
// of the checks in its deployment.
func (l *lowering) options(j *Job, s schema.Options, at hcl.Range) {
	j.Options.IDToken = j.Options.IDToken || s.IDToken
	j.Options.IDTokens = l.join(j.Options.IDTokens, s.IDTokens, at)
	j.Options.Tools = l.join(j.Options.Tools, s.Tools, at)
}

func (l *lowering) join(into, more []schema.Named, at hcl.Range) []schema.Named {
	for _, m := range more {
		i := slices.IndexFunc(into, func(o schema.Named) bool { return o.Name == m.Name })
		switch {
		case i < 0:
			into = append(into, m)
		case into[i].Text != m.Text:
			l.report(optionsDiffer(m.Name, into[i].Text, m.Text, at))
		}
	}
	slices.SortFunc(into, func(a, b schema.Named) int { return strings.Compare(a.Name, b.Name) })
	return into
}

// environmentOptions are those of an environment and of the checks that run in
// its deployment.
func (b *builder) environmentOptions(j *Job, e *schema.Environment, checks ...schema.Ref[schema.Check]) {
	b.options(j, e.Options, e.Range)
	for _, c := range checks {
		if c.To != nil && !b.leavesOut(c.To) {
			b.options(j, c.To.Options, c.Range)
		}
	}
}
