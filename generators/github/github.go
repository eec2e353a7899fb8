// Package github writes GitHub Actions workflows. An approval is a job of its
// own that names an environment with reviewers: a job that waits holds its
// concurrency group, so the job that deploys must not be the one that waits.
package github

import (
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Target is GitHub Actions.
var Target = &gen.Target{
	Name: "github", Title: "GitHub Actions", Forge: "github",
	Files:    []string{".github/workflows/*.yml", ".github/actionlint.yaml"},
	Generate: generate, Locate: locate, Start: start, Shared: sharedFiles,
}

var parsed = sync.OnceValue(func() *template.Template { return gen.Templates("github", template.FuncMap{"input": input}) })

// input is what an action is given: a switch or a number stands bare.
func input(s string) string {
	switch s {
	case "true", "false", "0":
		return s
	default:
		return gen.YAMLValue(s)
	}
}

// locate says where a job stands.
func locate(_ *flow.Plan, f *flow.Flow, j *flow.Job) gen.Location {
	return gen.Location{Path: ".github/workflows/" + f.Name + ".yml", Line: j.ID() + ":"}
}

func generate(p *flow.Plan) ([]gen.File, diag.Diagnostics) {
	var diags diag.Diagnostics
	var files []gen.File
	for _, f := range p.Flows {
		w := &writer{plan: p, flow: f}
		view := w.workflow()
		diags = append(diags, w.diags...)
		files = append(files, gen.File{Path: ".github/workflows/" + f.Name + ".yml", Content: gen.Render(parsed(), "workflow.yml.tmpl", view)})
	}
	return files, diags
}

// actionlint 1.7.12 is older than concurrency.queue (May 2026).
const actionlint = `paths:
  .github/workflows/*.yml:
    ignore:
      - 'unexpected key "queue" for "concurrency" section'
`

// sharedFiles is the configuration of the linter: what it does not know yet, and
// the labels of the policies' own machines.
func sharedFiles(plans []*flow.Plan) []gen.File {
	return []gen.File{{Path: ".github/actionlint.yaml", Content: []byte(gen.SharedHeader("#", plans) + actionlintConfig(plans))}}
}

func actionlintConfig(plans []*flow.Plan) string {
	var own []string
	for _, p := range plans {
		for _, l := range labels(p) {
			if q := "    - " + gen.YAML(l) + "\n"; l != "self-hosted" && !slices.Contains(own, q) {
				own = append(own, q)
			}
		}
	}
	if len(own) == 0 {
		return actionlint
	}
	return "self-hosted-runner:\n  labels:\n" + strings.Join(own, "") + actionlint
}

// labels are those of machines that GitHub does not host.
func labels(p *flow.Plan) []string {
	var out []string
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if j.Agent != nil && j.Agent.ID != "hosted" {
				out = append(out, j.Agent.GitHub...)
			}
		}
	}
	return out
}

// writer makes the view of one flow.
type writer struct {
	plan  *flow.Plan
	flow  *flow.Flow
	diags diag.Diagnostics
}

type workflowView struct {
	Header, Name, RunName, Flow string
	On                          []string
	Jobs                        []jobView
}

type jobView struct {
	ID, Title, If, RunsOn, Lock string
	Needs                       []string
	Timeout                     int
	Informs                     bool
	Container                   string
	Keys                        []string
	Permissions, Environment    []string
	LockComments                []string
	Outputs, Env                []pair
	Steps                       []stepView
}

type stepView struct {
	Native                         string // instead of everything else
	Comments                       []string
	Name, ID, If, Uses, Shell, Run string
	Tolerated                      bool
	Timeout                        int
	With, Env                      []pair
}

type pair struct{ Name, Value string }

func (w *writer) workflow() workflowView {
	v := workflowView{
		Header: gen.Header("#", w.plan, w.flow.Outside("github")...), Name: w.flow.Title, RunName: w.runName(), Flow: string(w.flow.Kind), On: w.on(),
	}
	for _, j := range w.flow.Jobs {
		v.Jobs = append(v.Jobs, w.job(j))
	}
	v.explainOnce()
	return v
}

// explainOnce leaves a comment where it stands first in the file.
func (v *workflowView) explainOnce() {
	said := gen.Once{}
	for i := range v.Jobs {
		j := &v.Jobs[i]
		j.Environment = slices.DeleteFunc(j.Environment, func(line string) bool { return strings.HasPrefix(line, "# ") && len(said.New(line)) == 0 })
		j.LockComments = said.New(j.LockComments...)
		for k := range j.Steps {
			j.Steps[k].Comments = said.New(j.Steps[k].Comments...)
		}
	}
}

