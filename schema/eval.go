package schema

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/diag"
)

// The policy is evaluated in part: where nothing in an expression is known
// only when the pipeline runs, HCL evaluates it; where something is, the few
// kinds of expression that can carry it give pieces of text. Everything else
// is an error at the reference, with the way by which it came.

// val is the value of an expression: a closed set of known, later, list and
// object.
type val interface{ val() }

type (
	known  struct{ v cty.Value } // evaluated
	later  struct{ segs []Seg }  // a text with run-time values in it
	list   struct{ items []val }
	object struct {
		keys  []string
		items map[string]val
	}
)

func (known) val()  {}
func (later) val()  {}
func (list) val()   {}
func (object) val() {}

// runRoots are the roots of run-time values and what they have.
var runRoots = map[string]map[string]RunValue{
	"release":    {"version": ReleaseVersion, "commit": ReleaseCommit, "base": ReleaseBase, "hotfix_branch": ReleaseHotfixBranch},
	"run":        {"url": RunURL, "id": RunID},
	"incident":   nil,
	"artifact":   {"ref": ArtifactRef},
	"deployment": {"url": DeploymentURL, "environment": DeploymentEnvironment, "values": DeploymentValues},
}

// rootNames are what an expression may begin with, for suggestions.
var rootNames = []string{"release", "run", "incident", "artifact", "deployment", "var", "local"}

// evaluator holds the variables and locals of a policy. Locals are evaluated
// when they are first asked for, so their order does not matter.
type evaluator struct {
	variables map[string]cty.Value
	locals    map[string]*hclsyntax.Attribute
	done      map[string]val // nil while being evaluated
	path      []string
	broken    bool // a block could not be read: names that are missing may stand in it
	diags     diag.Diagnostics
}

// scope are the variables of the for expressions around an expression.
type scope map[string]val

func (e *evaluator) report(d *diag.Diagnostic) { e.diags = append(e.diags, d) }

// eval returns the value of an expression, or nil after an error.
func (e *evaluator) eval(x hclsyntax.Expression, s scope) val {
	if !e.reaches(x, s) {
		return e.static(x, s)
	}
	return e.partial(x, s)
}

// reaches tells whether a run-time value can be reached from an expression,
// through locals and loop variables too.
func (e *evaluator) reaches(x hclsyntax.Expression, s scope) bool {
	_, _, _, found := e.firstRef(x, s)
	return found
}

// firstRef is the first run-time value that an expression reaches, and how.
func (e *evaluator) firstRef(x hclsyntax.Expression, s scope) (RunValue, []string, hcl.Range, bool) {
	for _, t := range x.Variables() {
		root := t.RootName()
		if v, ok := s[root]; ok {
			if ref, via, found := refIn(v); found {
				return ref, via, t.SourceRange(), true
			}
			continue
		}
		if _, ok := runRoots[root]; ok {
			return runValueName(t), nil, t.SourceRange(), true
		}
		if name, ok := localName(t); ok {
			if ref, via, found := refIn(e.local(name, t.SourceRange())); found {
				return ref, append([]string{"local." + name}, via...), t.SourceRange(), true
			}
		}
	}
	return "", nil, hcl.Range{}, false
}

func refIn(v val) (RunValue, []string, bool) {
	switch v := v.(type) {
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

func runValueName(t hcl.Traversal) RunValue {
	name := t.RootName()
	if len(t) > 1 {
		if a, ok := t[1].(hcl.TraverseAttr); ok {
			name += "." + a.Name
		}
	}
	return RunValue(name)
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
			from := slices.Index(e.path, "local."+name)
			e.report(cycle(append(slices.Clone(e.path[from:]), "local."+name), at))
			e.done[name] = known{cty.DynamicVal}
		}
		return e.done[name]
	}
	e.done[name] = nil
	e.path = append(e.path, "local."+name)
	v := e.eval(a.Expr, nil)
	e.path = e.path[:len(e.path)-1]
	if v == nil {
		v = known{cty.DynamicVal} // reported: what uses it says nothing more
	}
	if tooBig(v) {
		e.report(tooLarge(fmt.Sprintf("local.%s has more than 64 KiB", name), a.Expr.Range()))
		v = known{cty.DynamicVal}
	}
	e.done[name] = v
	return v
}

const maxLocal = 64 << 10

func tooBig(v val) bool {
	k, ok := v.(known)
	return ok && sizeOf(k.v) > maxLocal
}

func sizeOf(v cty.Value) int {
	if !v.IsKnown() || v.IsNull() {
		return 0
	}
	switch {
	case v.Type() == cty.String:
		return len(v.AsString())
	case v.CanIterateElements():
		n := 0
		for it := v.ElementIterator(); it.Next(); {
			_, x := it.Element()
			n += 16 + sizeOf(x)
		}
		return n
	default:
		return 8
	}
}

