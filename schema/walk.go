package schema

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// node is a block of the policy that the table knows, with everything in it
// that the table knows.
type node struct {
	spec       *language.Block
	label      string
	header     hcl.Range // type and label
	whole      hcl.Range // from the type to the closing brace
	labelRange hcl.Range
	attributes map[string]*hclsyntax.Attribute
	former     map[string][]*hclsyntax.Attribute // what nearer layers replaced, nearest first
	meant      map[string]bool                   // what a mistake stands for: it is not missing besides
	blocks     []*node
	layer      int // the farthest that has the block: 0 is the policy itself, 1 what it extends
	locks      []lock
	matrix     map[string]cty.Value // of a check in a combination of its matrix: the values by name
}

// own is the block to its end, where only the policy itself has it: what it
// extends is others' too, which may need what this one does not.
func (n *node) own() hcl.Range {
	if n.layer > 0 {
		return hcl.Range{}
	}
	return n.whole
}

// title is what messages call a block: environment "production".
func (n *node) title() string {
	if n.label == "" {
		return n.spec.Name
	}
	return n.spec.Name + " \"" + n.label + "\""
}

// of returns the blocks of a type, in order.
func (n *node) of(name string) []*node {
	var out []*node
	for _, b := range n.blocks {
		if b.spec.Name == name {
			out = append(out, b)
		}
	}
	return out
}

// walker checks the structure of a policy against the table.
type walker struct {
	diags  diag.Diagnostics
	broken bool // a block could not be recognised: names that are missing may stand in it

	partial bool // what another layer says is not known: nothing can be called missing
}

func (w *walker) report(d *diag.Diagnostic) { w.diags = append(w.diags, d) }

// walk turns a body into a node: structure only, no value is looked at.
func (w *walker) walk(body *hclsyntax.Body, n *node) {
	if n.attributes == nil {
		n.attributes, n.meant = map[string]*hclsyntax.Attribute{}, map[string]bool{}
	}
	for name, a := range body.Attributes {
		if n.spec.Free || n.spec.Attribute(name) != nil {
			n.attributes[name] = a
		}
	}
	for _, name := range slices.Sorted(maps.Keys(body.Attributes)) {
		if n.attributes[name] == nil {
			w.unknownAttribute(n, name, body.Attributes[name])
		}
	}
	for _, b := range body.Blocks {
		w.block(n, b)
	}
}

// anything is what an unknown name may mean that is like no other: whatever
// is missing.
const anything = "?"

func (w *walker) unknownAttribute(n *node, name string, a *hclsyntax.Attribute) {
	switch {
	case n.spec.Block(name) != nil:
		w.broken = true
		w.report(blockNotAttribute(name, a.NameRange))
	case language.Reserved[name]:
		w.report(notYet(name, a.NameRange))
	case name == "script":
		n.meant["run"], n.meant["deploy"] = true, true
		w.report(scriptIsFunction(a.NameRange))
	case n.spec == language.Root:
		w.broken = true
		w.report(unknownBlock(name, language.BlockNames(n.spec), a.NameRange))
	default:
		unused := w.unused(n)
		near := diag.Nearest(name, unused)
		n.meant[cmp.Or(near, anything)] = true
		w.report(unknownAttribute(name, n.title(), unused, a.NameRange))
	}
}

// unused are the attributes that a block could still have: what it has is not
// what was meant.
func (w *walker) unused(n *node) []string {
	var out []string
	for _, a := range n.spec.Attributes {
		if n.attributes[a.Name] == nil {
			out = append(out, a.Name)
		}
	}
	return out
}

func (w *walker) block(n *node, b *hclsyntax.Block) {
	spec := n.spec.Block(b.Type)
	if spec == nil {
		w.broken = true
		switch {
		case n.spec.Attribute(b.Type) != nil:
			n.meant[b.Type] = true
			w.report(attributeNotBlock(b.Type, b.TypeRange))
		case language.Reserved[b.Type]:
			w.report(notYet(b.Type, b.TypeRange))
		default:
			w.report(unknownBlock(b.Type, language.BlockNames(n.spec), b.TypeRange))
		}
		return
	}
	child := &node{spec: spec, header: b.DefRange(), whole: b.Range(), labelRange: b.DefRange()}
	if len(b.Labels) != spec.Labels {
		w.broken = true
		w.report(wrongLabels(spec, len(b.Labels), b.DefRange()))
		return
	}
	if spec.Labels == 1 {
		child.label, child.labelRange = b.Labels[0], b.LabelRanges[0]
		if !spec.Number && !language.IsLabel(child.label) {
			w.broken = true // others name it as it was meant
			w.report(badLabel(child.label, child.labelRange))
		}
	}
	if !w.unique(n, child) {
		return
	}
	w.walk(b.Body, child)
	if all := n.of(spec.Name); spec.Free && len(all) > 0 {
		w.join(all[0], child)
		return
	}
	n.blocks = append(n.blocks, child)
}

// join adds what a second block of free attributes says to the first.
func (w *walker) join(n, more *node) {
	for _, name := range slices.Sorted(maps.Keys(more.attributes)) {
		if first := n.attributes[name]; first != nil {
			w.report(duplicate("local."+name, first.NameRange, more.attributes[name].NameRange))
			continue
		}
		n.attributes[name] = more.attributes[name]
	}
}

// unique reports a second block of the same type and label.
func (w *walker) unique(n, child *node) bool {
	for _, o := range n.blocks {
		if o.spec == child.spec && (child.spec.Once || child.spec.Labels == 1 && o.label == child.label) {
			w.broken = true // it may be another one, by a wrong name
			w.report(duplicate(child.title(), o.header, child.header))
			return false
		}
	}
	return true
}

// complete checks what can be judged only when every layer is there: nothing
// is missing, and no two labels become one id.
func (w *walker) complete(n *node) {
	for _, a := range n.spec.Attributes {
		if w.partial {
			n.meant[a.Name] = true
		}
		if a.Required && n.attributes[a.Name] == nil && !n.meant[a.Name] && !n.meant[anything] {
			w.report(diag.Numbered(missingAttribute(a.Name, n.title(), a.Doc, n.header), a.Number))
		}
	}
	for i, b := range n.blocks {
		for _, o := range n.blocks[:i] {
			if o.spec == b.spec && o.label != b.label && language.ID(o.label) == language.ID(b.label) {
				w.report(sameID(b.spec.Name, o.label, b.label, language.ID(b.label), o.labelRange, b.labelRange))
			}
		}
		w.complete(b)
	}
}

// lock is one word of `locked`, in one layer.
type lock struct {
	name  string // an attribute or a type of block; "" is the whole block
	layer int
	at    hcl.Range
	via   string // what brought it here from elsewhere: delivery.checks
}

// one returns the only block of a type, or nil.
func (n *node) one(name string) *node {
	if all := n.of(name); len(all) > 0 {
		return all[0]
	}
	return nil
}
