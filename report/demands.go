package report

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
)

// demand is a requirement of the policy before it is accounted for: its kind,
// the names that go into its texts, and the job in which it is met.
type demand struct {
	kind  Kind
	flow  *flow.Flow
	job   *flow.Job
	names map[string]string
	at    hcl.Range
}

// fill puts the names of the policy into a text of the table.
func (d demand) fill(text string) string {
	for name, value := range d.names {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// demands are everything that a plan requires, in the order in which a release
// meets it.
func demands(p *flow.Plan) []demand {
	var out []demand
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			out = append(out, ofJob(p, f, j)...)
		}
		for _, w := range f.Waivers {
			out = append(out, demand{kind: WaiverKind, flow: f, job: f.Jobs[0], at: w.Origin, names: map[string]string{"flow": f.ID(), "check": w.Check, "reason": w.Reason}})
		}
	}
	return append(out, ofPolicy(p)...)
}

func ofJob(p *flow.Plan, f *flow.Flow, j *flow.Job) []demand {
	names := map[string]string{"flow": f.ID(), "check": strings.TrimPrefix(j.Name, "check/")}
	if j.Environment != nil {
		names["environment"] = j.Environment.Name
	}
	one := func(k Kind) demand { return demand{k, f, j, names, j.Origin} }
	switch j.Kind {
	case flow.JobCheck:
		return checkDemands(f, j, one)
	case flow.JobCandidate:
		return []demand{one(CandidateKind)}
	case flow.JobApprove:
		return approvalDemands(j, names, one)
	case flow.JobDeploy, flow.JobMirror:
		return deployDemands(f, j, names, one)
	case flow.JobMergeBack:
		return []demand{one(MergeBackKind)}
	default:
		return nil
	}
}

func checkDemands(f *flow.Flow, j *flow.Job, one func(Kind) demand) []demand {
	switch {
	case j.Informs:
		return []demand{one(InformsKind)}
	case f.Kind == flow.MergeRequest:
		return []demand{one(RequestKind)}
	case f.Kind == flow.Schedule:
		return []demand{one(ScheduleKind)}
	}
	out := []demand{one(CheckKind)}
	if slices.ContainsFunc(j.Steps, isEvidence) {
		out = append(out, one(EvidenceKind))
	}
	return out
}

func isEvidence(s flow.Step) bool { _, ok := s.(flow.Evidence); return ok }

func approvalDemands(j *flow.Job, names map[string]string, one func(Kind) demand) []demand {
	names["approval"], names["timeout"] = j.Approval.Label, flow.Duration(j.Approval.Timeout)
	for _, t := range []string{"github", "gitlab", "azure", "jenkins"} {
		var groups []string
		for _, g := range j.Approval.Groups {
			groups = append(groups, g.On(t))
		}
		names[t] = strings.Join(groups, ", ")
	}
	var ids []string
	for _, g := range j.Approval.Groups {
		ids = append(ids, g.ID)
	}
	names["groups"] = strings.Join(ids, " or ")
	out := []demand{one(ApprovalKind), one(RequesterKind)}
	if j.Approval.Authors {
		out = append(out, one(AuthorsKind))
	}
	return append(out, one(TimeoutKind))
}

func deployDemands(f *flow.Flow, j *flow.Job, names map[string]string, one func(Kind) demand) []demand {
	out := []demand{one(LockKind)}
	for _, s := range j.Steps {
		r, ok := s.(flow.Run)
		if check, found := strings.CutPrefix(r.Title, "Check "); ok && found {
			d := one(VerifyKind)
			d.names = map[string]string{"check": check, "environment": names["environment"], "flow": names["flow"]}
			out = append(out, d)
		}
	}
	for _, g := range j.Guards {
		if g == flow.EvidenceGuard && j.Environment.Tier == flow.Development {
			continue // the checks are not over yet: the candidate comes after them
		}
		d := one(Kind(g))
		d.names = map[string]string{"environment": names["environment"], "flow": names["flow"]}
		out = append(out, d)
	}
	if len(j.Approved) > 1 {
		out = append(out, one(SeveralKind))
	}
	return out
}

// ofPolicy are the demands of every policy, whatever is in it.
func ofPolicy(p *flow.Plan) []demand {
	if len(p.Flows) == 0 {
		return nil
	}
	names := map[string]string{"mainline": p.Mainline, "ledger": p.Names.Ledger, "lines": p.Names.Line.Glob(),
		"candidates": p.Names.Candidate.Glob(), "releases": p.Names.Release.Glob(), "active": p.Active}
	var out []demand
	for _, k := range []Kind{MainlineKind, LedgerKind, TagsKind, LinesKind, TokenKind} {
		if k == LinesKind && p.Flow("hotfix") == nil {
			continue
		}
		out = append(out, demand{k, p.Flows[0], p.Flows[0].Jobs[0], names, p.Origin})
	}
	if len(p.Targets) > 1 {
		out = append(out, demand{ActiveKind, p.Flows[0], p.Flows[0].Jobs[0], names, p.Origin})
	}
	return out
}
