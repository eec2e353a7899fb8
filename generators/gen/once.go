package gen

import "slices"

// Once is the comments that a file has: each stands where it is said first.
type Once map[string]bool

// New are those of some comments that were not said before.
func (o Once) New(comments ...string) []string {
	return slices.DeleteFunc(slices.Clone(comments), func(c string) bool {
		said := o[c]
		o[c] = true
		return said
	})
}
