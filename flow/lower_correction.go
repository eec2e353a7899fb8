package flow

import "slices"

// decisions are what a correction may decide, in the order of need: which
// version is there of those that may be; which one the ledger should have said
// that is there, with what that leaves out kept as due or withdrawn; that what
// is due is not wanted any more.
var decisions = []string{"settle", "keep", "withdraw", "abandon"}

// approvedDecisions are those that Operate takes too, unless the policy wants
// them approved.
var approvedDecisions = []string{"resume", "adopt"}

// lowerCorrection is what a person says against the ledger. It could take a
// change out of production in silence, as a redeployment could: so it has the
// same gates, in a pipeline of its own, and its request says what follows from
// it before anybody is asked.
func (l *lowering) lowerCorrection() {
	environments := l.deliveredProduction()
	if len(environments) == 0 {
		return
	}
	b := l.newFlow(Correction, "Correction", mainlineScript, l.policy.Range)
	environment := l.environmentInput("CORRECTION_ENVIRONMENT", "Where the ledger is put right", environments)
	decision := &Input{
		Name: "decision", Env: "CORRECTION_DECISION", Choices: decisions, Default: decisions[0], Required: true,
		Text: "settle: of what may be there, it is this version; keep, withdraw: the ledger is wrong, this version runs, and what it lacks is due or withdrawn; abandon: this version is no longer due",
	}
	version := &Input{Name: "version", Env: "CORRECTION_VERSION", Text: "The version", Required: true}
	inputs := []*Input{environment, decision, version}
	if l.plan.Approved {
		decision.Choices = slices.Concat(decisions, approvedDecisions)
		decision.Text += "; resume: what the subject names goes on; adopt: this version ran there before fettle"
		version.Required, version.Text = false, "The version; resume needs none"
		inputs = append(inputs, &Input{Name: "subject", Env: "RELEASE_SUBJECT", Text: "resume: the hold, the commit that answers, or --ship-again and a version; adopt: the whole id of the commit"})
	}
	inputs = append(inputs, []*Input{
		{Name: "reason", Env: "RELEASE_REASON", Text: "Why", Required: true},
		{Name: "incident", Env: "RELEASE_INCIDENT", Text: "The incident, if there is one"},
	}...)
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline, Inputs: inputs}}
	for _, e := range environments {
		b.ready = nil
		b.correction(l.environments[e], inputs, choiceOf(environment, id(e.Label), len(environments)))
	}
	b.notifyFailure()
}

func (b *builder) correction(env *Environment, inputs []*Input, when Condition) {
	var gates []*Approval
	for _, a := range b.gates(env) {
		plain := *a
		plain.Authors = false // nothing is deployed, so there is no commit that somebody wrote
		gates = append(gates, &plain)
	}
	b.decide(env, decision{
		request: "Request the correction of " + env.ID, show: "Show what would follow",
		name: "correct", record: "Record the correction of " + env.ID, title: "Record the correction",
		gates: gates, inputs: inputs, from: []string{"CORRECTION_VERSION", "CORRECTION_DECISION"}, origin: env.Origin,
	}, when)
}
