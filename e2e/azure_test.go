package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// azure is an EMULATOR: no engine for Azure Pipelines can be had. It runs what
// the generator writes (stages, jobs, deployment jobs, steps, conditions,
// outputs, macros, ManualValidation) by the documentation's words, and refuses
// every key that it does not know. The host's part is the world's: approvals,
// and the exclusive-lock check that docs/setup.md demands of each environment.
// An agent's folder is used again by later runs, as a real one is.
type azure struct{ root string }

func (azure) name() string    { return "azure" }
func (azure) missing() string { return "" }

// gate of a ManualValidation task, by its displayName.
func (azure) gate(name string) string { return gateOfTitle(name) }

var approveTitle = regexp.MustCompile(`^Approve (\S+) \(([^)]+)\)\??$`)

// gateOfTitle reads "Approve production (release)".
func gateOfTitle(title string) string {
	m := approveTitle.FindStringSubmatch(title)
	if m == nil {
		return "unknown gate " + title
	}
	return m[1] + "/" + m[2]
}

// The keys that are known. Anything else in a file is an error.
type azurePipeline struct {
	Name                         string
	AppendCommitMessageToRunName bool `yaml:"appendCommitMessageToRunName"`
	Trigger                      yaml.Node
	PR                           yaml.Node `yaml:"pr"`
	LockBehavior                 string    `yaml:"lockBehavior"`
	Schedules                    []azureSchedule
	Parameters                   []azureParameter
	Variables                    azureVariables
	Stages                       []azureStage
}

type azureSchedule struct {
	Cron        string
	DisplayName string `yaml:"displayName"`
	Branches    struct{ Include []string }
	Always      bool
}

type azureParameter struct {
	Name, DisplayName, Type, Default string
	Values                           []string
}

func (p *azureParameter) UnmarshalYAML(n *yaml.Node) error {
	var raw struct {
		Name        string
		DisplayName string `yaml:"displayName"`
		Type        string
		Default     *string
		Values      []string
	}
	if err := strict(n, &raw); err != nil {
		return err
	}
	*p = azureParameter{raw.Name, raw.DisplayName, raw.Type, "", raw.Values}
	if raw.Default != nil {
		p.Default = *raw.Default
	}
	return nil
}

type azureVariable struct {
	Name, Value, Group string
}

// azureVariables are written as a mapping, or as a list where a group is among
// them (learn.microsoft.com, YAML schema, variables).
type azureVariables []azureVariable

func (v *azureVariables) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		var list []azureVariable
		err := n.Decode(&list)
		*v = list
		return err
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		*v = append(*v, azureVariable{Name: n.Content[i].Value, Value: n.Content[i+1].Value})
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: variables are a mapping or a list", n.Line)
	}
	return nil
}

type azureStage struct {
	Stage, Condition string
	DisplayName      string   `yaml:"displayName"`
	DependsOn        []string `yaml:"dependsOn"`
	Skippable        *bool    `yaml:"isSkippable"` // by whoever starts the run, unless it is false
	Jobs             []azureJob
}

type azureJob struct {
	Job, Deployment, Environment, Condition string
	DisplayName                             string `yaml:"displayName"`
	Pool                                    yaml.Node
	Timeout                                 int  `yaml:"timeoutInMinutes"`
	ContinueOnError                         bool `yaml:"continueOnError"`
	Variables                               azureVariables
	Steps                                   []azureStep
	Strategy                                struct {
		RunOnce struct {
			Deploy struct{ Steps []azureStep }
		} `yaml:"runOnce"`
	}
}

func (j azureJob) steps() []azureStep {
	if j.Deployment != "" {
		return j.Strategy.RunOnce.Deploy.Steps
	}
	return j.Steps
}

