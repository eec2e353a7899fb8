package generators_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
)

// The generated GitLab files on a real engine (gitlab-ci-local) against a real
// bare repository: first delivery, hotfix with merge-back, a delivery that
// would lose the hotfix and is refused, and one that brings it. What the engine
// does not do, the test does: it chooses the pipeline's source, and starts the
// manual job as another person. It does not show locks, timeouts and protected
// environments.
func TestGitLabEndToEnd(t *testing.T) {
	engine, err := exec.LookPath("gitlab-ci-local")
	if err != nil {
		t.Skip("gitlab-ci-local is not installed (npm i -g gitlab-ci-local@4.73.0)")
	}
	w := newShop(t, engine)

	w.deliver("main", "43", "identify", "check-unit", "candidate", "request-production")
	w.approveAndDeploy("43")
	w.runs("production", "43")
	w.runs("hotfix-dev", "43")
	w.runs("branch", "hotfix/43")
	w.refs("refs/heads/hotfix/43", "refs/tags/candidate/43", "refs/tags/release/43", "refs/heads/fettle/ledger")

	w.git("checkout", "--quiet", "-B", "hotfix/43", "main")
	w.commit("fix.txt", "fixed", "Repair it\n\nIncident: INC0000001")
	w.git("push", "--quiet", "origin", "HEAD:hotfix/43")
	w.deliver("hotfix/43", "44", "identify", "check-unit", "candidate", "request-production")
	w.approveAndDeploy("44")
	w.job("merge-back", "44", "dev")
	w.runs("production", "43.1")
	w.runs("branch", "hotfix/43.1")
	w.refs("refs/heads/hotfix/43.1", "refs/tags/candidate/43.1", "refs/tags/release/43.1", "refs/heads/merge-back/43.1")

	w.git("checkout", "--quiet", "main")
	w.commit("more.txt", "more", "More")
	w.git("push", "--quiet", "origin", "HEAD:main")
	w.deliver("main", "45", "identify", "check-unit", "candidate")
	if out := w.refused("request-production", "45"); !strings.Contains(out, "merge-back is owed") {
		t.Fatalf("a delivery without the hotfix is refused, and says why:\n%s", out)
	}
	w.git("fetch", "--quiet", "origin")
	w.git("merge", "--quiet", "--no-edit", "origin/merge-back/43.1")
	w.git("push", "--quiet", "origin", "HEAD:main")
	w.deliver("main", "46", "identify", "check-unit", "candidate", "request-production")
	w.approveAndDeploy("46")
	w.runs("production", "46")

	if out := w.refusedApproval("46"); !strings.Contains(out, "somebody else has to approve") {
		t.Fatalf("who started the pipeline cannot approve:\n%s", out)
	}
	ledger := w.git("--git-dir", w.remote, "log", "--format=%s", "--reverse", "fettle/ledger")
	if !strings.Contains(ledger, "production: 43 passed\n") || !strings.Contains(ledger, "production: 43.1 passed\n") {
		t.Errorf("the ledger does not tell what happened:\n%s", ledger)
	}
}

// shop is a repository with a pipeline around it.
type shop struct {
	t                                  *testing.T
	engine, remote, work, envs, branch string
}

