package schema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// A lock is what a layer says about the layers that build upon it: what stands
// there may become stronger, and never weaker. What a locked value is made of
// is locked with it: a check that is demanded and then redefined is no check.

// locksOf takes the locks out of a layer and notes which layer says what.
func (d *decoder) locksOf(n *syntax.Node, layer int) {
	n.Layer = layer
	for _, a := range n.Attributes {
		d.layerOf[a] = layer
	}
	for _, b := range n.Blocks {
		d.locksOf(b, layer)
	}
	a := n.Attributes["locked"]
	if a == nil || n.Spec.Free {
		return
	}
	delete(n.Attributes, "locked")
	if v, diags := a.Expr.Value(nil); !diags.HasErrors() && eval.HCL(eval.TermOfValue(v)) == "true" {
		n.Locks = append(n.Locks, syntax.Lock{Layer: layer, At: a.Expr.Range()})
		return
	}
	tuple, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		d.report(language.WrongType("locked", "true, or a list of what is locked: [minimum, approvers]", "something else", a.Expr.Range()))
		return
	}
	for _, x := range tuple.Exprs {
		name := hcl.ExprAsKeyword(x)
		if known := lockable(n.Spec); !slices.Contains(known, name) {
			d.report(unknownLock(n.Title(), name, known, x.Range()))
			continue
		}
		n.Locks = append(n.Locks, syntax.Lock{Name: name, Layer: layer, At: x.Range()})
	}
}

// lockable are the words that `locked` knows in a block.
func lockable(b *language.Block) []string {
	var out []string
	for _, a := range b.Attributes {
		if !slices.Contains(layering, a.Name) {
			out = append(out, a.Name)
		}
	}
	return append(out, language.BlockNames(b)...)
}

// layering are the attributes that put layers together: every layer has its own.
var layering = []string{"extends", "locked"}

// keeper checks the layers against the locks.
type keeper struct {
	*decoder
	top     *syntax.Node
	done    map[held]bool
	demands map[string]syntax.Lock // checks and environments that a locked list demands, by their references
	weaker  diag.Diagnostics
}

// held is one thing that a lock holds.
type held struct {
	in    *syntax.Node
	name  string
	layer int
}

// weakenings finds what a layer weakens although another one locks it.
func (d *decoder) weakenings(top *syntax.Node) diag.Diagnostics {
	k := &keeper{decoder: d, top: top, done: map[held]bool{}, demands: map[string]syntax.Lock{}}
	k.visit(top, nil)
	for _, h := range top.Of("hotfix") {
		for _, w := range h.Of("waive") {
			if l, ok := k.demands[waives(w)]; ok && w.Layer < l.Layer {
				k.reportWeaker(waivedLock(w, l))
			}
		}
	}
	return k.weaker
}

func (k *keeper) reportWeaker(d *diag.Diagnostic) { k.weaker = append(k.weaker, d) }

// tell reports what is weaker, except where the value is wrong in itself.
func (d *decoder) tell(weaker diag.Diagnostics) {
	wrong := d.diags.All()
	for _, w := range weaker {
		if !slices.ContainsFunc(wrong, func(o *diag.Diagnostic) bool { return w.Subject.Overlaps(o.Subject) }) {
			d.report(w)
		}
	}
}

func (k *keeper) visit(n, parent *syntax.Node) {
	for _, l := range n.Locks {
		k.hold(n, l)
		if n.Spec.Name == "approval" { // what an environment is for says which gates it needs
			k.attribute(parent, "tier", l)
		}
	}
	for _, b := range n.Blocks {
		k.visit(b, n)
	}
}

// hold applies a lock to a block.
func (k *keeper) hold(n *syntax.Node, l syntax.Lock) {
	for _, a := range n.Spec.Attributes {
		if l.Name == a.Name || l.Name == "" && !slices.Contains(layering, a.Name) {
			k.attribute(n, a.Name, l)
		}
	}
	for _, b := range n.Blocks {
		switch {
		case l.Name != "" && l.Name != b.Spec.Name:
		case b.Layer >= l.Layer:
			k.hold(b, syntax.Lock{Layer: l.Layer, At: l.At, Via: l.Via})
		case b.Spec.Weakens:
			k.reportWeaker(addedBlock(b, n.Title(), l))
		}
		if b.Spec.Name == "approval" && b.Layer >= l.Layer && (l.Name == "" || l.Name == "approval") {
			k.attribute(n, "tier", l)
		}
	}
}

// attribute compares what nearer layers say with what is locked, and locks
// what that is made of.
func (k *keeper) attribute(n *syntax.Node, name string, l syntax.Lock) {
	key := held{n, name, l.Layer}
	if k.done[key] {
		return
	}
	k.done[key] = true
	said := n.Former[name]
	if a := n.Attributes[name]; a != nil {
		said = append([]*hclsyntax.Attribute{a}, said...)
	}
	i := slices.IndexFunc(said, func(a *hclsyntax.Attribute) bool { return k.layerOf[a] >= l.Layer })
	if i < 0 {
		k.compare(n, name, l, nil, said)
		if slices.Contains(inherited, name) && n.Spec == language.Root.Block("environment") {
			k.attribute(n, "like", l)
		}
		return
	}
	k.compare(n, name, l, said[i], said[:i])
	if l.Via == "" {
		l.Via = strings.TrimPrefix(n.Title()+": "+name, "locals: ")
	}
	k.reach(said[i].Expr, name, l)
}

