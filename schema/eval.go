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

// runRoots are the roots of run-time values and what they have.
var runRoots = map[string]map[string]RunValue{
	"release":    {"version": ReleaseVersion, "commit": ReleaseCommit, "base": ReleaseBase, "hotfix_branch": ReleaseHotfixBranch},
	"run":        {"url": RunURL, "id": RunID},
	"incident":   nil,
	"artifact":   {"ref": ArtifactRef},
	"env":        nil,
	"deployment": {"url": DeploymentURL, "environment": DeploymentEnvironment, "values": DeploymentValues},
}

// rootNames are what an expression may begin with, for suggestions.
var rootNames = []string{"release", "run", "incident", "artifact", "deployment", "env", "var", "local"}

// evaluator holds the variables and locals of a policy. Locals are evaluated
// when they are first asked for, so their order does not matter.
type evaluator struct {
	variables map[string]cty.Value
	locals    map[string]*hclsyntax.Attribute
	done      map[string]val // nil while being evaluated
	path      []string
	rounds    int                 // of all for expressions
	depth     int                 // of for expressions in each other
	libraries map[string]*library // by alias; "command" is the policy's own
	broken    bool                // a block could not be read: names that are missing may stand in it
	diags     diag.Diagnostics
}

// scope are the variables of the for expressions around an expression.
type scope map[string]val

func (e *evaluator) report(d *diag.Diagnostic) { e.diags = append(e.diags, d) }

// eval returns the value of an expression, or nil after an error.
func (e *evaluator) eval(x hclsyntax.Expression, s scope) val {
	if plain(x) && !e.reaches(x, s) {
		return e.static(x, s)
	}
	return settled(e.partial(x, s))
}

// reaches tells whether a run-time value can be reached from an expression,
// through locals and loop variables too.
func (e *evaluator) reaches(x hclsyntax.Expression, s scope) bool {
	_, _, _, found := e.firstRef(x, s)
	return found
}

