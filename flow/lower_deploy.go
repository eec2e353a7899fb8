package flow

import (
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

// deployTo is one environment of a flow: ask, wait for those who approve,
// deploy under the lock. Only the last of the three holds anything.
func (b *builder) deployTo(e *schema.Environment) { b.deployWhen(e, nil) }

func (b *builder) deployWhen(e *schema.Environment, when Condition) {
	env := b.environments[e]
	var approved []*Job
	if gates := b.gates(env); len(gates) > 0 {
		b.then(b.request(e, env, when))
		for _, a := range gates {
			approved = append(approved, b.approve(env, a))
		}
		b.then(approved...)
		when = nil // what follows a job that did not run does not run
	}
	b.then(b.deploy(e, env, approved, when))
}

// request judges the guards before anybody is asked, and says what is to be
// approved.
func (b *builder) request(e *schema.Environment, env *Environment, when Condition) *Job {
	at := scope{environment: e, agent: b.operations, known: everywhere}
	j := &Job{
		Name: "request/" + env.ID, Kind: JobRequest, Title: "Request approval for " + env.ID, Environment: env,
		When: when, Timeout: operationTimeout, Script: b.script, Writes: true, Outputs: []string{"asked"}, Origin: env.Origin,
		Steps: []Step{b.checkout(), Operation{Name: "request", Args: []string{env.ID}, Sets: []string{"asked"}, Title: "Run the guards and show what is approved"}},
	}
	if env.excludesAuthors() {
		j.Outputs = append(j.Outputs, "since", "until", "authors")
	}
	j.Steps = append(j.Steps, b.notices("waiting", at)...)
	if b.flow.Kind == BreakGlassFlow {
		j.Steps = append(j.Steps, b.notices("break_glass", at)...)
	}
	b.inputs(j, append([]string{"version", "commit", "base", "hotfix_branch", "incident"}, b.artifactOutputs()...)...)
	b.recordSaid(j)
	return b.add(j)
}

// excludesAuthors tells whether an approval asks who wrote the commits.
func (e *Environment) excludesAuthors() bool {
	return slices.ContainsFunc(e.Approvals, func(a *Approval) bool { return a.Authors })
}

func (b *builder) approve(env *Environment, a *Approval) *Job {
	return b.add(&Job{
		Name: "approve/" + env.ID + "/" + a.Label, Kind: JobApprove, Title: "Approve " + env.ID + " (" + a.Label + ")",
		Environment: env, Approval: a, Timeout: a.Timeout, Outputs: []string{"approver"}, Origin: a.Origin,
	})
}

// deploy is the job under the lock: from the guards to the verification.
func (b *builder) deploy(e *schema.Environment, env *Environment, approved []*Job, when Condition) *Job {
	j := &Job{
		Name: "deploy/" + env.ID, Kind: JobDeploy, Title: "Deploy to " + env.ID, Environment: env, Lock: env.Name,
		Agent: b.agentOf(e.Runner), Approved: approved, When: when, Timeout: deployTimeout(e),
		Script: b.script, Writes: true, Guards: b.guards(env), Origin: env.Origin,
	}
	j.Steps = b.deploySteps(e, env, j.Agent)
	b.environmentOptions(j, e, slices.Concat(e.Requires, e.Verify)...)
	keys := append([]string{"version", "commit", "base", "hotfix_branch", "incident"}, b.artifactOutputs()...)
	if len(approved) > 0 {
		keys = append(keys, "asked")
	}
	b.inputs(j, keys...)
	b.recordSaid(j)
	j.Inputs = append(j.Inputs, Datum{Env: "RELEASE_ENVIRONMENT", Literal: env.ID})
	return b.add(j)
}

// recordSaid gives a job what the person said who started the run: who approves
// reads it, and the ledger keeps it with the deployment.
func (b *builder) recordSaid(j *Job) {
	for _, i := range b.said {
		j.Inputs = append(j.Inputs, Datum{Env: i.Env, Input: i})
	}
}

func (b *builder) deploySteps(e *schema.Environment, env *Environment, on *Agent) []Step {
	at := scope{what: "environment \"" + e.Label + "\"", environment: e, agent: on, known: everywhere}
	steps := []Step{b.checkout().reading(runners(e, slices.Concat(e.Requires, e.Verify)...)...)}
	if b.recorded() {
		steps = append(steps, Operation{Name: "payload", Title: "Check out what was released"})
	}
	steps = append(steps, b.fetch(b.recorded(), at)...)
	steps = append(steps, b.setup(e, at)...)
	steps = append(steps, b.verification(e, e.Requires, at)...)
	steps = append(steps, Operation{Name: "begin", Args: []string{env.ID}, Title: "Run the guards and record the intent"})
	steps = append(steps, b.command(ToDeploy, "", e.Deploy, e.Runner, at)...)
	steps = append(steps, Operation{Name: "deployed", Args: []string{env.ID}, Title: "Record the deployment"})
	steps = append(steps, b.verification(e, e.Verify, at)...)
	return append(steps, b.ending(e, env, at)...)
}

// setup prepares the machine for the commands of a deployment. It comes before
// the checks that it may be needed for, and before anything is recorded.
func (b *builder) setup(e *schema.Environment, at scope) []Step {
	return append(b.command(ToSetUp, "", e.Setup, e.Runner, at), nativeSetups(e.Natives)...)
}

// fetch brings the artifact, of this run or of the recorded one. An image stays
// in its registry: that its digest is the recorded one is all there is to see to.
func (b *builder) fetch(recorded bool, at scope) []Step {
	switch p := b.policy.Build; {
	case b.plan.Build == nil:
		return nil
	case recorded && p.Store != nil:
		at.what = "the store"
		get := b.command(ToRestore, "", p.Store.Get, p.Runner, at)
		return append(get, Operation{Name: "unpack", Args: []string{b.plan.Build.artifact}, Title: "Unpack the artifact and compare it"})
	case b.image() != nil:
		return []Step{Operation{Name: "compare-image", Title: "Compare the image with the recorded one"}}
	default:
		return []Step{Fetch{Path: b.plan.Build.artifact, Recorded: recorded}}
	}
}

// ending is how a deployment is recorded, and what follows it. A command after
// a recorded success no longer changes what the ledger says.
func (b *builder) ending(e *schema.Environment, env *Environment, at scope) []Step {
	steps := []Step{
		Operation{Name: "passed", Args: []string{env.ID}, Title: "Record the success"},
		Operation{Name: "failed", Args: []string{env.ID}, Title: "Record the failure", Phase: OnFailure},
	}
	steps = append(steps, b.command(ToFollow, "", e.After, e.Runner, at)...)
	steps = append(steps, natives(e.Natives)...)
	if env.Tier == Production {
		steps = append(steps, b.notices("production", at)...)
	}
	return steps
}

// verification runs checks in the job that deploys: on its agent, in its
// shell, under its lock.
func (b *builder) verification(e *schema.Environment, refs []schema.Ref[schema.Check], at scope) []Step {
	var steps []Step
	for _, r := range refs {
		if r.To == nil || b.leavesOut(r.To) {
			continue
		}
		if !r.To.Required.V {
			b.report(informsUnderLock(r.To.Block, e.Label, r.Range, r.To.Required.Range))
		}
		b.noNatives(r.To, e.Label, r.Range)
		if r.To.Agent != nil && b.agents[r.To.Agent.To] != at.agent {
			b.report(agentOfVerify(r.To.Block, e.Label, r.Range))
		}
		in := at
		in.what = "check \"" + r.To.Block + "\""
		for _, s := range b.checkSteps(r.To, in) {
			if run, ok := s.(Run); ok {
				run.Timeout = r.To.Timeout.V
				s = run
			}
			steps = append(steps, s)
		}
	}
	return steps
}

// deployTimeout bounds the whole job: the deployment, and each check in it.
func deployTimeout(e *schema.Environment) time.Duration {
	sum := e.Timeout.V
	for _, c := range slices.Concat(e.Requires, e.Verify) {
		if c.To != nil {
			sum += c.To.Timeout.V
		}
	}
	return sum
}

// mirror brings what production runs to the hotfix development environment, so
// that work on a fix can start. It asks the ledger what that is, under the
// mirror's own lock, and never fails production.
func (b *builder) mirror() {
	from := b.mirrorSource()
	if b.plan.Mirror == nil || from == nil {
		return
	}
	b.mirrorJob(b.policy.Hotfix.Mirror.To, from)
}

// mirrorSource is the production environment that the mirror follows: the last one
// of the policy, since the others have passed when it is reached.
func (b *builder) mirrorSource() *Environment {
	for _, e := range slices.Backward(b.plan.Environments) {
		if e.Tier == Production {
			return e
		}
	}
	return nil
}

func (b *builder) mirrorJob(e *schema.Environment, from *Environment) {
	env := b.environments[e]
	on := b.agentOf(e.Runner)
	at := scope{what: "environment \"" + e.Label + "\"", environment: e, agent: on, known: inMirror}
	sets := append([]string{"version", "commit", "base", "hotfix_branch"}, b.artifactOutputs()...)
	steps := []Step{
		Checkout{Mainline: true}.reading(runners(e, e.Verify...)...),
		Operation{Name: "mirror", Args: []string{env.ID, from.ID}, Sets: sets, Title: "Check out what " + from.ID + " runs now"},
	}
	steps = append(steps, b.fetch(true, at)...)
	steps = append(steps, b.setup(e, at)...)
	steps = append(steps, b.command(ToDeploy, "", e.Deploy, e.Runner, at)...)
	steps = append(steps, Operation{Name: "deployed", Args: []string{env.ID}, Title: "Record the deployment"})
	steps = append(steps, b.verification(e, e.Verify, at)...)
	steps = append(steps,
		Operation{Name: "passed", Args: []string{env.ID}, Title: "Record the success"},
		Operation{Name: "failed", Args: []string{env.ID}, Title: "Record the failure", Phase: OnFailure})
	steps = append(steps, b.command(ToFollow, "", e.After, e.Runner, at)...)
	steps = append(steps, natives(e.Natives)...)
	j := b.add(&Job{
		Name: "mirror/" + env.ID, Kind: JobMirror, Title: "Mirror " + from.ID + " to " + env.ID, Environment: env, Lock: env.Name,
		Agent: on, Timeout: deployTimeout(e), Script: mainlineScript, Writes: true, Steps: steps, Origin: env.Origin,
		Inputs: []Datum{{Env: "RELEASE_ENVIRONMENT", Literal: env.ID}},
	})
	b.environmentOptions(j, e, e.Verify...)
	j.Script = mainlineScript // what it checks out is what production runs, which may be old
	for _, d := range b.dataOf(j, steps) {
		if d.Run != "" {
			j.Inputs = append(j.Inputs, d)
		}
	}
}

// inMirror are the values that the operation mirror sets, and those of the CI.
func inMirror(v language.RunValue) bool { return everywhere(v) && v != language.IncidentValue }

// notices are the commands that tell people of an event. They hold nothing up.
func (b *builder) notices(event string, at scope) []Step {
	at.what = "a notification on " + event
	var steps []Step
	for _, n := range b.policy.Notifies {
		if !slices.ContainsFunc(n.On, func(v schema.Value[string]) bool { return v.V == event }) {
			continue
		}
		for _, s := range b.command(ToNotify, strings.ReplaceAll(id(n.Label), "-", " "), n.Run, n.Runner, at) {
			run := s.(Run)
			run.Phase = Tolerated
			steps = append(steps, run)
		}
	}
	return steps
}
