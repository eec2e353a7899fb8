package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// github runs the workflows on act, in host mode: a real engine for jobs, needs,
// outputs, conditions and steps. Actions are replaced by small ones of ours
// (testdata/engines/github), which do for real what the generated files want of
// them. act knows neither approvals nor concurrency groups: the world holds the
// locks (the stand-in for checkout asks for them) and the gates (gh asks), as
// GitHub's documentation says; branch policies and permissions are not shown.
type github struct{}

func TestGitHub(t *testing.T) { carryOut(t, func() engine { return github{} }) }

func (github) name() string { return "github" }

func (github) missing() string {
	for _, tool := range []string{"act", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			return tool
		}
	}
	return ""
}

// gate of an environment such as production-approval-release.
func (github) gate(name string) string {
	environment, label, _ := strings.Cut(name, "-approval-")
	return environment + "/" + label
}

// actions are what stands for which.
var actions = map[string]string{
	"actions/checkout": "checkout", "actions/upload-artifact": "upload", "actions/download-artifact": "download", "actions/create-github-app-token": "token",
}

type workflow struct {
	On struct {
		Push, PullRequest struct{ Branches, Paths []string }
		Schedule          []struct{ Cron string }
		WorkflowDispatch  *struct {
			Inputs map[string]struct {
				Type, Default string
				Required      bool
				Options       []string
			}
		}
	}
	Jobs map[string]workflowJob
}

type workflowJob struct {
	Name        string
	Continue    bool `yaml:"continue-on-error"`
	Concurrency struct{ Group, Queue string }
}

func (github) load(w *world, commit, flow string) (*workflow, string) {
	src := w.git(w.Bare, "show", commit+":.github/workflows/"+flow+".yml")
	var raw struct {
		On   map[string]yaml.Node
		Jobs map[string]yaml.Node
	}
	must(w.t, yaml.Unmarshal([]byte(src), &raw))
	var out workflow
	for event, node := range raw.On {
		switch event {
		case "push":
			must(w.t, node.Decode(&out.On.Push))
		case "pull_request":
			must(w.t, node.Decode(&out.On.PullRequest))
		case "schedule":
			must(w.t, node.Decode(&out.On.Schedule))
		case "merge_group":
		case "workflow_dispatch":
			must(w.t, node.Decode(&out.On.WorkflowDispatch))
			if out.On.WorkflowDispatch == nil {
				out.On.WorkflowDispatch = &struct {
					Inputs map[string]struct {
						Type, Default string
						Required      bool
						Options       []string
					}
				}{}
			}
		default:
			w.t.Fatalf("github: %s starts on %s", flow, event)
		}
	}
	var jobs struct{ Jobs map[string]workflowJob }
	must(w.t, yaml.Unmarshal([]byte(src), &jobs))
	out.Jobs = jobs.Jobs
	return &out, src
}

func (g github) flows(w *world, r *run) []string {
	var out []string
	for _, flow := range listed(w, r.Commit, ".github/workflows/", ".yml") {
		f, _ := g.load(w, r.Commit, flow)
		match := func(patterns []string) bool {
			return slices.ContainsFunc(patterns, func(p string) bool { ok, _ := path.Match(p, r.Ref); return ok })
		}
		switch r.Event {
		case "push":
			if match(f.On.Push.Branches) && w.Touched(r, f.On.Push.Paths) {
				out = append(out, flow)
			}
		case "dispatch":
			if f.On.WorkflowDispatch != nil {
				out = append(out, flow)
			}
		case "schedule":
			if len(f.On.Schedule) > 0 {
				out = append(out, flow)
			}
		case "request":
			if slices.ContainsFunc(f.On.PullRequest.Branches, func(p string) bool { ok, _ := path.Match(p, r.Base); return ok }) {
				out = append(out, flow)
			}
		}
	}
	return out
}

// inputs are those of a dispatch, as GitHub's form lets them through.
func (github) inputs(f *workflow, given map[string]string) (map[string]string, error) {
	out := map[string]string{}
	if f.On.WorkflowDispatch == nil {
		return out, nil
	}
	known := f.On.WorkflowDispatch.Inputs
	for name, in := range known {
		out[name] = in.Default
		if in.Type == "choice" && in.Default == "" && len(in.Options) > 0 {
			out[name] = in.Options[0]
		}
	}
	for name, value := range given {
		in, ok := known[name]
		if !ok {
			return nil, fmt.Errorf("github: the workflow has no input %s", name)
		}
		if in.Type == "choice" && !slices.Contains(in.Options, value) {
			return nil, fmt.Errorf("github: the input %s cannot be %q", name, value)
		}
		out[name] = value
	}
	return out, nil
}

var younger = regexp.MustCompile(`(?m)^ +(queue: max|deployment: false)\n`)

var pinned = regexp.MustCompile(`uses: (\S+)@([0-9a-f]{40})`)

