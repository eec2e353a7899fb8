// Package azure writes Azure Pipelines: a stage a job of the plan, so that each
// waits, skips and is run again by itself. An approval is a manual validation
// in the file, which fails closed; the lock is a check of the environment.
package azure

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Target is Azure Pipelines.
var Target = &gen.Target{
	Name: "azure", Title: "Azure Pipelines", Forge: "azure",
	Files:    []string{".azure-pipelines/*.yml"},
	Generate: generate, Locate: locate, Start: start,
}

var parsed = sync.OnceValue(func() *template.Template { return gen.Templates("azure", nil) })

// locate says where a job stands.
func locate(_ *flow.Plan, f *flow.Flow, j *flow.Job) gen.Location {
	return gen.Location{Path: ".azure-pipelines/" + f.Name + ".yml", Line: "- stage: " + stageID(j)}
}

func generate(p *flow.Plan) ([]gen.File, diag.Diagnostics) {
	var files []gen.File
	var diags diag.Diagnostics
	for _, f := range p.Flows {
		w := &writer{plan: p, flow: f}
		files = append(files, gen.File{Path: ".azure-pipelines/" + f.Name + ".yml", Content: gen.Render(parsed(), "pipeline.yml.tmpl", w.pipeline())})
		diags = append(diags, w.diags...)
	}
	return files, diags
}

type writer struct {
	plan  *flow.Plan
	flow  *flow.Flow
	diags diag.Diagnostics
}

type pipelineView struct {
	Header, Name, Flow string
	Triggers           []string
	Parameters         []parameterView
	Stages             []stageView
}

type parameterView struct {
	Name, Text, Default string
	Choices             []string
}

type stageView struct {
	ID, Title, Condition, Environment string
	DependsOn, Pool                   []string
	Timeout                           int
	Informs                           bool
	Container                         string
	Keys, Comments                    []string
	Approval                          *approvalView
	Variables, Grouped                []variableView // one of them: a list where a group of variables is in it
	Steps                             []stepView
}

type approvalView struct {
	Approvers, Instructions string
	Timeout                 int
}

type variableView struct{ Group, Name, Value string }

type pair struct{ Name, Value string }

func (w *writer) pipeline() pipelineView {
	v := pipelineView{Header: gen.Header("#", w.plan, w.flow.Outside("azure")...), Name: w.flow.Name + " $(Build.BuildId)", Flow: string(w.flow.Kind), Triggers: w.triggers()}
	for _, t := range w.flow.Triggers {
		if d, ok := t.(flow.Dispatch); ok {
			v.Parameters = parameters(d)
		}
	}
	for _, j := range w.flow.Jobs {
		v.Stages = append(v.Stages, w.stage(j))
	}
	v.explainOnce()
	return v
}

// explainOnce leaves a comment where it stands first in the file.
func (v *pipelineView) explainOnce() {
	said := gen.Once{}
	for i := range v.Stages {
		s := &v.Stages[i]
		s.Comments = said.New(s.Comments...)
		for k := range s.Steps {
			s.Steps[k].Comments = said.New(s.Steps[k].Comments...)
		}
	}
}

// triggers are always written: without them every branch would start the
// pipeline.
func (w *writer) triggers() []string {
	var branches, requests, timers, paths []string
	for _, t := range w.flow.Triggers {
		switch t := t.(type) {
		case flow.Push:
			branches = append(branches, gen.YAML(t.Branch))
			for _, p := range t.Paths {
				paths = append(paths, "    - "+gen.YAML(p))
			}
		case flow.Request:
			for _, b := range t.Branches {
				requests = append(requests, gen.YAML(b))
			}
		case flow.Timer:
			timers = append(timers, w.timer(t)...)
		case flow.Dispatch:
		default:
			panic(fmt.Sprintf("azure: unexpected trigger %T", t))
		}
	}
	out := []string{"trigger: none"}
	if len(branches) > 0 {
		out = []string{"trigger:", "  branches:", "    include: [" + strings.Join(branches, ", ") + "]"}
	}
	if len(paths) > 0 {
		out = append(append(out, "  paths:", "    include:"), paths...)
	}
	switch {
	case len(requests) > 0 && w.plan.Forge == "github":
		return append(out, "pr:", "  branches:", "    include: ["+strings.Join(requests, ", ")+"]")
	case len(requests) > 0:
		return append(out, "# Azure Repos starts it by a build validation policy of each branch: "+strings.Join(requests, ", "), "pr: none")
	default:
		return append(append(out, "pr: none"), timers...)
	}
}

