// Package eval evaluates expressions of a policy in part: what is known only when
// the pipeline runs stays a piece of a text. It knows neither blocks nor policies.
package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// The policy is evaluated in part: where nothing in an expression is known
// only when the pipeline runs, HCL evaluates it; where something is, the few
// kinds of expression that can carry it give pieces of text. Everything else
// is an error at the reference, with the way by which it came. What could take
// long (bounded.go) is evaluated piece by piece too, so that it can stop.

// Val is the value of an expression: a closed set of Known, Later, Commands, List
// and Object.
type Val interface{ val() }

type (
	Known    struct{ V cty.Value } // evaluated
	Later    struct{ Segs []Seg }  // a text with run-time values in it
	Commands struct {              // what a command of a library runs
		Name      string // mettleci::deploy
		Arguments map[string]Argument
		Texts     []Text
	}
	List   struct{ Items []Val }
	Object struct {
		Keys  []string
		Items map[string]Val
	}
)

func (Known) val()    {}
func (Later) val()    {}
func (Commands) val() {}
func (List) val()     {}
func (Object) val()   {}

// Evaluator holds the variables and locals of a policy. Locals are evaluated
// when they are first asked for, so their order does not matter.
type Evaluator struct {
	Variables map[string]cty.Value
	Locals    map[string]*hclsyntax.Attribute
	done      map[string]Val // nil while being evaluated
	path      []string
	rounds    int // of all for expressions
	depth     int // of for expressions in each other
	Diags     *diag.Collector
	caller    Caller
}

// Caller runs the commands that an expression calls: they are the policy's and
// its libraries'.
type Caller interface {
	// Call gives the texts that a command runs, or nil after an error. The evaluator
	// is the one that met the call: what it hands over is evaluated there.
	Call(e *Evaluator, x *hclsyntax.FunctionCallExpr, s Scope) Val
}

func New(diags *diag.Collector, c Caller) *Evaluator {
	return &Evaluator{Variables: map[string]cty.Value{}, Locals: map[string]*hclsyntax.Attribute{}, done: map[string]Val{}, Diags: diags, caller: c}
}

// Scope are the variables of the for expressions around an expression.
type Scope map[string]Val

func (e *Evaluator) Report(d *diag.Diagnostic) { e.Diags.Report(d) }

// Eval returns the value of an expression, or nil after an error.
func (e *Evaluator) Eval(x hclsyntax.Expression, s Scope) Val {
	if isLiteral(x) {
		v, _ := x.Value(nil)
		return Known{v}
	}
	if plain(x) && !e.reaches(x, s) {
		return e.static(x, s)
	}
	return settle(e.partial(x, s))
}

// isLiteral tells whether an expression is a value as it stands, as most are.
func isLiteral(x hclsyntax.Expression) bool {
	switch x := x.(type) {
	case *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.TemplateExpr:
		return x.IsStringLiteral()
	}
	return false
}

// reaches tells whether a run-time value can be reached from an expression,
// through locals and loop variables too.
func (e *Evaluator) reaches(x hclsyntax.Expression, s Scope) bool {
	_, _, _, found := e.FirstRef(x, s)
	return found
}

// FirstRef is the first run-time value that an expression reaches, and how.
func (e *Evaluator) FirstRef(x hclsyntax.Expression, s Scope) (language.RunValue, []string, hcl.Range, bool) {
	if c := commandCall(x); c != nil {
		return language.RunValue(c.Name + "()"), nil, c.NameRange, true
	}
	for _, t := range x.Variables() {
		root := t.RootName()
		if v, ok := s[root]; ok {
			if ref, via, found := RefIn(peek(v, t[1:])); found {
				return ref, via, t.SourceRange(), true
			}
			continue
		}
		if _, ok := language.RunRoots[root]; ok {
			return runValueName(t), nil, t.SourceRange(), true
		}
		if name, ok := localName(t); ok {
			if ref, via, found := RefIn(peek(e.Local(name, t.SourceRange()), t[2:])); found {
				return ref, append([]string{"local." + name}, via...), t.SourceRange(), true
			}
		}
	}
	return "", nil, hcl.Range{}, false
}

