package syntax

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

// Node is a block of the policy that the table knows, with everything in it
// that the table knows.
type Node struct {
	Spec       *language.Block
	Label      string
	Header     hcl.Range // type and label
	Whole      hcl.Range // from the type to the closing brace
	LabelRange hcl.Range
	Attributes map[string]*hclsyntax.Attribute
	Former     map[string][]*hclsyntax.Attribute // what nearer layers replaced, nearest first
	Meant      map[string]bool                   // what a mistake stands for: it is not missing besides
	Blocks     []*Node
	Layer      int // the farthest that has the block: 0 is the policy itself, 1 what it extends
	Locks      []Lock
	Matrix     map[string]cty.Value // of a check in a combination of its matrix: the values by name
}

// Own is the block to its end, where only the policy itself has it: what it
// extends is others' too, which may need what this one does not.
func (n *Node) Own() hcl.Range {
	if n.Layer > 0 {
		return hcl.Range{}
	}
	return n.Whole
}

// Title is what messages call a block: environment "production".
func (n *Node) Title() string {
	if n.Label == "" {
		return n.Spec.Name
	}
	return n.Spec.Name + " \"" + n.Label + "\""
}

// Of returns the blocks of a type, in order.
func (n *Node) Of(name string) []*Node {
	var out []*Node
	for _, b := range n.Blocks {
		if b.Spec.Name == name {
			out = append(out, b)
		}
	}
	return out
}

// Walker checks the structure of a policy against the table.
type Walker struct {
	Diags  diag.Diagnostics
	Broken bool // a block could not be recognised: names that are missing may stand in it

	Partial bool // what another layer says is not known: nothing can be called missing
}

func (w *Walker) report(d *diag.Diagnostic) { w.Diags = append(w.Diags, d) }

// Walk turns a body into a node: structure only, no value is looked at.
func (w *Walker) Walk(body *hclsyntax.Body, n *Node) {
	if n.Attributes == nil {
		n.Attributes, n.Meant = map[string]*hclsyntax.Attribute{}, map[string]bool{}
	}
	var unknown []string
	for name, a := range body.Attributes {
		if n.Spec.Free || n.Spec.Attribute(name) != nil {
			n.Attributes[name] = a
		} else {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		w.unknownAttribute(n, name, body.Attributes[name])
	}
	for _, b := range body.Blocks {
		w.block(n, b)
	}
}

// Anything is what an unknown name may mean that is like no other: whatever
// is missing.
const Anything = "?"

func (w *Walker) unknownAttribute(n *Node, name string, a *hclsyntax.Attribute) {
	switch {
	case n.Spec.Block(name) != nil:
		w.Broken = true
		w.report(blockNotAttribute(name, a.NameRange))
	case language.Reserved[name]:
		w.report(notYet(name, a.NameRange))
	case name == "script":
		n.Meant["run"], n.Meant["deploy"] = true, true
		w.report(scriptIsFunction(a.NameRange))
	case n.Spec == language.Root:
		w.Broken = true
		w.report(unknownBlock(name, language.BlockNames(n.Spec), a.NameRange))
	default:
		unused := w.unusedAttributes(n)
		near := diag.Nearest(name, unused)
		n.Meant[cmp.Or(near, Anything)] = true
		w.report(UnknownAttribute(name, n.Title(), unused, a.NameRange))
	}
}

// unusedAttributes are the attributes that a block could still have: what it has is not
// what was meant.
func (w *Walker) unusedAttributes(n *Node) []string {
	var out []string
	for _, a := range n.Spec.Attributes {
		if n.Attributes[a.Name] == nil {
			out = append(out, a.Name)
		}
	}
	return out
}

func (w *Walker) block(n *Node, b *hclsyntax.Block) {
	spec := n.Spec.Block(b.Type)
	if spec == nil {
		w.Broken = true
		switch {
		case n.Spec.Attribute(b.Type) != nil:
			n.Meant[b.Type] = true
			w.report(AttributeNotBlock(b.Type, b.TypeRange))
		case language.Reserved[b.Type]:
			w.report(notYet(b.Type, b.TypeRange))
		default:
			w.report(unknownBlock(b.Type, language.BlockNames(n.Spec), b.TypeRange))
		}
		return
	}
	child := &Node{Spec: spec, Header: b.DefRange(), Whole: b.Range(), LabelRange: b.DefRange()}
	if len(b.Labels) != spec.Labels {
		w.Broken = true
		w.report(wrongLabels(spec, len(b.Labels), b.DefRange()))
		return
	}
	if spec.Labels == 1 {
		child.Label, child.LabelRange = b.Labels[0], b.LabelRanges[0]
		if !spec.Number && !language.IsLabel(child.Label) {
			w.Broken = true // others name it as it was meant
			w.report(badLabel(child.Label, child.LabelRange))
		}
	}
	if !w.unique(n, child) {
		return
	}
	w.Walk(b.Body, child)
	if all := n.Of(spec.Name); spec.Free && len(all) > 0 {
		w.join(all[0], child)
		return
	}
	n.Blocks = append(n.Blocks, child)
}

// join adds what a second block of free attributes says to the first.
func (w *Walker) join(n, more *Node) {
	for _, name := range slices.Sorted(maps.Keys(more.Attributes)) {
		if first := n.Attributes[name]; first != nil {
			w.report(Duplicate("local."+name, first.NameRange, more.Attributes[name].NameRange))
			continue
		}
		n.Attributes[name] = more.Attributes[name]
	}
}

// unique reports a second block of the same type and label.
func (w *Walker) unique(n, child *Node) bool {
	for _, o := range n.Blocks {
		if o.Spec == child.Spec && (child.Spec.Once || child.Spec.Labels == 1 && o.Label == child.Label) {
			w.Broken = true // it may be another one, by a wrong name
			w.report(Duplicate(child.Title(), o.Header, child.Header))
			return false
		}
	}
	return true
}

// Complete checks what can be judged only when every layer is there: nothing
// is missing, and no two labels become one id.
func (w *Walker) Complete(n *Node) {
	for _, a := range n.Spec.Attributes {
		if w.Partial {
			n.Meant[a.Name] = true
		}
		if a.Required && n.Attributes[a.Name] == nil && !n.Meant[a.Name] && !n.Meant[Anything] {
			w.report(diag.WithNumber(MissingAttribute(a.Name, n.Title(), a.Doc, n.Header), a.Number))
		}
	}
	for i, b := range n.Blocks {
		for _, o := range n.Blocks[:i] {
			if o.Spec == b.Spec && o.Label != b.Label && language.ID(o.Label) == language.ID(b.Label) {
				w.report(SameID(b.Spec.Name, o.Label, b.Label, language.ID(b.Label), o.LabelRange, b.LabelRange))
			}
		}
		w.Complete(b)
	}
}

// Lock is one word of `locked`, in one layer.
type Lock struct {
	Name  string // an attribute or a type of block; "" is the whole block
	Layer int
	At    hcl.Range
	Via   string // what brought it here from elsewhere: delivery.checks
}

// One returns the only block of a type, or nil.
func (n *Node) One(name string) *Node {
	if all := n.Of(name); len(all) > 0 {
		return all[0]
	}
	return nil
}
