package flow

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
)

// lowerRedeploy puts a version back that was in an environment before. Nothing
// is built again: the commit is the recorded one, the artifact the recorded one.
func (l *lowering) lowerRedeploy() {
	if l.policy.Redeploy == nil {
		return
	}
	environments := l.redeployable()
	if len(environments) == 0 {
		return
	}
	b := l.newFlow(Redeploy, "Redeploy", mainlineScript, l.policy.Redeploy.Range)
	environment := l.environmentInput("REDEPLOY_ENVIRONMENT", "Where to put a former version back", environments)
	version := &Input{Name: "version", Env: "REDEPLOY_VERSION", Text: "The version, which was in this environment before", Required: true}
	reason := &Input{Name: "reason", Env: "RELEASE_REASON", Text: "Why", Required: true}
	incident := &Input{Name: "incident", Env: "RELEASE_INCIDENT", Text: "The incident, if there is one"}
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline, Inputs: []*Input{environment, version, reason, incident}}}
	b.said = []*Input{reason, incident}
	b.resolve(environment, version, reason, incident)
	first := b.ready
	for _, e := range environments {
		b.then(first...)
		b.deployWhen(e, choiceOf(environment, id(e.Label), len(environments)))
		if l.environments[e] == b.mirrorSource() {
			b.mirror()
		}
	}
	b.notifyFailure()
}

// redeployable are the environments that the policy names, or all of
// delivery's that are production.
func (l *lowering) redeployable() []*schema.Environment {
	var out []*schema.Environment
	if r := l.policy.Redeploy; r.Set {
		for _, e := range r.Environments {
			if e.To != nil {
				out = append(out, e.To)
			}
		}
		return out
	}
	return l.deliveredProduction()
}

// deliveredProduction are the environments of the tier production that a
// delivery goes to.
func (l *lowering) deliveredProduction() []*schema.Environment {
	var out []*schema.Environment
	if l.policy.Delivery == nil {
		return nil
	}
	for _, e := range l.policy.Delivery.Environments {
		if e.To != nil && Tier(e.To.Tier.V) == Production {
			out = append(out, e.To)
		}
	}
	return out
}

// choiceOf is the condition of an environment's jobs where the dispatch asks
// for one of several.
func choiceOf(i *Input, value string, choices int) Condition {
	if choices < 2 {
		return nil
	}
	return Chosen{Input: i, Value: value}
}

func (l *lowering) environmentInput(env, text string, environments []*schema.Environment) *Input {
	in := &Input{Name: "environment", Env: env, Text: text, Required: true}
	for _, e := range environments {
		in.Choices = append(in.Choices, id(e.Label))
	}
	in.Default = in.Choices[0]
	return in
}

func (b *builder) resolve(environment, version *Input, said ...*Input) {
	sets := append([]string{"version", "commit", "base", "hotfix_branch"}, b.artifactOutputs()...)
	j := b.operationJob("resolve", JobResolve, "Find the version", Operation{
		Name: "resolve", FromEnv: []string{environment.Env, version.Env}, Sets: sets, Title: "Find what the version was",
	})
	for _, i := range append([]*Input{environment, version}, said...) {
		j.Inputs = append(j.Inputs, Datum{Env: i.Env, Input: i})
	}
	b.first = j
	b.then(j)
}

// lowerMirror is the mirror on demand: after a failed one, or for a repository
// that has just been adopted.
func (l *lowering) lowerMirror() {
	if l.plan.Mirror == nil {
		return
	}
	b := l.newFlow(Mirror, "Mirror", mainlineScript, l.policy.Hotfix.Range)
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline}}
	b.mirror()
}

// operations are what a person may ask for, in the order of need.
var operations = []string{"hold", "resume", "settle", "adopt"}

// lowerOperate is hold, resume, settle and adopt, and the review of a
// break glass: one dispatch, one operation, one entry in the ledger with a reason.
func (l *lowering) lowerOperate() {
	if l.policy.Delivery == nil || len(l.policy.Environments) == 0 {
		return
	}
	operations, subject := operations, "resume: the hold, the commit that answers, or --ship-again and a version; adopt: the commit"
	if l.plan.BreakGlass != nil {
		operations, subject = append(slices.Clone(operations), "review"), subject+"; review: the break glass"
	}
	text := "What to do: " + strings.Join(operations, ", ")
	if l.plan.Approved {
		text += "; for a production environment all but hold and review are approved, in the pipeline Correction"
	}
	b := l.newFlow(Operate, "Operate", mainlineScript, l.policy.Range)
	inputs := []*Input{
		{Name: "operation", Env: "RELEASE_OPERATION", Text: text, Choices: operations, Default: operations[0], Required: true},
		l.environmentInput("RELEASE_ENVIRONMENT", "For which environment", l.productionFirst()),
		{Name: "version", Env: "RELEASE_VERSION", Text: "settle: which of the versions that may be there it is; adopt: the version"},
		{Name: "subject", Env: "RELEASE_SUBJECT", Text: subject},
		{Name: "reason", Env: "RELEASE_REASON", Text: "Why", Required: true},
	}
	b.flow.Triggers = []Trigger{Dispatch{Branch: l.plan.Mainline, Inputs: inputs}}
	j := b.operationJob("operate", JobOperate, "Operate", Operation{Name: "operate", Title: "Record what was decided"})
	for _, i := range inputs {
		j.Inputs = append(j.Inputs, Datum{Env: i.Env, Input: i})
	}
}

