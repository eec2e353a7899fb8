package schema

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
// long (eval_bounded.go) is evaluated piece by piece too, so that it can stop.

// val is the value of an expression: a closed set of known, later, commands, list
// and object.
type val interface{ val() }

type (
	known    struct{ v cty.Value } // evaluated
	later    struct{ segs []Seg }  // a text with run-time values in it
	commands struct {              // what a command of a library runs
		name      string // mettleci::deploy
		arguments map[string]argument
		texts     []Text
	}
	list   struct{ items []val }
	object struct {
		keys  []string
		items map[string]val
	}
)

func (known) val()    {}
func (later) val()    {}
func (commands) val() {}
func (list) val()     {}
func (object) val()   {}

// evaluator holds the variables and locals of a policy. Locals are evaluated
// when they are first asked for, so their order does not matter.
type evaluator struct {
	variables map[string]cty.Value
	locals    map[string]*hclsyntax.Attribute
	done      map[string]val // nil while being evaluated
	path      []string
	rounds    int // of all for expressions
	depth     int // of for expressions in each other
	diags     *diag.Collector
	caller    caller
}

// caller runs the commands that an expression calls: they are the policy's and
// its libraries'.
type caller interface {
	// call gives the texts that a command runs, or nil after an error. The evaluator
	// is the one that met the call: what it hands over is evaluated there.
	call(e *evaluator, x *hclsyntax.FunctionCallExpr, s scope) val
}

func newEvaluator(diags *diag.Collector, c caller) *evaluator {
	return &evaluator{variables: map[string]cty.Value{}, locals: map[string]*hclsyntax.Attribute{}, done: map[string]val{}, diags: diags, caller: c}
}

// scope are the variables of the for expressions around an expression.
type scope map[string]val

func (e *evaluator) report(d *diag.Diagnostic) { e.diags.Report(d) }

