package schema

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// merged puts the layers of a policy together, nearest first: a block is the
// one of the same type and label, and what a nearer layer says of it replaces
// what a farther one says, attribute by attribute.
func merged(layers []*syntax.Node) *syntax.Node {
	top := layers[len(layers)-1]
	for _, near := range slices.Backward(layers[:len(layers)-1]) {
		top = merge(near, top)
	}
	return top
}

// merge returns a new node: what is near, over what is far. The far blocks
// come first, in their order: what everybody has before what one adds.
func merge(near, far *syntax.Node) *syntax.Node {
	out := &syntax.Node{
		Spec: near.Spec, Label: near.Label, Header: near.Header, Whole: near.Whole, LabelRange: near.LabelRange, Meant: map[string]bool{},
		Attributes: maps.Clone(far.Attributes), Former: maps.Clone(far.Former),
		Layer: far.Layer, Locks: slices.Concat(near.Locks, far.Locks),
	}
	if out.Attributes == nil {
		out.Attributes = map[string]*hclsyntax.Attribute{}
	}
	if out.Former == nil {
		out.Former = map[string][]*hclsyntax.Attribute{}
	}
	for name, a := range near.Attributes {
		was := near.Former[name]
		if far.Attributes[name] != nil {
			was = append(slices.Clone(was), far.Attributes[name])
		}
		if was = append(was, far.Former[name]...); len(was) > 0 {
			out.Former[name] = was
		}
		out.Attributes[name] = a
	}
	maps.Copy(out.Meant, far.Meant)
	maps.Copy(out.Meant, near.Meant)
	rest := slices.Clone(near.Blocks)
	for _, b := range far.Blocks {
		i := slices.IndexFunc(rest, func(n *syntax.Node) bool { return sameBlock(n, b) })
		if i < 0 {
			out.Blocks = append(out.Blocks, b)
			continue
		}
		out.Blocks = append(out.Blocks, merge(rest[i], b))
		rest = slices.Delete(rest, i, i+1)
	}
	out.Blocks = append(out.Blocks, rest...)
	return out
}

// sameBlock tells whether two layers speak of the same block. A block that
// stands once has its label from the nearest; waivers go by what they leave out.
func sameBlock(a, b *syntax.Node) bool {
	switch {
	case a.Spec != b.Spec:
		return false
	case a.Spec.Once || a.Spec.Free:
		return true
	case a.Spec.Labels > 0:
		return a.Label == b.Label
	}
	return waives(a) != "" && waives(a) == waives(b)
}

// waives is the check or the environment that a waiver names, as it is written.
func waives(n *syntax.Node) string {
	a := n.Attributes["check"]
	if a == nil {
		a = n.Attributes["environment"]
	}
	if a == nil {
		return ""
	}
	t, diags := hcl.AbsTraversalForExpr(a.Expr)
	if diags.HasErrors() || len(t) != 2 {
		return ""
	}
	name, _ := eval.MemberOf(t)
	return t.RootName() + "." + name
}
