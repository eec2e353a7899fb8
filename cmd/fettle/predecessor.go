package main

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// predecessor is what a policy was at a commit.
type predecessor struct {
	in      schema.Input // without sources: there was none, and the policy is new
	moved   bool         // it stood in another directory
	unknown string       // why nobody knows what it was
}

// predecessor finds the policy of the commit that one of today is compared
// with: that of its directory, the one that is for the same component and whose
// directory has none any more, or the only one that released something and is
// gone, where this is the only new one.
func (c *command) predecessor(files *commit, now *generators.Result) (predecessor, error) {
	in, err := inputAt(files, now.Input)
	if err != nil || len(in.Sources) > 0 {
		return predecessor{in: in}, err
	}
	same, others := c.leftAt(files, now)
	switch {
	case len(same) == 1:
		return files.movedFrom(same[0]), nil
	case len(others) == 1 && c.isOnlyNew(files, now):
		return files.movedFrom(others[0]), nil
	case len(same)+len(others) > 0:
		var dirs []string
		for _, in := range append(same, others...) {
			dirs = append(dirs, in.Dir)
		}
		return predecessor{unknown: "The policies that stood in " + diag.List(dirs) + " are gone, and nothing says which of them this one continues"}, nil
	}
	if trace := files.trace(now); trace != "" {
		return predecessor{unknown: "The revision has " + trace + ", which fettle generated, and not the policy that it is from"}, nil
	}
	return predecessor{}, nil
}

func (c *commit) movedFrom(in schema.Input) predecessor {
	c.continued[in.Dir] = true
	return predecessor{in: in, moved: true}
}

// leftAt are the policies of the commit that stand where no policy stands now:
// those for the same component, and those for one that no policy is for any more
// and that files were generated for. One that only others extend is neither.
func (c *command) leftAt(files *commit, now *generators.Result) (same, others []schema.Input) {
	var present []string
	for _, in := range c.present(files, now) {
		component, _ := c.componentOf(in)
		present = append(present, component)
	}
	for _, in := range files.abandoned(now.Input) {
		component, ok := c.componentOf(in)
		switch {
		case ok && component == now.Policy.Component.V:
			same = append(same, in)
		case ok && !slices.Contains(present, component) && c.released(files, in):
			others = append(others, in)
		}
	}
	return same, others
}

// isOnlyNew tells whether no other policy is new since the commit.
func (c *command) isOnlyNew(files *commit, now *generators.Result) bool {
	return !slices.ContainsFunc(c.present(files, now), func(in schema.Input) bool {
		old, err := inputAt(files, in)
		return in.Dir != now.Input.Dir && err == nil && len(old.Sources) == 0
	})
}

// present are the policies of the repository today, whichever of them the
// command is about.
func (c *command) present(files *commit, now *generators.Result) []schema.Input {
	all, err := c.below(files.history.top)
	if err != nil { // one that cannot be read is new to nobody
		return []schema.Input{now.Input}
	}
	return append(all, now.Input)
}

// componentOf is the component that a policy is for, where it can be read.
func (c *command) componentOf(in schema.Input) (string, bool) {
	if err := c.assignPast(&in); err != nil {
		return "", false
	}
	p, diags := schema.Parse(in)
	return p.Component.V, !diags.HasErrors()
}

// released tells whether files were generated for a policy of the commit.
func (c *command) released(files *commit, in schema.Input) bool {
	was, err := c.lowered("", files, in)
	return err == nil && files.above(in.Dir, was.Policy.Component.V != "", was.Plan.Script) != ""
}

// trace is a file of the commit that fettle generated for a policy, or for
// policies of which there is none: where there is one, the policy is not new.
func (c *commit) trace(now *generators.Result) string {
	component := now.Policy.Component.V != ""
	if script := c.above(now.Input.Dir, component, now.Plan.Script); script != "" {
		return script
	}
	list := c.above(now.Input.Dir, component, generators.ListPath)
	top := strings.TrimSuffix(list, generators.ListPath)
	if slices.ContainsFunc(c.policies, func(dir string) bool { return strings.HasPrefix(dir+"/", top) && !passesSkipped(dir) }) {
		return ""
	}
	return list
}

// above is a generated file of the commit: in a directory or, for a component,
// in one above it. Without one it is "".
func (c *commit) above(dir string, component bool, name string) string {
	for dir = path.Clean(dir); ; dir = path.Dir(dir) {
		if content, err := fs.ReadFile(c, path.Join(dir, name)); err == nil && ours(content) {
			return path.Join(dir, name)
		}
		if !component || dir == "." {
			return ""
		}
	}
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
		out.Sources = append(out.Sources, syntax.Source{Name: shown, Bytes: src})
	}
	return out, nil
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

// passesSkipped tells whether a directory lies in one whose policies are not read.
func passesSkipped(dir string) bool {
	return slices.ContainsFunc(strings.Split(dir, "/"), func(folder string) bool { return slices.Contains(skipped, folder) })
}

// hasNoPolicy tells whether a directory is gone, or has no policy in it.
func hasNoPolicy(dir string) bool {
	names, err := policyIn(dir)
	return errors.Is(err, fs.ErrNotExist) || err == nil && len(names) == 0
}
