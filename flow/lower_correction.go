package flow

// decisions are what a correction may decide, in the order of need: which
// version is there of those that may be; which one the ledger should have said
// that is there, with what that leaves out kept as due or withdrawn; that what
// is due is not wanted any more.
var decisions = []string{"settle", "keep", "withdraw", "abandon"}

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
	inputs := []*Input{
		environment,
		{Name: "decision", Env: "CORRECTION_DECISION", Text: "settle: of what may be there, it is this version; keep, withdraw: the ledger is wrong, this version runs, and what it lacks is due or withdrawn; abandon: this version is no longer due",
			Choices: decisions, Default: decisions[0], Required: true},
		{Name: "version", Env: "CORRECTION_VERSION", Text: "The version", Required: true},
		{Name: "reason", Env: "RELEASE_REASON", Text: "Why", Required: true},
		{Name: "incident", Env: "RELEASE_INCIDENT", Text: "The incident, if there is one"},
	}
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline, Inputs: inputs}}
	for _, e := range environments {
		b.ready = nil
		b.correction(l.environments[e], inputs, chosen(environment, id(e.Label), len(environments)))
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
