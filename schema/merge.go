package schema

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// merged puts the layers of a policy together, nearest first: a block is the
// one of the same type and label, and what a nearer layer says of it replaces
// what a farther one says, attribute by attribute.
func merged(layers []*node) *node {
	top := layers[len(layers)-1]
	for _, near := range slices.Backward(layers[:len(layers)-1]) {
		top = merge(near, top)
	}
	return top
}

// merge returns a new node: what is near, over what is far. The far blocks
// come first, in their order: what everybody has before what one adds.
func merge(near, far *node) *node {
	out := &node{
		spec: near.spec, label: near.label, header: near.header, whole: near.whole, labelRange: near.labelRange, meant: map[string]bool{},
		attributes: maps.Clone(far.attributes), former: maps.Clone(far.former),
		layer: far.layer, locks: slices.Concat(near.locks, far.locks),
	}
	if out.attributes == nil {
		out.attributes = map[string]*hclsyntax.Attribute{}
	}
	if out.former == nil {
		out.former = map[string][]*hclsyntax.Attribute{}
	}
	for name, a := range near.attributes {
		was := near.former[name]
		if far.attributes[name] != nil {
			was = append(slices.Clone(was), far.attributes[name])
		}
		if was = append(was, far.former[name]...); len(was) > 0 {
			out.former[name] = was
		}
		out.attributes[name] = a
	}
	maps.Copy(out.meant, far.meant)
	maps.Copy(out.meant, near.meant)
	rest := slices.Clone(near.blocks)
	for _, b := range far.blocks {
		i := slices.IndexFunc(rest, func(n *node) bool { return sameBlock(n, b) })
		if i < 0 {
			out.blocks = append(out.blocks, b)
			continue
		}
		out.blocks = append(out.blocks, merge(rest[i], b))
		rest = slices.Delete(rest, i, i+1)
	}
	out.blocks = append(out.blocks, rest...)
	return out
}

// sameBlock tells whether two layers speak of the same block. A block that
// stands once has its label from the nearest; waivers go by what they leave out.
func sameBlock(a, b *node) bool {
	switch {
	case a.spec != b.spec:
		return false
	case a.spec.Once || a.spec.Free:
		return true
	case a.spec.Labels > 0:
		return a.label == b.label
	}
	return waives(a) != "" && waives(a) == waives(b)
}

// waives is the check or the environment that a waiver names, as it is written.
func waives(n *node) string {
	a := n.attributes["check"]
	if a == nil {
		a = n.attributes["environment"]
	}
	if a == nil {
		return ""
	}
	t, diags := hcl.AbsTraversalForExpr(a.Expr)
	if diags.HasErrors() || len(t) != 2 {
		return ""
	}
	name, _ := memberOf(t)
	return t.RootName() + "." + name
}