func (w *writer) runName() string {
	switch w.flow.Kind {
	case flow.Delivery, flow.Hotfix:
		return w.flow.Title + " ${{ github.ref_name }} (${{ github.run_number }})"
	case flow.Redeploy:
		return "Redeploy ${{ inputs.version }} to ${{ inputs.environment }}"
	case flow.BreakGlassFlow:
		return "BREAK GLASS: ${{ inputs.version }} to ${{ inputs.environment }} (${{ inputs.incident }})"
	case flow.Exception:
		return "Exception of ${{ inputs.version }} for ${{ inputs.environment }}"
	case flow.Correction:
		return "Correction: ${{ inputs.decision }} ${{ inputs.version }}"
	case flow.Operate:
		return "${{ inputs.operation }} ${{ inputs.environment }}"
	default:
		return ""
	}
}

// on prints the triggers. Expressions do not exist there: a name is quoted for
// YAML and nothing else.
func (w *writer) on() []string {
	var out []string
	for _, t := range w.flow.Triggers {
		switch t := t.(type) {
		case flow.Push:
			out = append(out, "push:", "  branches: ["+gen.YAML(t.Branch)+"]")
			if len(t.Paths) > 0 {
				out = append(out, "  paths:")
			}
			for _, p := range t.Paths {
				out = append(out, "    - "+gen.YAML(p))
			}
		case flow.Timer:
			out = append(out, "schedule: # in UTC, on the default branch", "  - cron: "+gen.YAML(t.Cron))
		case flow.Dispatch:
			out = append(out, dispatch(t)...)
		case flow.Request:
			var names []string
			for _, b := range t.Branches {
				names = append(names, gen.YAML(b))
			}
			out = append(out, "pull_request:", "  branches: ["+strings.Join(names, ", ")+"]", "merge_group:")
		default:
			panic("github: unexpected trigger")
		}
	}
	return out
}

func dispatch(t flow.Dispatch) []string {
	out := []string{"workflow_dispatch:"}
	if len(t.Inputs) > 0 {
		out = append(out, "  inputs:")
	}
	for _, i := range t.Inputs {
		out = append(out, "    "+i.Name+":", "      description: "+gen.YAML(i.Text))
		if len(i.Choices) > 0 {
			out = append(out, "      type: choice", "      options: ["+strings.Join(i.Choices, ", ")+"]", "      default: "+gen.YAML(i.Default))
		} else {
			out = append(out, "      type: string")
		}
		if i.Required {
			out = append(out, "      required: true")
		}
	}
	return out
}

func (w *writer) job(j *flow.Job) jobView {
	v := jobView{ID: j.ID(), Title: j.Title, Lock: j.Lock, Timeout: int(j.Timeout.Minutes()), Informs: j.Informs, If: condition(j.When)}
	if _, failed := j.When.(flow.Failed); !failed && j.When == nil {
		v.If = ""
	}
	if v.Lock != "" {
		v.LockComments = []string{"One lock an environment, shared by all flows: it queues, and neither cancels nor drops."}
	}
	v.Needs = needs(j)
	v.Env = w.env(j)
	v.Permissions = permissions(w.flow, j)
	v.Environment = w.environment(j)
	v.RunsOn = "ubuntu-24.04"
	if j.Kind == flow.JobApprove {
		v.Timeout = 5 // the wait is not counted, so the step looks how long it took
		v.Outputs = []pair{{"approver", "${{ steps.approval.outputs.approver }}"}}
		v.Steps = []stepView{w.approval(j)}
		return v
	}
	if len(j.Agent.GitHub) == 1 {
		v.RunsOn = gen.YAML(j.Agent.GitHub[0])
	} else {
		var labels []string
		for _, l := range j.Agent.GitHub {
			labels = append(labels, gen.YAML(l))
		}
		v.RunsOn = "[" + strings.Join(labels, ", ") + "]"
	}
	if v.Container = j.Agent.Container; v.Container != "" {
		for _, p := range inContainer {
			v.Env = append(v.Env, pair(p))
		}
	}
	v.Keys = w.keys(j)
	v.Outputs = w.outputs(j)
	if j.Kind == flow.JobRequest {
		v.Outputs = append(v.Outputs, pair{"asked_at", "${{ steps." + stepOf(j) + ".outputs.asked_at }}"}, pair{"approved_earlier", "${{ steps.earlier.outputs.approved }}"})
		v.Steps = []stepView{earlier(j)}
	}
	v.Steps = append(v.Steps, w.steps(j)...)
	return v
}