type azureStep struct {
	Checkout, Bash, Script, Pwsh, PowerShell, Task, Download, Publish, Artifact string
	Name, Condition                                                             string
	DisplayName                                                                 string `yaml:"displayName"`
	FetchDepth                                                                  *int   `yaml:"fetchDepth"`
	FetchFilter                                                                 string `yaml:"fetchFilter"`
	FetchTags                                                                   bool   `yaml:"fetchTags"`
	Clean                                                                       bool
	ContinueOnError                                                             bool `yaml:"continueOnError"`
	Timeout                                                                     int  `yaml:"timeoutInMinutes"`
	Env                                                                         map[string]string
	Inputs                                                                      map[string]string
	Target                                                                      azureTarget
}

// azureTarget says which commands in its output the agent obeys: restricted are
// those that reach nothing beyond the step, and variables and the path, which
// are as settableVariables says.
type azureTarget struct {
	Commands          string
	SettableVariables yaml.Node `yaml:"settableVariables"`
}

func (t azureTarget) maySet(variable string) bool {
	if t.SettableVariables.Kind == 0 {
		return true
	}
	var names []string
	return t.SettableVariables.Decode(&names) == nil && slices.Contains(names, variable)
}

func (t azureTarget) obeys(command string) bool {
	return t.Commands != "restricted" || slices.Contains([]string{"task.logdetail", "task.logissue", "task.complete", "task.setprogress", "task.setsecret", "task.setvariable", "task.debug", "task.prependpath"}, command)
}

// strict decodes a node and refuses keys that the target does not have.
func strict(n *yaml.Node, out any) error {
	b, err := yaml.Marshal(n)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	return d.Decode(out)
}

// load reads a pipeline of a commit, with its template expressions replaced.
func (azure) load(w *world, commit, flow string, inputs map[string]string) (*azurePipeline, error) {
	src, err := w.TryGit(w.Bare, "show", commit+":.azure-pipelines/"+flow+".yml")
	if err != nil {
		return nil, err
	}
	var p azurePipeline
	d := yaml.NewDecoder(strings.NewReader(src))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return nil, err
	}
	parameters := map[string]string{}
	for _, q := range p.Parameters {
		parameters[q.Name] = q.Default
		if v, ok := inputs[q.Name]; ok {
			if q.Values != nil && !slices.Contains(q.Values, v) {
				return nil, fmt.Errorf("azure: the parameter %s cannot be %q", q.Name, v)
			}
			parameters[q.Name] = v
		}
	}
	for name := range inputs {
		if _, ok := parameters[name]; !ok {
			return nil, fmt.Errorf("azure: the pipeline has no parameter %s", name)
		}
	}
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(src), &node); err != nil {
		return nil, err
	}
	scope := func(reference string) (string, bool) {
		v, ok := parameters[strings.TrimPrefix(reference, "parameters.")]
		return v, ok && strings.HasPrefix(reference, "parameters.")
	}
	if err := templated(&node, scope); err != nil {
		return nil, err
	}
	p = azurePipeline{}
	return &p, node.Decode(&p)
}

func templated(n *yaml.Node, s scope) error {
	if n.Kind == yaml.ScalarNode && strings.Contains(n.Value, "${{") {
		v, err := template(n.Value, s)
		if err != nil {
			return err
		}
		n.Value, n.Tag = v, "!!str"
	}
	for _, c := range n.Content {
		if err := templated(c, s); err != nil {
			return err
		}
	}
	return nil
}

func (a azure) flows(w *world, r *run) []string {
	var out []string
	for _, flow := range listed(w, r.Commit, ".azure-pipelines/", ".yml") {
		p, err := a.load(w, r.Commit, flow, nil)
		if err != nil {
			w.t.Fatal(err)
		}
		switch r.Event {
		case "push":
			var t struct{ Branches, Paths struct{ Include []string } }
			if p.Trigger.Kind == yaml.MappingNode {
				must(w.t, strict(&p.Trigger, &t))
			} else if p.Trigger.Value != "none" {
				w.t.Fatalf("azure: %s has no trigger: every branch would start it", flow)
			}
			if slices.ContainsFunc(t.Branches.Include, func(p string) bool { ok, _ := path.Match(p, r.Ref); return ok }) && w.Touched(r, t.Paths.Include) {
				out = append(out, flow)
			}
		case "schedule":
			if slices.ContainsFunc(p.Schedules, func(s azureSchedule) bool { return s.Always && slices.Contains(s.Branches.Include, r.Ref) }) {
				out = append(out, flow)
			}
		case "dispatch":
			out = append(out, flow) // every registered pipeline can be started by hand
		case "request":
			if strings.HasSuffix(flow, "merge-request") { // a branch policy starts it (docs/setup.md)
				out = append(out, flow)
			}
		}
	}
	return out
}

