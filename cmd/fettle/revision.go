package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// weaker says what got weaker in the policies since a revision of the
// repository. What a commit since then acknowledges is a warning.
func (c *command) weaker(revision string, repository *generators.Repository) (diag.Diagnostics, error) {
	top, err := above(c.dir, isRepository)
	if err != nil {
		return nil, err
	}
	commit, err := git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return nil, usage("%q is no revision of a repository here", revision)
	}
	files, err := policiesAt(top, strings.TrimSpace(commit))
	if err != nil {
		return nil, err
	}
	var out diag.Diagnostics
	for _, now := range repository.Results {
		more, err := c.compare(revision, files, now, repository.Results)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	if err := c.noteGone(top, revision, files, repository.Results); err != nil {
		return nil, err
	}
	return out, acknowledge(out, top, revision)
}

// compare compares one policy with what stood in its directory, or in another one
// that it was moved from.
func (c *command) compare(revision string, files fs.FS, now *generators.Result, all []*generators.Result) (diag.Diagnostics, error) {
	old, err := inputAt(files, now.Input)
	if err != nil {
		return nil, err
	}
	if len(old.Sources) == 0 {
		if old, err = movedFrom(files, now, all); err != nil {
			return nil, err
		}
		if len(old.Sources) > 0 {
			c.notes = append(c.notes, "compared with the policy in "+old.Dir+" at "+revision+", which is no longer there")
		}
	}
	if len(old.Sources) == 0 {
		c.notes = append(c.notes, "nothing to compare with: there was no policy in "+now.Input.Dir+" at "+revision)
		return nil, nil
	}
	ins := []schema.Input{old}
	if err := c.assign(ins); err != nil {
		return nil, err
	}
	before, diags := generators.Lower(ins[0])
	for _, d := range diags {
		if d.Severity == diag.Error {
			return nil, usage("the policy at %s does not compile, so nothing can be compared with it: %s: %s: %s", revision, d.Subject, d.Summary, d.Detail)
		}
	}
	was, is := &lint.Pass{Policy: before.Policy, Plan: before.Plan}, &lint.Pass{Policy: now.Policy, Plan: now.Plan, Now: c.now}
	for _, of := range weakening.Unjudged(was, is) {
		c.notes = append(c.notes, "not compared: "+of+" has other commands than at "+revision+"; whether they do as much, a reader must say")
	}
	return weakening.Compare(was, is), nil
}

// inputAt is what the policy of a directory was read from. Without a policy
// there, it has no sources.
func inputAt(files fs.FS, in schema.Input) (schema.Input, error) {
	dir := path.Clean(in.Dir)
	entries, err := fs.ReadDir(files, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return schema.Input{}, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	out := schema.Input{Files: files, Dir: in.Dir, Base: in.Base}
	for _, name := range schema.PolicyFiles(names) {
		src, err := fs.ReadFile(files, path.Join(dir, name))
		if err != nil {
			return schema.Input{}, err
		}
		shown := path.Join(path.Dir(filepath.ToSlash(in.Sources[0].Name)), name)
		out.Sources = append(out.Sources, schema.Source{Name: shown, Bytes: src})
	}
	return out, nil
}

// movedFrom is the one policy of the commit that is for the same component and
// stands where no policy stands now. Without one, or with several, it has no sources.
func movedFrom(files fs.FS, now *generators.Result, all []*generators.Result) (schema.Input, error) {
	elsewhere := func(dir string) bool {
		return !slices.ContainsFunc(all, func(r *generators.Result) bool { return path.Clean(r.Input.Dir) == dir })
	}
	found, err := inputsAt(files, now.Input, elsewhere)
	if err != nil {
		return schema.Input{}, err
	}
	found = slices.DeleteFunc(found, func(old schema.Input) bool {
		p, diags := schema.Parse(old)
		return diags.HasErrors() || p.Component.V != now.Policy.Component.V
	})
	if len(found) != 1 {
		return schema.Input{}, nil
	}
	return found[0], nil
}

// inputsAt are the policies of the commit that stand in directories of a kind.
func inputsAt(files fs.FS, like schema.Input, of func(dir string) bool) ([]schema.Input, error) {
	var out []schema.Input
	err := fs.WalkDir(files, ".", func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || !of(dir) {
			return err
		}
		in := like
		in.Dir = dir
		old, err := inputAt(files, in)
		if err == nil && len(old.Sources) > 0 {
			out = append(out, old)
		}
		return err
	})
	return out, err
}