// firstRef is the first run-time value that an expression reaches, and how.
func (e *evaluator) firstRef(x hclsyntax.Expression, s scope) (RunValue, []string, hcl.Range, bool) {
	if c := commandCall(x); c != nil {
		return RunValue(c.Name + "()"), nil, c.NameRange, true
	}
	for _, t := range x.Variables() {
		root := t.RootName()
		if v, ok := s[root]; ok {
			if ref, via, found := refIn(peek(v, t[1:])); found {
				return ref, via, t.SourceRange(), true
			}
			continue
		}
		if _, ok := runRoots[root]; ok {
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

func refIn(v val) (RunValue, []string, bool) {
	switch v := v.(type) {
	case commands:
		return RunValue(v.name + "()"), nil, true
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
	depth := e.depth
	e.depth = 0
	v := e.eval(a.Expr, nil)
	e.depth = depth
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

func tooBig(v val) bool { return sizeOfVal(v) > maxLocal }

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
			if v == nil && e.locals[name] == nil && !e.broken {
				e.report(unknownName("local", name, keysOf(e.locals), at))
			}
			locals[name] = staticOf(v)
			size += sizeAt(locals[name], t[min(2, len(t)):])
		case "var":
			if _, ok := e.variables[name]; !ok && !e.broken {
				e.report(unknownName("variable", name, keysOf(e.variables), at))
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
			if _, later := runRoots[root]; !later {
				e.report(unknownRoot(root, append(keysOf(s), rootNames...), rootRange(t)))
			}
		}
		if size > maxPut {
			e.report(tooLarge("One expression puts together more than 1 MiB", x.Range()))
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
		return e.wrapped(x, s)
	case *hclsyntax.ParenthesesExpr:
		return e.eval(x.Expression, s)
	case *hclsyntax.ScopeTraversalExpr:
		if !e.reaches(x, s) {
			return e.picked(x, s)
		}
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
	case *hclsyntax.FunctionCallExpr:
		if isCommand(x) {
			return e.call(x, s)
		}
		return e.function(x, s)
	case *hclsyntax.BinaryOpExpr:
		return e.binary(x, s)
	case *hclsyntax.UnaryOpExpr:
		return e.unary(x, s)
	case *hclsyntax.SplatExpr:
		return e.splat(x, s)
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

// wrapped is a text that is one interpolation and nothing else: it is what
// stands in it, and no text yet.
func (e *evaluator) wrapped(x *hclsyntax.TemplateWrapExpr, s scope) val {
	if e.reaches(x, s) {
		return e.text(x.Wrapped, s)
	}
	return e.eval(x.Wrapped, s)
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
	case commands:
		e.report(commandInText(v.name, x.Range()))
		return nil
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
		return e.walk(usedAt(v, x.Range()), t[1:], x.Range())
	}
	if name, ok := localName(t); ok {
		return e.walk(through1("local."+name, e.local(name, x.Range()), x.Range()), t[2:], x.Range())
	}
	return e.runValue(t)
}

// picked is a part of a value in which nothing is known only later.
func (e *evaluator) picked(x *hclsyntax.ScopeTraversalExpr, s scope) val {
	base := min(2, len(x.Traversal))
	if _, ok := s[x.Traversal.RootName()]; ok {
		base = 1
	}
	v := e.static(&hclsyntax.ScopeTraversalExpr{Traversal: x.Traversal[:base], SrcRange: x.SrcRange}, s)
	return e.walk(v, x.Traversal[base:], x.SrcRange)
}

// through1 notes in each piece by which local it came, and where it is used.
func through1(name string, v val, at hcl.Range) val {
	switch v := v.(type) {
	case later:
		out := make([]Seg, len(v.segs))
		for i, seg := range v.segs {
			seg.Range = at
			if name != "" {
				seg.Via = append([]string{name}, seg.Via...)
			}
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

// usedAt notes where the value of a loop variable is used.
func usedAt(v val, at hcl.Range) val { return through1("", v, at) }

func (e *evaluator) runValue(t hcl.Traversal) val {
	root := t.RootName()
	members := runRoots[root]
	if root == "env" {
		return e.envValue(t)
	}
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
		if item := v.at(step); item != nil {
			return item
		}
		e.report(problem("evaluation", at, "No such element", "The list has %d elements.", len(v.items)))
	case later:
		ref, via, _ := refIn(v)
		e.report(operationOnRunValue("what follows it", ref, via, at))
	case commands:
		e.report(commandNotHere(v.name+"()", at))
	case known:
		if !v.v.IsKnown() {
			return nil
		}
		if attr, ok := step.(hcl.TraverseAttr); ok && v.v.Type().IsObjectType() && !v.v.Type().HasAttribute(attr.Name) {
			e.report(unknownName("key", attr.Name, keysOf(v.v.Type().AttributeTypes()), attr.SrcRange))
			return nil
		}
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
		if out.items[key] == nil { // of two the later one counts, as in HCL
			out.keys = append(out.keys, key)
		}
		out.items[key] = v
	}
	return out
}

func (e *evaluator) key(x hclsyntax.Expression, s scope) (string, bool) {
	if k, ok := x.(*hclsyntax.ObjectConsKeyExpr); ok {
		if name := hcl.ExprAsKeyword(k); name != "" {
			return name, true
		}
		if t, dotted := k.Wrapped.(*hclsyntax.ScopeTraversalExpr); !dotted || k.ForceNonLiteral || len(t.Traversal) == 1 {
			x = k.Wrapped
		}
	}
	v, ok := e.now("a key", x, s)
	if !ok {
		return "", false
	}
	str, err := convert.Convert(v, cty.String)
	if err != nil || str.IsNull() {
		e.report(wrongType("a key", "a text", kindOf(v), x.Range()))
		return "", false
	}
	return str.AsString(), true
}

func (e *evaluator) conditional(x *hclsyntax.ConditionalExpr, s scope) val {
	b, ok := e.condition(x.Condition, s)
	if !ok {
		return nil
	}
	chosen, other := x.TrueResult, x.FalseResult
	if !b {
		chosen, other = other, chosen
	}
	if e.reaches(x, s) {
		return e.eval(chosen, s)
	}
	v, ok := e.value(chosen, s)
	if !ok {
		return nil
	}
	rest, ok := e.attempt(other, s)
	if rest == nil || !ok {
		return known{v}
	}
	if !b { // HCL makes both of one type
		return e.delegate(&hclsyntax.ConditionalExpr{Condition: literal(cty.False, x), TrueResult: literal(rest.(known).v, other), FalseResult: literal(v, chosen), SrcRange: x.SrcRange})
	}
	return e.delegate(&hclsyntax.ConditionalExpr{Condition: literal(cty.True, x), TrueResult: literal(v, chosen), FalseResult: literal(rest.(known).v, other), SrcRange: x.SrcRange})
}

// condition evaluates what must be true or false now.
func (e *evaluator) condition(x hclsyntax.Expression, s scope) (yes, ok bool) {
	v, ok := e.now("a condition", x, s)
	if !ok {
		return false, false
	}
	b, err := convert.Convert(v, cty.Bool)
	if err != nil || b.IsNull() {
		e.report(wrongType("a condition", "true or false", kindOf(v), x.Range()))
		return false, false
	}
	return b.True(), true
}

func (e *evaluator) index(x *hclsyntax.IndexExpr, s scope) val {
	key, ok := e.now("an index", x.Key, s)
	if !ok {
		return nil
	}
	return e.walk(e.eval(x.Collection, s), hcl.Traversal{hcl.TraverseIndex{Key: key, SrcRange: x.Key.Range()}}, x.Range())
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
		if !v.v.IsKnown() {
			return nil, nil, false
		}
		if v.v.IsNull() || !v.v.CanIterateElements() {
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
	case commands:
		e.report(commandNotHere(v.name+"()", x.Range()))
	}
	return nil, nil, false
}

// join is %{for} in a template.
func (e *evaluator) join(x *hclsyntax.TemplateJoinExpr, s scope) val {
	parts, ok := e.parts(x, s)
	if !ok {
		return nil
	}
	var segs []Seg
	for _, i := range parts {
		switch i := i.(type) {
		case later:
			segs = append(segs, i.segs...)
		case known:
			str, err := convert.Convert(i.v, cty.String)
			if err != nil || str.IsNull() || !str.IsKnown() {
				e.report(wrongType("a text", "made of texts", kindOf(i.v), x.Range()))
				return nil
			}
			segs = append(segs, Seg{Lit: str.AsString(), Range: x.Range()})
		default:
			e.report(wrongType("a text", "made of texts", "a list or an object", x.Range()))
			return nil
		}
	}
	return later{segs}
}

// parts are the texts that a %{for} makes.
func (e *evaluator) parts(x *hclsyntax.TemplateJoinExpr, s scope) ([]val, bool) {
	switch v := e.eval(x.Tuple, s).(type) {
	case list:
		return v.items, true
	case known:
		if !v.v.IsKnown() {
			return nil, false
		}
		var out []val
		for it := v.v.ElementIterator(); it.Next(); {
			_, i := it.Element()
			out = append(out, known{i})
		}
		return out, true
	default:
		return nil, false
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
