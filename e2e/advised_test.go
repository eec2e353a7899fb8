package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/script"
)

// advice is what the release script answers where a scenario has ended: what it calls
// open begins when it is tried, and what it calls closed is refused for that reason.
type advice struct {
	t    *testing.T
	plan *flow.Plan
	file string // the script
	dir  string // holds the remote and a clone of it
	env  []string
}

// advised asks for each policy of the scenario, and tries each answer on a copy.
func (w *world) advised(t *testing.T) {
	t.Helper()
	if w.repository == nil {
		return
	}
	for _, r := range w.repository.Results {
		a := w.newAdvice(t, r.Plan)
		for _, e := range r.Plan.Environments {
			if e.Tier == flow.Production {
				a.holds(e.ID)
			}
		}
	}
}

func (w *world) newAdvice(t *testing.T, p *flow.Plan) *advice {
	t.Helper()
	a := &advice{t: t, plan: p, dir: t.TempDir()}
	a.file = filepath.Join(a.dir, "release.sh")
	code := script.File(p).Content
	if now, err := w.Show("refs/heads/"+p.Mainline, p.Script); err == nil && script.Has([]byte(now), "advise") {
		code = []byte(now) // as fettle takes it
	}
	must(t, os.WriteFile(a.file, []byte(strings.Replace(string(code), "clock() { date -u +%s; }", `clock() { cat "$E2E_STATE/clock" 2>/dev/null || date -u +%s; }`, 1)), 0o755))
	a.env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.Home, "GIT_CONFIG_GLOBAL=" + filepath.Join(w.Home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "E2E_STATE=" + w.State,
		"RELEASE_TARGET=none", "RELEASE_RUN_ID=advised", "RELEASE_RUN_NUMBER=9000", "RELEASE_ACTOR=pat",
		"GIT_AUTHOR_NAME=Dev", "GIT_AUTHOR_EMAIL=dev@example.com", "GIT_COMMITTER_NAME=Dev", "GIT_COMMITTER_EMAIL=dev@example.com"}
	must(t, os.CopyFS(filepath.Join(a.dir, "remote.git"), os.DirFS(w.Bare)))
	_ = os.RemoveAll(filepath.Join(a.dir, "remote.git", "hooks")) // the world's own
	a.git(a.dir, "clone", "--quiet", "remote.git", "work")
	return a
}

