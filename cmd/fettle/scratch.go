package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// scratch is a repository in a temporary folder that has the objects of a clone
// and the refs of its remote, as they were fetched, where the release script looks
// for them. What runs there changes nothing of the clone, and reaches no remote.
type scratch struct{ dir string }

// scratchOf makes one. It starts one program: refs are a file to git, as packed.
func (c *clone) scratchOf(heads, tags string) (*scratch, error) {
	refs, err := program(c.dir)(nil, "for-each-ref", "--sort=refname", "--format=%(objectname) %(refname)", heads, tags)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "fettle-advise-")
	if err != nil {
		return nil, err
	}
	s := &scratch{dir}
	objects, err := filepath.Abs(filepath.Join(c.common, "objects"))
	if err != nil {
		return nil, err
	}
	files := map[string]string{
		"HEAD": "ref: refs/heads/none\n", "config": "[core]\n\trepositoryformatversion = " + c.format() + "\n\tbare = false\n" + c.extension(),
		"objects/info/alternates": filepath.ToSlash(objects) + "\n", "packed-refs": packed(string(refs), heads, tags), "refs/heads/.keep": "",
	}
	for name, content := range files {
		path := filepath.Join(dir, ".git", filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644)); err != nil {
			s.remove()
			return nil, err
		}
	}
	return s, nil
}

// format and extension are of the objects' names: those of SHA-256 need both.
func (c *clone) format() string {
	if c.sha256 {
		return "1"
	}
	return "0"
}

func (c *clone) extension() string {
	if c.sha256 {
		return "[extensions]\n\tobjectFormat = sha256\n"
	}
	return ""
}

// packed are the refs under the names that the release script reads, in the order
// that git wants.
func packed(refs, heads, tags string) string {
	var b, later strings.Builder
	b.WriteString("# pack-refs with: sorted\n")
	for text := range strings.Lines(refs) {
		id, name, _ := strings.Cut(strings.TrimRight(text, "\n"), " ")
		if rest, ok := strings.CutPrefix(name, heads); ok && rest != "HEAD" {
			fmt.Fprintf(&b, "%s refs/fettle/heads/%s\n", id, rest)
		} else if rest, ok := strings.CutPrefix(name, tags); ok {
			fmt.Fprintf(&later, "%s refs/fettle/tags/%s\n", id, rest)
		}
	}
	return b.String() + later.String()
}

func (s *scratch) remove() { _ = os.RemoveAll(s.dir) }

// remote makes a repository beside the scratch that a script fetches from and pushes
// to as from the host: what it records there is seen by nobody.
func (s *scratch) remote() error {
	at, to := filepath.Join(s.dir, ".git"), filepath.Join(s.dir, "remote.git")
	refs, err := os.ReadFile(filepath.Join(at, "packed-refs"))
	if err != nil {
		return err
	}
	if err := os.CopyFS(to, os.DirFS(at)); err != nil {
		return err
	}
	refs = bytes.ReplaceAll(refs, []byte(" refs/fettle/"), []byte(" refs/"))
	config, err := os.ReadFile(filepath.Join(at, "config"))
	if err != nil {
		return err
	}
	config = bytes.ReplaceAll(config, []byte("bare = false"), []byte("bare = true"))
	return errors.Join(os.WriteFile(filepath.Join(to, "packed-refs"), refs, 0o644), os.WriteFile(filepath.Join(to, "config"), config, 0o644))
}

// wrongUse is what the script says of arguments that it does not take.
type wrongUse struct{ error }

// run starts the release script there, and returns what it printed and, where it
// refuses, with which words. The variables are NAME=VALUE.
func (s *scratch) run(script []byte, variables []string, args ...string) (out, refused string, err error) {
	file := filepath.Join(s.dir, "release.sh")
	if err := os.WriteFile(file, script, 0o755); err != nil {
		return "", "", err
	}
	c := exec.Command("sh", append([]string{file}, args...)...)
	c.Dir = s.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "RELEASE_") && !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "FETTLE_") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(append(c.Env, "RELEASE_TARGET=none", "GITHUB_STEP_SUMMARY="), variables...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err = c.Run()
	var ended *exec.ExitError
	said := strings.TrimSpace(stderr.String())
	switch {
	case err == nil:
		return stdout.String(), "", nil
	case errors.Is(err, exec.ErrNotFound):
		return "", "", errors.New("there is no sh on this machine, which the guards are written for: on Windows it comes with Git; start this in Git Bash")
	case errors.As(err, &ended) && ended.ExitCode() == 1 && strings.HasPrefix(said, "Refused"):
		return "", said, nil
	case errors.As(err, &ended) && ended.ExitCode() == exitUsage:
		return "", "", wrongUse{errors.New(said)}
	}
	return "", "", fmt.Errorf("the release script could not be asked: %w\n%s", err, said)
}