// timer is in UTC, and starts whether or not anything changed.
func (w *writer) timer(t flow.Timer) []string {
	return []string{
		"schedules: # in UTC", "- cron: " + gen.YAML(t.Cron), "  displayName: " + gen.YAML(w.flow.Label),
		"  branches:", "    include: [" + gen.YAML(t.Branch) + "]", "  always: true",
	}
}

func parameters(d flow.Dispatch) []parameterView {
	var out []parameterView
	for _, i := range d.Inputs {
		v := parameterView{Name: i.Name, Text: i.Text, Default: i.Default, Choices: i.Choices}
		if v.Default == "" {
			v.Default = " " // Azure asks for a parameter that has no default, and takes no empty one from people
		}
		out = append(out, v)
	}
	return out
}

// stageID turns a job's name into an id of Azure: letters, digits and _.
func stageID(j *flow.Job) string { return strings.ReplaceAll(j.ID(), "-", "_") }

func (w *writer) stage(j *flow.Job) stageView {
	v := stageView{ID: stageID(j), Title: j.Title, DependsOn: dependsOn(j), Condition: condition(j), Timeout: int(j.Timeout.Minutes()), Informs: j.Informs}
	if j.Kind == flow.JobApprove {
		v.Comments = []string{"A stage of its own: it holds neither the lock nor an agent, and an approval that is not given in time is refused."}
		v.Approval = &approvalView{Approvers: approvers(j.Approval), Instructions: j.Title, Timeout: v.Timeout}
		v.Timeout += 10 // the job outlasts the task, whose end is the refusal
		return v
	}
	if j.Kind == flow.JobDeploy || j.Kind == flow.JobMirror {
		v.Environment = j.Environment.Name
		v.Comments = []string{`Its check "exclusive lock" is a setting of the environment.`}
	}
	v.Pool, v.Container = pool(j.Agent), j.Agent.Container
	v.Keys = w.keys(j)
	if v.Variables = w.variables(j); slices.ContainsFunc(v.Variables, func(x variableView) bool { return x.Group != "" }) {
		v.Variables, v.Grouped = nil, v.Variables
	}
	v.Steps = w.steps(j)
	for i := range v.Steps {
		v.Steps[i].indent(indent(j))
	}
	return v
}

// indent is how far the steps of a job stand from the edge: those of a
// deployment are part of its strategy.
func indent(j *flow.Job) int {
	if isDeployment(j) {
		return 10
	}
	return 4
}

func isDeployment(j *flow.Job) bool { return j.Kind == flow.JobDeploy || j.Kind == flow.JobMirror }

func approvers(a *flow.Approval) string {
	var out []string
	for _, g := range a.Groups {
		out = append(out, g.Azure)
	}
	return strings.Join(out, "\n")
}

func pool(a *flow.Agent) []string {
	if a.Azure.Pool == "" {
		return []string{"vmImage: " + gen.YAML(a.Azure.VMImage)}
	}
	out := []string{"name: " + gen.YAML(a.Azure.Pool)}
	if len(a.Azure.Demands) > 0 {
		out = append(out, "demands:")
		for _, d := range a.Azure.Demands {
			out = append(out, "- "+gen.YAML(d))
		}
	}
	return out
}

