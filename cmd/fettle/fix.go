package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// maxFixes bounds how many repairs one call makes.
const maxFixes = 1000

// repair is one call of --fix: the policies, and what their files were. What
// they extend is repaired as well, where it lies in the repository.
type repair struct {
	ins     []schema.Input
	targets []string
	before  []syntax.Source // every file that could be repaired, as it was
	bases   *patched
	left    []string // what is not repaired, and why
}

// fix repairs what has one obvious repair, one after the other, and compiles
// after each. What cannot be repaired is told, and stays.
func (c *command) fix(diff bool) error {
	ins, err := c.inputs(false)
	if err != nil {
		return err
	}
	if err := c.assign(ins); err != nil {
		return err
	}
	r := &repair{ins: ins, targets: c.targets}
	r.open()
	r.all()
	for _, l := range r.left {
		fmt.Fprintln(c.stderr, "not repaired: "+l)
	}
	return c.fmtTell(r.changes(), formatting{diff: diff, by: "lint --fix"})
}

// open takes copies of what is repaired, so that all of it is written at the end.
func (r *repair) open() {
	r.bases = &patched{FS: r.ins[0].Files, files: map[string][]byte{}}
	for i := range r.ins {
		r.ins[i].Sources = slices.Clone(r.ins[i].Sources)
		r.ins[i].Files = r.bases
		r.before = append(r.before, r.ins[i].Sources...)
	}
	repository, _ := generators.CompileAll(r.ins, r.targets)
	for i, result := range repository.Results {
		for _, s := range result.Policy.Sources[len(r.ins[i].Sources):] {
			if !slices.ContainsFunc(r.before, func(b syntax.Source) bool { return b.Name == s.Name }) {
				r.before = append(r.before, s)
			}
		}
	}
}

// all repairs until nothing is left that can be.
func (r *repair) all() {
	tried := map[string]bool{}
	_, diags := generators.CompileAll(r.ins, r.targets)
	for range maxFixes {
		d := next(diags, tried)
		if d == nil {
			return
		}
		was, ok := r.source(d.Fix.Edits[0].Range.Filename)
		repaired, fits := format.Repair(was, d.Fix)
		if !ok || !fits {
			r.leave(d, tried, whyNot(was, ok))
			continue
		}
		r.put(repaired)
		_, after := generators.CompileAll(r.ins, r.targets)
		if count(after, d) >= count(diags, d) || !diags.HasErrors() && len(after) >= len(diags) {
			r.put(was)
			r.leave(d, tried, "something else would be wrong then")
			continue
		}
		diags = after
	}
}

// next is the first finding with a repair that was not tried in vain.
func next(diags diag.Diagnostics, tried map[string]bool) *diag.Diagnostic {
	for _, d := range diags {
		if d.Fix != nil && !tried[location(d)] {
			return d
		}
	}
	return nil
}

func location(d *diag.Diagnostic) string {
	return fmt.Sprintf("%s:%d: %s", d.Subject.Filename, d.Subject.Start.Line, d.Code)
}

func (r *repair) leave(d *diag.Diagnostic, tried map[string]bool, why string) {
	tried[location(d)] = true
	r.left = append(r.left, fmt.Sprintf("%s: %s. Write it by hand: %s.", location(d), why, strings.ToLower(d.Fix.Message[:1])+d.Fix.Message[1:]))
}

func whyNot(s syntax.Source, ok bool) string {
	switch {
	case !ok:
		return "the file is no part of these policies"
	case strings.HasSuffix(s.Name, ".json"):
		return "nothing is changed in JSON"
	}
	return "the file would be none that can be read"
}

// count is how often something is found, wherever it stands by now.
func count(diags diag.Diagnostics, d *diag.Diagnostic) int {
	n := 0
	for _, o := range diags {
		if o.Code == d.Code && o.Detail == d.Detail && o.Subject.Filename == d.Subject.Filename {
			n++
		}
	}
	return n
}

// source is a file as it is by now.
func (r *repair) source(name string) (syntax.Source, bool) {
	for _, in := range r.ins {
		for _, s := range in.Sources {
			if s.Name == name {
				return s, true
			}
		}
	}
	if text, ok := r.bases.files[r.inRepository(name)]; ok {
		return syntax.Source{Name: name, Bytes: text}, true
	}
	i := slices.IndexFunc(r.before, func(s syntax.Source) bool { return s.Name == name })
	if i < 0 {
		return syntax.Source{}, false
	}
	return r.before[i], true
}

// put keeps a file as it is now: in the policy that it belongs to, or in front of
// the repository.
func (r *repair) put(s syntax.Source) {
	for _, in := range r.ins {
		for i := range in.Sources {
			if in.Sources[i].Name == s.Name {
				in.Sources[i] = s
				return
			}
		}
	}
	r.bases.files[r.inRepository(s.Name)] = s.Bytes
}

func (r *repair) inRepository(name string) string { return path.Join(r.ins[0].Base, name) }

func (r *repair) changes() []change {
	var out []change
	for _, b := range r.before {
		if s, _ := r.source(b.Name); !bytes.Equal(b.Bytes, s.Bytes) {
			out = append(out, change{sign: '~', path: b.Name, old: b.Bytes, new: s.Bytes})
		}
	}
	return out
}
