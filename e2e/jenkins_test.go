package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/internal/test/groovy"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// jenkins runs the Jenkinsfiles on an EMULATOR of ours (testdata/engines/jenkins),
// in the Groovy that Jenkins uses: the documented order of declarative
// pipelines, and an error for everything that it does not know. Which branches
// start which file is read from the generated Job DSL seed.
type jenkins struct {
	*controller
	shared string // the Jenkins of several repositories; by default each has one of its own
}

// of is the Jenkins of a repository.
func (j jenkins) of(w *world) string {
	if j.shared != "" {
		return j.shared
	}
	return w.Dir
}

func TestJenkins(t *testing.T) {
	if _, err := exec.LookPath("groovy"); err != nil {
		carryOut(t, func() engine { return jenkins{} })
		return
	}
	c := newController(t)
	t.Run("scenarios", func(t *testing.T) { carryOut(t, func() engine { return jenkins{controller: c} }) })
}

// Two repositories on one Jenkins, whose environments have one name: neither
// waits for the other.
func TestJenkinsTwoRepositories(t *testing.T) {
	if os.Getenv("FETTLE_E2E") == "" {
		t.Skip("FETTLE_E2E is not set")
	}
	t.Parallel()
	e := jenkins{controller: newController(t), shared: "one"}
	begin := func(policy string) *world {
		w := newWorld(t, e, t.TempDir())
		w.install("shop", map[string]string{`policy "shop"`: `policy "` + policy + `"`, `= "./deploy.sh `: `= "./wait.sh && ./deploy.sh `})
		w.write("wait.sh", "#!/bin/sh\nwhile [ -e \"$E2E_STATE/occupied\" ]; do sleep 0.1; done\n")
		if policy == "shop" {
			must(t, os.WriteFile(filepath.Join(w.State, "occupied"), nil, 0o644))
		}
		for _, line := range []string{`commit main "First"`, "push main", "43 approved by lead"} {
			w.line(t, policy, line)
		}
		return w
	}
	w := begin("shop")
	if !w.Until(patience, func() bool { return w.Locks() > 0 }) {
		t.Fatalf("production is not deployed to:\n%s", w.Runs()[0].Log())
	}
	other := begin("store")
	first := other.Runs()[0] // before: Until asks under the world's lock
	if !other.Until(patience/3, func() bool { return first.Finished }) {
		t.Errorf("a deployment of store waits for one of shop:\n%s", other.Runs()[0].Log())
	}
	must(t, os.Remove(filepath.Join(w.State, "occupied")))
	for _, each := range []*world{w, other} {
		each.line(t, "the end", "43 succeeds")
		each.line(t, "the end", "production runs 43")
	}
}

func (jenkins) name() string { return "jenkins" }

func (j jenkins) missing() string {
	if j.controller == nil {
		return "groovy"
	}
	return ""
}

// gate of an input, by its message.
func (jenkins) gate(name string) string { return gateOfTitle(name) }

// controller is one Java process that carries out all builds of the test.
type controller struct {
	mu    sync.Mutex
	in    io.Writer
	ended map[string]chan int
}