// peek follows names and indexes into a value as far as they go, without a word.
func peek(v Val, t hcl.Traversal) Val {
	for _, step := range t {
		switch at := v.(type) {
		case Object:
			v = at.Items[attrName(step)]
		case List:
			if v = at.at(step); v == nil {
				return at
			}
		default:
			return v
		}
	}
	return v
}

// at is the element that an index names, or nil.
func (l List) at(step hcl.Traverser) Val {
	i, ok := step.(hcl.TraverseIndex)
	if !ok || i.Key.Type() != cty.Number {
		return nil
	}
	if n, exact := i.Key.AsBigFloat().Int64(); exact == 0 && n >= 0 && n < int64(len(l.Items)) {
		return l.Items[n]
	}
	return nil
}

func RefIn(v Val) (language.RunValue, []string, bool) {
	switch v := v.(type) {
	case Commands:
		return language.RunValue(v.Name + "()"), nil, true
	case Later:
		for _, seg := range v.Segs {
			if seg.Ref != "" {
				return seg.Ref, seg.Via, true
			}
		}
	case List:
		for _, i := range v.Items {
			if r, via, ok := RefIn(i); ok {
				return r, via, true
			}
		}
	case Object:
		for _, k := range v.Keys {
			if r, via, ok := RefIn(v.Items[k]); ok {
				return r, via, true
			}
		}
	}
	return "", nil, false
}

func runValueName(t hcl.Traversal) language.RunValue {
	name := t.RootName()
	if len(t) > 1 {
		if a, ok := t[1].(hcl.TraverseAttr); ok {
			name += "." + a.Name
		}
	}
	return language.RunValue(name)
}

func localName(t hcl.Traversal) (string, bool) {
	if t.RootName() != "local" || len(t) < 2 {
		return "", false
	}
	a, ok := t[1].(hcl.TraverseAttr)
	return a.Name, ok
}

// Local evaluates a local once. A circle is reported with its path.
func (e *Evaluator) Local(name string, at hcl.Range) Val {
	a := e.Locals[name]
	if a == nil {
		return nil
	}
	if v, ok := e.done[name]; ok {
		if v == nil && slices.Contains(e.path, "local."+name) {
			e.Report(Cycle(e.Circle("local."+name), at))
			e.done[name] = Known{cty.DynamicVal}
		}
		return e.done[name]
	}
	e.done[name] = nil
	e.Enter("local." + name)
	depth := e.depth
	e.depth = 0
	v := e.Eval(a.Expr, nil)
	e.depth = depth
	e.Leave()
	if v == nil {
		v = Known{cty.DynamicVal} // reported: what uses it says nothing more
	}
	if tooBig(v) {
		e.Report(language.TooLarge(fmt.Sprintf("local.%s has more than 64 KiB", name), a.Expr.Range()))
		v = Known{cty.DynamicVal}
	}
	e.done[name] = v
	return v
}

// Enter notes what is being evaluated, until Leave.
func (e *Evaluator) Enter(name string) { e.path = append(e.path, name) }

// Leave ends what was entered last.
func (e *Evaluator) Leave() { e.path = e.path[:len(e.path)-1] }

// Circle is the way from what is being evaluated back to it; nil where it is not.
func (e *Evaluator) Circle(name string) []string {
	i := slices.Index(e.path, name)
	if i < 0 {
		return nil
	}
	return append(slices.Clone(e.path[i:]), name)
}

func tooBig(v Val) bool { return sizeOfVal(v) > MaxLocal }

// static lets HCL evaluate an expression that reaches no run-time value.
func (e *Evaluator) static(x hclsyntax.Expression, s Scope) Val {
	before := e.Diags.Len()
	ctx := e.context(x, s)
	if e.Diags.Len() > before {
		return nil
	}
	v, diags := x.Value(ctx)
	for _, d := range diags {
		if d.Severity == hcl.DiagError {
			e.Report(evaluation(d, x.Range()))
			return nil
		}
	}
	return Known{v}
}