// noteGone tells of components that had a policy and have none any more: nothing
// is left that could be compared with it.
func (c *command) noteGone(top, revision string, files fs.FS, all []*generators.Result) error {
	if len(all) == 0 {
		return nil
	}
	old, err := inputsAt(files, all[0].Input, func(dir string) bool {
		return !passesSkipped(dir) && hasNoPolicy(filepath.Join(top, filepath.FromSlash(dir)))
	})
	if err != nil {
		return err
	}
	for _, in := range old {
		p, diags := schema.Parse(in)
		known := func(r *generators.Result) bool { return r.Policy.Component.V == p.Component.V }
		if diags.HasErrors() || p.Component.V == "" || slices.ContainsFunc(all, known) {
			continue
		}
		c.notes = append(c.notes, "not compared: the component "+p.Component.V+" had a policy in "+in.Dir+" at "+revision+" and has none now; whether something still releases it, a reader must say")
	}
	return nil
}

// passesSkipped tells whether a directory lies in one whose policies are not read.
func passesSkipped(dir string) bool {
	return slices.ContainsFunc(strings.Split(dir, "/"), func(folder string) bool { return slices.Contains(skipped, folder) })
}

// hasNoPolicy tells whether a directory is gone, or has no policy in it.
func hasNoPolicy(dir string) bool {
	names, err := policyIn(dir)
	return errors.Is(err, fs.ErrNotExist) || err == nil && len(names) == 0
}

// committed are the policy files of a commit, in HCL or JSON; of all others only
// the names are known, which is what a policy asks of a script.
type committed struct {
	fs.FS
	names map[string]bool
}

// Stat tells of every file of the commit that it is there.
func (c committed) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(c.FS, name)
	if err != nil && c.names[name] {
		return (&zip.FileHeader{Name: name}).FileInfo(), nil
	}
	return info, err
}

// policiesAt are the files of a commit as a policy reads them.
func policiesAt(top, commit string) (fs.FS, error) {
	names, err := git(top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	files := committed{names: map[string]bool{}}
	for name := range strings.SplitSeq(names, "\x00") {
		files.names[name] = true
	}
	files.FS, err = policyFiles(top, commit)
	return files, err
}

func policyFiles(top, commit string) (fs.FS, error) {
	archive, err := git(top, "archive", "--format=zip", commit, "--", ":(glob)**/*.hcl*")
	if err != nil && strings.Contains(err.Error(), "did not match any files") {
		archive, err = emptyZip, nil
	}
	if err != nil {
		return nil, err
	}
	return zip.NewReader(strings.NewReader(archive), int64(len(archive)))
}

// emptyZip is an archive without a file.
const emptyZip = "PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

var weakens = regexp.MustCompile(`(?m)^Weakens: (HF[0-9]{3})[ \t]+(\S.*)$`)

// acknowledge turns the findings that a commit since a revision admits, by
// their code and with a reason, into warnings.
func acknowledge(diags diag.Diagnostics, top, revision string) error {
	bodies, err := git(top, "log", "--format=%B", "--end-of-options", revision+"..HEAD")
	if err != nil {
		return err
	}
	for _, m := range weakens.FindAllStringSubmatch(bodies, -1) {
		for _, d := range diags {
			if string(d.Code) == m[1] && d.Severity == diag.Error {
				d.Severity = diag.Warning
				d.Detail += " Acknowledged: " + m[2]
			}
		}
	}
	return nil
}

// git asks the git program; its error is what git says.
func git(dir string, args ...string) (string, error) { return gitAsked(dir, "", args...) }

// gitAsked asks it about what stands on its standard input.
func gitAsked(dir, stdin string, args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", errors.New("git " + args[0] + ": " + strings.TrimSpace(stderr.String()+" "+err.Error()))
	}
	return stdout.String(), nil
}
