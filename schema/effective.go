package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Effective is what a policy says once its layers are one and everything in it
// is computed: no variable, no local and no likeness is left. Run-time values
// stay as they are.
type Effective struct {
	terms
	top    *syntax.Node
	checks []*syntax.Node // of the policy's checks, one each
}

func (d *decoder) effective(top *syntax.Node) *Effective {
	e := &Effective{terms: d.terms, top: top}
	for _, c := range d.policy.Checks {
		e.checks = append(e.checks, d.nodes[c])
	}
	return e
}

// Effective returns it. It is meant for a policy without errors.
func (p *Policy) Effective() *Effective { return p.effective }

// folded are the blocks and attributes that are gone then: what they bring
// stands where it belongs.
var folded = []string{"variable", "locals", "extends", "locked", "like", "matrix"}

// blocks are the blocks in a node, in the order of the table: a check for each
// combination of a matrix, and a waiver for each of those.
func (e *Effective) blocks(n *syntax.Node) []*syntax.Node {
	var out []*syntax.Node
	for _, b := range n.Spec.Blocks {
		switch {
		case slices.Contains(folded, b.Name):
		case b == language.CheckBlock:
			for i, c := range e.policy.Checks {
				own := *e.checks[i]
				own.Label = c.Label
				out = append(out, &own)
			}
		case b.Name == "waive":
			for _, w := range n.Of(b.Name) {
				out = append(out, e.waivers(w)...)
			}
		default:
			out = append(out, n.Of(b.Name)...)
		}
	}
	return out
}

// waivers are what a waiver is for each combination of its check; one of an
// environment is itself.
func (e *Effective) waivers(n *syntax.Node) []*syntax.Node {
	var out []*syntax.Node
	a := n.Attributes["check"]
	if a == nil {
		return []*syntax.Node{n}
	}
	for _, label := range e.combinations(strings.TrimPrefix(waives(n), "check.")) {
		own, check := *n, *a
		check.Expr = &hclsyntax.ScopeTraversalExpr{
			Traversal: hcl.Traversal{hcl.TraverseRoot{Name: "check"}, hcl.TraverseAttr{Name: label}}, SrcRange: a.Expr.Range(),
		}
		own.Attributes = maps.Clone(n.Attributes)
		own.Attributes["check"] = &check
		out = append(out, &own)
	}
	return out
}

// combinations are the labels that a check has by its matrix.
func (e *Effective) combinations(block string) []string {
	var out []string
	for _, c := range e.policy.Checks {
		if c.Block == block {
			out = append(out, c.Label)
		}
	}
	return out
}

// value is an attribute's; a list of checks names every combination.
func (e *Effective) value(n *syntax.Node, a language.Attribute) eval.Term {
	t := e.meaning(n, a, n.Attributes[a.Name])
	list, ok := t.(eval.ListTerm)
	if !ok || a.Kind.Block != "check" || !a.Kind.Many {
		return t
	}
	out := eval.ListTerm{}
	for _, i := range list {
		name, _ := i.(eval.WordTerm)
		for _, label := range e.combinations(strings.TrimPrefix(string(name), "check.")) {
			out = append(out, eval.WordTerm("check."+label))
		}
	}
	return out
}

// attributes are those that a node has, in the order of the table.
func (e *Effective) attributes(n *syntax.Node) []language.Attribute {
	var out []language.Attribute
	for _, a := range n.Spec.Attributes {
		if n.Attributes[a.Name] != nil && !slices.Contains(folded, a.Name) {
			out = append(out, a)
		}
	}
	return out
}

// remains are the locals and variables that are still spoken of, in what cannot
// be computed by itself, with their values.
func (e *Effective) remains() (variables, locals eval.ObjectTerm) {
	variables, locals = eval.ObjectTerm{Terms: map[string]eval.Term{}}, eval.ObjectTerm{Terms: map[string]eval.Term{}}
	e.each(e.top, func(n *syntax.Node, a language.Attribute) {
		if _, raw := e.value(n, a).(eval.SourceTerm); !raw {
			return
		}
		for _, t := range n.Attributes[a.Name].Expr.Variables() {
			name, _ := eval.MemberOf(t)
			switch t.RootName() {
			case "var":
				variables = variables.With(name, eval.TermOfValue(e.eval.Variables[name]))
			case "local":
				locals = locals.With(name, eval.TermOf(e.eval.Local(name, t.SourceRange())))
			}
		}
	})
	return variables, locals
}

// each calls a function for every attribute.
func (e *Effective) each(n *syntax.Node, f func(*syntax.Node, language.Attribute)) {
	for _, a := range e.attributes(n) {
		f(n, a)
	}
	for _, b := range e.blocks(n) {
		e.each(b, f)
	}
}