// context gives an expression exactly what it refers to.
func (e *Evaluator) context(x hclsyntax.Expression, s Scope) *hcl.EvalContext {
	locals, variables, loops := map[string]cty.Value{}, map[string]cty.Value{}, map[string]cty.Value{}
	size := 0
	for _, t := range x.Variables() {
		root := t.RootName()
		name, at := MemberOf(t)
		if v, ok := s[root]; ok {
			if names := matrixNames(s); root == "matrix" && !slices.Contains(names, name) {
				e.Report(unknownMatrixValue(name, names, at))
			}
			loops[root] = staticOf(v)
			size += sizeAt(loops[root], t[1:])
			continue
		}
		switch root {
		case "local":
			v := e.Local(name, at)
			if v == nil && e.Locals[name] == nil && !e.Diags.Broken {
				e.Report(UnknownName("local", name, slices.Sorted(maps.Keys(e.Locals)), at))
			}
			locals[name] = staticOf(v)
			size += sizeAt(locals[name], t[min(2, len(t)):])
		case "var":
			if _, ok := e.Variables[name]; !ok && !e.Diags.Broken {
				e.Report(UnknownName("variable", name, slices.Sorted(maps.Keys(e.Variables)), at))
			}
			v, ok := e.Variables[name]
			if !ok {
				v = cty.DynamicVal // reported, here or at its block
			}
			variables[name] = v
			size += sizeAt(v, t[min(2, len(t)):])
		case "matrix":
			e.Report(noMatrixHere(RootRange(t)))
		default:
			if _, later := language.RunRoots[root]; !later {
				e.Report(unknownRoot(root, append(slices.Sorted(maps.Keys(s)), language.RootNames...), RootRange(t)))
			}
		}
		if size > maxPut {
			e.Report(language.TooLarge("One expression puts together more than 1 MiB", x.Range()))
			break
		}
	}
	loops["local"], loops["var"] = cty.ObjectVal(locals), cty.ObjectVal(variables)
	return &hcl.EvalContext{Variables: loops}
}

// sizeAt is the size of what a reference picks out of a value.
func sizeAt(v cty.Value, t hcl.Traversal) int {
	if picked, diags := t.TraverseRel(v); len(diags) == 0 {
		v = picked
	}
	return Size(v)
}

func MemberOf(t hcl.Traversal) (string, hcl.Range) {
	if len(t) < 2 {
		return "", t.SourceRange()
	}
	if a, ok := t[1].(hcl.TraverseAttr); ok {
		return a.Name, a.SrcRange
	}
	return "", t.SourceRange()
}

func RootRange(t hcl.Traversal) hcl.Range { return t[0].SourceRange() }

func staticOf(v Val) cty.Value {
	switch v := v.(type) {
	case nil:
		return cty.DynamicVal
	case Known:
		return v.V
	case List:
		var out []cty.Value
		for _, i := range v.Items {
			out = append(out, staticOf(i))
		}
		return cty.TupleVal(out)
	case Object:
		out := map[string]cty.Value{}
		for k, i := range v.Items {
			out[k] = staticOf(i)
		}
		return cty.ObjectVal(out)
	default:
		return cty.DynamicVal
	}
}

func KindOf(v cty.Value) string {
	switch {
	case v.IsNull():
		return "null"
	case v.Type() == cty.String:
		return "a text"
	case v.Type() == cty.Number:
		return "a number"
	case v.Type() == cty.Bool:
		return "true or false"
	case v.Type().IsObjectType() || v.Type().IsMapType():
		return "an object"
	default:
		return "a list"
	}
}

// Argument is a value of a call, and where it stands.
type Argument struct {
	V     Val
	At    hcl.Range
	KeyAt hcl.Range
}

// matrixNames are the values of the matrix around an expression, for messages.
func matrixNames(s Scope) []string {
	k, ok := s["matrix"].(Known)
	if !ok {
		return nil
	}
	var out []string
	for name := range k.V.Type().AttributeTypes() {
		out = append(out, name)
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