func (g github) carry(ctx context.Context, w *world, r *run) error {
	f, src := g.load(w, r.Commit, r.Flow)
	inputs, err := g.inputs(f, r.Inputs)
	if err != nil {
		return err
	}
	dir := filepath.Join(w.Dir, "act", fmt.Sprintf("%s-%d", r.ID(), r.Attempt))
	for _, args := range [][]string{{"clone", "--quiet", "--branch", r.Ref, w.Bare, dir}, {"-C", dir, "reset", "--quiet", "--hard", r.Commit}, {"-C", dir, "remote", "set-url", "origin", w.url}} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %s", err, out)
		}
	}
	// Two keys are younger than act; what they mean is the world's part.
	file := filepath.Join(dir, ".github/workflows", r.Flow+".yml")
	if err := os.WriteFile(file, []byte(younger.ReplaceAllString(src, "")+"\n"), 0o644); err != nil {
		return err
	}
	event := map[string]any{"ref": "refs/heads/" + r.Ref, "inputs": inputs}
	name := map[string]string{"push": "push", "dispatch": "workflow_dispatch", "schedule": "schedule", "request": "pull_request"}[r.Event]
	if r.Event == "request" {
		event["pull_request"] = map[string]any{"head": map[string]string{"ref": r.Ref}, "base": map[string]string{"ref": r.Base}}
	}
	payload, _ := json.Marshal(event)
	eventFile := dir + ".json"
	if err := os.WriteFile(eventFile, payload, 0o644); err != nil {
		return err
	}
	locks, _ := json.Marshal(locksOf(f))
	args := []string{name, "--directory", dir, "--workflows", file, "--eventpath", eventFile,
		"--platform", "ubuntu-24.04=-self-hosted", "--pull=false", "--no-cache-server", "--no-skip-checkout", "--actor", r.Actor,
		"--secret", "FETTLE_APP_PRIVATE_KEY=key", "--var", "FETTLE_APP_CLIENT_ID=client", "--secret", "GITHUB_TOKEN=" + readToken, "--secret", "DEPLOY_TOKEN=of-the-host",
		"--action-cache-path", filepath.Join(w.Home, "actions")}
	for _, e := range append(w.environ(r), "E2E_CONTROL="+w.server.URL+"/run/"+r.ID(), "E2E_REMOTE="+w.url, "E2E_COMMIT="+r.Commit, "E2E_TOKEN="+scenario.Token,
		"E2E_LOCKS="+string(locks), "GITHUB_RUN_ID="+r.ID(), fmt.Sprintf("GITHUB_RUN_NUMBER=%d", r.Number), fmt.Sprintf("GITHUB_RUN_ATTEMPT=%d", r.Attempt), "GIT_CONFIG_NOSYSTEM=1") {
		args = append(args, "--env", e)
	}
	seen := map[string]bool{}
	for _, m := range pinned.FindAllStringSubmatch(src, -1) {
		folder, ok := actions[m[1]]
		if !ok {
			return fmt.Errorf("github: nothing stands for %s", m[1])
		}
		if key := m[1] + "@" + m[2]; !seen[key] {
			seen[key] = true
			path, _ := filepath.Abs(filepath.Join("../testdata/engines/github", folder))
			args = append(args, "--local-repository", key+"="+path)
		}
	}
	bin, _ := filepath.Abs("../testdata/engines/github/bin")
	if err := os.MkdirAll(filepath.Join(w.Home, ".config/act"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(w.Home, ".config/act/actrc"), nil, 0o644); err != nil {
		return err
	}
	c := exec.Command("act", args...)
	out := &actOutput{w: w, run: r, groups: locksOf(f), titles: titlesOf(f)}
	c.Dir, c.Stdout, c.Stderr = dir, out, out
	c.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + w.Home, "XDG_CACHE_HOME=" + filepath.Join(dir+".cache")}
	err = scenario.RunGroup(ctx, c)
	if err != nil && out.informed(f) {
		err = nil
	}
	if errors.Is(err, scenario.ErrKilled) {
		killEnvironment("E2E_STATE="+w.State, "E2E_RUN="+r.ID())
	} else if group := w.HeldBy(r); group != "" {
		return fmt.Errorf("github: no job gave the group %s back", group)
	}
	return err
}

// locksOf are the concurrency groups of jobs. One that drops a waiting run is a
// mistake of the file.
func locksOf(f *workflow) map[string]string {
	out := map[string]string{}
	for id, j := range f.Jobs {
		if j.Concurrency.Group == "" {
			continue
		}
		if j.Concurrency.Queue != "max" {
			out[id] = "a-group-that-drops"
			continue
		}
		out[id] = j.Concurrency.Group
	}
	return out
}

func titlesOf(f *workflow) map[string]string {
	out := map[string]string{}
	for id, j := range f.Jobs {
		out[j.Name] = id
	}
	return out
}

// actOutput is what act prints. A job that ended gives its group back, as
// GitHub does: the stand-in for checkout has taken it.
type actOutput struct {
	w              *world
	run            *run
	groups, titles map[string]string // by job, and job by title
	line           []byte
	failed         []string // titles of jobs
}

// informed tells whether nothing failed but jobs whose failure does not fail
// the run: act leaves that to its caller.
func (o *actOutput) informed(f *workflow) bool {
	required := func(title string) bool { return !f.Jobs[o.titles[title]].Continue }
	return len(o.failed) > 0 && !slices.ContainsFunc(o.failed, required)
}

var jobIsOver = regexp.MustCompile(`^\[[^/\]]*/(.*?) *\].*Job (succeeded|failed)$`)

func (o *actOutput) Write(p []byte) (int, error) {
	o.line = append(o.line, p...)
	for {
		line, rest, found := bytes.Cut(o.line, []byte("\n"))
		if !found {
			return o.run.Write(p)
		}
		o.line = rest
		if m := jobIsOver.FindSubmatch(line); m != nil {
			if string(m[2]) == "failed" {
				o.failed = append(o.failed, string(m[1]))
			}
			if group := o.groups[o.titles[string(m[1])]]; group != "" {
				o.w.Unlock(o.run, group)
			}
		}
	}
}

// killEnvironment ends every process that carries these variables: act starts
// its steps in groups of their own.
func killEnvironment(variables ...string) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, f := range files {
		environ, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		has := func(v string) bool { return bytes.Contains(append([]byte{0}, environ...), []byte("\x00"+v+"\x00")) }
		if !slices.ContainsFunc(variables, func(v string) bool { return !has(v) }) {
			kill(path.Base(path.Dir(f)))
		}
	}
}
