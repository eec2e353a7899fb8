package main

import (
	"bytes"
	"errors"
	"os/exec"
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
	whole := c.whole(repository.Results)
	top, err := above(c.dir, isRepository)
	if err != nil || len(whole) == 0 {
		return nil, err
	}
	h := openHistory(top)
	defer h.close()
	files, err := h.commitNamed(revision)
	if err != nil {
		return nil, err
	}
	var out diag.Diagnostics
	admitted := &acknowledgements{command: c, history: h, since: files}
	for _, now := range whole {
		was, err := c.past(revision, files, now)
		if err != nil {
			return nil, err
		}
		more := c.compare(revision, was, now)
		if err := admitted.judge(was, now, more); err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	c.noteGone(revision, files, repository.Results)
	admitted.noteOthers(out)
	return out, nil
}

// whole are the policies that can be compared, whatever rules find in them.
func (c *command) whole(all []*generators.Result) []*generators.Result {
	return slices.DeleteFunc(slices.Clone(all), func(r *generators.Result) bool {
		if !r.Whole {
			c.notes = append(c.notes, "not compared: what happens by the policy in "+r.Input.Dir+" is not known, before its errors are mended")
		}
		return !r.Whole
	})
}

// past is what a policy was at a commit, and what happened by it.
type past struct {
	predecessor
	pass *lint.Pass // nil: it was not there, or nobody knows which it was
}

// past finds what a policy of now was at a commit, and lowers it.
func (c *command) past(revision string, files *commit, now *generators.Result) (past, error) {
	was, err := c.predecessor(files, now)
	if err != nil {
		return past{}, usage("the policy at %s cannot be read, so nothing can be compared with it: %w", revision, err)
	}
	if len(was.in.Sources) == 0 {
		return past{was, nil}, nil
	}
	pass, err := c.lowered(revision, files, was.in)
	return past{was, pass}, err
}

// weaker is what got weaker between what a policy was and what it is.
func (p past) weaker(is *lint.Pass) diag.Diagnostics {
	switch {
	case p.unknown != "":
		return diag.Diagnostics{weakening.Unknown(p.unknown, is.Policy)}
	case p.pass == nil:
		return nil
	}
	return weakening.Compare(p.pass, is)
}

// compare compares one policy with what it was, and says what it could not judge.
func (c *command) compare(revision string, was past, now *generators.Result) diag.Diagnostics {
	is := c.pass(now)
	switch {
	case was.pass == nil && was.unknown == "":
		c.notes = append(c.notes, "nothing to compare with: there was no policy in "+now.Input.Dir+" at "+revision)
	case was.moved:
		c.notes = append(c.notes, "compared with the policy in "+was.in.Dir+" at "+revision+", which is no longer there")
	}
	if was.pass != nil {
		for _, different := range weakening.Differences(was.pass, is, revision) {
			c.notes = append(c.notes, "not compared: "+different+"; whether that is as good, a reader must say")
		}
	}
	return was.weaker(is)
}

// pass is a policy as it is compared: what of a freeze is over does not matter.
func (c *command) pass(of *generators.Result) *lint.Pass {
	return &lint.Pass{Policy: of.Policy, Plan: of.Plan, Now: c.now}
}

// lowered is what happened by a policy of a commit. The values of variables
// that it did not have yet are none of its business.
func (c *command) lowered(revision string, files *commit, in schema.Input) (*lint.Pass, error) {
	if err := c.assignPast(&in); err != nil {
		return nil, err
	}
	files.missing = nil
	result, diags := generators.Lower(in)
	if files.missing != nil {
		return nil, files.missing
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			return nil, usage("the policy at %s does not compile, so nothing can be compared with it: %s: %s: %s", revision, d.Subject, d.Summary, d.Detail)
		}
	}
	return c.pass(result), nil
}

// assignPast gives the values of variables to a policy of an earlier revision.
func (c *command) assignPast(in *schema.Input) error {
	ins := []schema.Input{*in}
	err := c.assign(ins)
	for i := range ins[0].Assignments {
		ins[0].Assignments[i].Foreign = true
	}
	*in = ins[0]
	return err
}

// noteGone tells of components that had a policy and have none any more: nothing
// is left that could be compared with it.
func (c *command) noteGone(revision string, files *commit, all []*generators.Result) {
	for _, in := range files.abandoned(all[0].Input) {
		component, ok := c.componentOf(in)
		known := func(r *generators.Result) bool { return r.Policy.Component.V == component }
		if !ok || component == "" || files.continued[in.Dir] || slices.ContainsFunc(all, known) {
			continue
		}
		c.notes = append(c.notes, "not compared: the component "+component+" had a policy in "+in.Dir+" at "+revision+" and has none now; whether something still releases it, a reader must say")
	}
}

// git asks the git program; its error is what git says.
func git(dir string, args ...string) (string, error) {
	out, err := program(dir)(nil, args...)
	return string(out), err
}

// gitAt is git with all of its arguments, which begin with the repository's place: a
// folder, or a git folder whose work tree may be gone.
func gitAt(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("git", args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", errors.New("git " + args[2] + ": " + strings.TrimSpace(stderr.String()+" "+err.Error()))
	}
	return stdout.String(), nil
}
