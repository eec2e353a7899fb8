package flow

import (
	"strings"

	"github.com/fettle-ci/fettle/schema"
)

// claimVariables reports what the commands of a block would both find under one
// name: GitHub and Windows tell no capitals from small letters, and GitHub
// starts no workflow in which a name stands twice.
func (l *lowering) claimVariables(block string, r schema.Runner) {
	var names register
	claim := func(d derived) {
		d.space = space("variable of " + block)
		if first := names.claim(d); first != nil {
			l.once(variablesBecomeOne(block, *first, d))
		}
	}
	for _, e := range r.Env {
		claim(derived{text: e.Name, of: "env " + e.Name, said: "`env` " + e.Name, at: e.At})
	}
	for _, s := range r.Secrets {
		claim(derived{text: s.Name, of: "secret " + s.Name, said: "the secret " + s.Name, at: s.At})
	}
	if l.on("gitlab") {
		l.claimProjectVariables(block, r, &names)
	}
}

// claimProjectVariables is what GitLab has besides: a token is a variable of the
// job, and a secret one of the project, which a variable of the block would hide.
func (l *lowering) claimProjectVariables(block string, r schema.Runner, names *register) {
	for _, t := range r.Options.IDTokens {
		d := derived{space: space("variable of " + block), text: t.Name, of: "token " + t.Name, said: "the token " + t.Name, at: t.At}
		if first := names.claim(d); first != nil {
			l.once(variablesBecomeOne(block, *first, d))
		}
	}
	for _, s := range r.Secrets {
		sec := l.secrets[s.Secret.To]
		if sec == nil || sec.GitLab == s.Name {
			continue
		}
		first := names.holder(derived{space: space("variable of " + block), text: sec.GitLab})
		if first != nil && !l.isSecret(r, first.text, sec) {
			l.once(secretHidden(block, *first, s.Secret.To.Label, sec.GitLab, s.At))
		}
	}
}

// isSecret tells whether a block has a secret under a name.
func (l *lowering) isSecret(r schema.Runner, name string, sec *Secret) bool {
	for _, s := range r.Secrets {
		if s.Name == name && l.secrets[s.Secret.To] == sec {
			return true
		}
	}
	return false
}

// claimValues reports values of a deployment whose variables would be one, also
// where none of them needs a variable today: a blank in one would change that.
func (l *lowering) claimValues(e *schema.Environment) {
	var names register
	for _, v := range e.Values {
		d := derived{text: valueVariable(v.Name), of: v.Name, said: "value \"" + v.Name + "\"", at: v.At}
		if first := names.claim(d); first != nil {
			l.once(valuesBecomeOne(*first, d))
		}
	}
}

// claimRunners looks at the blocks besides environments that have variables.
func (l *lowering) claimRunners() {
	p := l.policy
	if p.Build != nil {
		l.claimVariables("the build", p.Build.Runner)
	}
	for _, c := range p.Checks {
		l.claimVariables("check \""+c.Block+"\"", c.Runner)
	}
	for _, e := range p.Environments {
		l.claimVariables("environment \""+e.Label+"\"", e.Runner)
		l.claimValues(e)
	}
	for _, n := range p.Notifies {
		l.claimVariables("notify \""+n.Label+"\"", n.Runner)
	}
}

// claimGroups reports secrets of one job that are variables of one name in two
// groups of Azure: the second group hides what the first has.
func (l *lowering) claimGroups() {
	if !l.on("azure") {
		return
	}
	for _, f := range l.plan.Flows {
		for _, j := range f.Jobs {
			var names register
			for _, s := range j.Steps {
				run, ok := s.(Run)
				if !ok {
					continue
				}
				for _, v := range run.Secrets {
					sec := v.Secret
					d := derived{text: sec.AzureName, of: strings.ToLower(sec.AzureGroup), said: "secret \"" + sec.ID + "\"", at: sec.Origin}
					if first := names.claim(d); first != nil {
						l.once(groupsBecomeOne(*first, d, j))
					}
				}
			}
		}
	}
}
