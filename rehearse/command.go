package rehearse

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// command is a command of the policy: it is run, or its call is told and what it
// leaves is made.
func (m *machine) command(ctx context.Context, i int, r flow.Run) error {
	env := m.environment()
	for _, v := range r.Env {
		var b strings.Builder
		for _, p := range v.Parts {
			b.WriteString(p.Lit + env[p.Env])
		}
		env[v.Name] = b.String()
	}
	m.engine.tell(Event{Kind: Command, Run: m.run, Flow: m.flow, Job: m.job, Text: call(r, env)})
	if !m.engine.Commands {
		return m.pretend(i, r, env)
	}
	if err := m.runs(ctx, r, env); err != nil {
		return err
	}
	if m.engine.Environ == nil && (r.Purpose == flow.ToDeploy || r.Purpose == flow.ToFollow) {
		return m.pretend(i, r, env) // what runs where is the rehearsal's to keep
	}
	return nil
}

// runs is a command that is really run.
func (m *machine) runs(ctx context.Context, r flow.Run, env map[string]string) error {
	for _, s := range r.Secrets {
		env[s.Name] = m.secret(s.Secret)
	}
	if r.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, r.Timeout, errTime)
		defer cancel()
	}
	name, args, err := shell(r)
	if err != nil {
		return err
	}
	variables := pairsOf(env)
	if m.engine.Environ != nil {
		variables = append(variables, m.engine.Environ(m.run)...)
	}
	err = m.start(ctx, m.dir, variables, name, args...)
	m.world.MayGoAway()
	if err != nil {
		if os.Remove(filepath.Join(m.world.State, "overran")) == nil {
			return errTime
		}
		return err
	}
	return nil
}

func (m *machine) secret(s *flow.Secret) string {
	if m.engine.Secret != nil {
		return m.engine.Secret(s)
	}
	return "rehearsal"
}

// shell is how the CI systems call one: a failure anywhere stops the command.
func shell(r flow.Run) (string, []string, error) {
	switch r.Shell {
	case "sh":
		return "sh", []string{"-ec", r.Script}, nil
	case "bash":
		return "bash", []string{"-euo", "pipefail", "-c", r.Script}, nil
	case "pwsh":
		return "pwsh", []string{"-NoProfile", "-NonInteractive", "-Command", "$ErrorActionPreference = 'stop'\n" + r.Script}, nil
	default:
		return "", nil, fmt.Errorf("%s: its shell is %s, which this machine has not; without --run-commands it is printed and not run", r.Title, r.Shell)
	}
}

// call is a command with the values of the variables that stand in it.
func call(r flow.Run, env map[string]string) string {
	text := strings.ReplaceAll(r.Script, "\n", "\n    ")
	var with []string
	for _, line := range pairsOf(env) {
		name, _, _ := strings.Cut(line, "=")
		if strings.Contains(r.Script, name) || declares(r, name) {
			with = append(with, line)
		}
	}
	for _, s := range r.Secrets {
		with = append(with, s.Name+"=(the secret "+s.Secret.ID+")")
	}
	if len(with) > 0 {
		text += "   with " + strings.Join(with, ", ")
	}
	return text
}

func declares(r flow.Run, name string) bool {
	for _, v := range r.Env {
		if v.Name == name {
			return true
		}
	}
	return false
}

// --- In place of commands -----------------------------------------------------------

// pretend does what a command is for, as far as the flows see it: its reports, its
// artifact, what runs on a machine; and fails where the scenario says so.
func (m *machine) pretend(i int, r flow.Run, env map[string]string) error {
	switch r.Purpose {
	case flow.ToCheck:
		return m.writeReport(i, r.Of)
	case flow.ToBuild:
		return m.makeArtifact(i)
	case flow.ToStore:
		return m.storeArtifact(i, env["RELEASE_VERSION"])
	case flow.ToRestore:
		return m.broughtBack(i, env["RELEASE_VERSION"])
	case flow.ToSetUp:
		return m.failure("setup", m.job.Environment.ID)
	case flow.ToDeploy:
		return m.changeMachine(env["RELEASE_VERSION"])
	case flow.ToFollow:
		return os.WriteFile(filepath.Join(m.world.State, "after", m.job.Environment.ID), []byte(m.environment()["RELEASE_HOTFIX_BRANCH"]+"\n"), 0o644)
	}
	return nil
}

func (m *machine) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	fmt.Fprintln(m.run, "rehearsal: "+text)
	m.engine.tell(Event{Kind: Pretended, Run: m.run, Flow: m.flow, Job: m.job, Text: text})
}

// failure tells whether the scenario lets something fail or run out of time.
func (m *machine) failure(what, name string) error {
	if m.world.Faulty("break-" + what + "-" + name) {
		return fmt.Errorf("%s %s is broken", what, name)
	}
	if m.world.Faulty("overrun-" + what + "-" + name) {
		return errTime
	}
	return nil
}

// writeReport leaves the report that the evidence asks for.
func (m *machine) writeReport(i int, check string) error {
	if err := m.failure("check", check); err != nil {
		return err
	}
	for _, s := range m.job.Steps[i+1:] {
		if e, ok := s.(flow.Evidence); ok {
			return m.report(e)
		}
		if _, ok := s.(flow.Run); ok {
			return nil // another command of the check leaves it
		}
	}
	return nil
}

