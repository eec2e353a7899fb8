package jenkins

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

type writer struct {
	plan   *flow.Plan
	flow   *flow.Flow
	diags  diag.Diagnostics
	called map[string]bool // methods
	taken  string          // where the script of the mainline is put
}

func (w *writer) pipeline() code {
	body := []code{
		line("agent none"),
		block("options",
			line("buildDiscarder(logRotator(numToKeepStr: '100'))"),
			line("copyArtifactPermission("+Groovy(w.plan.Policy+"/*")+")"),
			line("disableRestartFromStage() // a stage alone would skip the gates before it"),
			line("skipDefaultCheckout()"),
			line("timestamps()")),
	}
	body = append(body, triggers(w.flow)...)
	body = append(body, parameters(w.flow)...)
	environment := []code{
		line("RELEASE_FLOW = " + Groovy(string(w.flow.Kind))),
		line("RELEASE_OUTPUT = '.git/fettle-output'"),
	}
	if w.skipsUnchanged() {
		environment = append(environment, line(skipUnchanged))
	}
	body = append(body, block("environment", environment...))
	body = append(body, block("stages", w.stages()...))
	if post, ok := w.post(); ok {
		body = append(body, post)
	}
	return block("pipeline", body...)
}

// skipUnchanged lets a push that changes nothing of the component end at once.
// Jenkins knows what changed since the last build, which may have failed, and
// nothing at the first one; the script knows what was delivered. Who starts a
// delivery by hand gets one.
const skipUnchanged = `RELEASE_SKIP_UNCHANGED = "${currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause').isEmpty()}"`

func (w *writer) skipsUnchanged() bool {
	return slices.ContainsFunc(w.flow.Triggers, func(t flow.Trigger) bool {
		push, ok := t.(flow.Push)
		return ok && len(push.Paths) > 0
	})
}

// stages puts what needs the same side by side, and everything else one after
// the other. What depends on there being something to release stands in one
// stage that asks.
func (w *writer) stages() []code {
	var out []code
	jobs := w.jobs()
	if independent(jobs) {
		return w.groups(jobs)
	}
	for i := 0; i < len(jobs); {
		if _, ok := jobs[i].When.(flow.Proceed); ok {
			rest := w.groups(jobs[i:])
			out = append(out, block("stage('Release')",
				block("when",
					line("beforeAgent true"),
					line("environment name: 'RELEASE_PROCEED', value: 'true'")),
				block("stages", rest...)))
			return out
		}
		out = append(out, w.stage(jobs[i]))
		i++
		if i < len(jobs) && !slices.Contains([]flow.JobKind{flow.JobIdentify, flow.JobPolicy, flow.JobChanges}, jobs[i-1].Kind) {
			return append(out, w.groups(jobs[i:])...)
		}
	}
	return out
}

// independent tells whether no job waits for another one: checks before which
// nothing stands.
func independent(jobs []*flow.Job) bool {
	return !slices.ContainsFunc(jobs, func(j *flow.Job) bool { return len(j.Needs) > 0 })
}

// jobs are those that are stages: the notification of a failure is what
// follows the pipeline.
func (w *writer) jobs() []*flow.Job {
	var out []*flow.Job
	for _, j := range w.flow.Jobs {
		if j.Kind != flow.JobNotify {
			out = append(out, j)
		}
	}
	return out
}

func (w *writer) groups(jobs []*flow.Job) []code {
	var out []code
	for _, group := range sideBySide(jobs) {
		if len(group) == 1 {
			out = append(out, w.stage(group[0]))
			continue
		}
		var side []code
		for _, j := range group {
			side = append(side, w.stage(j))
		}
		out = append(out, block("stage("+Groovy(together(group[0]))+")", block("parallel", side...)))
	}
	return out
}

// sideBySide are the jobs in the order of their stages, those together that run
// at the same time.
func sideBySide(jobs []*flow.Job) [][]*flow.Job {
	var out [][]*flow.Job
	for i := 0; i < len(jobs); {
		n := i + 1
		for n < len(jobs) && slices.Equal(jobs[i].Needs, jobs[n].Needs) && jobs[n].Kind != flow.JobRequest && jobs[n].Kind != flow.JobDeploy {
			n++
		}
		out = append(out, jobs[i:n])
		i = n
	}
	return out
}

func together(j *flow.Job) string {
	switch j.Kind {
	case flow.JobCheck, flow.JobPolicy:
		return "Checks"
	case flow.JobApprove:
		return "Approvals for " + j.Environment.ID
	default:
		return "Afterwards"
	}
}

func (w *writer) stage(j *flow.Job) code {
	var body []code
	if c := choiceOf(j); c != nil {
		body = append(body, block("when", line("beforeAgent true"), line("beforeInput true"),
			line("beforeOptions true"), line("environment name: "+Groovy(c.Input.Env)+", value: "+Groovy(c.Value))))
	}
	if j.Kind == flow.JobApprove {
		return block("stage("+Groovy(j.Title)+")", append(body, w.approval(j)...)...)
	}
	if j.Informs {
		if env := environment(j); len(env) > 0 {
			body = append(body, block("environment", env...))
		}
		return block("stage("+Groovy(j.Title)+")", append(body, w.informing(j))...)
	}
	options := []code{}
	if j.Lock != "" {
		options = append(options, line("lock(resource: "+Groovy(resource(w.plan, j))+") // first the lock, then an executor; shared by all flows"))
	}
	options = append(options, line(fmt.Sprintf("timeout(time: %d, unit: 'MINUTES')", int(j.Timeout.Minutes()))))
	body = append(body, block("options", options...), agent(j.Agent))
	if len(j.Options.Tools) > 0 {
		body = append(body, tools(j))
	}
	if env := environment(j); len(env) > 0 {
		body = append(body, block("environment", env...))
	}
	steps, post := w.steps(j)
	body = append(body, block("steps", steps...))
	if len(post) > 0 {
		body = append(body, block("post", post...))
	}
	return block("stage("+Groovy(j.Title)+")", body...)
}

