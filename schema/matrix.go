package schema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// maxCells bounds a matrix: each combination is a job of every flow that runs
// the check, and its name stands in what a candidate must carry.
const maxCells = 16

// cell is one combination of a matrix: what it adds to the check's name, and
// the values that the check reads as matrix.NAME.
type cell struct {
	suffix string
	values map[string]cty.Value
}

// axis is one dimension of a matrix.
type axis struct {
	name   string
	values []Value[string]
}

// declareCheck makes a check known: one, or one a combination of its matrix.
// Whoever refers to it means all of them.
func (d *decoder) declareCheck(n *syntax.Node) {
	name := checkName{label: n.Label}
	for _, c := range d.cells(n) {
		check := &Check{Block: n.Label, Label: n.Label + c.suffix, Range: n.Header}
		own := *n
		own.Matrix = c.matrix()
		if other := d.sameCheck(check); other != nil && other.Block != check.Block {
			d.report(syntax.SameID("check", other.Label, check.Label, language.ID(check.Label), other.Range, n.LabelRange))
		}
		name.indexes = append(name.indexes, len(d.policy.Checks))
		d.policy.Checks, d.nodes[check] = append(d.policy.Checks, check), &own
	}
	d.checkNames = append(d.checkNames, name)
}

// checkName is the label of a check, and where its combinations stand in the
// policy's list.
type checkName struct {
	label   string
	indexes []int
}

// sameCheck finds a check whose id is that of another, with a matrix in one of
// them: without, the labels were compared when the blocks were read.
func (d *decoder) sameCheck(c *Check) *Check {
	for _, o := range d.policy.Checks {
		if language.ID(o.Label) == language.ID(c.Label) && (o.Label != o.Block || c.Label != c.Block) {
			return o
		}
	}
	return nil
}

// cells are the combinations of a check's matrix, in the order in which it is
// written; one without a suffix where there is none.
func (d *decoder) cells(n *syntax.Node) []cell {
	out := []cell{{}}
	a := n.Attributes["matrix"]
	if a == nil {
		return out
	}
	for _, x := range d.axes(n) {
		var next []cell
		for _, c := range out {
			for _, v := range x.values {
				next = append(next, c.with(x.name, v.V))
			}
		}
		if out = next; len(out) > maxCells {
			d.report(matrixTooLarge(a.Expr.Range()))
			out = out[:1] // its values are known all the same
		}
	}
	seen := map[string]bool{}
	for _, c := range out {
		if id := language.ID(c.suffix); seen[id] {
			d.report(sameCells(n.Label+id, a.Expr.Range()))
			break
		} else {
			seen[id] = true
		}
	}
	return out
}

// matrix is what an attribute of the check reads of the combination.
func (c cell) matrix() map[string]cty.Value {
	if c.suffix == "" {
		return nil
	}
	return c.values
}

// scopeIn are the names that stand only in a block: matrix.
func scopeIn(n *syntax.Node) eval.Scope {
	if n.Matrix == nil {
		return nil
	}
	return eval.Scope{"matrix": eval.Known{V: cty.ObjectVal(n.Matrix)}}
}

func (c cell) with(name, value string) cell {
	out := cell{suffix: c.suffix + "-" + strings.ToLower(notInID().ReplaceAllString(value, "-")), values: map[string]cty.Value{name: cty.StringVal(value)}}
	for k, v := range c.values {
		out.values[k] = v
	}
	return out
}

var (
	axisPattern  = regex.New(`^[a-z][a-z0-9_]*$`)
	valuePattern = regex.New(`^[A-Za-z0-9]([A-Za-z0-9._+-]*[A-Za-z0-9+])?$`)
	notInID      = regex.New(`[^A-Za-z0-9-]+`)
)

// maxAxisValue is the length of a value: it becomes part of names.
const maxAxisValue = 32

func (d *decoder) axes(n *syntax.Node) []axis {
	var out []axis
	pairs := d.pairs(n, "matrix")
	for _, p := range pairs {
		if !axisPattern().MatchString(p.key) {
			d.report(badAxis(p.key, p.at))
			continue
		}
		if x := (axis{p.key, d.axisValues(p)}); len(x.values) > 0 {
			out = append(out, x)
		}
	}
	if a := n.Attributes["matrix"]; len(pairs) == 0 && isObject(a) {
		d.report(emptyList("matrix", "Write what differs: { jdk = [\"17\", \"21\"] }.", a.Expr.Range()))
	}
	return out
}

func isObject(a *hclsyntax.Attribute) bool {
	_, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	return ok
}

func (d *decoder) axisValues(p pair) []Value[string] {
	before := d.diags.Len()
	all := d.axisTexts(p)
	if len(all) == 0 && d.diags.Len() == before {
		d.report(emptyList(p.key, "Name its values: [\"17\", \"21\"].", p.expr.Range()))
	}
	var out []Value[string]
	for _, v := range all {
		switch i := slices.IndexFunc(out, func(o Value[string]) bool { return o.V == v.V }); {
		case !valuePattern().MatchString(v.V) || len(v.V) > maxAxisValue:
			d.report(badAxisValue(v.V, v.Range))
		case i >= 0:
			d.report(twiceInList(v.V, out[i].Range, v.Range))
		default:
			out = append(out, v)
		}
	}
	return out
}

// axisTexts reads a list of texts, written out or computed.
func (d *decoder) axisTexts(p pair) []Value[string] {
	a := &hclsyntax.Attribute{Name: p.key, Expr: p.expr}
	return d.strings(&syntax.Node{Attributes: map[string]*hclsyntax.Attribute{p.key: a}}, p.key)
}