// inContainer tells git that the workspace is ours although the machine's user
// made it and another one works in the container.
var inContainer = []pair{{"GIT_CONFIG_COUNT", "1"}, {"GIT_CONFIG_KEY_0", "safe.directory"}, {"GIT_CONFIG_VALUE_0", "*"}}

// needs are the plan's edges and the jobs that values come from: GitHub hands
// outputs on along direct edges only.
func needs(j *flow.Job) []string {
	var out []string
	add := func(n *flow.Job) {
		if !slices.Contains(out, n.ID()) {
			out = append(out, n.ID())
		}
	}
	for _, n := range j.Needs {
		add(n)
	}
	for _, n := range j.Approved {
		add(n)
	}
	for _, d := range j.Inputs {
		if d.From != nil {
			add(d.From)
		}
	}
	return out
}

func condition(c flow.Condition) string {
	switch c := c.(type) {
	case nil:
		return ""
	case flow.Proceed:
		return "needs." + c.From.ID() + ".outputs.proceed == 'true'"
	case flow.Chosen:
		return "inputs." + c.Input.Name + " == '" + c.Value + "'"
	case flow.Failed: // failure() alone is false of a job that ran out of time, which GitHub calls cancelled
		return "always() && (contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled'))"
	default:
		panic("github: unexpected condition")
	}
}

func (w *writer) env(j *flow.Job) []pair {
	var out []pair
	for _, d := range j.Inputs {
		out = append(out, pair{d.Env, datum(d)})
	}
	if len(j.Approved) > 0 {
		var who []string
		for _, a := range j.Approved {
			who = append(who, a.Approval.Label+"=${{ needs."+a.ID()+".outputs.approver }}")
		}
		out = append(out, pair{"RELEASE_APPROVERS", strings.Join(who, "\n")})
	}
	return out
}

func datum(d flow.Datum) string {
	switch {
	case d.Result:
		return "${{ needs." + d.From.ID() + ".result }}"
	case d.From != nil:
		return "${{ needs." + d.From.ID() + ".outputs." + d.Key + " }}"
	case d.Input != nil:
		return "${{ inputs." + d.Input.Name + " }}"
	case d.Run == "run.url":
		return "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}"
	case d.Run == "run.id":
		return "${{ github.run_id }}"
	default:
		return Expression(d.Literal)
	}
}

// permissions are those of the job's own token. What pushes does so with the
// token of the app: this one's pushes would start nothing, and no ruleset
// could let it through.
func permissions(f *flow.Flow, j *flow.Job) []string {
	if j.Kind == flow.JobApprove && j.Approval.Authors {
		return []string{"actions: read # the recorded approval", "contents: read # who wrote the commits"}
	}
	if j.Kind == flow.JobApprove {
		return []string{"actions: read # the recorded approval"}
	}
	out := []string{"contents: read"}
	if j.Kind == flow.JobRequest {
		out = []string{"actions: read # what earlier attempts were given", "contents: read"}
	}
	if j.Options.IDToken {
		out = append(out, "id-token: write # the policy says so")
	}
	for _, s := range j.Steps {
		if fetch, ok := s.(flow.Fetch); ok && fetch.Recorded {
			return append([]string{"actions: read # the artifact of an earlier run"}, out...)
		}
	}
	return out
}

func (w *writer) environment(j *flow.Job) []string {
	switch j.Kind {
	case flow.JobApprove:
		return []string{
			"# Its required reviewers are a setting of the repository: " + reviewers(j.Approval),
			"name: " + gen.YAML(j.ApprovalEnvironment()), "deployment: false",
		}
	case flow.JobDeploy, flow.JobMirror:
		out := []string{"name: " + gen.YAML(j.Environment.Name)}
		if j.Environment.URL != "" {
			out = append(out, "url: "+gen.YAML(Expression(j.Environment.URL)))
		}
		return out
	default:
		if !j.Writes {
			return nil
		}
		return []string{
			"# It has the key of the App that pushes, for the branches of the policy alone",
			"name: " + gen.YAML(w.plan.PushEnvironment()), "deployment: false",
		}
	}
}

func reviewers(a *flow.Approval) string {
	var out []string
	for _, g := range a.Groups {
		out = append(out, g.GitHub)
	}
	return strings.Join(out, ", ") + "; prevent self-review"
}
