package report_test

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/report"
	"github.com/fettle-ci/fettle/schema"
)

// statement is something that a policy requires, and the requirement of the
// report that has to answer it: of a kind, at a line, with certain words.
type statement struct {
	kind report.Kind
	at   hcl.Range
	says []string
}

func (s statement) answered(q report.Requirement) bool {
	return q.Kind == s.kind && (s.at == hcl.Range{} || q.At.Filename == s.at.Filename && q.At.Start.Line == s.at.Start.Line) &&
		!slices.ContainsFunc(s.says, func(w string) bool { return !strings.Contains(q.Text, w) })
}

// statements are read from the policy itself, not from the plan that the report
// is made of: what gets lost on the way is missed.
func statements(p *schema.Policy) []statement {
	out := slices.Concat(ofDelivery(p), ofHotfix(p), ofRedeploy(p), ofPeople(p), ofTimes(p), ofParts(p))
	if p.Delivery == nil {
		return out
	}
	for _, k := range []report.Kind{report.MainlineKind, report.LedgerKind, report.TagsKind, report.TokenKind, report.FromKind} {
		out = append(out, statement{k, p.Range, nil})
	}
	return out
}

func ofDelivery(p *schema.Policy) []statement {
	if p.Delivery == nil {
		return nil
	}
	return slices.Concat(checks("delivery", p.Delivery.Checks), environments(p, "delivery", p.Delivery.Environments))
}

func ofHotfix(p *schema.Policy) []statement {
	if p.Hotfix == nil {
		return nil
	}
	out := []statement{{report.MergeBackKind, hcl.Range{}, []string{p.Hotfix.MergeBack.Mode.V, "flow hotfix"}}, {report.BranchesKind, p.Range, nil}}
	for _, w := range p.Hotfix.Waivers {
		out = append(out, statement{report.WaiverKind, w.Range, []string{w.Reason.V}})
	}
	needed, through := p.Hotfix.Checks, p.Hotfix.Environments
	if !p.Hotfix.ChecksSet {
		needed = slices.DeleteFunc(slices.Clone(p.Delivery.Checks), func(r schema.Ref[schema.Check]) bool { return waived(p, r) })
	}
	if p.Hotfix.EnvironmentsSet {
		out = append(out, environments(p, "hotfix", through)...)
	}
	return append(out, checks("hotfix", needed)...)
}

func waived(p *schema.Policy, r schema.Ref[schema.Check]) bool {
	return slices.ContainsFunc(p.Hotfix.Waivers, func(w *schema.Waiver) bool { return w.Check.To == r.To })
}

func ofRedeploy(p *schema.Policy) []statement {
	if p.Redeploy == nil {
		return nil
	}
	return environments(p, "redeploy", p.Redeploy.Environments)
}

func checks(kind string, refs []schema.Ref[schema.Check]) []statement {
	var out []statement
	for _, r := range refs {
		if r.To == nil {
			continue
		}
		if !r.To.Required.V {
			out = append(out, statement{report.InformsKind, r.To.Range, []string{kind}})
			continue
		}
		out = append(out, statement{report.CheckKind, r.To.Range, []string{kind}})
		out = append(out, statement{proof(r.To), r.To.Range, []string{kind}})
	}
	return out
}

func proof(c *schema.Check) report.Kind {
	if c.Report.V != "" {
		return report.EvidenceKind
	}
	return report.ExitCodeKind
}

func environments(p *schema.Policy, kind string, refs []schema.Ref[schema.Environment]) []statement {
	var out []statement
	for _, r := range refs {
		if r.To == nil {
			continue
		}
		here := "flow " + kind
		out = append(out, statement{report.LockKind, r.To.Range, []string{here}})
		for _, c := range slices.Concat(r.To.Requires, r.To.Verify) {
			name := strings.ReplaceAll(c.To.Block, "_", "-")
			if kind == "hotfix" && waived(p, c) {
				continue
			}
			out = append(out, statement{report.VerifyKind, r.To.Range, []string{name, here}})
			out = append(out, statement{proof(c.To), r.To.Range, []string{name, here}})
		}
		if p.Build != nil {
			sealed := report.ArtifactKind
			if p.Build.Artifact.V == "" {
				sealed = report.ImageKind
			}
			out = append(out, statement{sealed, r.To.Range, []string{here}})
		}
		for _, a := range r.To.Approvals {
			for _, k := range []report.Kind{report.ApprovalKind, report.RequesterKind, report.TimeoutKind} {
				out = append(out, statement{k, a.Range, []string{here}})
			}
			if slices.ContainsFunc(a.Exclude, func(v schema.Value[string]) bool { return v.V == "authors" }) {
				out = append(out, statement{report.AuthorsKind, a.Range, []string{here}})
			}
		}
		if len(r.To.Approvals) > 1 {
			out = append(out, statement{report.SeveralKind, r.To.Range, []string{here}})
		}
	}
	return out
}