// listed are the flows that a commit has files of.
func listed(w *world, commit, folder, suffix string) []string {
	var out []string
	for line := range strings.Lines(w.git(w.Bare, "ls-tree", "--name-only", commit, folder)) {
		name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), folder), suffix)
		if strings.HasSuffix(strings.TrimSpace(line), suffix) {
			out = append(out, name)
		}
	}
	return out
}

// azureRun is one run: what its stages end with, and their outputs.
type azureRun struct {
	azure
	w        *world
	run      *run
	pipeline *azurePipeline
	mu       sync.Mutex
	results  map[string]string // Succeeded, SucceededWithIssues, Failed, Skipped, Canceled
	outputs  map[string]string // stage.job.step.key
	ended    map[string]chan struct{}
}

func (a azure) carry(ctx context.Context, w *world, r *run) error {
	p, err := a.load(w, r.Commit, r.Flow, r.Inputs)
	if err != nil {
		return err
	}
	run := &azureRun{azure: a, w: w, run: r, pipeline: p, results: map[string]string{}, outputs: map[string]string{}, ended: map[string]chan struct{}{}}
	for _, s := range p.Stages {
		if run.ended[s.Stage] != nil {
			return fmt.Errorf("azure: two stages are called %s", s.Stage)
		}
		run.ended[s.Stage] = make(chan struct{})
	}
	for _, s := range p.Stages {
		for _, d := range s.DependsOn {
			if run.ended[d] == nil {
				return fmt.Errorf("azure: %s depends on %s, which there is not", s.Stage, d)
			}
		}
		go run.stage(ctx, s)
	}
	for _, s := range p.Stages {
		<-run.ended[s.Stage]
	}
	for _, s := range p.Stages {
		if res := run.results[s.Stage]; res == "Failed" || res == "Canceled" {
			err = errors.Join(err, fmt.Errorf("stage %s: %s", s.Stage, res))
		}
	}
	return err
}

