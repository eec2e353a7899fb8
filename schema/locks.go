package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// Locked is one word of a lock: what of which block stays as it is or becomes
// stronger.
type Locked struct {
	Block string // environment.production.approval.release
	Kind  string // of the block: approval
	Word  string // an attribute or a type of blocks in it; "" is the whole block
}

// Locks are all locks of the policy and of what it extends, block by block.
func (e *Effective) Locks() []Locked {
	var out []Locked
	e.walk(e.top, "", func(n *syntax.Node, path string) {
		for _, l := range n.Locks {
			out = append(out, Locked{Block: path, Kind: n.Spec.Name, Word: l.Name})
		}
	})
	return out
}

// Block is the header of the block at a path; not found, there is none.
func (e *Effective) Block(path string) (at hcl.Range, found bool) {
	e.walk(e.top, "", func(n *syntax.Node, p string) {
		if p == path {
			at, found = n.Header, true
		}
	})
	return at, found
}

// walk calls a function for every block inside of one, outer blocks first.
func (e *Effective) walk(n *syntax.Node, path string, f func(n *syntax.Node, path string)) {
	for _, b := range n.Blocks {
		if slices.Contains(folded, b.Spec.Name) {
			continue
		}
		f(b, path+originPath(b))
		e.walk(b, path+originPath(b)+".", f)
	}
}
