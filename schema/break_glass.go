package schema

import (
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// BreakGlass is the only override of the policy.
type BreakGlass struct {
	Approvers []Ref[Group]
	MaySkip   []Value[string] // approval, freeze, hold
	Review    Value[time.Duration]
	Timeout   Value[time.Duration]
	Range     hcl.Range
	Whole     hcl.Range // the block, to its end
}

const (
	reviewTime   = 48 * time.Hour
	glassTimeout = time.Hour
)

// Unskippable are gates that nothing opens, and why.
var Unskippable = map[string]string{
	"identity":    "what is deployed would not be what was checked",
	"evidence":    "nobody could say that it was checked at all",
	"containment": "it could take a fix out of production that nobody thinks of at that moment",
}

func (d *decoder) breakGlass(top *syntax.Node) {
	n := top.One("break_glass")
	if n == nil {
		return
	}
	g := &BreakGlass{
		Approvers: d.groups(n, "approvers"), Review: d.duration(n, "review", reviewTime), Timeout: d.duration(n, "timeout", glassTimeout), Range: n.Header, Whole: n.Whole,
	}
	d.policy.BreakGlass = g
	for _, name := range []string{"approvers", "may_skip"} {
		if a := n.Attributes[name]; a != nil && emptyTuple(a) {
			d.report(diag.WithNumber(emptyList(name, "A break glass that nobody can open, or that opens nothing, is none: leave the block out.", a.Expr.Range()), "HF024"))
		}
	}
	if a := n.Attributes["may_skip"]; a != nil {
		for _, w := range d.words(a, slices.Concat(language.Skippable, slices.Sorted(maps.Keys(Unskippable)))) {
			if why, never := Unskippable[w.V]; never {
				d.report(neverSkipped(w.V, why, w.Range))
				continue
			}
			g.MaySkip = append(g.MaySkip, w)
		}
	}
}
