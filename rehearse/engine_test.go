package rehearse_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// policy is a small one; a command stands for "true".
const policy = `policy "shop" {
  targets = ["github"]
}
check "unit" {
  run = "true"
  timeout = "1m"
}
environment "production" {
  deploy = "COMMAND"
  approval "release" {
    approvers = [group.managers]
  }
}
group "managers" {
  github = "acme/managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {}
redeploy {}
`

// world is one in which the policy is ready to be committed.
func world(t *testing.T, ctx context.Context, text string, commands bool) (*scenario.World, *rehearse.Engine, *flow.Plan) {
	t.Helper()
	repository, diags := generators.CompileAll([]schema.Input{{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(text)}}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	git, err := exec.LookPath("git")
	must(t, err)
	e := &rehearse.Engine{Path: os.Getenv("PATH"), Commands: commands}
	w, err := scenario.New(ctx, scenario.Config{Dir: t.TempDir(), Engine: e, Git: git, Env: []string{"PATH=" + os.Getenv("PATH")}, Begin: time.Unix(1772323200, 0), Patience: 20 * time.Second})
	must(t, err)
	t.Cleanup(w.Stop)
	plan := repository.Results[0].Plan
	ready(t, w, e, plan)
	return w, e, plan
}

// ready puts what the rehearsal of a policy begins with into the developer's clone.
func ready(t *testing.T, w *scenario.World, e *rehearse.Engine, p *flow.Plan) {
	t.Helper()
	must(t, w.Write(rehearse.Marker, e.Add([]*flow.Plan{p})))
	must(t, w.Write(p.Script, string(script.File(p).Content)))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func play(t *testing.T, w *scenario.World, lines ...string) error {
	t.Helper()
	return w.Play(scenario.Read("test", strings.Join(lines, "\n")), 0)
}

// A command sees what the plan gives its job, and nothing of what pushes.
func TestCommandsSeeWhatThePlanGives(t *testing.T) {
	t.Parallel()
	w, _, _ := world(t, t.Context(), strings.Replace(policy, "COMMAND", "env | sort >$HOME/seen", 1), true)
	must(t, play(t, w, `commit main "First"`, "push main", "43 approved by lead", "43 succeeds"))
	seen, err := os.ReadFile(filepath.Join(w.Home, "seen"))
	must(t, err)
	own := regexp.MustCompile(`(?m)^(PATH|HOME|PWD|OLDPWD|SHLVL|_|GIT_CONFIG_NOSYSTEM|FETTLE_REHEARSAL|RELEASE_[A-Z_]+)=`)
	for line := range strings.Lines(string(seen)) {
		if !own.MatchString(line) {
			t.Errorf("a command sees %s", line)
		}
	}
	if !strings.Contains(string(seen), "RELEASE_VERSION=43\n") || strings.Contains(string(seen), scenario.Token) {
		t.Errorf("a command sees\n%s", seen)
	}
}

// A command cannot push: the host takes nothing from a job without the
// credential.
func TestCommandsCannotPush(t *testing.T) {
	t.Parallel()
	w, _, _ := world(t, t.Context(), strings.Replace(policy, "COMMAND", "git push --quiet origin HEAD:refs/heads/mine", 1), true)
	must(t, play(t, w, `commit main "First"`, "push main", "43 approved by lead", `43 fails "no credential that may push"`))
}

// Nobody approves what they started.
func TestRequesterMayNotApprove(t *testing.T) {
	t.Parallel()
	w, _, _ := world(t, t.Context(), policy, false)
	must(t, play(t, w, `commit main "First"`, "push main", "43 approved by dev", `43 fails "may not approve it"`, "nothing runs in production"))
}

// Where an approval excludes authors, who wrote a commit does not give it.
func TestAuthorMayNotApprove(t *testing.T) {
	t.Parallel()
	w, _, _ := world(t, t.Context(), strings.Replace(policy, "approvers = [group.managers]", "approvers = [group.managers]\n    exclude = [requester, authors]", 1), false)
	must(t, play(t, w, `commit main "First"`, "push main as lead", "43 approved by dev", `43 fails "dev wrote a commit of this version"`, "nothing runs in production"))
}

// A job that does not end is stopped when its time is over, with all that it
// started, and so is one whose rehearsal is interrupted.
func TestWhatDoesNotEndIsStopped(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	w, _, plan := world(t, ctx, strings.Replace(policy, "COMMAND", "sh -c 'echo $$ >$HOME/pid; sleep 300; :' ", 1), true)
	limit(plan, 3*time.Second)
	must(t, play(t, w, `commit main "First"`, "push main", "43 approved by lead", `43 fails "ran out of time"`))
	gone(t, filepath.Join(w.Home, "pid"))

	limit(plan, time.Hour)
	must(t, os.Remove(filepath.Join(w.Home, "pid")))
	for _, line := range []string{"43 is run again", "43 approved by lead"} {
		must(t, w.Line(line))
	}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if content, err := os.ReadFile(filepath.Join(w.Home, "pid")); err == nil && len(content) > 0 {
			break
		}
	}
	interrupt()
	w.Stop()
	gone(t, filepath.Join(w.Home, "pid"))
}

// limit bounds the command that deploys.
func limit(p *flow.Plan, to time.Duration) {
	for _, j := range p.Flow("delivery").Jobs {
		for i, s := range j.Steps {
			if run, ok := s.(flow.Run); ok && run.Purpose == flow.ToDeploy {
				run.Timeout = to
				j.Steps[i] = run
			}
		}
	}
}

// gone demands that the process whose number is in a file has ended.
func gone(t *testing.T, file string) {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	pid := strings.TrimSpace(string(content))
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if exec.Command("kill", "-0", pid).Run() != nil {
			return
		}
	}
	t.Errorf("the process %s still runs", pid)
}