// HCL prints it in the native syntax, in its canonical form.
func (e *Effective) HCL() []byte {
	var b strings.Builder
	for i, n := range e.blocks(e.top) {
		if i > 0 {
			b.WriteByte('\n')
		}
		e.hclBlock(&b, n)
	}
	variables, locals := e.remains()
	for _, name := range variables.Names {
		b.WriteString("\nvariable \"" + name + "\" {\ndefault = " + eval.HCL(variables.Terms[name]) + "\n}\n")
	}
	if len(locals.Names) > 0 {
		b.WriteString("\nlocals {\n")
		for _, name := range locals.Names {
			b.WriteString(name + " = " + eval.HCL(locals.Terms[name]) + "\n")
		}
		b.WriteString("}\n")
	}
	out, diags := format.Canonical(syntax.Source{Name: "effective.hcl", Bytes: []byte(b.String())})
	if len(diags) > 0 {
		panic("schema: the effective policy is not one: " + diags[0].Detail)
	}
	return out
}

func (e *Effective) hclBlock(b *strings.Builder, n *syntax.Node) {
	b.WriteString(n.Title() + " {")
	attributes, blocks := e.attributes(n), e.blocks(n)
	if len(attributes)+len(blocks) > 0 {
		b.WriteByte('\n')
	}
	for _, a := range attributes {
		b.WriteString(a.Name + " = " + eval.HCL(e.value(n, a)) + "\n")
	}
	for i, c := range blocks {
		if i+len(attributes) > 0 {
			b.WriteByte('\n')
		}
		e.hclBlock(b, c)
	}
	b.WriteString("}\n")
}

// Origin is an attribute of the effective policy and where it comes from.
type Origin struct {
	Path     string    // environment.production.approval.release.timeout
	Value    string    // as a policy writes it; "" when there is neither a value nor a default
	Range    hcl.Range // where it is said; empty when it is the default
	Said     bool
	Replaced []Replaced
	Locks    []hcl.Range // that hold it
}

// Replaced is what a farther layer says in vain.
type Replaced struct {
	Value string
	Range hcl.Range
}

// Origins are all attributes, block by block: those that are said, and those
// that have a default.
func (e *Effective) Origins() []Origin { return e.origins(e.top, "", nil) }

// Place is where the policy says one attribute, and whether it does.
func (e *Effective) Place(path string) (at hcl.Range, said bool) {
	if n, name := e.find(path); n != nil && n.Attributes[name] != nil {
		return n.Attributes[name].Expr.Range(), true
	}
	return hcl.Range{}, false
}

// Value is one attribute as a policy writes it; "" when the policy does not say it.
func (e *Effective) Value(path string) string {
	n, name := e.find(path)
	if n == nil || n.Attributes[name] == nil {
		return ""
	}
	return eval.HCL(e.meaning(n, *n.Spec.Attribute(name), n.Attributes[name]))
}

// find is the block of an attribute, and the attribute's name.
func (e *Effective) find(path string) (in *syntax.Node, name string) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return nil, ""
	}
	e.walk(e.top, "", func(n *syntax.Node, p string) {
		if p == path[:i] {
			in = n
		}
	})
	return in, path[i+1:]
}

// origins are those of a block; outer are the locks around it that hold it as a
// whole.
func (e *Effective) origins(n *syntax.Node, path string, outer []syntax.Lock) []Origin {
	var out []Origin
	locks := slices.Concat(n.Locks, outer)
	for _, a := range n.Spec.Attributes {
		if slices.Contains(layering, a.Name) {
			continue
		}
		if o := e.origin(n, a, path+a.Name, locks); o.Value != "" || a.Fallback != "" {
			out = append(out, o)
		}
	}
	for _, b := range n.Blocks {
		if slices.Contains(folded, b.Spec.Name) {
			continue
		}
		var around []syntax.Lock
		for _, l := range locks {
			if (l.Name == "" || l.Name == b.Spec.Name) && b.Layer >= l.Layer {
				around = append(around, syntax.Lock{Layer: l.Layer, At: l.At})
			}
		}
		out = append(out, e.origins(b, path+originPath(b)+".", around)...)
	}
	return out
}

func (e *Effective) origin(n *syntax.Node, a language.Attribute, path string, locks []syntax.Lock) Origin {
	out := Origin{Path: path, Value: a.Fallback}
	if said := n.Attributes[a.Name]; said != nil {
		out.Value, out.Range, out.Said = eval.HCL(e.meaning(n, a, said)), said.Expr.Range(), true
	}
	for _, f := range n.Former[a.Name] {
		out.Replaced = append(out.Replaced, Replaced{Value: eval.HCL(e.meaning(n, a, f)), Range: f.Expr.Range()})
	}
	for _, l := range locks {
		if l.Name == "" || l.Name == a.Name {
			out.Locks = append(out.Locks, l.At)
		}
	}
	return out
}

// originPath names a block: by type and label; a waiver by its check, and what
// stands once by its type.
func originPath(n *syntax.Node) string {
	switch {
	case n.Spec.Once:
		return n.Spec.Name
	case n.Label != "":
		return n.Spec.Name + "." + n.Label
	}
	return n.Spec.Name + "." + strings.TrimPrefix(waives(n), "check.")
}
