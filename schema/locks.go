package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
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
	e.walk(e.top, "", func(n *node, path string) {
		for _, l := range n.locks {
			out = append(out, Locked{Block: path, Kind: n.spec.Name, Word: l.name})
		}
	})
	return out
}

// Block is the header of the block at a path; not found, there is none.
func (e *Effective) Block(path string) (at hcl.Range, found bool) {
	e.walk(e.top, "", func(n *node, p string) {
		if p == path {
			at, found = n.header, true
		}
	})
	return at, found
}

// walk calls a function for every block inside of one, outer blocks first.
func (e *Effective) walk(n *node, path string, f func(n *node, path string)) {
	for _, b := range n.blocks {
		if slices.Contains(folded, b.spec.Name) {
			continue
		}
		f(b, path+originPath(b))
		e.walk(b, path+originPath(b)+".", f)
	}
}
