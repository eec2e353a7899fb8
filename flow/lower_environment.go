package flow

import (
	"slices"

	"github.com/fettle-ci/fettle/schema"
)

func (l *lowering) lowerEnvironments() {
	if slices.Contains(l.plan.Targets, "github") {
		l.claim(derived{environmentSpace, l.plan.PushEnvironment(), pushes, "the environment of GitHub that has the credential which pushes", l.policy.Range})
	}
	for _, e := range l.policy.Environments {
		out := &Environment{ID: id(e.Label), Name: l.plan.Prefix() + id(e.Label), URL: e.URL.V, Tier: Tier(e.Tier.V), Origin: e.Range}
		l.claim(derived{environmentSpace, out.Name, out.Name, "environment \"" + out.ID + "\"", e.Range})
		for _, a := range e.Approvals {
			out.Approvals = append(out.Approvals, l.lowerApproval(a))
		}
		l.environments[e] = out
		l.plan.Environments = append(l.plan.Environments, out)
	}
	if h := l.policy.Hotfix; h != nil && h.Mirror != nil && h.Mirror.To != nil {
		l.plan.Mirror = l.environments[h.Mirror.To]
		if l.plan.Mirror.Tier == Production {
			l.report(mirrorIsProduction(h.Mirror.To.Label, h.Mirror.Range))
		}
	}
	if b := l.policy.Build; b != nil {
		l.plan.Build = &Build{artifact: b.Artifact.V}
		if b.Image != nil {
			l.plan.Build.Image = &Image{repository: b.Image.Repository.V, digest: b.Image.Digest.V}
		}
	}
}

func (l *lowering) lowerApproval(a *schema.Approval) *Approval {
	out := &Approval{Label: id(a.Label), Timeout: a.Timeout.V, Origin: a.Range}
	for _, g := range a.Approvers {
		if g.To == nil {
			continue
		}
		out.Groups = append(out.Groups, l.lowerGroup(g))
	}
	l.excludeAuthors(a, out)
	if a.Minimum.Set && a.Minimum.V > 1 {
		l.report(approvalNotCountable(a, l.plan.Targets))
	}
	return out
}

func (l *lowering) excludeAuthors(a *schema.Approval, out *Approval) {
	for _, x := range a.Exclude {
		if x.V != "authors" {
			continue
		}
		out.Authors = true
		for _, t := range l.plan.Targets {
			if !NamesAuthors(t) {
				l.report(authorsUnknownOn(t, x.Range))
			}
		}
	}
}

// lowerGroup keeps the names of the targets, and reports a target that the
// group does not exist on: an approval that nobody can give is no gate, and
// one that anybody can give is none either.
func (l *lowering) lowerGroup(g schema.Ref[schema.Group]) Group {
	for _, t := range l.plan.Targets {
		lacks := told{g.To.Range, t}
		if !systems[t].group(g.To).Set && !l.told[lacks] {
			l.told[lacks] = true // wherever it is named besides, it is the same mistake
			l.report(groupUnknownOn(g.To, t, g.Range))
		}
	}
	return l.group(g)
}

// group is a group whose names have been judged where the policy names it.
func (l *lowering) group(g schema.Ref[schema.Group]) Group {
	out := Group{ID: id(g.To.Label), Origin: g.Range}
	for _, t := range l.plan.Targets {
		of := systems[t]
		*of.ownGroup(&out) = of.group(g.To).V
	}
	return out
}

// needProduction refuses what is for production where nothing is: without the
// tier there would be no guard, no hotfix branch and no redeployment, and no word.
func (l *lowering) needProduction() {
	p := l.policy
	if slices.ContainsFunc(p.Environments, func(e *schema.Environment) bool { return Tier(e.Tier.V) == Production }) {
		return
	}
	switch {
	case p.Hotfix != nil:
		l.report(noProduction("hotfix", p.Hotfix.Range))
	case p.Redeploy != nil:
		l.report(noProduction("redeploy", p.Redeploy.Range))
	case p.Approved.V:
		l.report(noProduction("approved_operations", p.Approved.Range))
	}
}
