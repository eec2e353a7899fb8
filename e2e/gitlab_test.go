package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// gitlab runs the generated files on gitlab-ci-local: a real engine for rules,
// includes, needs, dotenv reports and scripts. What it does not do is done
// here, as GitLab's documentation says: inputs are put into the text of the
// root file after their options and patterns were asked; the runner checks out
// before each job (testdata/engines/gitlab); a manual job is started by the
// person who approves; a resource group is a lock of the world, in the process
// mode that the settings ask for. Protected branches are the remote's; protected environments are not shown.
type gitlab struct{}

func TestGitLab(t *testing.T) { carryOut(t, func() engine { return gitlab{} }) }

func (gitlab) name() string { return "gitlab" }

func (gitlab) missing() string {
	for _, tool := range []string{"gitlab-ci-local", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			return tool
		}
	}
	return ""
}

// gate of a job such as approve-production-release.
func (gitlab) gate(name string) string {
	i := strings.LastIndex(name, "-")
	if environment, found := strings.CutSuffix(name, "-break-glass"); found {
		i = len(environment) // the one label of ours with a dash in it
	}
	return strings.TrimPrefix(name[:i], "approve-") + "/" + name[i+1:]
}

type gitlabJob struct {
	Stage string
	Needs []yaml.Node
	When  string
	Rules []struct {
		If      string
		Changes []string
	}
	ResourceGroup string `yaml:"resource_group"`
}

func (j gitlabJob) needs() []string {
	var out []string
	for _, n := range j.Needs {
		var long struct{ Job string }
		if n.Kind == yaml.ScalarNode {
			out = append(out, n.Value)
		} else if n.Decode(&long) == nil {
			out = append(out, long.Job)
		}
	}
	return out
}

var inputRule = regexp.MustCompile(`^\$(INPUT_[A-Z_]+) == "([^"]*)"$`)

var targetRule = regexp.MustCompile(`\$CI_MERGE_REQUEST_TARGET_BRANCH_NAME (==|=~) (?:"([^"]+)"|/([^|]*)/)`)

// wanted judges the rules of a job: each asks for the value of an input, which
// stands in the root file, or for the branch that a request wants to go to.
func (j gitlabJob) wanted(root string, w *world, r *run) bool {
	base := r.Base
	for _, rule := range j.Rules {
		if r.Event == "request" && !w.Requested(r, rule.Changes) {
			continue
		}
		for _, m := range targetRule.FindAllStringSubmatch(rule.If, -1) {
			if m[1] == "==" && m[2] == base || m[1] == "=~" && regexp.MustCompile(strings.ReplaceAll(m[3], `\/`, "/")).MatchString(base) {
				return true
			}
		}
		m := inputRule.FindStringSubmatch(rule.If)
		if m != nil && strings.Contains(root, "  "+m[1]+":\n    value: \""+m[2]+"\"\n") {
			return true
		}
	}
	return len(j.Rules) == 0
}

type gitlabFlow struct {
	order []string
	jobs  map[string]gitlabJob
}

func (gitlab) load(w *world, commit, flow string) gitlabFlow {
	src := w.git(w.Bare, "show", commit+":.gitlab/fettle/"+flow+".yml")
	var node yaml.Node
	must(w.t, yaml.Unmarshal([]byte(src), &node))
	out := gitlabFlow{jobs: map[string]gitlabJob{}}
	root := node.Content[0]
	for i := 0; i < len(root.Content); i += 2 {
		name := root.Content[i].Value
		if slices.Contains([]string{"default", "variables", "stages", "workflow", "include"}, name) {
			continue
		}
		var j gitlabJob
		must(w.t, root.Content[i+1].Decode(&j))
		out.order, out.jobs[name] = append(out.order, name), j
	}
	return out
}

type gitlabInput struct {
	Default, Regex string
	Options        []string
}

// root is the root file as GitLab reads it: with the inputs in its text.
func (gitlab) root(src, flow string, given map[string]string) (string, error) {
	head, body, found := strings.Cut(src, "\n---\n")
	if !found {
		return src, nil
	}
	var spec struct {
		Spec struct{ Inputs map[string]gitlabInput }
	}
	if err := yaml.Unmarshal([]byte(head), &spec); err != nil {
		return "", err
	}
	given = mapsWith(given, "flow", flow)
	for name := range given {
		if _, ok := spec.Spec.Inputs[name]; !ok {
			return "", fmt.Errorf("gitlab: there is no input %s", name)
		}
	}
	for name, in := range spec.Spec.Inputs {
		value, ok := given[name]
		if !ok {
			value = in.Default
		}
		if in.Options != nil && !slices.Contains(in.Options, value) {
			return "", fmt.Errorf("gitlab: the input %s cannot be %q", name, value)
		}
		if in.Options == nil && !regexp.MustCompile(in.Regex).MatchString(value) {
			return "", fmt.Errorf("gitlab: the input %s does not match %s", name, in.Regex)
		}
		body = strings.ReplaceAll(body, "$[[ inputs."+name+" ]]", value)
	}
	return body, nil
}