// static lets HCL evaluate an expression that reaches no run-time value.
func (e *evaluator) static(x hclsyntax.Expression, s scope) val {
	before := len(e.diags)
	ctx := e.context(x, s)
	if len(e.diags) > before {
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
	for _, t := range x.Variables() {
		root := t.RootName()
		if v, ok := s[root]; ok {
			loops[root] = staticOf(v)
			continue
		}
		name, at := memberOf(t)
		switch root {
		case "local":
			v := e.local(name, at)
			if v == nil && e.locals[name] == nil && !e.broken {
				e.report(unknownName("local", name, keysOf(e.locals), at))
			}
			locals[name] = staticOf(v)
		case "var":
			if _, ok := e.variables[name]; !ok && !e.broken {
				e.report(unknownName("variable", name, keysOf(e.variables), at))
			}
			variables[name] = e.variables[name]
		default:
			e.report(unknownRoot(root, rootNames, rootRange(t)))
		}
	}
	loops["local"], loops["var"] = cty.ObjectVal(locals), cty.ObjectVal(variables)
	return &hcl.EvalContext{Variables: loops, Functions: functions}
}

func keysOf[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
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

// partial evaluates an expression that reaches a run-time value.
func (e *evaluator) partial(x hclsyntax.Expression, s scope) val {
	switch x := x.(type) {
	case *hclsyntax.TemplateExpr:
		return e.template(x, s)
	case *hclsyntax.TemplateWrapExpr:
		return e.text(x.Wrapped, s)
	case *hclsyntax.ParenthesesExpr:
		return e.eval(x.Expression, s)
	case *hclsyntax.ScopeTraversalExpr:
		return e.traversal(x, s)
	case *hclsyntax.RelativeTraversalExpr:
		return e.walk(e.eval(x.Source, s), x.Traversal, x.Range())
	case *hclsyntax.TupleConsExpr:
		return e.tuple(x, s)
	case *hclsyntax.ObjectConsExpr:
		return e.objectOf(x, s)
	case *hclsyntax.ConditionalExpr:
		return e.conditional(x, s)
	case *hclsyntax.IndexExpr:
		return e.index(x, s)
	case *hclsyntax.ForExpr:
		return e.loop(x, s)
	case *hclsyntax.TemplateJoinExpr:
		return e.join(x, s)
	default:
		ref, via, at, _ := e.firstRef(x, s)
		e.report(operationOnRunValue(operationName(x), ref, via, at))
		return nil
	}
}

func operationName(x hclsyntax.Expression) string {
	switch x := x.(type) {
	case *hclsyntax.FunctionCallExpr:
		return x.Name + "()"
	case *hclsyntax.BinaryOpExpr:
		return "a comparison or calculation"
	case *hclsyntax.UnaryOpExpr:
		return "an operator"
	case *hclsyntax.SplatExpr:
		return "[*]"
	default:
		return "this expression"
	}
}

func (e *evaluator) template(x *hclsyntax.TemplateExpr, s scope) val {
	var segs []Seg
	for _, p := range x.Parts {
		switch v := e.text(p, s).(type) {
		case later:
			segs = append(segs, v.segs...)
		case nil:
			return nil
		}
	}
	return later{segs}
}

// text evaluates an expression to pieces of text.
func (e *evaluator) text(x hclsyntax.Expression, s scope) val {
	switch v := e.eval(x, s).(type) {
	case nil:
		return nil
	case later:
		return v
	case known:
		str, err := convert.Convert(v.v, cty.String)
		if err != nil || str.IsNull() {
			e.report(wrongType("a text", "made of texts", kindOf(v.v), x.Range()))
			return nil
		}
		if !str.IsKnown() {
			return nil
		}
		return later{[]Seg{{Lit: str.AsString(), Range: x.Range()}}}
	default:
		e.report(wrongType("a text", "made of texts", "a list or an object", x.Range()))
		return nil
	}
}

// traversal is a run-time value, a local or a loop variable that holds one.
func (e *evaluator) traversal(x *hclsyntax.ScopeTraversalExpr, s scope) val {
	t := x.Traversal
	root := t.RootName()
	if v, ok := s[root]; ok {
		return e.walk(v, t[1:], x.Range())
	}
	if name, ok := localName(t); ok {
		return e.walk(through1("local."+name, e.local(name, x.Range()), x.Range()), t[2:], x.Range())
	}
	return e.runValue(t)
}

// through1 notes in each piece by which local it came, and where it is used.
func through1(name string, v val, at hcl.Range) val {
	switch v := v.(type) {
	case later:
		out := make([]Seg, len(v.segs))
		for i, seg := range v.segs {
			seg.Range = at
			seg.Via = append([]string{name}, seg.Via...)
			out[i] = seg
		}
		return later{out}
	case list:
		out := list{}
		for _, i := range v.items {
			out.items = append(out.items, through1(name, i, at))
		}
		return out
	case object:
		out := object{keys: v.keys, items: map[string]val{}}
		for k, i := range v.items {
			out.items[k] = through1(name, i, at)
		}
		return out
	default:
		return v
	}
}

func (e *evaluator) runValue(t hcl.Traversal) val {
	root := t.RootName()
	members := runRoots[root]
	if members == nil { // incident
		if len(t) > 1 {
			e.report(unknownRunValue(attrName(t[1]), root, nil, t.SourceRange()))
			return nil
		}
		return later{[]Seg{{Ref: IncidentValue, Range: t.SourceRange()}}}
	}
	if len(t) < 2 {
		e.report(runValueNeedsName(root, keysOf(members), t.SourceRange()))
		return nil
	}
	v, ok := members[attrName(t[1])]
	want := 2
	if v == DeploymentValues {
		want = 3
	}
	switch {
	case !ok:
		e.report(unknownRunValue(attrName(t[1]), root, keysOf(members), t[1].SourceRange()))
		return nil
	case len(t) < want:
		e.report(problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write deployment.values.NAME, with a name from `values` of the environment."))
		return nil
	case len(t) > want:
		e.report(operationOnRunValue("what follows it", v, nil, t.SourceRange()))
		return nil
	}
	seg := Seg{Ref: v, Range: t.SourceRange()}
	if want == 3 {
		seg.Key = attrName(t[2])
	}
	return later{[]Seg{seg}}
}

func attrName(t hcl.Traverser) string {
	switch t := t.(type) {
	case hcl.TraverseAttr:
		return t.Name
	case hcl.TraverseIndex:
		if t.Key.Type() == cty.String {
			return t.Key.AsString()
		}
	}
	return "?"
}

// walk follows attributes and indexes into lists and objects that hold
// run-time values.
func (e *evaluator) walk(v val, t hcl.Traversal, at hcl.Range) val {
	for _, step := range t {
		if v == nil {
			return nil
		}
		v = e.member(v, step, at)
	}
	return v
}

func (e *evaluator) member(v val, step hcl.Traverser, at hcl.Range) val {
	switch v := v.(type) {
	case object:
		name := attrName(step)
		if item, ok := v.items[name]; ok {
			return item
		}
		e.report(unknownName("key", name, v.keys, at))
	case list:
		i, ok := step.(hcl.TraverseIndex)
		if ok && i.Key.Type() == cty.Number {
			n, _ := i.Key.AsBigFloat().Int64()
			if n >= 0 && int(n) < len(v.items) {
				return v.items[n]
			}
		}
		e.report(problem("evaluation", at, "No such element", "The list has %d elements.", len(v.items)))
	case later:
		ref, via, _ := refIn(v)
		e.report(operationOnRunValue("what follows it", ref, via, at))
	case known:
		out, diags := hcl.Traversal{step}.TraverseRel(v.v)
		if len(diags) == 0 {
			return known{out}
		}
		e.report(evaluation(diags[0], at))
	}
	return nil
}

func (e *evaluator) tuple(x *hclsyntax.TupleConsExpr, s scope) val {
	var out list
	for _, i := range x.Exprs {
		v := e.eval(i, s)
		if v == nil {
			return nil
		}
		out.items = append(out.items, v)
	}
	return out
}

func (e *evaluator) objectOf(x *hclsyntax.ObjectConsExpr, s scope) val {
	out := object{items: map[string]val{}}
	for _, i := range x.Items {
		key, ok := e.key(i.KeyExpr, s)
		v := e.eval(i.ValueExpr, s)
		if !ok || v == nil {
			return nil
		}
		out.keys = append(out.keys, key)
		out.items[key] = v
	}
	return out
}

func (e *evaluator) key(x hclsyntax.Expression, s scope) (string, bool) {
	if name := hcl.ExprAsKeyword(x); name != "" {
		return name, true
	}
	if ref, via, at, found := e.firstRef(x, s); found {
		e.report(operationOnRunValue("a key", ref, via, at))
		return "", false
	}
	v := e.static(x, s)
	if v == nil {
		return "", false
	}
	str, err := convert.Convert(v.(known).v, cty.String)
	if err != nil || !str.IsKnown() || str.IsNull() {
		e.report(wrongType("a key", "a text", kindOf(v.(known).v), x.Range()))
		return "", false
	}
	return str.AsString(), true
}

func (e *evaluator) conditional(x *hclsyntax.ConditionalExpr, s scope) val {
	if ref, via, at, found := e.firstRef(x.Condition, s); found {
		e.report(operationOnRunValue("a condition", ref, via, at))
		return nil
	}
	v, ok := e.static(x.Condition, s).(known)
	if !ok || !v.v.IsKnown() {
		return nil
	}
	b, err := convert.Convert(v.v, cty.Bool)
	if err != nil || b.IsNull() {
		e.report(wrongType("a condition", "true or false", kindOf(v.v), x.Condition.Range()))
		return nil
	}
	if b.True() {
		return e.eval(x.TrueResult, s)
	}
	return e.eval(x.FalseResult, s)
}

func (e *evaluator) index(x *hclsyntax.IndexExpr, s scope) val {
	if ref, via, at, found := e.firstRef(x.Key, s); found {
		e.report(operationOnRunValue("an index", ref, via, at))
		return nil
	}
	key, ok := e.static(x.Key, s).(known)
	if !ok {
		return nil
	}
	return e.walk(e.eval(x.Collection, s), hcl.Traversal{hcl.TraverseIndex{Key: key.v, SrcRange: x.Key.Range()}}, x.Range())
}

// loop is a for expression whose result holds run-time values.
func (e *evaluator) loop(x *hclsyntax.ForExpr, s scope) val {
	keys, items, ok := e.elements(x.CollExpr, s)
	if !ok {
		return nil
	}
	var l list
	o := object{items: map[string]val{}}
	for i := range items {
		in := e.iteration(x, s, keys[i], items[i])
		if x.CondExpr != nil && !e.keeps(x, in) {
			continue
		}
		v := e.eval(x.ValExpr, in)
		if v == nil {
			return nil
		}
		if x.KeyExpr == nil {
			l.items = append(l.items, v)
			continue
		}
		k, ok := e.key(x.KeyExpr, in)
		if !ok {
			return nil
		}
		o.keys, o.items[k] = append(o.keys, k), v
	}
	if x.KeyExpr != nil {
		return o
	}
	return l
}

func (e *evaluator) iteration(x *hclsyntax.ForExpr, s scope, key, item val) scope {
	in := scope{}
	for k, v := range s {
		in[k] = v
	}
	if x.KeyVar != "" {
		in[x.KeyVar] = key
	}
	in[x.ValVar] = item
	return in
}

func (e *evaluator) keeps(x *hclsyntax.ForExpr, in scope) bool {
	if ref, via, at, found := e.firstRef(x.CondExpr, in); found {
		e.report(operationOnRunValue("a condition", ref, via, at))
		return false
	}
	v, ok := e.static(x.CondExpr, in).(known)
	return ok && v.v.IsKnown() && !v.v.IsNull() && v.v.Type() == cty.Bool && v.v.True()
}

// elements are what a for expression goes over.
func (e *evaluator) elements(x hclsyntax.Expression, s scope) (keys, items []val, ok bool) {
	switch v := e.eval(x, s).(type) {
	case list:
		for i, item := range v.items {
			keys, items = append(keys, known{cty.NumberIntVal(int64(i))}), append(items, item)
		}
		return keys, items, true
	case object:
		for _, k := range slices.Sorted(slices.Values(v.keys)) {
			keys, items = append(keys, known{cty.StringVal(k)}), append(items, v.items[k])
		}
		return keys, items, true
	case known:
		if !v.v.IsKnown() || v.v.IsNull() || !v.v.CanIterateElements() {
			e.report(wrongType("for", "over a list or an object", kindOf(v.v), x.Range()))
			return nil, nil, false
		}
		for it := v.v.ElementIterator(); it.Next(); {
			k, item := it.Element()
			keys, items = append(keys, known{k}), append(items, known{item})
		}
		return keys, items, true
	case later:
		ref, via, _ := refIn(v)
		e.report(operationOnRunValue("a for expression", ref, via, x.Range()))
	}
	return nil, nil, false
}

// join is %{for} in a template.
func (e *evaluator) join(x *hclsyntax.TemplateJoinExpr, s scope) val {
	l, ok := e.eval(x.Tuple, s).(list)
	if !ok {
		return nil
	}
	var segs []Seg
	for _, i := range l.items {
		switch i := i.(type) {
		case later:
			segs = append(segs, i.segs...)
		case known:
			if i.v.Type() == cty.String && i.v.IsKnown() {
				segs = append(segs, Seg{Lit: i.v.AsString(), Range: x.Range()})
			}
		}
	}
	return later{segs}
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
