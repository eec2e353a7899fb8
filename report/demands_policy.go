package report

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// ofFreezes are the demands of each freeze: what may go in it, and who lets
// something through.
func ofFreezes(p *flow.Plan) []demand {
	var out []demand
	for _, z := range p.Freezes {
		var environments []string
		for _, e := range z.Environments {
			environments = append(environments, e.Name)
		}
		names := map[string]string{"freeze": z.ID, "environments": strings.Join(environments, ", "),
			"delivery": in(z.Delivery), "hotfix": in(z.Hotfix), "redeploy": in(z.Redeploy)}
		out = append(out, demand{kind: FreezeKind, flow: p.Flows[0], job: p.Flows[0].Jobs[0], names: names, at: z.Origin})
		if f := p.Flow(string(flow.Exception)); f != nil && slices.Contains([]string{z.Delivery, z.Hotfix, z.Redeploy}, "approve") {
			out = append(out, demand{kind: SecondKind, flow: f, job: f.Jobs[0], names: names, at: z.Origin})
		}
	}
	return out
}

// in is what happens to something that comes into a freeze.
func in(may string) string {
	switch may {
	case "block":
		return "waits"
	case "approve":
		return "needs a second approval"
	case "allow":
		return "goes"
	default:
		panic("report: unexpected word for a freeze " + may)
	}
}

// ofBreakGlass are the demands of the only override.
func ofBreakGlass(p *flow.Plan) []demand {
	f := p.Flow(string(flow.BreakGlassFlow))
	if p.BreakGlass == nil || f == nil {
		return nil
	}
	names := map[string]string{"skips": strings.Join(p.BreakGlass.MaySkip, ", "), "review": flow.Duration(p.BreakGlass.Review)}
	var out []demand
	for _, k := range []Kind{GlassRecordKind, GlassSkipKind, GlassReviewKind} {
		out = append(out, demand{kind: k, flow: f, job: f.Jobs[0], names: names, at: p.BreakGlass.Gate.Origin})
	}
	return out
}

// ofUnapproved are what people may start without an approval.
func ofUnapproved(p *flow.Plan) []demand {
	var out []demand
	for _, u := range p.WithoutApproval() {
		out = append(out, demand{kind: StartKind, flow: u.Flow, job: u.Job, at: u.Job.Origin,
			names: map[string]string{"flow": u.Flow.ID(), "what": strings.Join(u.What, ", "), "mainline": p.Mainline}})
	}
	return out
}

// ofSecrets are the secrets that some step is handed, each with the first job
// that it is for.
func ofSecrets(p *flow.Plan) []demand {
	var out []demand
	var seen []*flow.Secret
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			for _, v := range secretVars(j) {
				if !slices.Contains(seen, v.Secret) {
					seen = append(seen, v.Secret)
					out = append(out, demand{kind: SecretKind, flow: f, job: j, names: storePlaces(v), at: v.Secret.Origin})
				}
			}
		}
	}
	return out
}

func secretVars(j *flow.Job) []flow.SecretVar {
	var out []flow.SecretVar
	for _, s := range j.Steps {
		if r, ok := s.(flow.Run); ok {
			out = append(out, r.Secrets...)
		}
	}
	return out
}

// storePlaces says where each system keeps a secret, and what a step knows it by.
func storePlaces(v flow.SecretVar) map[string]string {
	azure := "variable `" + v.Secret.AzureName + "` of the pipeline"
	if v.Secret.AzureGroup != "" {
		azure = "variable `" + v.Secret.AzureName + "` of the group `" + v.Secret.AzureGroup + "`"
	}
	return map[string]string{"secret": v.Secret.ID, "variable": v.Name, "github": v.Secret.GitHub, "gitlab": v.Secret.GitLab, "azure": azure, "jenkins": v.Secret.Jenkins}
}

// ofPolicy are the demands of every policy, whatever is in it.
func ofPolicy(p *flow.Plan) []demand {
	if len(p.Flows) == 0 {
		return nil
	}
	names := map[string]string{"mainline": p.Mainline, "ledger": p.Names.Ledger, "hotfix_branches": p.Names.Line.Glob(), "tags": tags(p), "from": p.Mainline}
	if p.FromReleases {
		names["from"] = p.ReleaseBranches
	}
	var out []demand
	for _, k := range []Kind{FromKind, MainlineKind, LedgerKind, TagsKind, BranchesKind, TokenKind} {
		if k == BranchesKind && p.Flow("hotfix") == nil || k == FromKind && p.Flow("delivery") == nil {
			continue
		}
		out = append(out, demand{kind: k, flow: p.Flows[0], job: p.Flows[0].Jobs[0], names: names, at: p.Origin})
	}
	return out
}

// ofRules are what the policy demands of itself.
func ofRules(p *flow.Plan) []demand {
	var out []demand
	for _, r := range p.Rules {
		out = append(out, demand{kind: RuleKind, names: map[string]string{"rule": r.ID, "message": r.Message}, at: r.Origin})
	}
	return out
}

// tags are the patterns of all candidates and releases.
func tags(p *flow.Plan) string {
	out := []string{p.Names.Candidate.Glob(), p.Names.Release.Glob()}
	if p.Flow("hotfix") != nil {
		out = append(out, p.Names.HotfixCandidate.Glob(), p.Names.HotfixRelease.Glob())
	}
	slices.Sort(out)
	return "`" + strings.Join(slices.Compact(out), "`, `") + "`"
}
