package flow

// lowerRules keeps what the policy demands of itself. The rules are judged when
// the plan is finished.
func (l *lowering) lowerRules() {
	for _, r := range l.policy.Rules {
		l.plan.Rules = append(l.plan.Rules, Rule{ID: r.Label, Message: r.Message.V, Origin: r.Range})
	}
}
