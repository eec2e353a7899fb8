package brokenrule

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
)

// object is what a rule may ask, by name; schema's table says what each means.
type object = map[string]cty.Value

// newFacts makes the objects of rules from the policy and its plan.
func newFacts(p *lint.Pass) object {
	f := &facts{policy: p.Policy, plan: p.Plan, environments: map[hcl.Range]*schema.Environment{}, checks: map[hcl.Range]*schema.Check{}}
	environments, checks := object{}, object{}
	for _, e := range p.Policy.Environments {
		f.environments[e.Range] = e
		environments[e.Label] = environmentFacts(e)
	}
	for _, c := range p.Policy.Checks {
		f.checks[c.Range] = c
		checks[c.Block] = checkFacts(c)
	}
	flows := object{}
	for name, kind := range map[string]flow.Kind{"delivery": flow.Delivery, "hotfix": flow.Hotfix, "redeploy": flow.Redeploy} {
		flows[name] = f.flow(kind)
	}
	return object{
		"policy": f.policyFacts(), "environment": cty.ObjectVal(environments), "check": cty.ObjectVal(checks),
		"delivery": f.delivery(), "hotfix": f.hotfix(), "redeploy": f.redeploy(), "flow": cty.ObjectVal(flows),
	}
}

// facts knows where the parts of the plan come from.
type facts struct {
	policy       *schema.Policy
	plan         *flow.Plan
	environments map[hcl.Range]*schema.Environment
	checks       map[hcl.Range]*schema.Check
}

func (f *facts) policyFacts() cty.Value {
	return cty.ObjectVal(object{
		"name": cty.StringVal(f.plan.Policy), "component": cty.StringVal(f.plan.Component), "mainline": cty.StringVal(f.plan.Mainline),
		"version": cty.StringVal(f.plan.Version), "targets": texts(f.plan.Targets), "active": cty.StringVal(f.plan.Active), "forge": cty.StringVal(f.plan.Forge),
	})
}

func environmentFacts(e *schema.Environment) cty.Value {
	approvals := []cty.Value{}
	for _, a := range e.Approvals {
		approvals = append(approvals, cty.ObjectVal(object{
			"name": cty.StringVal(a.Label), "approvers": texts(groups(a)), "minimum": cty.NumberIntVal(int64(a.Minimum.V)), "timeout": minutes(a.Timeout.V),
		}))
	}
	out := runnerFacts(e.Runner)
	out["name"], out["tier"], out["url"] = cty.StringVal(e.Label), cty.StringVal(e.Tier.V), cty.StringVal(e.URL.V)
	out["requires"], out["verify"] = texts(checkNames(e.Requires)), texts(checkNames(e.Verify))
	out["approvals"] = cty.TupleVal(approvals)
	return cty.ObjectVal(out)
}

func checkFacts(c *schema.Check) cty.Value {
	out := runnerFacts(c.Runner)
	out["name"], out["required"], out["report"] = cty.StringVal(c.Block), cty.BoolVal(c.Required.V), cty.StringVal(c.Report.V)
	return cty.ObjectVal(out)
}

func runnerFacts(r schema.Runner) object {
	agent, system := "hosted", "linux"
	if r.Agent != nil {
		agent, system = r.Agent.To.Label, r.Agent.To.OS.V
	}
	var secrets []string
	for _, s := range r.Secrets {
		secrets = append(secrets, s.Secret.To.Label)
	}
	return object{"agent": cty.StringVal(agent), "os": cty.StringVal(system), "timeout": minutes(r.Timeout.V), "secrets": texts(secrets)}
}

func (f *facts) delivery() cty.Value {
	d := f.policy.Delivery
	return cty.ObjectVal(object{"checks": texts(checkNames(d.Checks)), "environments": texts(environmentNames(d.Environments))})
}

func (f *facts) hotfix() cty.Value {
	h := f.policy.Hotfix
	if h == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	waivers := []cty.Value{}
	for _, w := range h.Waivers {
		check, environment := "", ""
		if w.Check.To != nil {
			check = w.Check.To.Block
		} else {
			environment = w.Environment.To.Label
		}
		waivers = append(waivers, cty.ObjectVal(object{"check": cty.StringVal(check), "environment": cty.StringVal(environment), "reason": cty.StringVal(w.Reason.V)}))
	}
	mirror, owner := "", ""
	if h.Mirror != nil {
		mirror = h.Mirror.To.Label
	}
	if h.MergeBack.Owner != nil {
		owner = h.MergeBack.Owner.To.Label
	}
	return cty.ObjectVal(object{
		"checks": texts(checkNames(flow.HotfixChecks(f.policy))), "environments": texts(environmentNames(flow.HotfixEnvironments(f.policy))),
		"mirror": cty.StringVal(mirror), "incident": cty.StringVal(h.Incident.Pattern.V), "waivers": cty.TupleVal(waivers),
		"merge_back": cty.ObjectVal(object{
			"mode": cty.StringVal(h.MergeBack.Mode.V), "on_conflict": cty.StringVal(h.MergeBack.OnConflict.V),
			"owner": cty.StringVal(owner), "within": minutes(h.MergeBack.Within.V),
		}),
	})
}

