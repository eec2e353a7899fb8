package script

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// File renders the script of a plan.
func File(p *flow.Plan) gen.File {
	return gen.File{Path: p.Script, Content: Render(newConfig(p)), Executable: true}
}

// Has tells whether a release script, which may be an older one, has an operation:
// it knows how it is called.
func Has(code []byte, operation string) bool {
	return bytes.Contains(code, []byte("\n    "+operation+") least="))
}

var parts = sync.OnceValue(func() *template.Template {
	return gen.Templates("script", template.FuncMap{"sh": gen.Shell})
})

// view is the settings and the part that depends on the forge: only that of the
// chosen one is in the script.
type view struct {
	Config
	ForgePart string
}

// Render prints the script.
func Render(s Config) []byte {
	v := view{Config: s}
	if s.MergeBack.Mode != "" {
		part := gen.Render(parts(), "forge_"+s.Forge+".sh.tmpl", s)
		v.ForgePart = string(part)
		gen.Recycle(part)
	}
	return gen.Render(parts(), "release.sh.tmpl", v)
}

// newConfig takes from a plan what the script must know.
func newConfig(p *flow.Plan) Config {
	s := Config{
		Header: gen.Header("#", p),
		Policy: p.Policy, Component: p.Component, Script: p.Script, MergeBackPrefix: p.Names.MergeBack, Mainline: p.Mainline, Ledger: p.Names.Ledger, Active: p.Active, Version: p.Version,
		VersionCommand: p.VersionRun, Forge: p.Forge, IncidentPattern: p.Incident, Paths: p.Paths, Unmergeable: p.Unmergeable, Irreversible: p.Irreversible,
		Candidate: Pattern(p.Names.Candidate), Release: Pattern(p.Names.Release), Line: Pattern(p.Names.Line),
		HotfixCandidate: Pattern(p.Names.HotfixCandidate), HotfixRelease: Pattern(p.Names.HotfixRelease),
		DeliveryChecks: candidateChecks(p.Flow("delivery")), HotfixChecks: candidateChecks(p.Flow("hotfix")),
	}
	for _, c := range s.HotfixChecks {
		if slices.Contains(p.OlderBranches, c) {
			s.OlderBranches = append(s.OlderBranches, c)
		}
	}
	s.Image = p.Build != nil && p.Build.Image != nil
	s.FromReleases = p.FromReleases
	s.Committer = Committer(p.Committer)
	s.LFS = string(p.LFS)
	s.PolicyCheck = p.PolicyCheck != nil
	s.ReleaseBranch.Prefix, s.ReleaseBranch.Suffix, _ = strings.Cut(p.ReleaseBranches, "*")
	for _, e := range p.Environments {
		s.Environments = append(s.Environments, Environment{ID: e.ID, Tier: string(e.Tier)})
	}
	s.Redeployable = redeployable(p)
	s.Corrections = p.Flow(string(flow.Correction)) != nil
	s.ApprovedOperations = s.Corrections && p.Approved
	s.Freezes = freezes(p)
	if g := p.BreakGlass; g != nil {
		s.BreakGlass = &BreakGlass{MaySkip: g.MaySkip, ReviewSeconds: int64(g.Review.Seconds())}
	}
	s.AuthorsExcluded = slices.ContainsFunc(p.Environments, func(e *flow.Environment) bool {
		return slices.ContainsFunc(e.Approvals, func(a *flow.Approval) bool { return a.Authors })
	})
	if f := p.Flow("hotfix"); f != nil {
		s.MergeBack = MergeBack{Mode: p.MergeBack.Mode, OnConflict: p.MergeBack.OnConflict, Owner: p.MergeBack.Owner}
		if p.MergeBack.Within > 0 {
			s.MergeBack.Within = flow.Duration(p.MergeBack.Within)
		}
		for _, j := range f.Jobs {
			if j.Kind == flow.JobApprove {
				s.HotfixApprovals = append(s.HotfixApprovals, j.Environment.ID+"/"+j.Approval.Label)
			}
		}
		for _, w := range f.Waivers {
			s.Waivers = append(s.Waivers, Waiver{Check: w.Check, Environment: w.Environment, Approvals: w.Approvals, Reason: w.Reason})
		}
	}
	return s
}

// redeployable are the environments of the redeploy flow.
func redeployable(p *flow.Plan) []string {
	f := p.Flow(string(flow.Redeploy))
	if f == nil {
		return nil
	}
	var out []string
	for _, j := range f.Jobs {
		if j.Kind == flow.JobDeploy {
			out = append(out, j.Environment.ID)
		}
	}
	return out
}

// candidateChecks are what the candidate of a flow must carry: what its
// operation records.
func candidateChecks(f *flow.Flow) []string {
	if f == nil {
		return nil
	}
	for _, j := range f.Jobs {
		for _, s := range j.Steps {
			if op, ok := s.(flow.Operation); ok && op.Name == "candidate" {
				return checksOf(op.Args[1:])
			}
		}
	}
	return nil
}

// checksOf are the checks of outcomes, each once: one may run in several
// environments, as ci/smoke and qa/smoke.
func checksOf(outcomes []string) []string {
	var out []string
	for _, o := range outcomes {
		if check := path.Base(o); !slices.Contains(out, check) {
			out = append(out, check)
		}
	}
	return out
}

// freezes are all windows of the policy. Their seconds are what the script
// compares with its clock: no agent needs to know a time zone.
func freezes(p *flow.Plan) []Freeze {
	var out []Freeze
	for _, f := range p.Freezes {
		var environments []string
		for _, e := range f.Environments {
			environments = append(environments, e.ID)
		}
		for _, w := range f.Windows {
			out = append(out, Freeze{
				Name: f.ID, Begin: w.Begin.Unix(), End: w.End.Unix(), Until: w.End.Format("2006-01-02T15:04Z07:00"),
				Delivery: f.Delivery, Hotfix: f.Hotfix, Redeploy: f.Redeploy, Environments: environments,
			})
		}
	}
	return out
}