// productionFirst are all environments, those of production before the others:
// the first is what a dispatch proposes.
func (l *lowering) productionFirst() []*schema.Environment {
	var production, others []*schema.Environment
	for _, e := range l.policy.Environments {
		if Tier(e.Tier.V) == Production {
			production = append(production, e)
		} else {
			others = append(others, e)
		}
	}
	return append(production, others...)
}

// lowerMergeRequest runs checks on requests: those that need no environment
// and no secret. It makes no candidate and touches no ledger.
func (l *lowering) lowerMergeRequest() {
	checks, origin := l.requestChecks()
	if len(checks) == 0 && l.plan.PolicyCheck == nil {
		return
	}
	b := l.newFlow(MergeRequest, "Merge request", "", origin)
	branches := []string{l.plan.Mainline}
	if l.policy.Hotfix != nil {
		branches = append(branches, l.plan.Names.Line.Glob())
	}
	if l.plan.ReleaseBranches != "" {
		branches = append(branches, l.plan.ReleaseBranches)
	}
	b.flow.Triggers = []Trigger{Request{Branches: branches, Paths: l.plan.Paths}}
	if l.plan.PolicyCheck != nil {
		b.policyCheck()
	}
	needs, when := []*Job{}, Condition(nil)
	if len(l.plan.Paths) > 0 {
		first := b.changesJob()
		first.Script = l.plan.Script // the request's own: it writes nothing
		needs, when = append(needs, first), Proceed{From: first}
	}
	for _, c := range checks {
		agent := b.agentOf(c.Runner)
		at := scope{what: "a merge request", agent: agent, known: onRequest}
		j := &Job{
			Name: "check/" + id(c.Label), Kind: JobCheck, Title: l.jobTitle("Check " + id(c.Label)), Agent: agent, Timeout: c.Timeout.V, Informs: !c.Required.V, Origin: c.Range,
			Needs: needs, When: when, Steps: append([]Step{Checkout{}.reading(c.Runner)}, b.checkSteps(c, at)...),
		}
		j.Keys = nativeKeys(c.Natives)
		b.options(j, c.Options, c.Range)
		b.inputs(j)
		b.add(j)
	}
}

// requestChecks are the checks that the policy names for requests, or every
// check of delivery that needs neither a release nor a secret.
func (l *lowering) requestChecks() ([]*schema.Check, hcl.Range) {
	if m := l.policy.MergeRequest; m != nil && m.Set {
		var out []*schema.Check
		for _, c := range m.Checks {
			if c.To == nil {
				continue
			}
			if credentials(c.To) {
				l.report(secretsOnRequest(c.To.Block, c.Range))
			}
			out = append(out, c.To)
		}
		return out, m.Range
	}
	if l.policy.Delivery == nil {
		return nil, hcl.Range{}
	}
	origin := l.policy.Delivery.Range
	if m := l.policy.MergeRequest; m != nil {
		origin = m.Range
	}
	var out []*schema.Check
	for _, c := range l.policy.Delivery.Checks {
		if c.To != nil && !credentials(c.To) && onlyRequestValues(c.To) {
			out = append(out, c.To)
		}
	}
	return out, origin
}

// credentials tells whether a check receives secrets, or may log in somewhere.
func credentials(c *schema.Check) bool {
	return len(c.Secrets) > 0 || c.Options.Credentials() || slices.ContainsFunc(c.Natives, func(n *schema.Native) bool {
		return strings.Contains(n.Steps.V+n.Keys.V, "secrets.") || strings.Contains(n.Steps.V, "withCredentials")
	})
}

func onlyRequestValues(c *schema.Check) bool {
	texts := slices.Clone(c.Run.Texts)
	for _, e := range c.Env {
		texts = append(texts, e.Text)
	}
	for _, t := range texts {
		for _, s := range t.Values() {
			if !onRequest(s.Ref) {
				return false
			}
		}
	}
	return true
}