// compare reports each nearer value that is weaker than the locked one; was is
// nil where the locked value is the default.
func (k *keeper) compare(n *syntax.Node, name string, l syntax.Lock, was *hclsyntax.Attribute, nearer []*hclsyntax.Attribute) {
	a := &language.Attribute{Name: name, Kind: language.Any}
	if !n.Spec.Free {
		a = n.Spec.Attribute(name)
	}
	value := k.defaultTerm(n, a)
	if was != nil {
		value = k.terms.meaning(n, *a, was)
	}
	for _, now := range nearer {
		if t := k.terms.meaning(n, *a, now); !stronger(a, value, t) {
			k.reportWeaker(weakened(n.Title(), a, l, value, was, t, now))
		}
	}
}

// defaultTerm is the value of an attribute that is left out, as far as it can be
// written down.
func (k *keeper) defaultTerm(n *syntax.Node, a *language.Attribute) eval.Term {
	if a.Name == "tier" && n.Label == "production" {
		return eval.TextTerm{{Lit: "production"}}
	}
	if a.Name == "tier" {
		return eval.TextTerm{{Lit: "staging"}}
	}
	x, diags := hclsyntax.ParseExpression([]byte(a.Fallback), "", hcl.InitialPos)
	if a.Fallback == "" || diags.HasErrors() {
		return nil
	}
	return k.terms.compute(a.Kind, &hclsyntax.Attribute{Name: a.Name, Expr: x}, nil)
}

// reach locks what an expression is made of: the locals and variables in it,
// the checks, groups, agents and secrets that it names, and the libraries and
// commands that it calls. An environment that it names stays free: a base often has no more of it than its gates.
func (k *keeper) reach(x hclsyntax.Expression, name string, l syntax.Lock) {
	for _, t := range x.Variables() {
		member, _ := eval.MemberOf(t)
		root := t.RootName()
		if name == "condition" && root != "local" && root != "var" {
			continue // a rule asks about the others, and does not choose them
		}
		switch root {
		case "local":
			for _, n := range k.top.Of("locals") {
				k.attribute(n, member, l)
			}
		case "var":
			k.whole("variable", member, l)
		case "check", "group", "agent", "secret":
			k.whole(root, member, l)
			if root == "check" && name != "check" {
				k.demands["check."+member] = l
			}
		case "environment":
			if name == "like" {
				k.likeness(member, l)
			}
			if l.Via == "delivery: environments" || l.Via == "hotfix: environments" {
				k.demands["environment."+member] = l
			}
		}
	}
	for _, c := range eval.CommandCalls(x) {
		if alias, command, _ := strings.Cut(c.Name, "::"); alias == "command" {
			k.whole("command", command, l)
		} else {
			k.whole("use", alias, l)
		}
	}
}

// whole locks a block that a locked value names, if it was there.
func (k *keeper) whole(kind, label string, l syntax.Lock) {
	for _, n := range k.top.Of(kind) {
		if n.Label == label && n.Layer >= l.Layer {
			k.hold(n, syntax.Lock{Layer: l.Layer, At: l.At, Via: l.Via})
			if g, ok := k.given[label]; kind == "variable" && ok && n.Attributes["default"] != nil {
				k.reportWeaker(givenLock(label, l, g.at))
			}
		}
	}
}

// likeness locks what an environment takes from another one.
func (k *keeper) likeness(label string, l syntax.Lock) {
	for _, n := range k.top.Of("environment") {
		if n.Label == label {
			for _, name := range inherited {
				k.attribute(n, name, l)
			}
		}
	}
}

// stronger tells whether a value may stand in place of a locked one.
func stronger(a *language.Attribute, was, now eval.Term) bool {
	if was == nil { // what stood there by default cannot be written down; no limit is the weakest
		return a.Stronger == language.Falls && a.Fallback == ""
	}
	if eval.Spelling(was) == eval.Spelling(now) {
		return true
	}
	switch a.Stronger {
	case language.Grows:
		return holds(now, was, a.Kind.Ordered)
	case language.Shrinks:
		return holds(was, now, false)
	case language.Rises, language.Falls:
		before, after, ok := measures(was, now)
		return ok && (a.Stronger == language.Rises) == (after > before)
	case language.Same:
		return false
	default:
		panic("schema: no strength " + string(a.Stronger))
	}
}

// holds tells whether a list has all that another one has, in its order where
// that matters.
func holds(list, part eval.Term, ordered bool) bool {
	all, ok := list.(eval.ListTerm)
	some, ok2 := part.(eval.ListTerm)
	if !ok || !ok2 {
		return false
	}
	from := 0
	for _, p := range some {
		i := slices.IndexFunc(all[from:], func(t eval.Term) bool { return eval.HCL(t) == eval.HCL(p) })
		if i < 0 {
			return false
		}
		if ordered {
			from += i + 1
		}
	}
	return true
}

// measures are two numbers or two durations, to be compared.
func measures(was, now eval.Term) (before, after float64, ok bool) {
	a, ok := measure(was)
	b, ok2 := measure(now)
	return a, b, ok && ok2
}

func measure(t eval.Term) (float64, bool) {
	switch t := t.(type) {
	case eval.PlainTerm:
		switch eval.HCL(t) {
		case "true":
			return 1, true
		case "false":
			return 0, true
		case "null":
			return 0, false
		}
		f, _ := t.AsBigFloat().Float64()
		return f, true
	case eval.TextTerm:
		s, static := eval.Text{Segs: t}.Static()
		if i := slices.Index(language.Severities, s); i >= 0 {
			return float64(i), static
		}
		d, ok := parseDuration(s)
		return d.Minutes(), static && ok
	}
	return 0, false
}