func mapsWith(m map[string]string, key, value string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		out[k] = v
	}
	if value != "" {
		out[key] = value
	}
	return out
}

// next is who gets a resource group, by app/models/ci/resource_group.rb (18.6): in
// oldest_first the jobs of older pipelines come first that were created and do
// not wait yet; in unordered any that waits may come, and here it is the first.
func (gitlab) next(w *world, name string, q *scenario.Queue) *run {
	older := func(a, b *run) int { return a.Number - b.Number }
	switch mode := processMode(w, name); mode {
	case "unordered":
		return q.Waiting[0]
	case "oldest_first":
		if first := slices.MinFunc(slices.Concat(q.Waiting, q.Created), older); slices.Contains(q.Waiting, first) {
			return first
		}
		return nil
	case "newest_ready_first":
		return slices.MaxFunc(q.Waiting, older)
	default:
		panic("gitlab: a resource group has no process mode " + mode)
	}
}

// processMode is what the settings of the policies ask for; where they say
// nothing, it is GitLab's default.
func processMode(w *world, group string) string {
	if mode := os.Getenv("FETTLE_PROCESS_MODE"); mode != "" {
		return mode // to see what another one would do
	}
	var plans []*flow.Plan
	for _, r := range w.repository.Results {
		plans = append(plans, r.Plan)
	}
	for _, list := range settings.Lists(plans, []string{"gitlab"}) {
		for _, s := range list.Settings {
			if s.ID == "resource-group/"+group {
				return strings.Trim(s.Want, `"`)
			}
		}
	}
	return "unordered"
}

var branchRule = regexp.MustCompile(`\$CI_COMMIT_REF_NAME (==|=~) (?:"([^"]+)"|/(.*)/$)`)