func (a *advice) git(dir string, args ...string) string {
	a.t.Helper()
	c := exec.Command("git", args...)
	c.Dir, c.Env = dir, a.env
	out, err := c.CombinedOutput()
	if err != nil {
		a.t.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// op is an operation of the script in a clone, with what earlier ones handed on.
func (a *advice) op(dir string, more []string, args ...string) (string, int) {
	c := exec.Command("sh", append([]string{a.file}, args...)...)
	c.Dir, c.Env = dir, append(slices.Clone(a.env), more...)
	out, _ := c.CombinedOutput()
	return string(out), c.ProcessState.ExitCode()
}

var refusedFor = regexp.MustCompile(`(?m)^\t?Refused(?: \(([a-z-]+)\))?: (?:.|\n)*?^\t?  Why:  (.*)$`)

// reason is the guard of a refusal, and why.
func reason(out string) string {
	m := refusedFor.FindStringSubmatch(out)
	if m == nil {
		return ""
	}
	return m[1] + ": " + m[2]
}

// holds tries every answer for an environment.
func (a *advice) holds(environment string) {
	a.t.Helper()
	out, code := a.op(filepath.Join(a.dir, "work"), nil, "advise", "--porcelain", environment)
	if code == 1 {
		a.t.Logf("everything is closed: %s", reason(out))
		return
	}
	if code != 0 {
		a.t.Fatalf("advise: exit %d\n%s", code, out)
	}
	tries := 0
	for _, answer := range strings.Split(strings.ReplaceAll(out, "\n\t", "\x00\t"), "\n") {
		f := strings.Fields(answer)
		if len(f) < 4 || a.plan.Flow(f[0]) == nil || f[1] == "-" { // what runs, the merge-back, and a script that a scenario lets speak
			continue
		}
		tries++
		said, want := strings.ReplaceAll(answer, "\x00", "\n"), ""
		if f[3] != "open" {
			want = reason(said)
		}
		tried, ok := a.try(environment, f[0], f[1], f[2])
		if ok != (f[3] == "open") || reason(tried) != want {
			a.t.Errorf("advise says\n%s\nand the script\n%s", said, tried)
		}
	}
	if tries == 0 {
		a.t.Errorf("nothing was tried of\n%s", out)
	}
}

// try carries an answer out up to its deployment.
func (a *advice) try(environment, kind, name, commit string) (string, bool) {
	a.t.Helper()
	dir := a.t.TempDir()
	for _, part := range []string{"remote.git", "work"} {
		if out, err := exec.Command("cp", "-a", filepath.Join(a.dir, part), dir).CombinedOutput(); err != nil {
			a.t.Fatalf("%v: %s", err, out)
		}
	}
	work := filepath.Join(dir, "work")
	a.git(work, "remote", "set-url", "origin", filepath.Join(dir, "remote.git"))
	handed := []string{"RELEASE_FLOW=" + kind, "RELEASE_OUTPUT=" + filepath.Join(dir, "output"), "RELEASE_REF=refs/heads/" + name}
	steps := [][]string{{"resolve", environment, name}}
	if kind == string(flow.Redeploy) {
		a.git(work, "checkout", "--quiet", "--force", "--detach", commit)
	} else {
		steps = a.built(work, kind, name, commit)
		if kind == string(flow.Delivery) {
			handed = append(handed, "RELEASE_INCIDENT="+a.plan.ExampleIncident("INC1"))
		}
		for _, c := range steps[1][2:] {
			handed = append(handed, "RELEASE_EVIDENCE_"+variable(c)+"=exit-code", "RELEASE_RESULT_"+variable(c)+"=success")
		}
	}
	for _, step := range append(steps, []string{"begin", environment}) {
		out, code := a.op(work, handed, step...)
		if code != 0 {
			return fmt.Sprintf("%s: exit %d\n%s", step, code, out), false
		}
		said, _ := os.ReadFile(filepath.Join(dir, "output"))
		for line := range strings.Lines(string(said)) {
			key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
			handed = append(handed, "RELEASE_"+strings.ToUpper(key)+"="+value)
		}
	}
	return "", true
}

// built puts a repair on the branch of a hotfix, and is what a pipeline does up to the
// candidate.
func (a *advice) built(work, kind, name, commit string) [][]string {
	a.t.Helper()
	a.git(work, "checkout", "--quiet", "--force", "-B", "tried", commit)
	if kind == string(flow.Hotfix) {
		if p := a.plan.Paths; len(p) > 0 {
			at := filepath.Join(work, strings.TrimSuffix(p[0], "**"), "advised.txt")
			must(a.t, os.MkdirAll(filepath.Dir(at), 0o755))
			must(a.t, os.WriteFile(at, []byte("repaired\n"), 0o644))
		} else {
			must(a.t, os.WriteFile(filepath.Join(work, "advised.txt"), []byte("repaired\n"), 0o644))
		}
		a.git(work, "add", ".")
		a.git(work, "commit", "--quiet", "-m", "Repair it\n\nIncident: "+a.plan.ExampleIncident("INC1"))
		a.git(work, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/"+name)
	}
	for _, j := range a.plan.Flow(kind).Jobs {
		for _, s := range j.Steps {
			if op, ok := s.(flow.Operation); ok && op.Name == "candidate" {
				return [][]string{{"identify", kind}, append([]string{"candidate"}, op.Args...)}
			}
		}
	}
	a.t.Fatalf("the flow %s has no candidate", kind)
	return nil
}

func variable(check string) string { return strings.ToUpper(strings.ReplaceAll(check, "-", "_")) }