func (r *azureRun) stage(ctx context.Context, s azureStage) {
	defer close(r.ended[s.Stage])
	for _, d := range s.DependsOn {
		<-r.ended[d]
	}
	result := "Skipped"
	if r.deselected(s) {
		fmt.Fprintf(r.run, "stage %s was not selected\n", s.Stage)
	} else if wanted, err := r.wanted(s); err != nil {
		fmt.Fprintln(r.run, err)
		result = "Failed"
	} else if wanted && ctx.Err() == nil {
		result = "Succeeded"
		for _, j := range s.Jobs {
			if err := r.job(ctx, s, j); err != nil {
				fmt.Fprintf(r.run, "job %s: %v\n", s.Stage, err)
				result = "Failed"
				if err.Error() == "Canceled" {
					result = "Canceled"
				}
				if j.ContinueOnError {
					result = "SucceededWithIssues"
				}
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[s.Stage] = result
}

// deselected tells whether the person who starts a run by hand leaves a stage
// out: each that may be left out and waits for an approval.
func (r *azureRun) deselected(s azureStage) bool {
	may := s.Skippable == nil || *s.Skippable
	return may && r.run.Event == "dispatch" && len(s.Jobs) == 1 && s.Jobs[0].Pool.Value == "server"
}

// wanted is the condition of a stage: succeeded(), unless it says otherwise. What
// was deselected is left out of what succeeded() asks for.
func (r *azureRun) wanted(s azureStage) (bool, error) {
	condition := s.Condition
	if condition == "" {
		condition = "succeeded()"
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	all := func(dependencies []string, result string) (every, some bool) {
		every = true
		for _, d := range dependencies {
			if i := slices.IndexFunc(r.pipeline.Stages, func(s azureStage) bool { return s.Stage == d }); r.deselected(r.pipeline.Stages[i]) {
				continue
			}
			every = every && strings.TrimSuffix(r.results[d], "WithIssues") == result
			some = some || r.results[d] == result
		}
		return every, some
	}
	v, err := evaluate(condition, func(reference string) (string, bool) {
		// dependencies.STAGE.result, or dependencies.STAGE.outputs.JOB.STEP.KEY
		p := strings.Split(strings.TrimPrefix(reference, "dependencies."), ".")
		if len(p) == 2 && p[1] == "result" && slices.Contains(s.DependsOn, p[0]) {
			return r.results[p[0]], true
		}
		if len(p) != 5 || p[1] != "outputs" || !slices.Contains(s.DependsOn, p[0]) {
			return "", false
		}
		return r.outputs[strings.Join([]string{p[0], p[2], p[3], p[4]}, ".")], true
	}, func(function string, args []string) (bool, bool) {
		switch function {
		case "succeeded":
			every, _ := all(s.DependsOn, "Succeeded")
			return every, true
		case "failed":
			dependencies := s.DependsOn
			_, some := all(dependencies, "Failed")
			return some, true
		case "canceled":
			return false, true
		case "always":
			return true, true
		}
		return false, false
	})
	return v == "True", err
}

func (r *azureRun) job(ctx context.Context, s azureStage, j azureJob) error {
	if j.Pool.Value == "server" {
		return r.validation(ctx, j)
	}
	if j.Deployment != "" {
		if j.Deployment == "deploy" {
			return errors.New("azure: a deployment job must not be called deploy")
		}
		r.w.Lock(r.run, j.Environment) // the check "exclusive lock" of the environment
		defer r.w.Unlock(r.run, j.Environment)
	}
	agent, free := r.agent()
	defer free()
	job := &azureRunning{azureRun: r, stage: s.Stage, name: j.Job + j.Deployment, dir: agent, variables: r.predefined(), status: "Succeeded"}
	job.variables["Build.SourcesDirectory"] = agent
	for _, v := range slices.Concat(r.pipeline.Variables, j.Variables) {
		if v.Group != "" {
			continue // a group of secrets: the world's are handed out by name
		}
		value, err := r.runtime(v.Value, s)
		if err != nil {
			return err
		}
		job.variables[v.Name] = value
	}
	for _, step := range j.steps() {
		if err := job.step(ctx, step); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return scenario.ErrKilled // the machine went away: no step after it runs
		}
	}
	if job.status != "Succeeded" {
		return errors.New(job.status)
	}
	return nil
}

// validation is a ManualValidation task: it waits on the server.
func (r *azureRun) validation(_ context.Context, j azureJob) error {
	if len(j.Steps) != 1 || j.Steps[0].Task != "ManualValidation@1" {
		return errors.New("azure: a job on the server runs ManualValidation only")
	}
	in := j.Steps[0].Inputs
	if in["onTimeout"] != "reject" || j.Steps[0].Timeout >= j.Timeout {
		return errors.New("azure: a validation that times out must be a refusal, before its job does")
	}
	switch d := r.w.Ask(r.run, r.gate(j.Steps[0].DisplayName)); {
	case d.Timeout:
		return errors.New("the validation timed out and was rejected")
	case !d.Approved:
		return errors.New("the validation was rejected")
	case d.Person == r.run.Actor && in["allowApproversToApproveTheirOwnRuns"] == "false":
		return errors.New("azure does not let " + d.Person + " approve a run of their own")
	}
	return nil
}

// runtime replaces a $[ … ] that is the whole value of a variable.
func (r *azureRun) runtime(value string, s azureStage) (string, error) {
	if !strings.HasPrefix(value, "$[") {
		return value, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return evaluate(strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(value, "$["), "]")), func(reference string) (string, bool) {
		p := strings.Split(strings.TrimPrefix(reference, "stageDependencies."), ".")
		if len(p) < 3 || !slices.Contains(s.DependsOn, p[0]) {
			return "", false
		}
		if len(p) == 3 && p[2] == "result" { // STAGE.JOB.result; a stage has one job here
			return r.results[p[0]], true
		}
		deployment := r.deploys(p[0])
		switch {
		case p[2] != "outputs":
			return "", false
		case len(p) == 5 && !deployment: // STAGE.JOB.outputs.STEP.KEY
			return r.outputs[strings.Join([]string{p[0], p[1], p[3], p[4]}, ".")], true
		case len(p) == 6 && deployment && p[3] == p[1]: // STAGE.JOB.outputs.JOB.STEP.KEY (learn.microsoft.com, "Deployment jobs")
			return r.outputs[strings.Join([]string{p[0], p[1], p[4], p[5]}, ".")], true
		case len(p) == 5 || len(p) == 6:
			return "", true // a name that the other kind of job has is empty, and no error
		}
		return "", false
	}, nil)
}

// deploys tells whether the job of a stage is a deployment job.
func (r *azureRun) deploys(stage string) bool {
	i := slices.IndexFunc(r.pipeline.Stages, func(s azureStage) bool { return s.Stage == stage })
	return r.pipeline.Stages[i].Jobs[0].Deployment != ""
}

func (r *azureRun) predefined() map[string]string {
	actor := r.run.Actor
	out := map[string]string{
		"Build.BuildId": fmt.Sprint(r.run.Number), "Build.SourceBranch": "refs/heads/" + r.run.Ref, "Build.SourceVersion": r.run.Commit,
		"Build.RequestedFor": actor, "Build.Repository.Name": "shop", "System.CollectionUri": r.w.server.URL + "/acme-devops/",
		"System.TeamProject": "shop", "System.TeamProjectId": "7", "System.DefinitionId": r.run.Flow, "System.AccessToken": scenario.Token, "DEPLOY_TOKEN": "of-the-host", "Agent.Id": "1", "System.JobAttempt": fmt.Sprint(r.run.Attempt),
	}
	if r.run.Event == "request" {
		out["System.PullRequest.TargetBranch"] = "refs/heads/" + r.run.Base
	}
	return out
}

// agent is a folder that is used again, by one job at a time.
func (r *azureRun) agent() (dir string, free func()) {
	for n := 0; ; n++ {
		dir := filepath.Join(r.w.Dir, "agents", r.run.Flow, fmt.Sprint(n))
		if _, err := os.Stat(dir); err == nil && r.w.overWire != "" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err == nil {
			if err := os.Mkdir(dir+".busy", 0o755); err == nil {
				return dir, func() { os.Remove(dir + ".busy") }
			}
		}
	}
}

// azureRunning is a job on its agent.
type azureRunning struct {
	*azureRun
	stage, name, dir string
	variables        map[string]string
	path             []string // before that of the machine
	status           string
}

func (j *azureRunning) step(ctx context.Context, s azureStep) error {
	condition := s.Condition
	if condition == "" {
		condition = "succeeded()"
	}
	v, err := evaluate(condition, func(string) (string, bool) { return "", false }, func(function string, _ []string) (bool, bool) {
		switch function {
		case "succeeded":
			return j.status == "Succeeded", true
		case "failed":
			return j.status == "Failed", true
		case "canceled":
			return false, true
		case "always":
			return true, true
		}
		return false, false
	})
	if err != nil || v != "True" {
		return err
	}
	if err := j.carryOut(ctx, s); err != nil {
		fmt.Fprintf(j.run, "%s: %v\n", s.DisplayName, err)
		if strings.HasPrefix(err.Error(), "azure: ") {
			return err // a mistake of the file, not of the pipeline
		}
		if !s.ContinueOnError && j.status != "Canceled" {
			j.status = "Failed"
			if j.w.overran() {
				j.status = "Canceled" // by the time limit of the job
			}
		}
	}
	return nil
}

func (j *azureRunning) carryOut(ctx context.Context, s azureStep) error {
	switch {
	case s.Checkout == "self":
		return j.checkout(ctx, s)
	case s.Checkout == "none", s.Download == "none":
		return nil
	case s.Bash != "":
		return j.bash(ctx, s)
	case s.Publish != "":
		return j.publish(s)
	case s.Task != "":
		return j.task(s)
	default:
		return fmt.Errorf("azure: this emulator does not know the step %+v", s)
	}
}

// checkout is what the agent does: all branches, the commit detached, nothing
// of the credential left behind, and earlier files stay.
func (j *azureRunning) checkout(ctx context.Context, s azureStep) error {
	if s.FetchDepth == nil {
		return errors.New("azure: fetchDepth is not stated, and new pipelines fetch one commit")
	}
	if _, err := os.Stat(filepath.Join(j.dir, ".git")); err != nil {
		if err := command(ctx, j.run, "", j.environment(nil), "git", "init", "--quiet", j.dir); err != nil {
			return err
		}
		if err := command(ctx, j.run, j.dir, j.environment(nil), "git", "remote", "add", "origin", j.w.url); err != nil {
			return err
		}
	}
	if s.Clean {
		for _, args := range [][]string{{"clean", "--quiet", "-ffdx"}, {"reset", "--quiet", "--hard"}} {
			if err := command(ctx, j.run, j.dir, j.environment(nil), "git", args...); err != nil && args[0] == "clean" {
				return err // before the first fetch there is nothing to reset to
			}
		}
	}
	fetch := []string{"fetch", "--quiet", "--force", "--prune"}
	if s.FetchTags {
		fetch = append(fetch, "--tags")
	}
	if s.FetchFilter != "" {
		fetch = append(fetch, "--filter="+s.FetchFilter)
	}
	if *s.FetchDepth > 0 {
		fetch = append(fetch, fmt.Sprintf("--depth=%d", *s.FetchDepth))
	}
	fetch = append(fetch, "origin", "+refs/heads/*:refs/remotes/origin/*")
	for _, args := range [][]string{{"remote", "set-url", "origin", j.w.from()}, fetch, {"checkout", "--quiet", "--force", "--detach", j.run.Commit}, {"remote", "set-url", "origin", j.w.url}} {
		if err := command(ctx, j.run, j.dir, j.environment(nil), "git", args...); err != nil {
			return err
		}
	}
	return nil
}

// environment is what a step sees: the variables, in capitals, without the
// secret ones, and those of its own env.
func (j *azureRunning) environment(own map[string]string) []string {
	env := append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + j.w.Home, "TF_BUILD=True", "GIT_CONFIG_NOSYSTEM=1"}, j.w.environ(j.run)...)
	for k, v := range j.variables {
		if k != "System.AccessToken" && k != "DEPLOY_TOKEN" {
			env = append(env, strings.ToUpper(strings.ReplaceAll(k, ".", "_"))+"="+macros(v, j.variables, nil))
		}
	}
	for k, v := range own {
		env = append(env, k+"="+strings.TrimSpace(macros(v, j.variables, env)))
	}
	if len(j.path) > 0 {
		env = append(env, "PATH="+strings.Join(append(slices.Clone(j.path), os.Getenv("PATH")), ":"))
	}
	return env
}

