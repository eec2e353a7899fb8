package schema

import (
	"bytes"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A library that comes with fettle is known to be without a mistake, and a
// policy calls few of its commands: each is parsed when it is first called.

// uncalled is a command of a built-in library as the file writes it.
type uncalled struct {
	label  string
	source Source
	begin  hcl.Pos
}

// commandStart is the beginning of a command at the left edge of a file.
var commandStart = []byte("\ncommand \"")

// cut cuts a file before each of its commands. What stands before the first
// one is the rest.
func cut(s Source) (rest Source, out []uncalled) {
	src := unix(s.Bytes)
	rest = Source{Name: s.Name}
	line := 1
	for from := 0; from < len(src); {
		to := len(src)
		if i := bytes.Index(src[from:], commandStart); i >= 0 {
			to = from + i + 1 // behind the line end
		}
		part := src[from:to]
		if label, ok := bytes.CutPrefix(part, commandStart[1:]); ok {
			label, _, _ = bytes.Cut(label, []byte(`"`))
			out = append(out, uncalled{string(label), Source{s.Name, part}, hcl.Pos{Line: line, Column: 1, Byte: from}})
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
	file, diags := hclsyntax.ParseConfig(u.source.Bytes, u.source.Name, u.begin)
	if diags.HasErrors() {
		panic("schema: " + diags.Error()) // a defect that every test shows
	}
	w, top := &walker{}, &node{spec: libraryRoot}
	w.walk(file.Body.(*hclsyntax.Body), top)
	w.complete(top)
	d.diags = append(d.diags, w.diags...)
	c := d.definition(one(top, "command"))
	d.policy.Commands = append(d.policy.Commands, c)
	d.checkDefinition(c)
	return c
}