// report writes a report that passes, or is wrong as the scenario says.
func (m *machine) report(e flow.Evidence) error {
	faulty := func(how string) bool { return m.world.Faulty(strings.TrimSuffix("spoil-report-"+e.Check+"-"+how, "-")) }
	if m.world.Faulty("lose-report-" + e.Check) {
		return nil
	}
	content := `<testsuite tests="1"><testcase name="` + e.Check + `"/></testsuite>`
	switch {
	case faulty(""):
		content = `<testsuite tests="1"><testcase name="` + e.Check + `"><failure message="no"/></testcase></testsuite>`
	case faulty("skipped"):
		content = `<testsuite tests="1"><testcase name="` + e.Check + `"><skipped/></testcase></testsuite>`
	case faulty("cut"):
		content = `<testsuite><testcase name="` + e.Check + `"/><testcase na`
	case faulty("suite"):
		content = `<testsuite name="` + e.Check + `" failures="1"><testcase name="` + e.Check + `"/></testsuite>`
	case e.SARIF():
		content = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"rehearsal"}},"results":[]}]}`
	}
	path := strings.ReplaceAll(strings.ReplaceAll(e.Glob, "**", "rehearsal"), "*", "rehearsal")
	m.note("made the report %s of the check %s, instead of the command", path, e.Check)
	return m.write(path, content+"\n")
}

func (m *machine) write(path, content string) error {
	full := filepath.Join(m.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, []byte(content), 0o644)
}

// makeArtifact makes what the build is for: the artifact that is published after it, or
// the digest of an image. No two builds are the same.
func (m *machine) makeArtifact(i int) error {
	for _, s := range m.job.Steps[i+1:] {
		switch s := s.(type) {
		case flow.Publish:
			return m.artifact(s.Path)
		case flow.Operation:
			if s.Name == "image" && len(s.Args) > 1 {
				m.note("made the digest of an image, %s, instead of the command", s.Args[1])
				return m.write(s.Args[1], "sha256:"+random(32)+"\n")
			}
		}
	}
	return nil
}

func (m *machine) artifact(path string) error {
	m.note("made the artifact %s, instead of the command", path)
	if strings.HasSuffix(path, "/") {
		path += "rehearsal"
	}
	return m.write(path, "built from "+m.run.Commit+", "+random(8)+"\n")
}

func random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // it never fails
	return fmt.Sprintf("%x", b)
}

// store is where a command of the policy keeps artifacts.
func (m *machine) store(version string) string {
	return filepath.Join(m.world.State, "artifacts", "store", version)
}

func (m *machine) storeArtifact(i int, version string) error {
	for _, s := range m.job.Steps[:i] {
		if p, ok := s.(flow.Publish); ok {
			return copyTree(filepath.Join(m.dir, p.Path), m.store(version))
		}
	}
	return nil
}

func (m *machine) broughtBack(i int, version string) error {
	for _, s := range m.job.Steps[i+1:] {
		if op, ok := s.(flow.Operation); ok && op.Name == "unpack" {
			to := filepath.Join(m.dir, op.Args[0])
			return errors.Join(os.RemoveAll(to), copyTree(m.store(version), to))
		}
	}
	return nil
}

// copyTree copies a folder, or one file.
func copyTree(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return copyFile(from, to)
	}
	return os.CopyFS(to, os.DirFS(from))
}

// changeMachine changes the machine of the environment.
func (m *machine) changeMachine(version string) error {
	id := m.job.Environment.ID
	if err := m.failure("deploy", id); err != nil {
		return err
	}
	if m.world.Once("kill-before-" + id) {
		return m.dies()
	}
	commit, err := m.world.TryGit(m.dir, "rev-parse", "HEAD")
	if err != nil {
		return err
	}
	if err := m.world.SetRunning(id, version, commit); err != nil {
		return err
	}
	if m.world.Once("kill-after-" + id) {
		return m.dies()
	}
	if m.world.Faulty("break-host-" + id) {
		return m.world.GoAway()
	}
	return nil
}

// dies is a machine that goes away.
func (m *machine) dies() error {
	m.world.Kill(m.run)
	return errors.New("the machine went away")
}

// unseen is an operation that would run a program from somewhere else.
func (m *machine) unseen(op flow.Operation) error {
	m.engine.tell(Event{Kind: Command, Run: m.run, Flow: m.flow, Job: m.job, Text: op.Title + ": " + op.Args[1]})
	m.note("did not download it: fettle check and fettle lint --against do the same here")
	return nil
}

// version makes the version in place of the policy's command.
func (m *machine) version(op flow.Operation) error {
	m.engine.tell(Event{Kind: Command, Run: m.run, Flow: m.flow, Job: m.job, Text: op.Title + ": " + m.plan.VersionRun})
	m.note("made the version %d, instead of the command", m.run.Number)
	return m.write(".git/fettle-version", fmt.Sprintf("%d\n", m.run.Number))
}
