package flow

import "github.com/fettle-ci/fettle/schema"

// lowerSchedules makes a flow of each schedule: checks on the mainline that
// inform. It makes no candidate, touches no ledger and stands before nothing.
func (l *lowering) lowerSchedules() {
	for _, s := range l.policy.Schedules {
		b := l.newFlow(Schedule, "Schedule "+id(s.Label), l.plan.Script, s.Range)
		b.flow.Label = id(s.Label)
		b.flow.Name += "-" + b.flow.Label
		b.flow.Triggers = []Trigger{Timer{Cron: s.Cron.V, Branch: l.plan.Mainline}, Dispatch{Branch: l.plan.Mainline}}
		for _, c := range s.Checks {
			b.scheduleCheck(c.To)
		}
		b.notifyFailure()
	}
}

// scheduleCheck is a check of a schedule. Each is required here whatever it is
// elsewhere: a schedule has nothing to say but whether its checks passed.
func (b *builder) scheduleCheck(c *schema.Check) {
	agent := b.agentOf(c.Runner)
	at := scope{what: "a schedule", agent: agent, known: onRequest}
	j := &Job{
		Name: "check/" + id(c.Label), Kind: JobCheck, Title: "Check " + id(c.Label), Agent: agent, Timeout: c.Timeout.V, Origin: c.Range,
		Needs: []*Job{}, Steps: append([]Step{b.checkout().reading(c.Runner)}, b.checkSteps(c, at)...),
	}
	if c.Report.V != "" {
		j.Script = b.script // it judges the report
	}
	j.Keys = nativeKeys(c.Natives)
	b.options(j, c.Options, c.Range)
	b.inputs(j)
	b.add(j)
}
