package schema

import (
	"slices"
	"strings"
)

// A repository may hold a thousand policies, and each pair of them could clash.
// What could is found by key, so that only pairs are compared that have something
// to say: a fleet without a clash costs what its policies do, and not its pairs.

// meetings are the policies of a repository by what they could clash in.
type meetings struct {
	policies []*Policy
	same     map[string][]int // by what no two may have in common: the component
	apart    []apart          // what all must have in common
	refs     []meetingRefs    // a kind of ref each
}

// apart are policies by their value of what all of them must have in common.
type apart struct {
	value func(p *Policy) (string, bool) // false: it has nothing to do with the others
	by    map[string][]int
}

// meetingRefs are the names of one kind of ref, in the order of what stands
// before their stars: two that git could take for each other begin alike.
type meetingRefs struct {
	of     func(*Policy) []named
	sorted []*meetingName
	begin  map[string][2]int // where in them those with this beginning are
}

// meetingName is a name that one or more policies have.
type meetingName struct {
	named
	fixed      string // what stands before its star
	anyVersion bool
	of         []int
}

func newMeetings(policies []*Policy) *meetings {
	m := &meetings{policies: policies, same: map[string][]int{}, apart: []apart{
		{value: func(p *Policy) (string, bool) { return p.Names.Ledger.V, true }},
		{value: func(p *Policy) (string, bool) { return p.Default.V, true }},
		{value: func(p *Policy) (string, bool) { return p.GitLabRoot.V, p.on("gitlab") }},
	}}
	for i, p := range policies {
		m.same[p.Component.V] = append(m.same[p.Component.V], i)
	}
	for k := range m.apart {
		m.apart[k].fill(policies)
	}
	for _, kind := range refKinds {
		m.refs = append(m.refs, newMeetingRefs(policies, kind))
	}
	return m
}

func (a *apart) fill(policies []*Policy) {
	a.by = map[string][]int{}
	for i, p := range policies {
		if v, ok := a.value(p); ok {
			a.by[v] = append(a.by[v], i)
		}
	}
}

func newMeetingRefs(policies []*Policy, of func(*Policy) []named) meetingRefs {
	type key struct {
		text, what string
		anyVersion bool
	}
	r, known := meetingRefs{of: of, begin: map[string][2]int{}}, map[key]*meetingName{}
	for i, p := range policies {
		for _, n := range of(p) {
			k := key{n.text, n.what, p.anyVersion()}
			if known[k] == nil {
				known[k] = &meetingName{named: n, fixed: beforeStar(n.text), anyVersion: k.anyVersion}
				r.sorted = append(r.sorted, known[k])
			}
			known[k].of = append(known[k].of, i)
		}
	}
	slices.SortStableFunc(r.sorted, func(a, b *meetingName) int { return strings.Compare(a.fixed, b.fixed) })
	for i, n := range r.sorted {
		at, there := r.begin[n.fixed]
		if !there {
			at[0] = i
		}
		r.begin[n.fixed] = [2]int{at[0], i + 1}
	}
	return r
}

func beforeStar(text string) string {
	before, _, _ := strings.Cut(text, "*")
	return before
}

// before are the policies before one that clash with it, in their order.
func (m *meetings) before(i int) []int {
	p, found := m.policies[i], map[int]bool{}
	take := func(of []int) {
		for _, o := range of {
			if o >= i {
				return
			}
			found[o] = true
		}
	}
	take(m.same[p.Component.V])
	for _, a := range m.apart {
		own, ok := a.value(p)
		for v, of := range a.by {
			if ok && v != own {
				take(of)
			}
		}
	}
	for _, r := range m.refs {
		for _, n := range r.of(p) {
			r.meet(n, p.anyVersion(), take)
		}
	}
	out := make([]int, 0, len(found))
	for o := range found {
		out = append(out, o)
	}
	slices.Sort(out)
	return out
}

// meet gives the policies of every name that could be taken for this one: its
// beginning is the beginning of the other, or the other way round.
func (r *meetingRefs) meet(n named, anyVersion bool, take func(of []int)) {
	fixed := beforeStar(n.text)
	try := func(others []*meetingName) {
		for _, o := range others {
			if !shared(n, o.named) && couldBe(n.text, o.text, anyVersion || o.anyVersion) {
				take(o.of)
			}
		}
	}
	for k := range len(fixed) { // those that begin with less
		if at, ok := r.begin[fixed[:k]]; ok {
			try(r.sorted[at[0]:at[1]])
		}
	}
	from, _ := slices.BinarySearchFunc(r.sorted, fixed, func(o *meetingName, fixed string) int { return strings.Compare(o.fixed, fixed) })
	to := from
	for to < len(r.sorted) && strings.HasPrefix(r.sorted[to].fixed, fixed) {
		to++
	}
	try(r.sorted[from:to])
}