// flows reads the rules of the includes.
func (g gitlab) flows(w *world, r *run) []string {
	src := w.git(w.Bare, "show", r.Commit+":.gitlab-ci.yml")
	flow := r.Flow
	if r.Event != "dispatch" && r.Event != "schedule" {
		flow = ""
	}
	body, err := g.root(src, flow, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	var root struct {
		Include []struct {
			Local string
			Rules []struct {
				If      string
				Changes []string
			}
		}
	}
	must(w.t, yaml.Unmarshal([]byte(body), &root))
	source := map[string]string{"push": "push", "dispatch": "web", "schedule": "schedule", "request": "merge_request_event"}[r.Event]
	var out []string
	for _, in := range root.Include {
		for _, rule := range in.Rules {
			if rulesIn(rule.If, source, r.Ref) && w.Touched(r, rule.Changes) {
				out = append(out, strings.TrimSuffix(filepath.Base(in.Local), ".yml"))
			}
		}
	}
	return out
}

// rulesIn judges a rule of the kinds that are generated: parts joined by &&.
func rulesIn(rule, source, ref string) bool {
	for part := range strings.SplitSeq(rule, " && ") {
		part = strings.TrimSpace(part)
		switch m := branchRule.FindStringSubmatch(part); {
		case m != nil && m[1] == "==" && m[2] != ref:
			return false
		case m != nil && m[1] == "=~" && !regexp.MustCompile(strings.ReplaceAll(m[3], `\/`, "/")).MatchString(ref):
			return false
		case m == nil && strings.HasPrefix(part, "$CI_PIPELINE_SOURCE =~ /"):
			if !regexp.MustCompile(part[len("$CI_PIPELINE_SOURCE =~ /") : len(part)-1]).MatchString(source) {
				return false
			}
		case m == nil && strings.HasPrefix(part, "$CI_PIPELINE_SOURCE") && part != `$CI_PIPELINE_SOURCE == "`+source+`"`:
			return false
		case m == nil && strings.HasPrefix(part, `"`):
			if left, right, _ := strings.Cut(part, " == "); left != right {
				return false
			}
		}
	}
	return true
}

func (g gitlab) carry(ctx context.Context, w *world, r *run) error {
	flow := g.load(w, r.Commit, r.Flow)
	src := w.git(w.Bare, "show", r.Commit+":.gitlab-ci.yml")
	chosen := ""
	if r.Event == "dispatch" || r.Event == "schedule" {
		chosen = r.Flow
	}
	root, err := g.root(src+"\n", chosen, r.Inputs)
	if err != nil {
		return err
	}
	flow.order = slices.DeleteFunc(flow.order, func(name string) bool { return !flow.jobs[name].wanted(root, w, r) })
	if len(flow.order) == 0 {
		return errors.New("gitlab: a pipeline without a job")
	}
	for _, name := range flow.order {
		if group := flow.jobs[name].ResourceGroup; group != "" {
			w.WillWant(r, group)
		}
	}
	p := &pipeline{gitlab: g, w: w, run: r, flow: flow, dir: filepath.Join(w.Dir, "builds", fmt.Sprintf("%s-%d", r.ID(), r.Attempt)), state: map[string]string{}}
	if err := p.prepare(root); err != nil {
		return err
	}
	for {
		batch, gates := p.next()
		switch {
		case len(batch) > 0:
			if err := p.start(ctx, batch, r.Actor, false); err != nil {
				return err
			}
		case len(gates) > 0:
			p.approvals(ctx, gates)
		default:
			if failed := p.onFailure(); len(failed) > 0 {
				if err := p.start(ctx, failed, r.Actor, false); err != nil {
					return err
				}
			}
			return p.verdict()
		}
		if ctx.Err() != nil {
			return scenario.ErrKilled
		}
	}
}

// next is what can run now without a person: one call of the engine, job after
// job, since they share a folder; or else the gates that wait.
func (p *pipeline) next() (batch, gates []string) {
	for _, name := range p.flow.order {
		j := p.flow.jobs[name]
		if p.state[name] != "" || j.When == "on_failure" {
			continue // the verdict looks at those
		}
		reached := !slices.ContainsFunc(j.needs(), func(n string) bool { return p.state[n] != "success" && !slices.Contains(batch, n) })
		switch {
		case !reached:
		case j.When != "manual":
			batch = append(batch, name)
		case !slices.ContainsFunc(j.needs(), func(n string) bool { return slices.Contains(batch, n) }):
			gates = append(gates, name)
		}
	}
	return batch, gates
}

// onFailure are the jobs that GitLab starts at the end when a job failed. One
// that nobody plays has not failed: GitLab knows no refusal.
func (p *pipeline) onFailure() []string {
	failed := false
	for _, s := range p.state {
		failed = failed || s == "failed"
	}
	var out []string
	for _, name := range p.flow.order {
		if failed && p.flow.jobs[name].When == "on_failure" {
			out = append(out, name)
		}
	}
	return out
}

// pipeline is one run, in one folder.
type pipeline struct {
	gitlab
	w     *world
	run   *run
	flow  gitlabFlow
	dir   string
	mu    sync.Mutex
	state map[string]string // success, failed
}

func (p *pipeline) prepare(root string) error {
	for _, args := range [][]string{{"clone", "--quiet", "--filter=blob:none", "--branch", p.run.Ref, "file://" + p.w.Bare, p.dir}, {"-C", p.dir, "reset", "--quiet", "--hard", p.run.Commit}, {"-C", p.dir, "remote", "set-url", "origin", p.w.readable("gitlab-ci-token")}} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %s", err, out)
		}
	}
	hooks, err := os.ReadFile("../testdata/engines/gitlab/runner.yml")
	if err != nil {
		return err
	}
	if err := os.WriteFile(p.dir+".locks", []byte(p.locks()), 0o644); err != nil {
		return err
	}
	// What the engine keeps stands where no clean of the folder finds it.
	if err := os.MkdirAll(filepath.Join(p.dir, ".git", "runner"), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.dir, ".git", "runner", "root.yml"), []byte(root+"\n"+string(hooks)), 0o644)
}

func (p *pipeline) locks() string {
	var b strings.Builder
	for _, name := range p.flow.order {
		if group := p.flow.jobs[name].ResourceGroup; group != "" {
			fmt.Fprintf(&b, "%s %s\n", name, group)
		}
	}
	return b.String()
}

func (p *pipeline) verdict() error {
	for name, s := range p.state {
		if s != "success" {
			return fmt.Errorf("job %s: %s", name, s)
		}
	}
	for _, name := range p.flow.order {
		if p.state[name] == "" && p.flow.jobs[name].When != "on_failure" {
			return fmt.Errorf("job %s was never reached", name)
		}
	}
	return nil
}

func (p *pipeline) approvals(ctx context.Context, gates []string) {
	var wait sync.WaitGroup
	for _, name := range gates {
		wait.Go(func() {
			d := p.w.Ask(p.run, p.gate(name))
			if !d.Approved && !d.Timeout {
				p.mu.Lock()
				p.state[name] = "refused by " + d.Person
				p.mu.Unlock()
				return
			}
			person := d.Person
			if person == "" {
				person = "lead"
			}
			if err := p.start(ctx, []string{name}, person, d.Timeout); err != nil {
				fmt.Fprintln(p.run, err)
			}
		})
	}
	wait.Wait()
}

