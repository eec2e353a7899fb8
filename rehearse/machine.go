package rehearse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// machine is what a job runs on: nothing of another job is on it.
type machine struct {
	*pipeline
	job  *flow.Job
	end  *end
	dir  string
	set  map[string]string // by earlier steps of the job, as RELEASE_<KEY>
	fail error             // of the first step that failed
}

func newMachine(p *pipeline, j *flow.Job, e *end) *machine {
	return &machine{pipeline: p, job: j, end: e, dir: p.folder(j), set: map[string]string{}}
}

// work does the steps, one after the other: after a failure only those that are
// there for it.
func (m *machine) work(ctx context.Context) error {
	defer os.RemoveAll(m.dir)
	for i, s := range m.job.Steps {
		if !m.due(s) {
			continue
		}
		err := m.step(ctx, i, s)
		if ctx.Err() != nil && !errors.Is(context.Cause(ctx), errTime) {
			return scenario.ErrKilled // the machine went away: no step after it runs
		}
		if err == nil {
			continue
		}
		if errors.Is(context.Cause(ctx), errTime) {
			err = errTime
			ctx = context.WithoutCancel(ctx) // what is there for a failure has time of its own
		}
		if run, ok := s.(flow.Run); ok && run.Phase == flow.Tolerated {
			fmt.Fprintf(m.run, "%s: %v (tolerated)\n", run.Title, err)
			continue
		}
		if m.fail == nil {
			m.fail = err
		}
	}
	return m.fail
}

// due tells whether a step runs, by what happened before it.
func (m *machine) due(s flow.Step) bool {
	switch s := s.(type) {
	case flow.Operation:
		return (m.fail != nil) == (s.Phase == flow.OnFailure)
	case flow.Run:
		return (m.fail != nil) == (s.Phase == flow.OnFailure)
	default:
		return m.fail == nil
	}
}

func (m *machine) step(ctx context.Context, i int, s flow.Step) error {
	switch s := s.(type) {
	case flow.Checkout:
		return m.checkout(ctx, s)
	case flow.Run:
		return m.command(ctx, i, s)
	case flow.Operation:
		return m.operation(ctx, s)
	case flow.ClearReport:
		return m.script(ctx, false, "clear-report", s.Check, s.Glob)
	case flow.Evidence:
		if m.job.Script == "" {
			return nil // it is shown to people, and nothing judges it
		}
		return m.script(ctx, false, "evidence", s.Check, s.Glob)
	case flow.Publish:
		return m.publish(ctx, s)
	case flow.Fetch:
		return m.fetch(ctx, s)
	case flow.Causes:
		m.set[flow.FailureVariable] = m.causes(s.Of)
		return nil
	case flow.Native:
		fmt.Fprintf(m.run, "a native step of %s is not shown here\n", s.Target)
		return nil
	default:
		panic(fmt.Sprintf("rehearse: unexpected step %T", s))
	}
}

// checkout is a clone of its own, detached at the commit of the run, with one
// commit or with all of the history. The files of earlier commits are always there.
func (m *machine) checkout(ctx context.Context, s flow.Checkout) error {
	commit := m.run.Commit
	fetch := []string{"fetch", "--quiet", "--no-tags", "--depth=1", "file://" + m.world.Bare, commit}
	if s.History != flow.NoHistory {
		fetch = []string{"fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*"}
	}
	at := commit
	if s.Branch != "" {
		at = "refs/remotes/origin/" + s.Branch
		fetch = []string{"fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*"}
	}
	for _, args := range [][]string{
		{"init", "--quiet", m.dir}, {"-C", m.dir, "remote", "add", "origin", m.world.Bare},
		append([]string{"-C", m.dir}, fetch...), {"-C", m.dir, "checkout", "--quiet", "--detach", at},
	} {
		if err := m.start(ctx, "", m.tools(), m.world.Git, args...); err != nil {
			return err
		}
	}
	if !s.Mainline {
		return nil
	}
	script, err := m.world.Show("refs/heads/"+m.plan.Mainline, m.plan.Script)
	if err != nil {
		return fmt.Errorf("the branch %s has no %s", m.plan.Mainline, m.plan.Script)
	}
	return os.WriteFile(filepath.Join(m.dir, m.job.Script), []byte(script+"\n"), 0o644)
}

// operation calls the release script.
func (m *machine) operation(ctx context.Context, op flow.Operation) error {
	if op.RunsCommand() && !m.engine.Commands {
		return m.version(op)
	}
	if op.Downloads() && !m.engine.Commands {
		return m.unseen(op)
	}
	args := append([]string{op.Name}, op.Args...)
	env := m.environment()
	for _, name := range op.FromEnv {
		args = append(args, env[name])
	}
	if err := m.script(ctx, gen.HasToken(m.job, op), args...); err != nil {
		return err
	}
	if len(op.Sets) > 0 {
		return m.handOn()
	}
	return nil
}

// handOn takes what an operation set: to later jobs, or to later steps of this one.
func (m *machine) handOn() error {
	content, err := os.ReadFile(filepath.Join(m.dir, output))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(content)) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if len(m.job.Outputs) > 0 {
			m.end.outputs[key] = value
		} else {
			m.set["RELEASE_"+strings.ToUpper(key)] = value
		}
	}
	return nil
}