// ofPeople are who is told, what they are told of, and what they must not see.
func ofPeople(p *schema.Policy) []statement {
	var out []statement
	if p.Delivery == nil {
		return nil
	}
	events := map[string]string{"failure": "a failure", "waiting": "that waits", "production": "a deployment to", "break_glass": "a break glass for"}
	for _, n := range p.Notifies {
		for _, on := range n.On {
			if on.V == "waiting" && !slices.ContainsFunc(p.Environments, func(e *schema.Environment) bool { return len(e.Approvals) > 0 }) {
				continue
			}
			out = append(out, statement{report.NotifyKind, hcl.Range{}, []string{strings.ReplaceAll(n.Label, "_", " ") + " is notified", events[on.V]}})
		}
		for _, s := range n.Secrets {
			out = append(out, statement{report.SecretKind, s.Secret.To.Range, nil})
		}
	}
	for _, c := range p.Delivery.Checks {
		for _, s := range c.To.Secrets {
			out = append(out, statement{report.SecretKind, s.Secret.To.Range, nil})
		}
	}
	for _, e := range p.Delivery.Environments {
		for _, s := range e.To.Secrets {
			out = append(out, statement{report.SecretKind, s.Secret.To.Range, nil})
		}
	}
	return out
}

// ofParts are what is outside: native parts, each where some job has it, and the
// policy's own rules.
func ofParts(p *schema.Policy) []statement {
	var out []statement
	for _, r := range p.Rules {
		out = append(out, statement{report.RuleKind, r.Range, []string{r.Label, r.Message.V}})
	}
	if p.Delivery == nil {
		return out
	}
	for _, c := range p.Delivery.Checks {
		for _, n := range c.To.Natives {
			at := n.Keys.Range
			if !n.Keys.Set {
				at = n.Steps.Range
			}
			out = append(out, statement{report.NativeKind, at, []string{"flow delivery"}})
		}
	}
	return out
}

// ofTimes are freezes, schedules, and the way past a freeze.
func ofTimes(p *schema.Policy) []statement {
	var out []statement
	for _, f := range p.Freezes {
		out = append(out, statement{report.FreezeKind, f.Range, nil})
	}
	for _, s := range p.Schedules {
		for _, c := range s.Checks {
			out = append(out, statement{report.ScheduleKind, c.To.Range, nil})
		}
	}
	if g := p.BreakGlass; g != nil {
		var may []string
		for _, w := range g.MaySkip {
			may = append(may, w.V)
		}
		out = append(out, statement{report.GlassRecordKind, g.Range, nil}, statement{report.GlassSkipKind, g.Range, may},
			statement{report.GlassReviewKind, g.Range, []string{flow.Duration(g.Review.V)}}, statement{report.ApprovalKind, g.Range, []string{"flow break-glass"}},
			statement{"review", hcl.Range{}, []string{"flow delivery"}})
	}
	return out
}

// obligations are what the plan adds to it: each lock, guard, gate and check of each flow.
func obligations(p *flow.Plan) []statement {
	var out []statement
	for _, f := range p.Flows {
		here := []string{"flow " + f.ID()}
		for _, j := range f.Jobs {
			if j.Lock != "" {
				out = append(out, statement{report.LockKind, j.Origin, here})
			}
			for _, g := range j.Guards {
				out = append(out, statement{report.Kind(g.Name), j.Origin, here})
			}
			for _, s := range j.Steps {
				if e, ok := s.(flow.Evidence); ok && j.Lock != "" {
					out = append(out, statement{report.VerifyKind, j.Origin, append([]string{e.Check}, here...)})
				}
			}
			switch j.Kind {
			case flow.JobCandidate:
				out = append(out, statement{report.CandidateKind, j.Origin, here})
			case flow.JobApprove:
				out = append(out, statement{report.RequesterKind, j.Origin, here}, statement{report.TimeoutKind, j.Origin, here})
			case flow.JobMergeBack:
				out = append(out, statement{report.MergeBackKind, j.Origin, here})
			}
		}
	}
	return out
}
