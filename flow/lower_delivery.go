package flow

import (
	"slices"

	"github.com/fettle-ci/fettle/schema"
)

// identified are the outputs of identify and of resolve that say what a run is
// about.
var identified = []string{"version", "commit", "base", "hotfix_branch", "incident", "proceed"}

// artifactOutputs are the outputs of the build that say which artifact a run has: the
// digest of an image; the checksum of files, and where they are kept.
func (l *lowering) artifactOutputs() []string {
	if l.image() != nil {
		return []string{"artifact"}
	}
	return []string{"checksum", "artifact_run", "artifact_job"}
}

// image is the image that the policy builds, or nil.
func (l *lowering) image() *Image {
	if l.plan.Build == nil {
		return nil
	}
	return l.plan.Build.Image
}

// lowerDelivery is the regular way to production. With an incident it is the
// fix forward: the same jobs, with guards of their own in the script.
func (l *lowering) lowerDelivery() {
	d := l.policy.Delivery
	if d == nil {
		return
	}
	from, script := l.source()
	b := l.newFlow(Delivery, "Delivery", script, d.Range)
	incident := &Input{Name: "incident", Env: "RELEASE_INCIDENT", Text: "Fix forward: the incident that every change since production answers; empty for a regular delivery"}
	b.flow.Triggers = []Trigger{Push{Branch: from, Paths: l.plan.Paths}, Dispatch{Branch: from, Inputs: []*Input{incident}}}
	b.identify(incident)
	b.toProduction(d.Checks, d.Environments)
	released := b.ready
	b.mirror()
	if l.plan.FromReleases {
		b.then(released...)
		b.mergeBack() // what was repaired on a release branch
	}
	b.notifyFailure()
}

// source is where deliveries come from, and which script judges them. A release
// branch may be as old as a hotfix branch: today's guards, the mainline's, hold
// for both.
func (l *lowering) source() (branch, script string) {
	if l.plan.FromReleases {
		return l.plan.ReleaseBranches, mainlineScript
	}
	return l.plan.Mainline, l.plan.Script
}

// lowerHotfix is the way of a fix: the same stages, on a hotfix branch, with the
// mainline's script, and home to the mainline at its end.
func (l *lowering) lowerHotfix() {
	h := l.policy.Hotfix
	if h == nil || l.policy.Delivery == nil {
		return
	}
	b := l.newFlow(Hotfix, "Hotfix", mainlineScript, h.Range)
	b.flow.Triggers = []Trigger{Push{Branch: l.plan.Names.Line.Glob()}}
	for _, w := range h.Waivers {
		b.flow.Waivers = append(b.flow.Waivers, lowerWaiver(w))
	}
	b.identify(nil)
	b.toProduction(HotfixChecks(l.policy), HotfixEnvironments(l.policy))
	l.plan.OlderBranches = olderBranches(l.policy)
	released := b.ready
	b.mirror()
	b.then(released...)
	b.mergeBack()
	b.notifyFailure()
}

func lowerWaiver(w *schema.Waiver) Waiver {
	out := Waiver{Reason: w.Reason.V, Origin: w.Range}
	if w.Check.To != nil {
		out.Check = id(w.Check.To.Label)
		return out
	}
	out.Environment = id(w.Environment.To.Label)
	for _, a := range w.Environment.To.Approvals {
		out.Approvals = append(out.Approvals, id(a.Label))
	}
	return out
}

// olderBranches are the checks before a hotfix's candidate that branches with
// older pipeline files need too: those of production are not asked of a candidate.
func olderBranches(p *schema.Policy) []string {
	var out []string
	refs := HotfixChecks(p)
	for _, e := range HotfixEnvironments(p) {
		if e.To != nil && Tier(e.To.Tier.V) == Development {
			refs = slices.Concat(refs, e.To.Requires, e.To.Verify)
		}
	}
	for _, r := range refs {
		if r.To != nil && r.To.OlderBranches.V && r.To.Required.V && !slices.Contains(out, id(r.To.Label)) {
			out = append(out, id(r.To.Label))
		}
	}
	return out
}