// output is where the script leaves what it sets.
const output = ".git/fettle-output"

// script calls an operation of the release script, with the credential that may
// push or without.
func (m *machine) script(ctx context.Context, token bool, args ...string) error {
	env := m.environment()
	maps.Copy(env, map[string]string{
		"RELEASE_TARGET": m.plan.Active, "RELEASE_FLOW": string(m.flow.Kind), "RELEASE_OUTPUT": output,
		"RELEASE_RUN_ID": m.run.ID(), "RELEASE_RUN_NUMBER": fmt.Sprint(m.run.Number), "RELEASE_RUN_URL": m.host.runURL(m.run),
		"RELEASE_ACTOR": m.run.Actor, "RELEASE_REF": "refs/heads/" + m.run.Ref, "FETTLE_FORGE_URL": m.host.repository(m.plan.Forge),
	})
	if m.run.Event == "request" {
		maps.Copy(env, map[string]string{"GITHUB_BASE_REF": m.run.Base, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": m.run.Base, "SYSTEM_PULLREQUEST_TARGETBRANCH": m.run.Base, "CHANGE_TARGET": m.run.Base})
	}
	if m.engine.Target != "" {
		env["RELEASE_TARGET"] = m.engine.Target
	}
	if len(m.job.Approved) > 0 {
		env["RELEASE_APPROVERS"] = m.approvers(m.job)
	}
	if token {
		env["FETTLE_TOKEN"] = scenario.Token
		if m.plan.Committer.Signed {
			key, err := m.host.key()
			if err != nil {
				return err
			}
			env[flow.SigningKey] = key
		}
	}
	variables := pairsOf(env)
	if (flow.Operation{Name: args[0]}).RunsCommand() && m.engine.Environ != nil {
		variables = append(variables, m.engine.Environ(m.run)...)
	}
	return m.start(ctx, m.dir, variables, "sh", append([]string{m.job.Script}, args...)...)
}

// environment is what the plan gives the job.
func (m *machine) environment() map[string]string {
	env := map[string]string{}
	for _, d := range m.job.Inputs {
		env[d.Env] = m.value(d)
	}
	maps.Copy(env, m.set)
	return env
}

// tools are the variables that every machine has.
func (m *machine) tools() []string {
	return []string{"PATH=" + m.host.path, "HOME=" + m.world.Home, "GIT_CONFIG_NOSYSTEM=1", "FETTLE_REHEARSAL=yes"}
}

func pairsOf(env map[string]string) []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(env)) {
		out = append(out, k+"="+env[k])
	}
	return out
}

// start runs a program to its end, or until the job has to end, and then with
// everything that it started.
func (m *machine) start(ctx context.Context, dir string, env []string, name string, args ...string) error {
	file, err := m.host.find(name)
	if err != nil {
		return err
	}
	c := exec.Command(file, args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = dir, append(m.tools(), env...), m.run, m.run
	err = scenario.RunGroup(ctx, c)
	if cause := context.Cause(ctx); cause != nil && errors.Is(cause, errTime) {
		return errTime
	}
	var code *exec.ExitError
	if errors.As(err, &code) {
		return fmt.Errorf("%s: %w", callText(name, args), err)
	}
	return err
}

// callText is a call for people: the operation, or the program.
func callText(name string, args []string) string {
	if name == "sh" && len(args) > 1 && strings.HasSuffix(args[0], ".sh") {
		return strings.Join(args[1:min(3, len(args))], " ")
	}
	return filepath.Base(name)
}

// --- Artifacts ----------------------------------------------------------------------

// artifactFolder is where the artifacts of a run are.
func (m *machine) artifactFolder(run string) string {
	return filepath.Join(m.world.State, "artifacts", run)
}

// publish packs the artifact, and keeps the one tar of this attempt.
func (m *machine) publish(ctx context.Context, s flow.Publish) error {
	if err := m.script(ctx, false, "pack", s.Path); err != nil {
		return err
	}
	if err := m.handOn(); err != nil {
		return err
	}
	run := m.end.outputs["artifact_run"]
	if run == "" {
		run = m.run.ID()
	}
	return copyFile(filepath.Join(m.dir, flow.Tar), filepath.Join(m.artifactFolder(run), fmt.Sprintf("release-%d", m.run.Attempt), "release.tar"))
}

// fetch brings the artifact of this run, or of the one that the ledger names.
func (m *machine) fetch(ctx context.Context, s flow.Fetch) error {
	env := m.environment()
	run := env["RELEASE_ARTIFACT_RUN"]
	if run == "" {
		run = m.run.ID()
	}
	attempts, err := os.ReadDir(m.artifactFolder(run))
	if err != nil || len(attempts) == 0 {
		return fmt.Errorf("the run %s kept no artifact", run)
	}
	newest := attempts[len(attempts)-1].Name()
	if err := copyFile(filepath.Join(m.artifactFolder(run), newest, "release.tar"), filepath.Join(m.dir, flow.Tar)); err != nil {
		return err
	}
	return m.script(ctx, false, "unpack", s.Path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