func (j *azureRunning) bash(ctx context.Context, s azureStep) error {
	file := j.dir + ".sh"
	env := j.environment(s.Env)
	if err := os.WriteFile(file, []byte(macros(s.Bash, j.variables, env)), 0o600); err != nil {
		return err
	}
	r, pipe := io.Pipe()
	read := make(chan struct{})
	go func() { j.read(s, r); close(read) }()
	c := exec.Command("env", "bash", "--noprofile", "--norc", file) // the one that the step's own PATH finds
	c.Dir, c.Env, c.Stdout, c.Stderr = j.dir, env, pipe, pipe
	err := scenario.RunGroup(ctx, c)
	pipe.Close()
	<-read
	return err
}

var loggingCommand = regexp.MustCompile(`##vso\[([a-z.]+)( [^\]]*)?\](.*)`)

// read passes the output on, and obeys the commands in it.
func (j *azureRunning) read(s azureStep, r io.Reader) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		fmt.Fprintln(j.run, line)
		m := loggingCommand.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		properties := map[string]string{}
		for p := range strings.SplitSeq(strings.TrimSpace(m[2]), ";") {
			k, v, _ := strings.Cut(p, "=")
			properties[k] = v
		}
		j.mu.Lock()
		switch {
		case !s.Target.obeys(m[1]), m[1] == "task.setvariable" && !s.Target.maySet(properties["variable"]), m[1] == "task.prependpath" && !s.Target.maySet("PATH"):
			fmt.Fprintf(j.run, "##[warning]%s is restricted\n", m[1])
		case m[1] == "task.prependpath":
			j.path = append([]string{m[3]}, j.path...)
		case m[1] == "task.setvariable" && properties["isOutput"] == "true":
			j.outputs[strings.Join([]string{j.stage, j.name, s.Name, properties["variable"]}, ".")] = m[3]
		case m[1] == "task.setvariable":
			j.variables[properties["variable"]] = m[3]
		case m[1] == "task.uploadsummary":
		default:
			j.w.t.Errorf("azure: the pipeline printed the command %s", line)
		}
		j.mu.Unlock()
	}
}