func (f *facts) redeploy() cty.Value {
	if f.policy.Redeploy == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	return cty.ObjectVal(object{"environments": texts(f.deployments(f.plan.Flow(string(flow.Redeploy))))})
}

// flow says what stands before what in a flow, as the plan has it.
func (f *facts) flow(kind flow.Kind) cty.Value {
	in := f.plan.Flow(string(kind))
	if in == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	gates := object{}
	var checks []string
	for _, j := range in.Jobs {
		switch {
		case j.Kind == flow.JobDeploy:
			gates[f.environments[j.Environment.Origin].Label] = f.gates(kind, j)
		case j.Kind == flow.JobCheck && !j.Informs:
			checks = add(checks, f.checks[j.Origin].Block)
		}
	}
	return cty.ObjectVal(object{"environments": texts(f.deployments(in)), "checks": texts(checks), "gates": cty.ObjectVal(gates)})
}

func (f *facts) deployments(in *flow.Flow) []string {
	var out []string
	if in != nil {
		for _, j := range in.Jobs {
			if j.Kind == flow.JobDeploy {
				out = add(out, f.environments[j.Environment.Origin].Label)
			}
		}
	}
	return out
}

// gates are what must have been passed before a deployment begins.
func (f *facts) gates(kind flow.Kind, deployment *flow.Job) cty.Value {
	var checks, approvals, approvers, guards []string
	for _, j := range before(deployment) {
		e := deployment.Environment
		switch {
		case j.Kind == flow.JobCheck && !j.Informs:
			checks = add(checks, f.checks[j.Origin].Block)
		case j.Kind == flow.JobDeploy:
			from := f.environments[j.Environment.Origin]
			checks = add(checks, f.run(kind, from.Requires)...)
			checks = add(checks, f.run(kind, from.Verify)...)
		case j.Kind == flow.JobApprove && j.Environment == e:
			approvals = add(approvals, j.Approval.Label)
			for _, a := range f.environments[e.Origin].Approvals {
				if a.Range == j.Approval.Origin {
					approvers = add(approvers, groups(a)...)
				}
			}
		}
	}
	checks = add(checks, f.run(kind, f.environments[deployment.Environment.Origin].Requires)...)
	for _, g := range deployment.Guards {
		guards = append(guards, g.Name)
	}
	return cty.ObjectVal(object{"checks": texts(checks), "approvals": texts(approvals), "approvers": texts(approvers), "guards": texts(guards)})
}

// run are the checks of an environment that a flow runs: a hotfix leaves out
// those that are waived.
func (f *facts) run(kind flow.Kind, refs []schema.Ref[schema.Check]) []string {
	var out []string
	for _, r := range refs {
		waived := kind == flow.Hotfix && f.policy.Hotfix.Waives(r.To)
		if !waived && r.To.Required.V {
			out = append(out, r.To.Block)
		}
	}
	return out
}

// before are the jobs that must have succeeded before a job begins, in the
// order of the flow.
func before(j *flow.Job) []*flow.Job {
	var out []*flow.Job
	for _, n := range j.Needs {
		for _, o := range append(before(n), n) {
			if !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

func checkNames(refs []schema.Ref[schema.Check]) []string {
	var out []string
	for _, r := range refs {
		out = add(out, r.To.Block)
	}
	return out
}

func environmentNames(refs []schema.Ref[schema.Environment]) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.To.Label)
	}
	return out
}

func groups(a *schema.Approval) []string {
	var out []string
	for _, g := range a.Approvers {
		out = append(out, g.To.Label)
	}
	return out
}

// add appends what is not there yet: a check of several combinations is one.
func add(all []string, more ...string) []string {
	for _, m := range more {
		if !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all
}

func texts(all []string) cty.Value {
	out := []cty.Value{}
	for _, s := range all {
		out = append(out, cty.StringVal(s))
	}
	return cty.TupleVal(out)
}

func minutes(d time.Duration) cty.Value { return cty.NumberIntVal(int64(d / time.Minute)) }
