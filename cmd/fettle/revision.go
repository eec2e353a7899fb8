package main

import (
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
	h := openHistory(top)
	defer h.close()
	files, err := h.named(revision)
	if err != nil {
		return nil, err
	}
	var out diag.Diagnostics
	for _, now := range repository.Results {
		if !now.Whole {
			c.notes = append(c.notes, "not compared: what happens by the policy in "+now.Input.Dir+" is not known, before its errors are mended")
			continue
		}
		more, err := c.compare(revision, files, now)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	c.noteGone(revision, files, repository.Results)
	return out, acknowledge(out, top, revision)
}

// compare compares one policy with what stood in its directory, or in another one
// that it was moved from.
func (c *command) compare(revision string, files *commit, now *generators.Result) (diag.Diagnostics, error) {
	old, err := inputAt(files, now.Input)
	if err != nil {
		return nil, usage("the policy at %s cannot be read, so nothing can be compared with it: %w", revision, err)
	}
	if len(old.Sources) == 0 {
		old = movedFrom(files, now)
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
	if files.missing != nil {
		return nil, files.missing
	}
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
	out := schema.Input{Files: files, Dir: in.Dir, Base: in.Base}
	for _, name := range schema.PolicyFiles(namesOf(entries)) {
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
func movedFrom(files *commit, now *generators.Result) schema.Input {
	found := slices.DeleteFunc(files.abandoned(now.Input), func(old schema.Input) bool {
		p, diags := schema.Parse(old)
		return diags.HasErrors() || p.Component.V != now.Policy.Component.V
	})
	if len(found) != 1 {
		return schema.Input{}
	}
	return found[0]
}

// abandoned are the policies of the commit that stand where no policy stands
// now. One that cannot be read is left out.
func (c *commit) abandoned(like schema.Input) []schema.Input {
	var out []schema.Input
	for _, dir := range c.policies {
		if passesSkipped(dir) || !hasNoPolicy(filepath.Join(c.history.top, filepath.FromSlash(dir))) {
			continue
		}
		in := like
		in.Dir = dir
		if old, err := inputAt(c, in); err == nil && len(old.Sources) > 0 {
			out = append(out, old)
		}
	}
	return out
}

// noteGone tells of components that had a policy and have none any more: nothing
// is left that could be compared with it.
func (c *command) noteGone(revision string, files *commit, all []*generators.Result) {
	for _, in := range files.abandoned(all[0].Input) {
		p, diags := schema.Parse(in)
		known := func(r *generators.Result) bool { return r.Policy.Component.V == p.Component.V }
		if diags.HasErrors() || p.Component.V == "" || slices.ContainsFunc(all, known) {
			continue
		}
		c.notes = append(c.notes, "not compared: the component "+p.Component.V+" had a policy in "+in.Dir+" at "+revision+" and has none now; whether something still releases it, a reader must say")
	}
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
	return asked(stdin, append([]string{"-C", dir}, args...))
}

// asked is git with all of its arguments, which begin with the repository's place.
func asked(stdin string, args []string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("git", args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", errors.New("git " + args[2] + ": " + strings.TrimSpace(stderr.String()+" "+err.Error()))
	}
	return stdout.String(), nil
}
