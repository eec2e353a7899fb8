package flow

import (
	"slices"
	"time"

	"github.com/fettle-ci/fettle/schema"
)

// lowerFreezes turns each freeze into windows of time, without what is excepted.
func (l *lowering) lowerFreezes() {
	for _, f := range l.policy.Freezes {
		out := &Freeze{
			ID: id(f.Label), Windows: windows(f),
			Delivery: f.Delivery.V, Hotfix: f.Hotfix.V, Redeploy: f.Redeploy.V, Origin: f.Range,
		}
		for _, e := range l.frozenBy(f) {
			out.Environments = append(out.Environments, l.environments[e])
		}
		if len(out.Environments) == 0 && !f.EnvironmentsSet {
			l.report(freezeOfNothing(f))
		}
		if len(out.Windows) == 0 && f.Span.From.Set && f.Span.To.Set {
			l.report(freezeExceptedWholly(f))
		}
		for _, g := range f.Approvers {
			out.Groups = append(out.Groups, l.lowerGroup(g))
		}
		l.plan.Freezes = append(l.plan.Freezes, out)
	}
	for i, f := range l.policy.Freezes {
		l.overlaps(f, l.policy.Freezes[:i])
		l.secondApproval(f, l.policy.Freezes[:i])
	}
}

// windows cuts the exceptions out of a freeze.
func windows(f *schema.Freeze) []Window {
	if !f.Span.From.Set || !f.Span.To.Set {
		return nil
	}
	exceptions := slices.Clone(f.Exceptions)
	slices.SortStableFunc(exceptions, func(a, b schema.Exception) int { return a.Span.From.V.Compare(b.Span.From.V) })
	var out []Window
	begin := f.Span.From.V
	for _, x := range exceptions {
		if x.Span.From.V.After(begin) {
			out = append(out, Window{Begin: begin, End: x.Span.From.V})
		}
		begin = latest(begin, x.Span.To.V)
	}
	if f.Span.To.V.After(begin) {
		out = append(out, Window{Begin: begin, End: f.Span.To.V})
	}
	return out
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// frozenBy are the environments that rest: those that the freeze names, or all
// of the tier production.
func (l *lowering) frozenBy(f *schema.Freeze) []*schema.Environment {
	var out []*schema.Environment
	if f.EnvironmentsSet {
		for _, e := range f.Environments {
			if e.To != nil {
				out = append(out, e.To)
			}
		}
		return out
	}
	for _, e := range l.policy.Environments {
		if Tier(e.Tier.V) == Production {
			out = append(out, e)
		}
	}
	return out
}

// overlaps reports freezes of one environment that hold at the same time.
func (l *lowering) overlaps(f *schema.Freeze, before []*schema.Freeze) {
	for _, o := range before {
		both := f.Span.From.V.Before(o.Span.To.V) && o.Span.From.V.Before(f.Span.To.V)
		if e := l.commonEnvironment(f, o); e != nil && both {
			l.report(freezesOverlap(f, o, e.Label))
			return
		}
	}
}

func (l *lowering) commonEnvironment(a, b *schema.Freeze) *schema.Environment {
	for _, e := range l.frozenBy(a) {
		if slices.Contains(l.frozenBy(b), e) {
			return e
		}
	}
	return nil
}

// secondApproval reports a second approval that nobody could give, and one that
// different groups would have to: each environment has one gate for it.
func (l *lowering) secondApproval(f *schema.Freeze, before []*schema.Freeze) {
	at, asks := l.asksAt(f)
	if !asks {
		return
	}
	for _, e := range l.frozenBy(f) {
		if len(freezeApprovers(f, e)) == 0 {
			l.report(freezeWithoutApprovers(f, e.Label, at.Range))
			return
		}
		for _, o := range before {
			if _, asks := l.asksAt(o); asks && slices.Contains(l.frozenBy(o), e) && !sameGroups(freezeApprovers(f, e), freezeApprovers(o, e)) {
				l.report(freezeApproversDiffer(f, o, e.Label))
				return
			}
		}
		for _, a := range e.Approvals {
			if id(a.Label) == freezeGate {
				l.report(approvalLabelTaken(a.Label, "a freeze", e.Label, a.Range))
			}
		}
	}
}

// asksAt is where a freeze says that a flow of the policy needs a second
// approval.
func (l *lowering) asksAt(f *schema.Freeze) (schema.Value[string], bool) {
	switch {
	case l.policy.Delivery != nil && f.Delivery.V == asks:
		return f.Delivery, true
	case l.policy.Hotfix != nil && f.Hotfix.V == asks:
		return f.Hotfix, true
	case l.policy.Redeploy != nil && f.Redeploy.V == asks:
		return f.Redeploy, true
	default:
		return schema.Value[string]{}, false
	}
}

// asks is what a flow may do in a freeze when somebody approves it.
const asks = "approve"

// freezeApprovers are who gives the second approval for an environment.
func freezeApprovers(f *schema.Freeze, e *schema.Environment) []schema.Ref[schema.Group] {
	if f.ApproversSet {
		return f.Approvers
	}
	var out []schema.Ref[schema.Group]
	for _, a := range e.Approvals {
		for _, g := range a.Approvers {
			if !schema.Refers(out, g.To) {
				out = append(out, g)
			}
		}
	}
	return out
}

func sameGroups(a, b []schema.Ref[schema.Group]) bool {
	for _, g := range a {
		if !schema.Refers(b, g.To) {
			return false
		}
	}
	return len(a) == len(b)
}

// frozen tells whether a freeze may hold a flow back in an environment.
func (p *Plan) frozen(e *Environment, kind Kind) bool {
	for _, f := range p.Freezes {
		if slices.Contains(f.Environments, e) && f.May(kind) != "allow" {
			return true
		}
	}
	return false
}

// May is what a flow may do while the freeze lasts.
func (f *Freeze) May(kind Kind) string {
	switch kind {
	case Delivery:
		return f.Delivery
	case Hotfix:
		return f.Hotfix
	case Redeploy:
		return f.Redeploy
	case BreakGlassFlow:
		return "block" // unless the break glass may skip it
	default:
		return "allow"
	}
}

// freezeGate is the label of the second approval.
const freezeGate = "freeze"

// exceptionTimeout is how long the second approval may take: as long as an
// approval does where the policy says nothing.
const exceptionTimeout = 24 * time.Hour

// lowerException is how one version gets through a freeze that asks for a
// second approval: a dispatch of its own, a gate, an entry in the ledger. The
// guard of the deployment asks for the entry, at the time of its job. So no
// flow has a job whose gate could be skipped by a condition.
func (l *lowering) lowerException() {
	environments, approvals := l.exceptions()
	if len(environments) == 0 {
		return
	}
	b := l.newFlow(Exception, "Freeze exception", mainlineScript, l.policy.Freezes[0].Range)
	environment := l.environmentInput("EXCEPTION_ENVIRONMENT", "What a version is let through to in spite of a freeze", environments)
	version := &Input{Name: "version", Env: "EXCEPTION_VERSION", Text: "The version", Required: true}
	reason := &Input{Name: "reason", Env: "RELEASE_REASON", Text: "Why", Required: true}
	inputs := []*Input{environment, version, reason}
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline, Inputs: inputs}}
	for i, e := range environments {
		b.ready = nil
		b.exception(l.environments[e], approvals[i], inputs, choiceOf(environment, id(e.Label), len(environments)))
	}
	b.notifyFailure()
}

// exceptions are the environments for which a freeze asks for a second approval,
// each with its gate.
func (l *lowering) exceptions() (environments []*schema.Environment, approvals []*Approval) {
	for _, f := range l.policy.Freezes {
		if _, asks := l.asksAt(f); !asks {
			continue
		}
		for _, e := range l.frozenBy(f) {
			if slices.Contains(environments, e) {
				continue
			}
			a := &Approval{Label: freezeGate, Timeout: exceptionTimeout, Origin: f.Range}
			for _, g := range freezeApprovers(f, e) {
				a.Groups = append(a.Groups, l.group(g))
			}
			environments, approvals = append(environments, e), append(approvals, a)
		}
	}
	return environments, approvals
}

func (b *builder) exception(env *Environment, a *Approval, inputs []*Input, when Condition) {
	b.decide(env, decision{
		request: "Request an exception for " + env.ID, show: "Run the guards and show what is approved",
		name: "exception", record: "Record the exception for " + env.ID, title: "Record the exception",
		gates: []*Approval{a}, inputs: inputs, from: []string{inputs[1].Env}, origin: a.Origin,
	}, when)
}