var jobEnded = regexp.MustCompile(`(?m)^ (PASS|FAIL|WARN) +(\S+)`)

// start runs jobs by one call of the engine, and reads what each came to.
func (p *pipeline) start(ctx context.Context, names []string, person string, late bool) error {
	before := len(p.run.Log())
	err := p.call(ctx, names, person, late)
	p.mu.Lock()
	defer p.mu.Unlock()
	found := jobEnded.FindAllStringSubmatch(p.run.Log()[before:], -1)
	for _, m := range found {
		p.state[m[2]] = map[string]string{"PASS": "success", "WARN": "success", "FAIL": "failed"}[m[1]]
	}
	if len(found) == 0 && err == nil {
		err = errors.New("gitlab: the engine ran nothing")
	}
	for _, name := range names {
		if p.state[name] == "" {
			p.state[name] = "skipped"
		}
	}
	if len(found) > 0 && ctx.Err() == nil {
		return nil // the states say it
	}
	return err
}

func (p *pipeline) call(ctx context.Context, names []string, person string, late bool) error {
	r, w := p.run, p.w
	// The engine reads the files of the flows from the folder, where an earlier job may have checked another commit out.
	if out, err := exec.Command("git", "-C", p.dir, "checkout", "--quiet", "--force", "--detach", r.Commit).CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %s", err, out)
	}
	if p.flow.jobs[names[0]].When == "on_failure" {
		// Each call of the engine is a pipeline to it, in which nothing has failed: that it is the time is the world's to say.
		file := filepath.Join(p.dir, ".gitlab/fettle", r.Flow+".yml")
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), "when: on_failure", "when: always")), 0o644); err != nil {
			return err
		}
	}
	runner, _ := filepath.Abs("../testdata/engines/gitlab")
	source := map[string]string{"push": "push", "dispatch": "web", "schedule": "schedule", "request": "merge_request_event"}[r.Event]
	variables := []string{"CI_PIPELINE_SOURCE=" + source, fmt.Sprintf("CI_PIPELINE_IID=%d", r.Number), "CI_PIPELINE_ID=" + r.ID(), "CI_COMMIT_BRANCH=" + r.Ref, "CI_COMMIT_REF_NAME=" + r.Ref,
		"GITLAB_USER_LOGIN=" + person, "GITLAB_USER_EMAIL=" + person + "@example.com", "CI_API_V4_URL=" + w.server.URL + "/api/v4", "CI_PROJECT_ID=42", "CI_PROJECT_URL=" + strings.TrimSuffix(w.url, ".git"), "FETTLE_TOKEN=" + scenario.Token, "CI_JOB_TOKEN=" + readToken, "DEPLOY_TOKEN=of-the-host",
		"E2E_STATE=" + w.State, "E2E_RUN=" + r.ID(), "E2E_FROM=" + w.from(), "E2E_FRESH=" + w.overWire, "E2E_CONTROL=" + w.server.URL + "/run/" + r.ID(), "E2E_COMMIT=" + r.Commit, "E2E_RUNNER=" + runner, "E2E_LOCKS=" + p.dir + ".locks"}
	if r.Event == "request" {
		variables = append(variables, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME="+r.Base)
		variables = slices.DeleteFunc(variables, func(v string) bool { return strings.HasPrefix(v, "FETTLE_TOKEN=") }) // protected: not for requests
	}
	if late {
		variables = append(variables, "E2E_LATE=yes")
	}
	predefined := []string{}
	args := append(slices.Clone(names), "--concurrency", "1", "--no-json-schema-validation", "--no-evaluate-rule-changes", "--file", ".git/runner/root.yml", "--state-dir", ".git/runner/state", "--no-color", "--max-job-name-padding", "0")
	for _, v := range variables {
		k, _, _ := strings.Cut(v, "=")
		predefined = append(predefined, k)
		args = append(args, "--variable", v)
	}
	args = append(args, "--ignore-predefined-vars", strings.Join(predefined, ","))
	c := exec.Command("gitlab-ci-local", args...)
	c.Dir, c.Stdout, c.Stderr = p.dir, r, r
	c.Env = []string{"PATH=" + filepath.Join(runner, "bin") + ":" + os.Getenv("PATH"), "HOME=" + w.Home, "GIT_CONFIG_NOSYSTEM=1"}
	err := scenario.RunGroup(ctx, c)
	for _, name := range names { // a group is held until the engine's call ends
		if group := p.flow.jobs[name].ResourceGroup; group != "" {
			w.Unlock(r, group)
		}
	}
	if errors.Is(err, scenario.ErrKilled) {
		killEnvironment("E2E_STATE="+w.State, "E2E_RUN="+r.ID())
	}
	return err
}