// HotfixChecks are the checks of the hotfix flow: its own, or delivery's
// without those that are waived.
func HotfixChecks(p *schema.Policy) []schema.Ref[schema.Check] {
	if p.Hotfix.ChecksSet {
		return p.Hotfix.Checks
	}
	var out []schema.Ref[schema.Check]
	for _, c := range p.Delivery.Checks {
		if !p.Hotfix.Waives(c.To) {
			out = append(out, c)
		}
	}
	return out
}

// HotfixEnvironments are the environments of the hotfix flow: its own, or
// delivery's without those that are waived.
func HotfixEnvironments(p *schema.Policy) []schema.Ref[schema.Environment] {
	if p.Hotfix.EnvironmentsSet {
		return p.Hotfix.Environments
	}
	return slices.DeleteFunc(slices.Clone(p.Delivery.Environments), func(e schema.Ref[schema.Environment]) bool {
		return e.To != nil && p.Hotfix.WaivesEnvironment(e.To)
	})
}

// leavesOut tells whether the flow leaves a check out by a waiver.
func (b *builder) leavesOut(c *schema.Check) bool {
	return b.flow.Kind == Hotfix && b.policy.Hotfix.Waives(c)
}

// identify is the first job of a run: which commit it is about, and which
// version that commit has.
func (b *builder) identify(incident *Input) {
	j := b.operationJob("identify", JobIdentify, "Identify the release", Operation{
		Name: "identify", Args: []string{string(b.flow.Kind)}, Sets: identified, Title: "Reserve the version",
	})
	if b.plan.VersionRun != "" && b.flow.Kind == Delivery {
		// A command of the policy, in a step that has no credential.
		j.Steps = slices.Insert(j.Steps, 1, Step(Operation{Name: "make-version", Title: "Make the version"}))
	}
	if incident != nil {
		j.Inputs = append(j.Inputs, Datum{Env: incident.Env, Input: incident})
	}
	b.first = j
	b.then(j)
}

// toProduction are the stages between identify and production: build, checks,
// development environments, candidate, all other environments.
func (b *builder) toProduction(checks []schema.Ref[schema.Check], environments []schema.Ref[schema.Environment]) {
	b.build()
	b.checks(checks)
	before, after := b.aroundCandidate(environments)
	for _, e := range before {
		b.deployTo(e)
	}
	b.candidate(checks, before)
	for _, e := range after {
		b.deployTo(e)
	}
}

// aroundCandidate splits the environments into those before the candidate, up
// to the last of the development tier, and those after it.
func (b *builder) aroundCandidate(refs []schema.Ref[schema.Environment]) (before, after []*schema.Environment) {
	for _, r := range refs {
		switch {
		case r.To == nil:
		case Tier(r.To.Tier.V) != Development:
			after = append(after, r.To)
		case len(after) > 0:
			b.report(developmentAfter(r.To.Label, after[len(after)-1].Label, r.Range))
		default:
			before = append(before, r.To)
		}
	}
	return before, after
}

func (b *builder) build() {
	p := b.policy.Build
	if p == nil {
		return
	}
	agent := b.agentOf(p.Runner)
	j := &Job{
		Name: "build", Kind: JobBuild, Title: "Build", Agent: agent, Timeout: p.Timeout.V,
		Script: b.script, Outputs: b.artifactOutputs(), Origin: p.Range, Steps: b.buildSteps(p, agent),
	}
	j.Keys = nativeKeys(p.Natives)
	b.options(j, p.Options, p.Range)
	b.inputs(j, "version", "commit")
	b.then(b.add(j))
}

