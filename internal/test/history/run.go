package history

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Run is a run of a pipeline: jobs one after the other, each in a clone of its
// own, and what they hand on.
type Run struct {
	place   *Place
	remote  string // a folder, or an address
	disk    string // the folder
	shallow bool   // a job checks out the commit alone
	path    string // of programs; "" is that of the process
	at      int
	env     map[string]string // what was handed on, and more
	number  int
	kind    string
	work    string
	spent   time.Duration // processor time of the last program, with all that it started
}

func (p *Place) run(remote, disk string, at int) *Run {
	return &Run{place: p, remote: remote, disk: disk, at: at, env: map[string]string{}}
}

// close removes the clone.
func (r *Run) close() {
	if r.work != "" {
		_ = os.RemoveAll(r.work)
	}
}

// measure is called for each operation, with its name.
type measure func(name string, do func() error) error

// start is a new run.
func (r *Run) start(kind string, number int) {
	r.kind, r.number = kind, number
	r.env = map[string]string{}
}

// job is a fresh clone with a branch checked out.
func (r *Run) job(branch string) error {
	r.close()
	dir, err := r.place.temporary("job")
	if err != nil {
		return err
	}
	r.work = dir
	r.env["RELEASE_REF"] = "refs/heads/" + branch
	for _, args := range r.checkout(dir, branch) {
		if _, err := r.place.git(r.at, dir, nil, args...); err != nil {
			return err
		}
	}
	return nil
}

// checkout has every branch and tag, as one with all of the history leaves them,
// and the objects are those of the remote; or it has the commit alone.
func (r *Run) checkout(dir, branch string) [][]string {
	out := [][]string{{"clone", "--quiet", "--no-checkout", r.disk, dir}, {"remote", "set-url", "origin", r.remote}}
	if r.shallow {
		out = [][]string{{"init", "--quiet"}, {"remote", "add", "origin", r.remote}, {"fetch", "--quiet", "--no-tags", "--depth=1", "origin", "+refs/heads/" + branch + ":refs/remotes/origin/" + branch}}
	}
	return append(out, []string{"checkout", "--quiet", "--detach", "origin/" + branch})
}

// op runs an operation of the script in the clone.
func (r *Run) op(args ...string) error {
	output := r.work + ".output"
	defer os.Remove(output)
	env := []string{"RELEASE_TARGET=github", "RELEASE_FLOW=" + r.kind, fmt.Sprintf("RELEASE_RUN_ID=run-%d", r.number), fmt.Sprintf("RELEASE_RUN_NUMBER=%d", r.number),
		"RELEASE_ACTOR=pat", "RELEASE_OUTPUT=" + output, "GIT_AUTHOR_NAME=fettle", "GIT_AUTHOR_EMAIL=fettle@localhost", "GIT_COMMITTER_NAME=fettle", "GIT_COMMITTER_EMAIL=fettle@localhost"}
	if err := r.sh(env, append([]string{r.place.script}, args...)...); err != nil {
		return fmt.Errorf("%s, run %d: %v: %w", r.kind, r.number, args, err)
	}
	content, err := os.ReadFile(output)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for line := range strings.Lines(string(content)) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		r.env["RELEASE_"+strings.ToUpper(key)] = value
	}
	return nil
}

// sh runs a program of the shell in the clone.
func (r *Run) sh(env []string, args ...string) error {
	c := exec.Command("/bin/sh", args...)
	c.Dir, c.Env = r.work, append(r.place.env(r.at), env...)
	for k, v := range r.env {
		c.Env = append(c.Env, k+"="+v)
	}
	if r.path != "" {
		c.Env = append(c.Env, "PATH="+r.path)
	}
	said, err := c.CombinedOutput()
	r.spent = 0
	if s := c.ProcessState; s != nil {
		r.spent = s.UserTime() + s.SystemTime()
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	return nil
}

// commit is one of a person, on a branch of the repository.
func (r *Run) commit(branch, message, file string) error {
	text := "repaired\n"
	stream := fmt.Sprintf("commit refs/heads/%[1]s\ncommitter Pat <pat@example.com> %[2]d +0000\ndata %[3]d\n%[4]s\nfrom refs/heads/%[1]s^0\nM 100644 inline %[5]s\ndata %[6]d\n%[7]s\n", branch, r.at, len(message), message, file, len(text), text)
	_, err := r.place.git(r.at, r.disk, strings.NewReader(stream), "fast-import", "--quiet")
	return err
}

// countingPath is a folder of programs that write down that they were started, each in
// place of one that the path has. What git starts by itself it finds in a folder
// of its own, and is not counted.
func (p *Place) countingPath(log string) (string, error) {
	dir := filepath.Join(p.dir, "counted")
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for _, from := range filepath.SplitList(os.Getenv("PATH")) {
		entries, _ := os.ReadDir(from) // a path may name what is not there
		for _, e := range entries {
			to := filepath.Join(dir, e.Name())
			if _, err := os.Lstat(to); err == nil || !filepath.IsAbs(from) {
				continue // the first of a name is the one that is found
			}
			text := fmt.Sprintf("#!/bin/sh\necho '%s' >>'%s'\nexec '%s' \"$@\"\n", e.Name(), log, filepath.Join(from, e.Name()))
			if err := os.WriteFile(to, []byte(text), 0o755); err != nil {
				return "", err
			}
		}
	}
	return dir, nil
}
