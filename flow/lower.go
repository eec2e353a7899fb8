package flow

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
)

// Lower turns what a policy says into what happens. The plan that comes with
// errors is as complete as it could be made, and good for further checks, but
// not for generating.
func Lower(p *schema.Policy) (*Plan, diag.Diagnostics) {
	l := &lowering{
		policy:       p,
		plan:         &Plan{},
		agents:       map[*schema.Agent]*Agent{},
		environments: map[*schema.Environment]*Environment{},
		secrets:      map[*schema.Secret]*Secret{},
		told:         map[told]bool{},
	}
	for _, pass := range passes {
		pass(l)
	}
	return l.plan, l.diags
}

// passes build the plan in order; each uses what those before it made.
var passes = []func(*lowering){
	(*lowering).lowerBasics,       // names, targets, mainline: everything below reads them
	(*lowering).lowerPaths,        // before flows, which they start
	(*lowering).lowerAgents,       // before environments, which run on them
	(*lowering).lowerSecrets,      // before commands, which receive them
	(*lowering).claimRunners,      // after secrets, whose names on GitLab it compares
	(*lowering).lowerEnvironments, // before flows, which deploy to them
	(*lowering).needProduction,    // before the flows that are for it
	(*lowering).lowerFreezes,      // before flows, whose guards judge them
	(*lowering).lowerBreakGlass,   // before flows, whose deliveries ask for its review
	(*lowering).lowerDelivery,     // first of the flows: hotfix takes what it does not say from it
	(*lowering).lowerHotfix,
	(*lowering).lowerRedeploy,
	(*lowering).lowerMirror,
	(*lowering).lowerException,
	(*lowering).lowerGlassFlow,
	(*lowering).lowerCorrection,
	(*lowering).lowerOperate,
	(*lowering).lowerMergeRequest,
	(*lowering).lowerSchedules,
	(*lowering).lowerHistory, // after all jobs, whose steps it looks at
	(*lowering).lowerLFS,     // as well
	(*lowering).claimShared,  // after all flows
	(*lowering).claimGroups,
	(*lowering).limitCounts,
	(*lowering).sayImage, // after all jobs
	(*lowering).lowerRules,
}

// lowering is the state of one call of Lower. The maps are for lookups only.
type lowering struct {
	policy       *schema.Policy
	plan         *Plan
	diags        diag.Diagnostics
	operations   *Agent
	agents       map[*schema.Agent]*Agent
	environments map[*schema.Environment]*Environment
	secrets      map[*schema.Secret]*Secret
	told         map[told]bool
}

// told is what was said of a call or of a group: what several environments share
// is one mistake.
type told struct {
	at   hcl.Range
	what string
}

func (l *lowering) reportOnce(c *eval.Call, what string, d *diag.Diagnostic) {
	if !l.told[told{c.Range, what}] {
		l.told[told{c.Range, what}] = true
		l.report(d)
	}
}

func (l *lowering) report(d *diag.Diagnostic) { l.diags = append(l.diags, d) }

// once reports what is wrong at a place for the first environment that comes
// there: a misspelt name is one mistake, however many deploy by it.
func (l *lowering) once(d *diag.Diagnostic) {
	if !slices.ContainsFunc(l.diags, func(o *diag.Diagnostic) bool { return o.Code == d.Code && o.Subject == d.Subject }) {
		l.report(d)
	}
}

func (l *lowering) lowerBasics() {
	p := l.policy
	l.plan.Policy = p.Name
	l.plan.Component = p.Component.V
	l.plan.GitLabRoot = p.GitLabRoot.V
	l.plan.Splitting = p.Splitting
	l.plan.Shares = p.Component.V != ""
	l.plan.Script = scriptOf(p.Component.V)
	l.plan.Description = p.Description.V
	l.plan.Mainline = p.Mainline.V
	l.plan.Approved = p.Approved.V
	if p.LFS.Set {
		l.plan.LFS = LFSLeft
	}
	if p.LFS.V {
		l.plan.LFS = LFSFetched
	}
	if m := p.MergeRequest; m != nil && m.Policy != nil {
		l.plan.PolicyCheck = &PolicyCheck{Version: m.Policy.Version.V, URL: m.Policy.URL.V, SHA256: m.Policy.SHA256.V}
	}
	l.plan.Default = p.Default.V
	for _, f := range p.Former {
		l.plan.Former = append(l.plan.Former, f.V)
	}
	l.plan.ReleaseBranches = p.ReleaseBranches.V
	l.plan.FromReleases = p.Delivery != nil && p.Delivery.From.V == p.ReleaseBranches.V && p.ReleaseBranches.V != ""
	l.plan.Origin = p.Range
	l.plan.Version = p.Version.V
	for _, t := range p.Targets {
		l.plan.Targets = append(l.plan.Targets, t.V)
	}
	l.plan.Active = activeTarget(p)
	l.plan.Forge = forgeOf(p, l.plan.Active)
	for _, u := range p.Unmergeable {
		l.plan.Unmergeable = append(l.plan.Unmergeable, u.V)
	}
	for _, u := range p.Irreversible {
		l.plan.Irreversible = append(l.plan.Irreversible, u.V)
	}
	for _, t := range p.VersionRun.Texts {
		l.plan.VersionRun = joinLines(l.plan.VersionRun, l.staticText(t, versionCommand))
	}
	l.plan.Names = Names{
		Candidate:       pattern(p.Names.Candidate),
		Release:         pattern(p.Names.Release),
		Line:            pattern(p.Names.HotfixBranch),
		HotfixCandidate: pattern(p.Names.HotfixCandidate),
		HotfixRelease:   pattern(p.Names.HotfixRelease),
		Ledger:          p.Names.Ledger.V,
		MergeBack:       refFolder(p.Component.V) + "merge-back/",
	}
	if c := p.Committer; c.Name.V != "" {
		l.plan.Committer = Committer{Name: c.Name.V, Email: c.Email.V, Signed: c.Signed.V}
	}
	l.lowerMergeBack()
}

func (l *lowering) lowerMergeBack() {
	h := l.policy.Hotfix
	if h == nil {
		return
	}
	l.plan.Incident = h.Incident.Pattern.V
	l.plan.MergeBack = MergeBack{Mode: h.MergeBack.Mode.V, OnConflict: h.MergeBack.OnConflict.V, Within: h.MergeBack.Within.V}
	if o := h.MergeBack.Owner; o != nil && o.To != nil {
		l.plan.MergeBack.Owner = groupName(o.To, l.plan.Forge)
	}
}

// groupName is how a forge calls a group; its label where the policy does not
// say, which is still a name that people understand.
func groupName(g *schema.Group, forge string) string {
	if s := systems[forge]; s.forge == forge && forge != "" {
		if n := s.group(g).V; n != "" {
			return n
		}
	}
	return g.Label
}

func pattern(p schema.Pattern) Pattern { return Pattern{Prefix: p.Prefix, Suffix: p.Suffix} }

func activeTarget(p *schema.Policy) string {
	if p.Active.V == "" && len(p.Targets) > 0 {
		return p.Targets[0].V
	}
	return p.Active.V
}

func forgeOf(p *schema.Policy, active string) string {
	if p.Forge.V != "" {
		return p.Forge.V
	}
	if f := systems[active].forge; f != "" { // else merge-backs are only pushed
		return f
	}
	return "none"
}

func refFolder(component string) string {
	if component == "" {
		return ""
	}
	return component + "/"
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}