func newController(t *testing.T) *controller {
	t.Helper()
	folder, err := filepath.Abs("../testdata/engines/jenkins")
	must(t, err)
	cmd := groovy.Command(t, "-cp", folder, filepath.Join(folder, "serve.groovy"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	c := &controller{in: in, ended: map[string]chan int{}}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var id string
			var code int
			if _, err := fmt.Sscan(lines.Text(), &id, &code); err != nil {
				continue
			}
			c.mu.Lock()
			done := c.ended[id]
			c.mu.Unlock()
			done <- code
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, done := range c.ended { // the process died: nothing will end any more
			select {
			case done <- -1:
			default:
			}
		}
	}()
	t.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	return c
}

func (c *controller) send(v any) {
	b, _ := json.Marshal(v)
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(c.in, "%s\n", b)
}

var (
	multibranch = regexp.MustCompile(`(?s)multibranchPipelineJob\('[^']*/([^']*)'\).*?includes\('([^']*)'\)(.*?)\n}\n`)
	plainJob    = regexp.MustCompile(`pipelineJob\('[^']*/([^']*)'\)`)
)

func (jenkins) flows(w *world, r *run) []string {
	seed := w.git(w.Bare, "show", r.Commit+":.jenkins/jobs.groovy") + "\n"
	var out []string
	for _, m := range multibranch.FindAllStringSubmatch(seed, -1) {
		matches := slices.ContainsFunc(strings.Fields(m[2]), func(p string) bool { ok, _ := path.Match(p, r.Ref); return ok })
		requests := strings.HasSuffix(m[1], "merge-request")
		if requests == (r.Event == "request") && (matches || requests) {
			out = append(out, m[1])
		}
	}
	if r.Event == "push" {
		out = unchanged(w, r, out)
	}
	if r.Event == "dispatch" {
		for _, m := range plainJob.FindAllStringSubmatch(seed, -1) {
			out = append(out, m[1])
		}
	}
	if r.Event == "schedule" { // by what the seed wrote: nothing was built before
		for _, m := range plainJob.FindAllStringSubmatch(seed, -1) {
			if strings.Contains(projectOf(seed, m[1]), "cron {\n                    spec('TZ=Etc/UTC\\n") {
				out = append(out, m[1])
			}
		}
	}
	return slices.Compact(out)
}

// unchanged takes the flows out whose component a push did not touch. Jenkins
// starts those as well; each ends after its first stage, and has no number here
// that other systems would not give it.
func unchanged(w *world, r *run, flows []string) []string {
	return slices.DeleteFunc(flows, func(flow string) bool {
		own := scenario.Component(flow)
		if own == "" || w.Touched(r, []string{own + "/**", ".fettle/" + own + "/**"}) {
			return false
		}
		idle := w.Idle(r, flow, 900+w.Clock())
		if idle.Err != nil || !strings.Contains(idle.Log(), "there is nothing to deliver") {
			w.t.Fatalf("jenkins: a push that changes nothing of %s: %v\n%s", own, idle.Err, idle.Log())
		}
		return true
	})
}

// projectOf is what the seed says of a project that a person or the clock
// starts.
func projectOf(seed, flow string) string {
	_, after, _ := strings.Cut(seed, "pipelineJob('")
	for _, block := range strings.Split(after, "\npipelineJob('") {
		if name, _, _ := strings.Cut(block, "'"); strings.HasSuffix(name, "/"+flow) {
			block, _, _ = strings.Cut(block, "\n}\n")
			return block
		}
	}
	return ""
}

// parameters are called as the form calls them: that of the seed, since nothing
// of the project needs to have been built, or of a branch's file.
func (jenkins) parameters(src, project string, inputs map[string]string) (map[string]string, error) {
	form := src
	if project != "" {
		form = project
	}
	out := map[string]string{}
	for name, value := range inputs {
		declared := regexp.MustCompile(`(?:string\(name: |choice\(name: |choiceParam\(|name\()'((?:[A-Z]+_)?` + strings.ToUpper(name) + `)'`).FindStringSubmatch(form)
		if declared == nil {
			return nil, fmt.Errorf("jenkins: there is no parameter %s", name)
		}
		out[declared[1]] = value
	}
	return out, nil
}

func (j jenkins) carry(ctx context.Context, w *world, r *run) error {
	src := w.git(w.Bare, "show", r.Commit+":.jenkins/"+r.Flow+".Jenkinsfile")
	parameters, err := j.parameters(src, projectOf(w.git(w.Bare, "show", r.Commit+":.jenkins/jobs.groovy"), r.Flow), r.Inputs)
	if err != nil {
		return err
	}
	key := fmt.Sprintf("%s-%s-%s-%d", filepath.Base(filepath.Dir(w.Dir)), filepath.Base(w.Dir), r.ID(), r.Attempt)
	base := filepath.Join(w.Dir, "jenkins")
	if err := os.MkdirAll(base, 0o755); err != nil {
		return err
	}
	file, log := filepath.Join(base, key+".Jenkinsfile"), filepath.Join(base, key+".log")
	if err := os.WriteFile(file, []byte(src+"\n"), 0o644); err != nil {
		return err
	}
	user := "" // a push has none; who builds it again has one
	if r.Event == "dispatch" || r.Attempt > 1 {
		user = r.Actor
	}
	env := map[string]string{"PATH": os.Getenv("PATH"), "HOME": w.Home, "GIT_CONFIG_NOSYSTEM": "1", "JENKINS_URL": w.server.URL + "/", "BUILD_NUMBER": fmt.Sprint(r.Number),
		"BUILD_TAG": "jenkins-" + r.ID(), "BUILD_URL": w.server.URL + "/job/" + r.ID() + "/", "JOB_NAME": "shop/" + r.Flow, "BRANCH_NAME": r.Ref, "FETTLE_FORGE_URL": strings.TrimSuffix(w.url, ".git")}
	if r.Event == "request" {
		env["CHANGE_TARGET"] = r.Base
	}
	for _, e := range w.environ(r) {
		k, v, _ := strings.Cut(e, "=")
		env[k] = v
	}
	done := make(chan int, 1)
	j.mu.Lock()
	j.ended[key] = done
	j.mu.Unlock()
	j.send(map[string]any{"id": key, "file": file, "log": log, "env": env, "parameters": parameters, "credentials": map[string]string{"fettle": scenario.Token, "deploy-token": "of-the-host"},
		"control": w.server.URL + "/run/" + r.ID(), "workspaces": filepath.Join(base, "workspaces"), "artifacts": filepath.Join(base, "artifacts"),
		"remote": w.url, "commit": r.Commit, "user": user, "controller": j.of(w)})
	code := 0
	select {
	case code = <-done:
	case <-ctx.Done():
		j.send(map[string]string{"kill": key})
		killEnvironment("E2E_STATE="+w.State, "E2E_RUN="+r.ID())
		code = <-done
	}
	printed, _ := os.ReadFile(log)
	_, _ = r.Write(printed)
	switch code {
	case 0:
		return nil
	case 4:
		return scenario.ErrKilled
	default:
		return fmt.Errorf("jenkins: result %d", code)
	}
}