// buildSteps make the artifact and seal it: files by their checksum, an image
// by the digest that the registry gave it.
func (b *builder) buildSteps(p *schema.Build, agent *Agent) []Step {
	at := scope{what: "the build", agent: agent, known: everywhere}
	i := b.image()
	if i == nil {
		steps := slices.Concat([]Step{b.checkout().reading(p.Runner)}, natives(p.Natives), b.command(ToBuild, "", p.Run, p.Runner, at), []Step{Publish{Path: p.Artifact.V, Stored: p.Store != nil}})
		if p.Store != nil {
			steps = append(steps, b.command(ToStore, "", p.Store.Put, p.Runner, at)...)
		}
		return steps
	}
	at.known = beforeImage
	return slices.Concat(
		[]Step{b.checkout().reading(p.Runner), Operation{Name: "clear", Args: []string{i.digest}, Title: "Remove the digest of an earlier build"}},
		natives(p.Natives),
		b.command(ToBuild, "", p.Run, p.Runner, at),
		[]Step{Operation{Name: "image", Args: []string{i.repository, i.digest}, Sets: b.artifactOutputs(), Title: "Read the digest of the image"}})
}

// checks stand side by side: all run, all are reported. What follows waits for
// those that are required.
func (b *builder) checks(refs []schema.Ref[schema.Check]) {
	var jobs []*Job
	for _, r := range refs {
		if r.To == nil {
			continue
		}
		if j := b.check(r.To); !j.Informs {
			jobs = append(jobs, j)
		}
	}
	if len(jobs) > 0 {
		b.then(jobs...)
	}
}

func (b *builder) check(c *schema.Check) *Job {
	agent := b.agentOf(c.Runner)
	at := scope{what: "check \"" + c.Block + "\"", agent: agent, known: everywhere}
	j := &Job{
		Name: "check/" + id(c.Label), Kind: JobCheck, Title: "Check " + id(c.Label), Agent: agent, Timeout: c.Timeout.V,
		Informs: !c.Required.V, Script: b.script, Origin: c.Range,
		Steps: append([]Step{b.checkout().reading(c.Runner)}, b.checkSteps(c, at)...),
	}
	j.Keys = nativeKeys(c.Natives)
	b.options(j, c.Options, c.Range)
	b.inputs(j, "version", "commit")
	return b.add(j)
}

// checkSteps are the commands of a check, and the evidence that a report is.
// Without a report the exit code of the commands is the evidence. What lies
// there before the commands run is removed last: steps of a system may bring a
// cache back, and old reports with it.
func (b *builder) checkSteps(c *schema.Check, at scope) []Step {
	steps := natives(c.Natives)
	if c.Report.V != "" && b.script != "" {
		steps = append(steps, ClearReport{Check: id(c.Label), Glob: c.Report.V})
	}
	steps = append(steps, b.command(ToCheck, id(c.Label), c.Run, c.Runner, at)...)
	if c.Report.V != "" {
		steps = append(steps, Evidence{Check: id(c.Label), Glob: c.Report.V})
	}
	return steps
}

// candidate records that everything before it passed on exactly this commit,
// by what the job of each check handed on.
func (b *builder) candidate(checks []schema.Ref[schema.Check], before []*schema.Environment) {
	outcomes := b.outcomes(checks, before)
	op := Operation{Name: "candidate", Args: []string{"--outcomes"}, Title: "Record the candidate"}
	for _, o := range outcomes {
		op.Args = append(op.Args, o.name)
	}
	if b.image() != nil {
		op.Sets = b.artifactOutputs() // of a run that is run again, the image that was recorded first: it is the one that was checked
	}
	j := b.operationJob("candidate", JobCandidate, "Candidate", op)
	b.inputs(j, append([]string{"version", "commit", "base", "hotfix_branch", "incident"}, b.artifactOutputs()...)...)
	for _, o := range outcomes {
		j.Inputs = append(j.Inputs,
			Datum{Env: "RELEASE_" + variableOf(o.key()), From: o.by, Key: o.key()},
			Datum{Env: "RELEASE_RESULT_" + variableOf(o.name), From: o.by, Result: true})
	}
	b.then(j)
}

// mergeBack brings what production runs home. It asks the ledger what that is,
// and so needs nothing of the run.
func (b *builder) mergeBack() {
	if b.policy.Hotfix == nil {
		return
	}
	b.operationJob("merge-back", JobMergeBack, "Merge back", Operation{Name: "merge-back", Title: "Merge the hotfix back"})
}