func (j *azureRunning) artifact(run, name string) string {
	return filepath.Join(j.w.State, "artifacts", run, name)
}

// publish refuses a name that this run has already, as the service does.
func (j *azureRunning) publish(s azureStep) error {
	name := macros(s.Artifact, j.variables, nil)
	to := j.artifact(fmt.Sprint(j.run.Number), name)
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("Artifact %s already exists for build %d", name, j.run.Number)
	}
	return copyFiles(filepath.Join(j.dir, s.Publish), to)
}

// download brings the artifacts of a run whose files match a pattern, each in a
// folder of its own: patterns begin with the artifact's name.
func (j *azureRunning) download(in map[string]string) error {
	if in["artifactName"] != "" {
		return errors.New("azure: this emulator downloads by patterns alone")
	}
	from := map[string]string{"current": fmt.Sprint(j.run.Number), "specific": in["pipelineId"]}[in["buildType"]]
	found := false
	for _, name := range j.w.Entries(filepath.Join("artifacts", from)) {
		wanted := func(pattern string) bool {
			of, _, _ := strings.Cut(pattern, "/")
			ok, _ := path.Match(of, name)
			return ok
		}
		if !slices.ContainsFunc(strings.Fields(in["patterns"]), wanted) {
			continue
		}
		found = true
		if err := copyFiles(j.artifact(from, name), filepath.Join(in["targetPath"], name)); err != nil {
			return err
		}
	}
	if !found {
		return fmt.Errorf("run %s has no artifact that matches %q", from, in["patterns"])
	}
	return nil
}

// copyFiles copies what is in a folder that must be there, to one in which
// earlier files stay. Links are followed, and neither modes nor empty folders
// arrive.
func copyFiles(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		source, target := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		info, err := os.Stat(source)
		switch {
		case errors.Is(err, os.ErrNotExist): // a link to nowhere
			continue
		case err != nil:
			return err
		case info.IsDir():
			if err := copyFiles(source, target); err != nil {
				return err
			}
			continue
		}
		content, err := os.ReadFile(source)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(to, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (j *azureRunning) task(s azureStep) error {
	in := maps.Clone(s.Inputs)
	for k, v := range in {
		in[k] = macros(v, j.variables, nil)
	}
	switch s.Task {
	case "PublishTestResults@2":
		return nil // shows the results; it judges nothing
	case "DownloadPipelineArtifact@2":
		return j.download(in)
	default:
		return fmt.Errorf("azure: this emulator does not know the task %s", s.Task)
	}
}
