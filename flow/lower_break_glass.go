package flow

import (
	"slices"

	"github.com/fettle-ci/fettle/schema"
)

// glassGate is the label of the approval that opens a break glass.
const glassGate = "break-glass"

// lowerBreakGlass says what may be skipped, who opens it and until when
// somebody else looks at it.
func (l *lowering) lowerBreakGlass() {
	g := l.policy.BreakGlass
	if g == nil || l.policy.Delivery == nil {
		return
	}
	l.plan.BreakGlass = &BreakGlass{Review: g.Review.V, Gate: &Approval{Label: glassGate, Timeout: g.Timeout.V, Origin: g.Range}}
	for _, a := range g.Approvers {
		l.plan.BreakGlass.Gate.Groups = append(l.plan.BreakGlass.Gate.Groups, l.lowerGroup(a))
	}
	for _, w := range g.MaySkip {
		l.plan.BreakGlass.MaySkip = append(l.plan.BreakGlass.MaySkip, w.V)
	}
}

// lowerGlassFlow brings a candidate to production past the gates that the
// policy names. It is a flow of its own, so that the others have no way round
// their gates: what it is for is written into the ledger first, people are told
// and one of them opens it; then it is a deployment like any other, whose
// guards let pass only what may be skipped.
func (l *lowering) lowerGlassFlow() {
	if l.plan.BreakGlass == nil {
		return
	}
	g := l.policy.BreakGlass
	environments := l.deliveredProduction()
	if len(environments) == 0 {
		l.report(breakGlassForNothing(g))
		return
	}
	if !l.tells("break_glass") {
		l.report(breakGlassUnheard(g.Range))
	}
	b := l.newFlow(BreakGlassFlow, "Break glass", mainlineScript, g.Range)
	environment := l.environmentInput("GLASS_ENVIRONMENT", "BREAK GLASS: where to deploy past the gates", environments)
	inputs := []*Input{
		environment,
		{Name: "version", Env: "GLASS_VERSION", Text: "The version, which is a candidate", Required: true},
		{Name: "incident", Env: "GLASS_INCIDENT", Text: "The incident", Required: true},
		{Name: "reason", Env: "RELEASE_REASON", Text: "Why", Required: true},
	}
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline, Inputs: inputs}}
	b.open(inputs)
	first := b.ready
	for _, e := range environments {
		for _, a := range e.Approvals {
			if id(a.Label) == glassGate {
				l.report(approvalLabelTaken(a.Label, "break_glass", e.Label, a.Range))
			}
		}
		b.then(first...)
		b.deployWhen(e, choiceOf(environment, id(e.Label), len(environments)))
		if l.environments[e] == b.mirrorSource() {
			released := b.ready
			b.mirror()
			b.then(released...)
			b.mergeBack()
		}
	}
	b.notifyFailure()
}

// open writes into the ledger what the glass is to be broken for, before
// anything else, and finds what the version is.
func (b *builder) open(inputs []*Input) {
	sets := append([]string{"version", "commit", "base", "hotfix_branch", "incident"}, b.artifactOutputs()...)
	var from []string
	for _, i := range inputs[:3] {
		from = append(from, i.Env)
	}
	j := b.operationJob("open", JobOpen, "Record why break glass is used", Operation{Name: "open", FromEnv: from, Sets: sets, Title: "Record it in the ledger"})
	for _, i := range inputs {
		j.Inputs = append(j.Inputs, Datum{Env: i.Env, Input: i})
	}
	b.then(j)
}

// gates are the approvals that a deployment waits for.
func (b *builder) gates(env *Environment) []*Approval {
	switch {
	case b.flow.Kind != BreakGlassFlow:
		return env.Approvals
	case b.plan.BreakGlass.skips("approval"):
		return []*Approval{b.plan.BreakGlass.Gate}
	default:
		return append(slices.Clone(env.Approvals), b.plan.BreakGlass.Gate)
	}
}

// skips tells whether the break glass may open a gate.
func (g *BreakGlass) skips(gate string) bool { return g != nil && slices.Contains(g.MaySkip, gate) }

// recorded tells whether the flow deploys what an earlier run made.
func (b *builder) recorded() bool { return b.flow.Kind == Redeploy || b.flow.Kind == BreakGlassFlow }

// tells tells whether a notification is sent of an event.
func (l *lowering) tells(event string) bool {
	return slices.ContainsFunc(l.policy.Notifies, func(n *schema.Notify) bool {
		return slices.ContainsFunc(n.On, func(v schema.Value[string]) bool { return v.V == event })
	})
}