// eval returns the value of an expression, or nil after an error.
func (e *evaluator) eval(x hclsyntax.Expression, s scope) val {
	if isLiteral(x) {
		v, _ := x.Value(nil)
		return known{v}
	}
	if plain(x) && !e.reaches(x, s) {
		return e.static(x, s)
	}
	return settled(e.partial(x, s))
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
func (e *evaluator) reaches(x hclsyntax.Expression, s scope) bool {
	_, _, _, found := e.firstRef(x, s)
	return found
}

// firstRef is the first run-time value that an expression reaches, and how.
func (e *evaluator) firstRef(x hclsyntax.Expression, s scope) (language.RunValue, []string, hcl.Range, bool) {
	if c := commandCall(x); c != nil {
		return language.RunValue(c.Name + "()"), nil, c.NameRange, true
	}
	for _, t := range x.Variables() {
		root := t.RootName()
		if v, ok := s[root]; ok {
			if ref, via, found := refIn(peek(v, t[1:])); found {
				return ref, via, t.SourceRange(), true
			}
			continue
		}
		if _, ok := language.RunRoots[root]; ok {
			return runValueName(t), nil, t.SourceRange(), true
		}
		if name, ok := localName(t); ok {
			if ref, via, found := refIn(peek(e.local(name, t.SourceRange()), t[2:])); found {
				return ref, append([]string{"local." + name}, via...), t.SourceRange(), true
			}
		}
	}
	return "", nil, hcl.Range{}, false
}

// peek follows names and indexes into a value as far as they go, without a word.
func peek(v val, t hcl.Traversal) val {
	for _, step := range t {
		switch at := v.(type) {
		case object:
			v = at.items[attrName(step)]
		case list:
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
func (l list) at(step hcl.Traverser) val {
	i, ok := step.(hcl.TraverseIndex)
	if !ok || i.Key.Type() != cty.Number {
		return nil
	}
	if n, exact := i.Key.AsBigFloat().Int64(); exact == 0 && n >= 0 && n < int64(len(l.items)) {
		return l.items[n]
	}
	return nil
}

func refIn(v val) (language.RunValue, []string, bool) {
	switch v := v.(type) {
	case commands:
		return language.RunValue(v.name + "()"), nil, true
	case later:
		for _, seg := range v.segs {
			if seg.Ref != "" {
				return seg.Ref, seg.Via, true
			}
		}
	case list:
		for _, i := range v.items {
			if r, via, ok := refIn(i); ok {
				return r, via, true
			}
		}
	case object:
		for _, k := range v.keys {
			if r, via, ok := refIn(v.items[k]); ok {
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

// local evaluates a local once. A circle is reported with its path.
func (e *evaluator) local(name string, at hcl.Range) val {
	a := e.locals[name]
	if a == nil {
		return nil
	}
	if v, ok := e.done[name]; ok {
		if v == nil && slices.Contains(e.path, "local."+name) {
			e.report(cycle(e.circle("local."+name), at))
			e.done[name] = known{cty.DynamicVal}
		}
		return e.done[name]
	}
	e.done[name] = nil
	leave := e.enter("local." + name)
	depth := e.depth
	e.depth = 0
	v := e.eval(a.Expr, nil)
	e.depth = depth
	leave()
	if v == nil {
		v = known{cty.DynamicVal} // reported: what uses it says nothing more
	}
	if tooBig(v) {
		e.report(language.TooLarge(fmt.Sprintf("local.%s has more than 64 KiB", name), a.Expr.Range()))
		v = known{cty.DynamicVal}
	}
	e.done[name] = v
	return v
}

// enter notes what is being evaluated, until the function that it returns is called.
func (e *evaluator) enter(name string) func() {
	e.path = append(e.path, name)
	return func() { e.path = e.path[:len(e.path)-1] }
}

// circle is the way from what is being evaluated back to it; nil where it is not.
func (e *evaluator) circle(name string) []string {
	i := slices.Index(e.path, name)
	if i < 0 {
		return nil
	}
	return append(slices.Clone(e.path[i:]), name)
}

func tooBig(v val) bool { return sizeOfVal(v) > maxLocal }

// static lets HCL evaluate an expression that reaches no run-time value.
func (e *evaluator) static(x hclsyntax.Expression, s scope) val {
	before := e.diags.Len()
	ctx := e.context(x, s)
	if e.diags.Len() > before {
		return nil
	}
	v, diags := x.Value(ctx)
	for _, d := range diags {
		if d.Severity == hcl.DiagError {
			e.report(evaluation(d, x.Range()))
			return nil
		}
	}
	return known{v}
}

// context gives an expression exactly what it refers to.
func (e *evaluator) context(x hclsyntax.Expression, s scope) *hcl.EvalContext {
	locals, variables, loops := map[string]cty.Value{}, map[string]cty.Value{}, map[string]cty.Value{}
	size := 0
	for _, t := range x.Variables() {
		root := t.RootName()
		name, at := memberOf(t)
		if v, ok := s[root]; ok {
			if names := matrixNames(s); root == "matrix" && !slices.Contains(names, name) {
				e.report(unknownMatrixValue(name, names, at))
			}
			loops[root] = staticOf(v)
			size += sizeAt(loops[root], t[1:])
			continue
		}
		switch root {
		case "local":
			v := e.local(name, at)
			if v == nil && e.locals[name] == nil && !e.diags.Broken {
				e.report(unknownName("local", name, slices.Sorted(maps.Keys(e.locals)), at))
			}
			locals[name] = staticOf(v)
			size += sizeAt(locals[name], t[min(2, len(t)):])
		case "var":
			if _, ok := e.variables[name]; !ok && !e.diags.Broken {
				e.report(unknownName("variable", name, slices.Sorted(maps.Keys(e.variables)), at))
			}
			v, ok := e.variables[name]
			if !ok {
				v = cty.DynamicVal // reported, here or at its block
			}
			variables[name] = v
			size += sizeAt(v, t[min(2, len(t)):])
		case "matrix":
			e.report(noMatrixHere(rootRange(t)))
		default:
			if _, later := language.RunRoots[root]; !later {
				e.report(unknownRoot(root, append(slices.Sorted(maps.Keys(s)), language.RootNames...), rootRange(t)))
			}
		}
		if size > maxPut {
			e.report(language.TooLarge("One expression puts together more than 1 MiB", x.Range()))
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
	return sizeOf(v)
}

func memberOf(t hcl.Traversal) (string, hcl.Range) {
	if len(t) < 2 {
		return "", t.SourceRange()
	}
	if a, ok := t[1].(hcl.TraverseAttr); ok {
		return a.Name, a.SrcRange
	}
	return "", t.SourceRange()
}

func rootRange(t hcl.Traversal) hcl.Range { return t[0].SourceRange() }

func staticOf(v val) cty.Value {
	switch v := v.(type) {
	case nil:
		return cty.DynamicVal
	case known:
		return v.v
	case list:
		var out []cty.Value
		for _, i := range v.items {
			out = append(out, staticOf(i))
		}
		return cty.TupleVal(out)
	case object:
		out := map[string]cty.Value{}
		for k, i := range v.items {
			out[k] = staticOf(i)
		}
		return cty.ObjectVal(out)
	default:
		return cty.DynamicVal
	}
}

func kindOf(v cty.Value) string {
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

// argument is a value of a call, and where it stands.
type argument struct {
	v     val
	at    hcl.Range
	keyAt hcl.Range
}

// matrixNames are the values of the matrix around an expression, for messages.
func matrixNames(s scope) []string {
	k, ok := s["matrix"].(known)
	if !ok {
		return nil
	}
	var out []string
	for name := range k.v.Type().AttributeTypes() {
		out = append(out, name)
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