func newShop(t *testing.T, engine string) *shop {
	t.Helper()
	dir := t.TempDir()
	w := &shop{t: t, engine: engine, remote: filepath.Join(dir, "remote.git"), work: filepath.Join(dir, "work"), envs: filepath.Join(dir, "env")}
	must(t, os.Mkdir(w.envs, 0o755))
	must(t, os.Mkdir(w.work, 0o755))
	w.git("init", "--quiet", "--bare", "--initial-branch=main", w.remote)
	for _, key := range []string{"receive.denyNonFastForwards", "receive.denyDeletes"} {
		w.git("--git-dir", w.remote, "config", key, "true")
	}
	w.git("init", "--quiet", "--initial-branch=main")
	w.git("remote", "add", "origin", w.remote)
	src, err := os.ReadFile("../testdata/e2e/shop.release.hcl")
	must(t, err)
	result, diags := generators.Compile([]schema.Source{{Name: "release.hcl", Bytes: src}}, nil)
	if len(diags) > 0 {
		t.Fatalf("%s", diagnosticsText(diags))
	}
	for _, f := range result.Files {
		must(t, os.MkdirAll(filepath.Join(w.work, filepath.Dir(f.Path)), 0o755))
		must(t, os.WriteFile(filepath.Join(w.work, f.Path), f.Content, 0o755))
	}
	must(t, os.WriteFile(filepath.Join(w.work, ".gitignore"), []byte(".gitlab-ci-local/\nreports/\nrelease.env\n"), 0o644))
	w.commit("app.txt", "one", "First")
	w.git("push", "--quiet", "origin", "HEAD:main")
	return w
}

func (w *shop) git(args ...string) string {
	w.t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=Pat", "-c", "user.email=pat@example.com"}, args...)...)
	c.Dir = w.work
	out, err := c.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (w *shop) commit(file, text, message string) {
	w.t.Helper()
	must(w.t, os.WriteFile(filepath.Join(w.work, file), []byte(text+"\n"), 0o644))
	w.git("add", "--all")
	w.git("commit", "--quiet", "-m", message)
}

// start runs one job of the pipeline as somebody.
func (w *shop) start(job, number, user string) (string, error) {
	w.git("checkout", "--quiet", "--force", w.branch) // a runner checks out anew for each job; this engine does not
	set := []string{"CI_PIPELINE_SOURCE=push", "CI_PIPELINE_IID=" + number, "CI_PIPELINE_ID=10" + number, "CI_COMMIT_BRANCH=" + w.branch,
		"GITLAB_USER_LOGIN=" + user, "ENVIRONMENTS=" + w.envs, "FETTLE_REMOTE=" + w.remote}
	args := []string{job, "--ignore-predefined-vars", "CI_PIPELINE_SOURCE,CI_PIPELINE_IID,CI_PIPELINE_ID,CI_COMMIT_BRANCH,GITLAB_USER_LOGIN"}
	for _, s := range set {
		args = append(args, "--variable", s)
	}
	c := exec.Command(w.engine, args...)
	c.Dir = w.work
	out, err := c.CombinedOutput()
	return string(out), err
}

func (w *shop) job(name, number, user string) {
	w.t.Helper()
	if out, err := w.start(name, number, user); err != nil {
		w.t.Fatalf("%s of %s: %v\n%s", name, number, err, out)
	}
}

func (w *shop) deliver(branch, number string, jobs ...string) {
	w.t.Helper()
	w.branch = branch
	for _, j := range jobs {
		w.job(j, number, "dev")
	}
}

func (w *shop) approveAndDeploy(number string) {
	w.t.Helper()
	w.job("approve-production-release", number, "lead")
	w.job("deploy-production", number, "dev")
	w.job("mirror-hotfix-dev", number, "dev")
}

func (w *shop) refused(job, number string) string {
	w.t.Helper()
	out, err := w.start(job, number, "dev")
	if err == nil {
		w.t.Fatalf("%s of %s was not refused:\n%s", job, number, out)
	}
	return out
}

func (w *shop) refusedApproval(number string) string {
	w.t.Helper()
	return w.refused("approve-production-release", number)
}

func (w *shop) runs(environment, want string) {
	w.t.Helper()
	got, err := os.ReadFile(filepath.Join(w.envs, environment))
	must(w.t, err)
	if strings.TrimSpace(string(got)) != want {
		w.t.Errorf("%s has %q, want %q", environment, got, want)
	}
}

func (w *shop) refs(names ...string) {
	w.t.Helper()
	for _, n := range names {
		w.git("--git-dir", w.remote, "rev-parse", "--verify", n)
	}
}
