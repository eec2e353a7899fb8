package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os/exec"
	"path"
	"regexp"
	"strings"

	"github.com/fettle-ci/fettle/schema"
)

// at is everything that the policy of the directory was read from at a revision
// of the repository. A revision that has no policy there gives no sources.
func (c *command) at(revision string) (schema.Input, error) {
	top, dir, err := c.repository()
	if err != nil {
		return schema.Input{}, err
	}
	commit, err := git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return schema.Input{}, usage("%q is no revision of this repository", revision)
	}
	files, err := policiesAt(top, strings.TrimSpace(commit))
	if err != nil {
		return schema.Input{}, err
	}
	entries, err := fs.ReadDir(files, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return schema.Input{}, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	in := schema.Input{Files: files, Dir: dir}
	for _, name := range schema.PolicyFiles(names) {
		src, err := fs.ReadFile(files, path.Join(dir, name))
		if err != nil {
			return schema.Input{}, err
		}
		in.Sources = append(in.Sources, schema.Source{Name: name, Bytes: src})
	}
	return in, nil
}

// policiesAt are the policy files of a commit, and those that they refer to.
func policiesAt(top, commit string) (fs.FS, error) {
	archive, err := git(top, "archive", "--format=zip", commit, "--", ":(glob)**/*.hcl")
	if err != nil {
		if strings.Contains(err.Error(), "did not match any files") {
			return zip.NewReader(strings.NewReader(emptyZip), int64(len(emptyZip)))
		}
		return nil, err
	}
	return zip.NewReader(strings.NewReader(archive), int64(len(archive)))
}

// emptyZip is an archive without a file.
const emptyZip = "PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// git asks the git program; its error is what git says.
func git(dir string, args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", errors.New("git " + args[0] + ": " + strings.TrimSpace(stderr.String()+" "+err.Error()))
	}
	return stdout.String(), nil
}

var weakens = regexp.MustCompile(`(?m)^Weakens: (HF[0-9]{3})[ \t]+(\S.*)$`)

// acknowledged are the weakenings that the commits since a revision admit, by
// code, with the reason.
func (c *command) acknowledged(revision string) (map[string]string, error) {
	top, _, err := c.repository()
	if err != nil {
		return nil, err
	}
	bodies, err := git(top, "log", "--format=%B", "--end-of-options", revision+"..HEAD")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, m := range weakens.FindAllStringSubmatch(bodies, -1) {
		out[m[1]] = m[2]
	}
	return out, nil
}
