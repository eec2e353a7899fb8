package schema

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// Freeze is a time in which production rests, and what each flow may do in it:
// block, approve or allow.
type Freeze struct {
	Label                      string
	Span                       Span
	Timezone                   Value[string]
	Delivery, Hotfix, Redeploy Value[string]
	Environments               []Ref[Environment]
	EnvironmentsSet            bool // otherwise all of the tier production
	Approvers                  []Ref[Group]
	ApproversSet               bool // otherwise those of the environment
	Exceptions                 []Exception
	Range                      hcl.Range
	Whole                      hcl.Range // the block, to its end
}

// Span is a piece of time: To is the first instant after it.
type Span struct{ From, To Value[time.Time] }

// Exception is a time inside of a freeze in which it does not hold.
type Exception struct {
	Span   Span
	Reason Value[string]
	Range  hcl.Range
}

func (d *decoder) freeze(n *syntax.Node) {
	f := &Freeze{
		Label: n.Label, Timezone: d.str(n, "timezone", d.policy.Timezone.V),
		Delivery: d.enum(n, "delivery", "block"), Hotfix: d.enum(n, "hotfix", "approve"), Redeploy: d.enum(n, "redeploy", "allow"),
		Environments: d.environments(n, "environments"), EnvironmentsSet: n.Attributes["environments"] != nil,
		Approvers: d.groups(n, "approvers"), ApproversSet: n.Attributes["approvers"] != nil,
		Range: n.Header, Whole: n.Whole,
	}
	d.policy.Freezes = append(d.policy.Freezes, f)
	for _, name := range []string{"environments", "approvers"} {
		d.requireEntries(n, name, "Name some, or leave it out.")
	}
	loc := d.zone(f.Timezone)
	f.Span = d.span(n, loc)
	for _, x := range n.Of("except") {
		d.exception(f, x, loc)
	}
}

// span reads from and to. One that ends before it begins is nothing.
func (d *decoder) span(n *syntax.Node, loc *time.Location) Span {
	s := Span{From: d.moment(n, "from", loc, false), To: d.moment(n, "to", loc, true)}
	if s.From.Set && s.To.Set && !s.To.V.After(s.From.V) {
		d.report(endsBeforeStart(n.Title(), s.From.Range, s.To.Range))
		s.To.Set = false
	}
	return s
}

func (d *decoder) exception(f *Freeze, n *syntax.Node, loc *time.Location) {
	x := Exception{Span: d.span(n, loc), Reason: d.str(n, "reason", ""), Range: n.Header}
	if !f.Span.From.Set || !f.Span.To.Set || !x.Span.From.Set || !x.Span.To.Set {
		return
	}
	if x.Span.From.V.Before(f.Span.From.V) || x.Span.To.V.After(f.Span.To.V) {
		d.report(exceptionOutside(f.Label, f.Range, n.Header))
		return
	}
	f.Exceptions = append(f.Exceptions, x)
}