// resource is what a deployment locks. Lockable resources are the controller's,
// so it begins with the name of the policy, as the folder of its projects does:
// two policies of that name on one controller would have one folder, too.
func resource(p *flow.Plan, j *flow.Job) string { return p.Policy + "/" + j.Lock }

func agent(a *flow.Agent) code {
	label := line("label " + Groovy(a.Jenkins))
	if a.Container == "" {
		return block("agent", label)
	}
	return block("agent", block("docker", line("image "+Groovy(a.Container)), label))
}

func tools(j *flow.Job) code {
	var out []code
	for _, t := range j.Options.Tools {
		out = append(out, line(t.Name+" "+Groovy(t.Text)))
	}
	return block("tools", out...)
}

// informing are the steps of a stage that stops nothing, whatever goes wrong in
// it: the command, the report, the machine, the time. The agent is therefore
// taken inside.
func (w *writer) informing(j *flow.Job) code {
	if len(j.Options.Tools) > 0 {
		w.diags = append(w.diags, toolsInside(j))
	}
	steps, post := w.steps(j)
	inside := steps
	if len(post) > 0 { // the report is shown whatever became of the command
		inside = append([]code{steps[0], block(tolerated, steps[1:]...)}, post[0].body...)
	}
	limit := fmt.Sprintf("timeout(time: %d, unit: 'MINUTES')", int(j.Timeout.Minutes()))
	if c := j.Agent.Container; c != "" {
		inside = []code{block("script", block("docker.image("+Groovy(c)+").inside", inside...))}
	}
	return block("steps", block(tolerated, block(limit, block("node("+Groovy(j.Agent.Jenkins)+")", inside...))))
}

// choiceOf is the condition of a job or of what it follows: stages here do not
// skip what comes after them.
func choiceOf(j *flow.Job) *flow.Chosen {
	if c, ok := j.When.(flow.Chosen); ok {
		return &c
	}
	for _, n := range j.Needs {
		if c := choiceOf(n); c != nil {
			return c
		}
	}
	return nil
}

// approval waits for a person: without an agent and without a lock. A request
// that nobody answers is refused.
func (w *writer) approval(j *flow.Job) []code {
	var who []string
	for _, g := range j.Approval.Groups {
		who = append(who, g.Jenkins)
	}
	return []code{
		block("options", line(fmt.Sprintf("timeout(time: %d, unit: 'MINUTES')", int(j.Approval.Timeout.Minutes())))),
		block("input",
			line("message "+Groovy(j.Title+"?")),
			line("ok 'Approve'"),
			line("submitter "+Groovy(strings.Join(who, ","))),
			line("submitterParameter 'APPROVER'")),
		block("steps", append([]code{w.call(keepApprover, j.ApproverVariable())}, w.mark(j)...)...),
	}
}

func environment(j *flow.Job) []code {
	var out []code
	for _, d := range j.Inputs {
		switch {
		case d.Run == "run.url":
			out = append(out, line(d.Env+` = "${env.BUILD_URL}"`))
		case d.Run == "run.id":
			out = append(out, line(d.Env+` = "${env.BUILD_TAG}"`))
		case d.From == nil && d.Input == nil:
			out = append(out, line(d.Env+" = "+Groovy(d.Literal)))
		}
	}
	if len(j.Approved) > 0 {
		var who []string
		for _, a := range j.Approved {
			who = append(who, a.Approval.Label+"=${env."+a.ApproverVariable()+"}")
		}
		out = append(out, line(`RELEASE_APPROVERS = "`+strings.Join(who, `\n`)+`"`))
	}
	return out
}

// post tells people of a failed run, on an agent of its own: the pipeline has
// none.
func (w *writer) post() (code, bool) {
	i := slices.IndexFunc(w.flow.Jobs, func(j *flow.Job) bool { return j.Kind == flow.JobNotify })
	if i < 0 {
		return code{}, false
	}
	j := w.flow.Jobs[i]
	steps, _ := w.steps(j)
	body := block(fmt.Sprintf("timeout(time: %d, unit: 'MINUTES')", int(j.Timeout.Minutes())), steps...)
	if env := withRunValues(j); env != "" {
		body = block(env, body)
	}
	// Not only failure: a build that ran out of time, or whose approval was refused, is aborted.
	return block("post", block("unsuccessful", block("node("+Groovy(j.Agent.Jenkins)+")", body))), true
}

func withRunValues(j *flow.Job) string {
	var out []string
	for _, d := range j.Inputs {
		switch d.Run {
		case "run.url":
			out = append(out, "'"+d.Env+"=' + env.BUILD_URL")
		case "run.id":
			out = append(out, "'"+d.Env+"=' + env.BUILD_TAG")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "withEnv([" + strings.Join(out, ", ") + "])"
}
