package schema

import (
	"bytes"
	"slices"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	embedded "github.com/fettle-ci/fettle/library"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// A library that comes with fettle is known to be without a mistake, and a
// policy calls few of its commands: each is parsed when it is first called.

// uncalled is a command of a built-in library as the file writes it.
type uncalled struct {
	label string
	body  func() *hclsyntax.Body // parsed when it is first asked for, for every policy
}

// embeddedLibrary is a built-in library, cut into its commands.
type embeddedLibrary struct {
	source   syntax.Source
	rest     syntax.Source // what stands before the first command
	uncalled []uncalled
}

// embeddedLibraries are those that a policy used, by name: every run has the same.
var embeddedLibraries sync.Map

// embeddedNamed is the built-in library of a name, or nil.
func embeddedNamed(name string) *embeddedLibrary {
	if l, ok := embeddedLibraries.Load(name); ok {
		return l.(*embeddedLibrary)
	}
	src, err := embedded.Files.ReadFile(name + ".release.hcl")
	if err != nil {
		return nil
	}
	out := &embeddedLibrary{source: syntax.Source{Name: builtin + name, Bytes: src}}
	out.rest, out.uncalled = cut(out.source)
	l, _ := embeddedLibraries.LoadOrStore(name, out)
	return l.(*embeddedLibrary)
}

// commandStart is the beginning of a command at the left edge of a file.
var commandStart = []byte("\ncommand \"")

// cut cuts a file before each of its commands. What stands before the first
// one is the rest.
func cut(s syntax.Source) (rest syntax.Source, out []uncalled) {
	src := syntax.Unix(s.Bytes)
	rest = syntax.Source{Name: s.Name}
	line := 1
	for from := 0; from < len(src); {
		to := len(src)
		if i := bytes.Index(src[from:], commandStart); i >= 0 {
			to = from + i + 1 // behind the line end
		}
		part := src[from:to]
		if label, ok := bytes.CutPrefix(part, commandStart[1:]); ok {
			label, _, _ = bytes.Cut(label, []byte(`"`))
			at := hcl.Pos{Line: line, Column: 1, Byte: from}
			out = append(out, uncalled{string(label), sync.OnceValue(func() *hclsyntax.Body { return parsedCommand(s.Name, part, at) })})
		} else {
			rest.Bytes = part
		}
		line += bytes.Count(part, []byte("\n"))
		from = to
	}
	return rest, out
}

// commandNamed is a command of the policy or library itself, or nil.
func (d *decoder) commandNamed(name string) *Definition {
	for _, c := range d.policy.Commands {
		if c.Label == name {
			return c
		}
	}
	i := slices.IndexFunc(d.uncalled, func(u uncalled) bool { return u.label == name })
	if i < 0 {
		return nil
	}
	u := d.uncalled[i]
	d.uncalled = slices.Delete(d.uncalled, i, i+1)
	return d.define(u)
}

func (d *decoder) commandNames() []string {
	var out []string
	for _, c := range d.policy.Commands {
		out = append(out, c.Label)
	}
	for _, u := range d.uncalled {
		out = append(out, u.label)
	}
	return out
}

// define reads one command of a built-in library.
func (d *decoder) define(u uncalled) *Definition {
	w, top := &syntax.Walker{}, &syntax.Node{Spec: language.LibraryRoot}
	w.Walk(u.body(), top)
	w.Complete(top)
	d.diags.Add(w.Diags)
	c := d.definition(top.One("command"))
	d.policy.Commands = append(d.policy.Commands, c)
	d.checkDefinition(c)
	return c
}

func parsedCommand(name string, src []byte, begin hcl.Pos) *hclsyntax.Body {
	file, diags := hclsyntax.ParseConfig(src, name, begin)
	if diags.HasErrors() {
		panic("schema: " + diags.Error()) // a defect that every test shows
	}
	return file.Body.(*hclsyntax.Body)
}
