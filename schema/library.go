package schema

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	embedded "github.com/fettle-ci/fettle/library"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Use is a library that the policy uses, and by what name.
type Use struct {
	Alias  string
	Source Value[string]
	Used   bool // something calls a command of it, or it could not be read
	Range  hcl.Range
	Whole  hcl.Range // the block, to its end; empty where what the policy extends has it too
}

// library is a set of commands: of the policy itself, of a file or folder of
// the repository, or built in.
type library struct {
	name    string
	decoder *decoder // its commands, with their locals and libraries; nil when it could not be read
	use     *Use
	broken  bool
}

const builtin = "builtin:"

func (d *decoder) use(n *syntax.Node) {
	u := &Use{Alias: n.Label, Source: d.str(n, "source", ""), Range: n.Header, Whole: n.Own()}
	d.policy.Uses = append(d.policy.Uses, u)
	if u.Alias == "command" {
		d.report(reservedAlias(n.LabelRange))
		u.Used = true
		return
	}
	lib := &library{name: u.Source.V, use: u, broken: true}
	d.libraries[u.Alias] = lib
	from, ok := d.librarySources(u.Source)
	if !ok {
		u.Used = true
		return
	}
	d.read(lib, from)
	u.Used = u.Used || lib.broken
}

// read reads the files of a library into it.
func (d *decoder) read(lib *library, from loaded) {
	in := newDecoder(d.load)
	in.loading = append(slices.Clone(d.loading), from.path)
	lib.decoder = in
	w := &syntax.Walker{}
	top := &syntax.Node{Spec: language.LibraryRoot}
	for _, s := range from.sources {
		given := s
		if from.builtin != nil {
			s, in.uncalled = from.builtin.rest, slices.Clone(from.builtin.uncalled)
		}
		s, bodies, diags := d.shelf.Parse(s)
		if from.builtin == nil {
			given = s
		}
		in.policy.Sources = append(in.policy.Sources, given)
		in.diags.Add(diags)
		for _, b := range bodies {
			w.Walk(b, top)
		}
	}
	w.Complete(top)
	in.diags.Add(w.Diags)
	in.diags.Broken = w.Broken || in.diags.Len() > 0
	in.declareValues(top)
	in.declareCommands(top)
	lib.broken = in.diags.Broken || in.diags.Len() > 0
	d.policy.Sources = append(d.policy.Sources, in.policy.Sources...)
	d.take(in)
}

// take moves what a library has to say to the policy that uses it.
func (d *decoder) take(in *decoder) {
	d.diags.Add(in.diags.Take())
}

// librarySources reads the files that a source names. A path is relative to
// the file that it stands in.
func (d *decoder) librarySources(v Value[string]) (loaded, bool) {
	if !v.Set || v.V == "" {
		return loaded{}, false
	}
	if name, ok := strings.CutPrefix(v.V, builtin); ok {
		l := embeddedNamed(name)
		if l == nil {
			d.report(unknownBuiltin(name, builtins(), v.Range))
			return loaded{}, false
		}
		return loaded{path: v.V, sources: []syntax.Source{l.source}, builtin: l}, true
	}
	out, problem := d.load.load(path.Join(d.load.base, path.Dir(v.Range.Filename)), v.V, PolicyFiles, v.Range)
	if problem == nil && slices.Contains(d.loading, out.path) {
		problem = eval.Cycle(append(slices.Clone(d.loading[slices.Index(d.loading, out.path):]), out.path), v.Range)
	}
	if problem != nil {
		d.report(problem)
		return loaded{}, false
	}
	return out, true
}

func builtins() []string {
	var out []string
	files, _ := fs.Glob(embedded.Files, "*.release.hcl")
	for _, f := range files {
		out = append(out, strings.TrimSuffix(f, ".release.hcl"))
	}
	return out
}

// Library reads the files of a library by itself, for documentation and tests.
func Library(sources []syntax.Source) ([]*Definition, diag.Diagnostics) {
	d := newDecoder(newLoader(Input{}))
	lib := &library{}
	d.read(lib, loaded{sources: sources})
	return lib.decoder.policy.Commands, d.diags.All().Sorted()
}