// dependsOn are the plan's edges and the stages that values come from, which
// Azure reads from direct dependencies only.
func dependsOn(j *flow.Job) []string {
	var out []string
	add := func(n *flow.Job) {
		if !slices.Contains(out, stageID(n)) {
			out = append(out, stageID(n))
		}
	}
	for _, n := range j.Needs {
		add(n)
	}
	for _, d := range j.Inputs {
		if d.From != nil {
			add(d.From)
		}
	}
	return out
}

func condition(j *flow.Job) string {
	demands := []string{"succeeded()"}
	switch c := j.When.(type) {
	case nil:
	case flow.Proceed:
		id := stageID(c.From)
		demands = append(demands, fmt.Sprintf("eq(dependencies.%s.outputs['%s.%s.proceed'], 'true')", id, id, stepOf(c.From)))
	case flow.Chosen:
		demands = append(demands, fmt.Sprintf("eq('${{ parameters.%s }}', '%s')", c.Input.Name, c.Value))
	case flow.Failed:
		return endCondition(j.Needs)
	default:
		panic(fmt.Sprintf("azure: unexpected condition %T", c))
	}
	// A stage that somebody deselected is left out of what succeeded() asks for.
	for _, a := range j.Approved {
		demands = append(demands, "eq(dependencies."+stageID(a)+".result, 'Succeeded')")
	}
	if len(demands) == 1 {
		return ""
	}
	return "and(" + strings.Join(demands, ", ") + ")"
}

// endCondition is every end that is no success. failed() is false of a job that ran
// out of time, whose result is Canceled, and canceled() asks for the run.
func endCondition(jobs []*flow.Job) string {
	results := []string{"'Canceled'"}
	for _, j := range jobs {
		results = append(results, "dependencies."+stageID(j)+".result")
	}
	return "or(failed(), canceled(), in(" + strings.Join(results, ", ") + "))"
}

// variables of a job become environment variables of its steps. The groups
// hold the secrets, which do not.
func (w *writer) variables(j *flow.Job) []variableView {
	var out []variableView
	for _, s := range j.Steps {
		if r, ok := s.(flow.Run); ok {
			for _, sec := range r.Secrets {
				g := variableView{Group: sec.Secret.AzureGroup}
				if g.Group != "" && !slices.Contains(out, g) {
					out = append(out, g)
				}
			}
		}
	}
	for _, d := range j.Inputs {
		if d.Input == nil {
			out = append(out, variableView{Name: d.Env, Value: datum(d)})
		}
	}
	return out
}

func datum(d flow.Datum) string {
	switch {
	case d.Result: // learn.microsoft.com, "Expressions", Dependencies: a job's result stands beside its outputs
		return fmt.Sprintf("$[ stageDependencies.%s.%s.result ]", stageID(d.From), stageID(d.From))
	case d.From != nil && isDeployment(d.From): // learn.microsoft.com, "Deployment jobs": of the strategy runOnce the name begins with the job's
		return fmt.Sprintf("$[ stageDependencies.%s.%s.outputs['%s.%s.%s'] ]", stageID(d.From), stageID(d.From), stageID(d.From), stepOf(d.From), d.Key)
	case d.From != nil:
		return fmt.Sprintf("$[ stageDependencies.%s.%s.outputs['%s.%s'] ]", stageID(d.From), stageID(d.From), stepOf(d.From), d.Key)
	case d.Run == "run.url":
		return "$(System.CollectionUri)$(System.TeamProject)/_build/results?buildId=$(Build.BuildId)"
	case d.Run == "run.id":
		return "$(Build.BuildId)"
	default:
		return d.Literal
	}
}

// stepOf is the step whose outputs are the job's.
func stepOf(j *flow.Job) string {
	for _, s := range j.Steps {
		if op, ok := s.(flow.Operation); ok && len(op.Sets) > 0 {
			return op.Name
		}
	}
	if j.Kind == flow.JobBuild {
		return "pack"
	}
	return ""
}
