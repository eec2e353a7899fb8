package report

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/language"
)

// demand is a requirement of the policy before it is accounted for: its kind,
// the names that go into its texts, and the job in which it is met.
type demand struct {
	kind  Kind
	flow  *flow.Flow
	job   *flow.Job
	names map[string]string
	at    hcl.Range
	only  string // the one target that it is about; "" for all
}

// fill puts the names of the policy into a text of the table.
func (d demand) fill(text string) string {
	var pairs []string
	for name, value := range d.names {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text) // at once: a value may have braces of its own
}

// demands are everything that a plan requires, in the order in which a release
// meets it.
func demands(p *flow.Plan) []demand {
	var out []demand
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			out = append(out, ofJob(p, f, j)...)
			out = append(out, notices(f, j)...)
			out = append(out, outside(f, j)...)
		}
		for _, w := range f.Waivers {
			out = append(out, demand{kind: WaiverKind, flow: f, job: f.Jobs[0], at: w.Origin, names: map[string]string{"flow": f.ID(), "what": w.What(), "reason": w.Reason}})
		}
	}
	for _, of := range []func(*flow.Plan) []demand{ofUnapproved, ofFreezes, ofBreakGlass, ofSecrets, ofPolicy, ofRules} {
		out = append(out, of(p)...)
	}
	return out
}

func ofJob(p *flow.Plan, f *flow.Flow, j *flow.Job) []demand {
	names := map[string]string{"flow": f.ID(), "check": strings.TrimPrefix(j.Name, "check/")}
	if j.Environment != nil {
		names["environment"] = j.Environment.Name
	}
	one := func(k Kind) demand { return demand{kind: k, flow: f, job: j, names: names, at: j.Origin} }
	switch j.Kind {
	case flow.JobCheck:
		return checkDemands(f, j, one)
	case flow.JobPolicy:
		names["version"], names["title"] = p.PolicyCheck.Version, j.Title
		return []demand{one(PolicyKind)}
	case flow.JobCandidate:
		return []demand{one(CandidateKind)}
	case flow.JobApprove:
		return approvalDemands(f, j, names, one)
	case flow.JobDeploy, flow.JobMirror:
		return deployDemands(f, j, names, one)
	case flow.JobMergeBack:
		names["how"] = home(p.MergeBack)
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
	return []demand{one(CheckKind), one(proof(j, strings.TrimPrefix(j.Name, "check/")))}
}

// proof is what there is of a check that ran in a job: its report, or its exit code alone.
func proof(j *flow.Job, check string) Kind {
	if j.Reports(check) {
		return EvidenceKind
	}
	return ExitCodeKind
}

func approvalDemands(f *flow.Flow, j *flow.Job, names map[string]string, one func(Kind) demand) []demand {
	names["approval"], names["timeout"] = j.Approval.Label, flow.Duration(j.Approval.Timeout)
	for _, t := range language.Targets {
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
	kind := ApprovalKind
	if f.Kind == flow.Exception {
		kind = ExceptionKind
	}
	out := []demand{one(kind), one(RequesterKind)}
	if j.Approval.Authors {
		out = append(out, one(AuthorsKind))
	}
	return append(out, one(TimeoutKind))
}

func deployDemands(f *flow.Flow, j *flow.Job, names map[string]string, one func(Kind) demand) []demand {
	out := []demand{one(LockKind)}
	if k := artifactKind(j); k != "" {
		out = append(out, one(k))
	}
	for _, s := range j.Steps {
		if r, ok := s.(flow.Run); ok && r.Purpose == flow.ToCheck {
			d := one(VerifyKind)
			d.names = map[string]string{"check": r.Of, "environment": names["environment"], "flow": names["flow"]}
			p := one(proof(j, r.Of))
			p.names = d.names
			out = append(out, d, p)
		}
	}
	for _, g := range j.Guards {
		d := one(Kind(g.Name))
		d.names = map[string]string{"environment": names["environment"], "flow": names["flow"]}
		out = append(out, d)
	}
	if f.Kind == flow.Redeploy && j.Environment.Tier != flow.Development {
		out = append(out, one(AdoptedKind))
	}
	if len(j.Approved) > 1 {
		out = append(out, one(SeveralKind))
	}
	return out
}

// artifactKind is the kind of artifact that a deployment compares with what was
// built, or "" where the commit is the artifact.
func artifactKind(j *flow.Job) Kind {
	for _, s := range j.Steps {
		switch s := s.(type) {
		case flow.Fetch:
			return ArtifactKind
		case flow.Operation:
			switch s.Name {
			case "unpack":
				return ArtifactKind
			case "compare-image":
				return ImageKind
			}
		}
	}
	return ""
}

// home says how a hotfix comes home, who sees to it and until when.
func home(m flow.MergeBack) string {
	out := m.Mode
	if m.Owner != "" {
		out += ", by " + m.Owner
	}
	if m.Within != 0 {
		out += ", within " + flow.Duration(m.Within)
	}
	return out
}

// notices are the steps of a job that tell people of something.
func notices(f *flow.Flow, j *flow.Job) []demand {
	var out []demand
	for _, s := range j.Steps {
		r, ok := s.(flow.Run)
		notice, found := strings.CutPrefix(r.Title, "Notify ")
		if !ok || !found || r.Phase != flow.Tolerated {
			continue
		}
		out = append(out, demand{kind: NotifyKind, flow: f, job: j, names: map[string]string{"notice": notice, "event": event(f, j), "flow": f.ID()}, at: r.Origin})
	}
	return out
}

// outside are the native parts of a job, a line each target that has some.
func outside(f *flow.Flow, j *flow.Job) []demand {
	var out []demand
	for _, target := range j.Natives() {
		out = append(out, demand{kind: NativeKind, flow: f, job: j, names: map[string]string{"job": j.ID(), "flow": f.ID()}, at: native(j, target), only: target})
	}
	return out
}

// native is where the policy has the first native part of a job for a target.
func native(j *flow.Job, target string) hcl.Range {
	for _, k := range j.Keys {
		if k.Target == target {
			return k.Origin
		}
	}
	for _, s := range j.Steps {
		if n, ok := s.(flow.Native); ok && n.Target == target {
			return n.Origin
		}
	}
	return j.Origin
}

// event is what a notification in a job tells of.
func event(f *flow.Flow, j *flow.Job) string {
	switch {
	case j.Kind == flow.JobNotify:
		return "a failure"
	case j.Kind == flow.JobDeploy:
		return "a deployment to " + j.Environment.Name
	case f.Kind == flow.BreakGlassFlow:
		return "a break glass for " + j.Environment.Name
	default:
		return "an approval of " + j.Environment.Name + " that waits"
	}
}
