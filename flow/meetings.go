package flow

import "slices"

// meetings are the plans of a repository by what two of them could clash in.
// There may be a thousand, so only those are compared that have a name in common.
type meetings struct {
	plans      []*Plan
	names      map[derived][]int // by the key of a name
	components map[string][]int
	bare       map[string][]int // those without a component, by the ids of their environments
}

func newMeetings(plans []*Plan) *meetings {
	m := &meetings{plans: plans, names: map[derived][]int{}, components: map[string][]int{}, bare: map[string][]int{}}
	for i, p := range plans {
		for _, d := range p.names.all {
			if d.space.common() {
				m.names[d.key()] = append(m.names[d.key()], i)
			}
		}
		m.components[p.Component] = append(m.components[p.Component], i)
		for _, e := range p.Environments {
			if p.Component == "" {
				m.bare[e.ID] = append(m.bare[e.ID], i)
			}
		}
	}
	return m
}

// common tells whether the policies of a repository share the space.
func (s space) common() bool {
	return s == jobSpace || s == environmentSpace || s == fileSpace || s == stageSpace
}

// before are the plans before one that could clash with it, in their order.
func (m *meetings) before(i int) []int {
	p := m.plans[i]
	var out []int
	take := func(of []int) {
		for _, o := range of {
			if o >= i {
				return
			}
			out = append(out, o)
		}
	}
	for _, d := range p.names.all {
		if d.space.common() {
			take(m.names[d.key()])
		}
	}
	for _, e := range p.Environments {
		if p.Component == "" {
			take(m.components[e.ID])
		}
	}
	take(m.bare[p.Component])
	slices.Sort(out)
	return slices.Compact(out)
}