// A scenario that waits for what does not come ends.
func TestScenarioThatNeverEnds(t *testing.T) {
	t.Parallel()
	w, _, _ := world(t, t.Context(), policy, false)
	for _, line := range []string{`commit main "First"`, "push main", "43 waits production/release"} {
		must(t, w.Line(line))
	}
	w.Patience = 100 * time.Millisecond
	err := w.Line("43 succeeds")
	if err == nil || !strings.Contains(err.Error(), "run 43 waits for the approval production/release") {
		t.Errorf("it ends with %v", err)
	}
}

// What a scenario calls by a name that is not there is refused, with the line.
func TestUnknownNames(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"break deploy staging": `there is no environment "staging"`,
		"break check unti":     `there is no check "unti"`,
		"staging runs 43":      `there is no environment "staging"`,
		"43 succeeds":          "there is no run 43",
		"dispatch redploy":     "there is no flow redploy",
		"dance":                `"dance" begins no line of a scenario`,
		"push":                 "it is written: push BRANCH",
		"clock noon":           `"noon" is no time such as`,
		"commit":               "it is written: commit BRANCH",
	} {
		w, _, _ := world(t, t.Context(), policy, false)
		err := play(t, w, `commit main "First"`, "push main quietly", line)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "test:3: ") {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// Without curl the request of a merge-back is not shown, which is said, and the
// rest is.
func TestWithoutCurl(t *testing.T) {
	t.Parallel()
	w, e, _ := world(t, t.Context(), policy, false)
	e.Path = t.TempDir()
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		programs, _ := os.ReadDir(dir)
		for _, p := range programs {
			if p.Name() != "curl" {
				_ = os.Symlink(filepath.Join(dir, p.Name()), filepath.Join(e.Path, p.Name())) // the first of a name counts
			}
		}
	}
	var mu sync.Mutex
	said := ""
	e.Tell = func(ev rehearse.Event) {
		mu.Lock()
		defer mu.Unlock()
		if ev.Kind == rehearse.Pretended {
			said += ev.Text + "\n"
		}
	}
	must(t, play(t, w, `commit main "First"`, "push main", "43 approved by lead", "43 succeeds", `commit hotfix/43 "Repair it" body="Incident: INC1"`, "push hotfix/43", "44 approved by lead", "44 succeeds", "production runs 43.1"))
	if len(w.Requests()) > 0 || !strings.Contains(said, "the request to the host is not shown, since there is no curl on this machine") {
		t.Errorf("%d requests, and it says\n%s", len(w.Requests()), said)
	}
}
