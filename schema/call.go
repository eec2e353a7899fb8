package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/diag"
)

// A command is called like a function, LIBRARY::NAME({ … }), and gives texts.
// What the call hands over are words: each reaches the program as one argument,
// whatever is in it.

// Call is the call that a text comes from, and what it asks of the block.
type Call struct {
	Name    string // mettleci::deploy
	OS      string // "" when it runs on all
	Needs   []Need // by name
	Range   hcl.Range
	Defined hcl.Range // of the command that asks for the operating system
}

// Need is an environment variable that a call needs.
type Need struct {
	Name   string
	Secret bool
}

func isCommand(x *hclsyntax.FunctionCallExpr) bool { return strings.Contains(x.Name, "::") }

// commandCall finds a call of a command in an expression, or nil.
func commandCall(x hclsyntax.Expression) *hclsyntax.FunctionCallExpr {
	var found *hclsyntax.FunctionCallExpr
	hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if c, ok := n.(*hclsyntax.FunctionCallExpr); ok && found == nil && isCommand(c) {
			found = c
		}
		return nil
	})
	return found
}

// The limits of what commands make of a policy: a command that calls two others
// that call two others comes to any number of texts.
const (
	maxCalls = 4096
	maxSegs  = 4096 // in one word, and in all that one call runs
)

// call gives the texts that a command runs.
func (e *evaluator) call(x *hclsyntax.FunctionCallExpr, s scope) val {
	lib, c := e.commandOf(x)
	if c == nil {
		return nil
	}
	c.Used = true
	if c.broken {
		return nil
	}
	args, ok := e.argumentsOf(x, c, s)
	if !ok {
		return nil
	}
	texts := lib.decoder.expand(x, c, args)
	if lib.decoder.evaluator != e {
		e.diags = append(e.diags, lib.decoder.diags...)
		lib.decoder.diags = nil
	}
	if texts == nil {
		return nil
	}
	return commands{x.Name, texts}
}

// commandOf finds the command that a call means.
func (e *evaluator) commandOf(x *hclsyntax.FunctionCallExpr) (*library, *Definition) {
	alias, name, _ := strings.Cut(x.Name, "::")
	lib := e.libraries[alias]
	if lib == nil {
		if !e.broken {
			e.report(unknownLibrary(alias, keysOf(e.libraries), x.NameRange))
		}
		return nil, nil
	}
	if lib.use != nil {
		lib.use.Used = true
	}
	var known []string
	for _, c := range lib.commands {
		if c.Label == name {
			return lib, c
		}
		known = append(known, c.Label)
	}
	if !lib.broken && !e.broken {
		e.report(unknownCommand(lib.title(alias), name, known, x.NameRange))
	}
	return lib, nil
}

func (l *library) title(alias string) string {
	if l.use == nil {
		return "The policy"
	}
	return fmt.Sprintf("The library %q", alias)
}

// argument is a value of a call, and where it stands.
type argument struct {
	v     val
	at    hcl.Range
	keyAt hcl.Range
}

// argumentsOf checks what a call hands over against what the command takes.
func (e *evaluator) argumentsOf(x *hclsyntax.FunctionCallExpr, c *Definition, s scope) (map[string]argument, bool) {
	given, ok := e.given(x, c, s)
	if !ok {
		return nil, false
	}
	before := len(e.diags)
	meant := map[string]bool{}
	for _, name := range keysOf(given) {
		p, a := c.parameter(name), given[name]
		if p == nil {
			known := slices.DeleteFunc(c.parameterNames(), func(n string) bool { return given[n].v != nil })
			e.report(unknownParameter(x.Name, name, known, c.Range, a.keyAt))
			meant[diag.Nearest(name, known)] = true
			continue
		}
		e.checkArgument(p, a)
	}
	for _, p := range c.Parameters {
		if _, ok := given[p.Label]; !ok && p.Required && !meant[p.Label] {
			e.report(missingParameter(x.Name, p.Label, p.Description.V, p.Range, x.NameRange))
		}
	}
	return given, len(e.diags) == before
}

// given evaluates the object of a call. A value that is null is one that is
// not given.
func (e *evaluator) given(x *hclsyntax.FunctionCallExpr, c *Definition, s scope) (map[string]argument, bool) {
	out := map[string]argument{}
	if len(x.Args) == 0 {
		return out, true
	}
	if len(x.Args) > 1 || x.ExpandFinal {
		e.report(notArguments(x.Name, c.example(), x.Args[len(x.Args)-1].Range()))
		return nil, false
	}
	if o, ok := x.Args[0].(*hclsyntax.ObjectConsExpr); ok {
		return e.givenItems(o, s)
	}
	before := len(e.diags)
	switch v := e.eval(x.Args[0], s).(type) {
	case object:
		for _, k := range v.keys {
			out[k] = argument{v.items[k], x.Args[0].Range(), x.Args[0].Range()}
		}
		return out, true
	case known:
		if !v.v.IsKnown() {
			return nil, false
		}
		if !v.v.IsNull() && (v.v.Type().IsObjectType() || v.v.Type().IsMapType()) {
			for k, item := range v.v.AsValueMap() {
				if !item.IsNull() {
					out[k] = argument{known{item}, x.Args[0].Range(), x.Args[0].Range()}
				}
			}
			return out, true
		}
	}
	if len(e.diags) == before {
		e.report(notArguments(x.Name, c.example(), x.Args[0].Range()))
	}
	return nil, false
}

func (e *evaluator) givenItems(o *hclsyntax.ObjectConsExpr, s scope) (map[string]argument, bool) {
	out, ok := map[string]argument{}, true
	for _, i := range o.Items {
		key, known := e.key(i.KeyExpr, s)
		v := e.eval(i.ValueExpr, s)
		if !known || v == nil {
			ok = false
			continue
		}
		if first, twice := out[key]; twice {
			e.report(duplicate("\""+key+"\"", first.keyAt, i.KeyExpr.Range()))
			ok = false
		}
		if !isNull(v) {
			out[key] = argument{v, i.ValueExpr.Range(), i.KeyExpr.Range()}
		}
	}
	return out, ok
}

func isNull(v val) bool {
	k, ok := v.(known)
	return ok && k.v.IsNull()
}

// example are the values that a call cannot do without.
func (c *Definition) example() string {
	var out []string
	for _, p := range c.Parameters {
		if p.Required {
			out = append(out, p.Label+" = …")
		}
	}
	if len(out) == 0 {
		return "NAME = …"
	}
	return strings.Join(out, ", ")
}

// checkArgument checks the kind of a value, and the value itself where the
// parameter lists those that there are.
func (e *evaluator) checkArgument(p *Parameter, a argument) {
	want := map[string]string{"string": "a text", "number": "a number", "bool": "true or false", listType: "a list of texts"}[p.Type.V]
	switch v := a.v.(type) {
	case commands:
		e.report(commandNotHere(v.name+"()", a.at))
	case object:
		e.report(wrongType(p.Label, want, "an object", a.at))
	case list:
		if p.Type.V != listType {
			e.report(wrongType(p.Label, want, "a list", a.at))
			return
		}
		for _, i := range v.items {
			e.checkArgument(&Parameter{Label: p.Label, Type: Value[string]{V: "string"}, Values: p.Values, Range: p.Range}, argument{v: i, at: a.at})
		}
	case later:
		switch {
		case p.Type.V == "bool" || p.Type.V == listType:
			ref, via, _ := refIn(v)
			e.report(wrongType(p.Label, want, fmt.Sprintf("%s%s, a text that is known only when the pipeline runs", ref, through(via)), a.at))
		case p.Secret && !onlyEnv(v.segs):
			e.report(secretInClear(p.Label, a.at))
		}
	case known:
		e.checkKnown(p, v.v, want, a.at)
	}
}

func (e *evaluator) checkKnown(p *Parameter, v cty.Value, want string, at hcl.Range) {
	if !v.IsKnown() {
		return
	}
	is := map[string]bool{
		"string": v.Type() == cty.String, "number": v.Type() == cty.Number, "bool": v.Type() == cty.Bool,
		listType: v.Type().IsTupleType() || v.Type().IsListType() || v.Type().IsSetType(),
	}[p.Type.V]
	switch {
	case !is:
		e.report(wrongType(p.Label, want, kindOf(v), at))
	case p.Secret:
		e.report(secretInClear(p.Label, at))
	case p.Type.V == listType:
		for it := v.ElementIterator(); it.Next(); {
			_, item := it.Element()
			e.checkKnown(&Parameter{Label: p.Label, Type: Value[string]{V: "string"}, Values: p.Values, Range: p.Range}, item, "a list of texts", at)
		}
	case p.Type.V == "string":
		e.checkText(p, v.AsString(), at)
	}
}

func (e *evaluator) checkText(p *Parameter, text string, at hcl.Range) {
	var known []string
	for _, o := range p.Values {
		known = append(known, o.V)
	}
	switch bad := badRune(text); {
	case bad != "":
		e.report(badCharacter(bad, at))
	case text == "":
		e.report(emptyText(p.Label, at))
	case len(known) > 0 && !slices.Contains(known, text):
		e.report(parameterEnum(p.Label, text, known, p.Range, at))
	}
}

func onlyEnv(segs []Seg) bool {
	segs = flat(segs)
	return len(segs) == 1 && segs[0].Ref == EnvValue
}

// expand evaluates what a command runs, with the arguments of one call.
func (d *decoder) expand(x *hclsyntax.FunctionCallExpr, c *Definition, args map[string]argument) []Text {
	name := "command." + c.Label
	if i := slices.Index(d.evaluator.path, name); i >= 0 {
		d.report(cycle(append(slices.Clone(d.evaluator.path[i:]), name), x.NameRange))
		return nil
	}
	if d.load.calls++; d.load.calls > maxCalls {
		if d.load.calls == maxCalls+1 {
			d.report(tooLarge("Commands call others more than 4,096 times", x.NameRange))
		}
		return nil
	}
	d.evaluator.path = append(d.evaluator.path, name)
	defer func() { d.evaluator.path = d.evaluator.path[:len(d.evaluator.path)-1] }()
	before := len(d.diags)
	in := d.scopeOf(x, c, args)
	var texts []Text
	if tuple, ok := c.run.Expr.(*hclsyntax.TupleConsExpr); ok {
		for _, i := range tuple.Exprs {
			texts = append(texts, d.texts("run", d.eval(i, in), i.Range())...)
		}
	} else {
		texts = d.texts("run", d.eval(c.run.Expr, in), c.run.Expr.Range())
	}
	if len(d.diags) > before {
		return nil
	}
	if len(texts) == 0 {
		d.report(runsNothing(x.Name, x.NameRange))
		return nil
	}
	out := make([]Text, len(texts))
	size := 0
	for i, t := range texts {
		out[i] = called(x, c, t)
		size += 1 + len(flat(t.Segs))
	}
	if size > maxSegs {
		d.report(tooLarge(x.Name+" comes to more than 4,096 pieces of text", x.NameRange))
		return nil
	}
	return out
}

// called is a text of a command as the caller sees it: it stands where the
// call stands, and asks for what the command and those in it ask for.
func called(x *hclsyntax.FunctionCallExpr, c *Definition, t Text) Text {
	call := &Call{Name: x.Name, OS: c.OS.V, Range: x.NameRange, Defined: c.Range}
	for _, v := range c.Env {
		call.need(Need{Name: v.V})
	}
	for _, v := range c.Secrets {
		call.need(Need{Name: v.V, Secret: true})
	}
	if inner := t.Call; inner != nil {
		if inner.OS != "" {
			call.OS, call.Defined = inner.OS, inner.Defined
		}
		for _, n := range inner.Needs {
			call.need(n)
		}
	}
	for _, s := range t.Values() {
		if s.Needed || s.Secret {
			call.need(Need{Name: s.Key, Secret: s.Secret})
		}
	}
	return Text{Segs: atCall(trimmed(t.Segs), x.Range()), Range: x.Range(), Call: call}
}

// atCall puts what a library wrote to where the call stands.
func atCall(segs []Seg, at hcl.Range) []Seg {
	out := make([]Seg, len(segs))
	for i, s := range segs {
		if s.Range.Filename != at.Filename {
			s.Range = at
		}
		if s.Word != nil {
			s.Word = atCall(s.Word, at)
		}
		out[i] = s
	}
	return out
}

// trimmed takes away the blank that stands before options that are not there.
func trimmed(segs []Seg) []Seg {
	out := slices.Clone(segs)
	for len(out) > 0 && out[len(out)-1].Ref == "" {
		last := &out[len(out)-1]
		if last.Lit = strings.TrimRight(last.Lit, " "); last.Lit != "" {
			break
		}
		out = out[:len(out)-1]
	}
	return out
}

func (c *Call) need(n Need) {
	for i, o := range c.Needs {
		if o.Name == n.Name {
			c.Needs[i].Secret = o.Secret || n.Secret
			return
		}
	}
	c.Needs = append(c.Needs, n)
	slices.SortFunc(c.Needs, func(a, b Need) int { return strings.Compare(a.Name, b.Name) })
}

func parameterValue(name string) RunValue { return RunValue("parameter." + name) }

// scopeOf is what `run` of a command may speak of: parameter, given, options
// and program.
func (d *decoder) scopeOf(x *hclsyntax.FunctionCallExpr, c *Definition, args map[string]argument) scope {
	parameters, given := object{items: map[string]val{}}, object{items: map[string]val{}}
	var options []Seg
	for _, p := range c.Parameters {
		v, at := args[p.Label].v, args[p.Label].at
		if v == nil && p.fallback != nil {
			v, at = needed(d.eval(p.fallback, scope{"parameter": parameters})), x.Range()
		}
		parameters.keys, given.keys = append(parameters.keys, p.Label), append(given.keys, p.Label)
		parameters.items[p.Label] = argumentWords(p, v, at)
		if pieces(parameters.items[p.Label]) > maxSegs {
			d.report(tooLarge(p.Label+" comes to more than 4,096 pieces of text", at))
			parameters.items[p.Label] = later{[]Seg{{Ref: parameterValue(p.Label), Word: []Seg{}}}}
		}
		given.items[p.Label] = known{cty.BoolVal(v != nil)}
		for _, o := range option(p, parameters.items[p.Label]) {
			if len(options) > 0 {
				options = append(options, Seg{Lit: " "})
			}
			options = append(options, o...)
		}
	}
	out := scope{"parameter": parameters, "given": given, "options": known{cty.StringVal("")}}
	if len(options) > 0 {
		out["options"] = later{options}
	}
	if c.Program != nil {
		out["program"] = later{[]Seg{{Ref: ProgramValue, Program: c.Program}}}
	}
	return out
}

// argumentWords is the value of a parameter as `run` sees it: words of the shell; a
// bool stays one, for conditions.
func argumentWords(p *Parameter, v val, at hcl.Range) val {
	switch v := v.(type) {
	case later:
		return later{[]Seg{word(p, v.segs, at)}}
	case list:
		out := list{}
		for _, i := range v.items {
			out.items = append(out.items, argumentWords(p, i, at))
		}
		return out
	case known:
		switch {
		case v.v.IsNull() || !v.v.IsKnown() || v.v.Type() == cty.Bool:
			return v
		case v.v.CanIterateElements():
			out := list{}
			for it := v.v.ElementIterator(); it.Next(); {
				_, i := it.Element()
				out.items = append(out.items, argumentWords(p, known{i}, at))
			}
			return out
		}
		text, err := convert.Convert(v.v, cty.String)
		if err != nil {
			return known{cty.NullVal(cty.String)}
		}
		return later{[]Seg{word(p, []Seg{{Lit: text.AsString(), Range: at}}, at)}}
	default:
		return known{cty.NullVal(cty.String)}
	}
}

func word(p *Parameter, segs []Seg, at hcl.Range) Seg {
	segs = flat(segs)
	if p.Secret {
		for i := range segs {
			segs[i].Secret = segs[i].Ref == EnvValue
		}
	}
	return Seg{Ref: parameterValue(p.Label), Word: segs, Range: at}
}

// needed marks the variables of a default: a call that does not give the value
// needs them.
func needed(v val) val {
	l, ok := v.(later)
	if !ok {
		return v
	}
	out := slices.Clone(l.segs)
	for i := range out {
		out[i].Needed = out[i].Ref == EnvValue
	}
	return later{out}
}

// pieces counts what a value is made of.
func pieces(v val) int {
	n := 0
	switch v := v.(type) {
	case later:
		n = len(flat(v.segs))
	case list:
		for _, i := range v.items {
			n += pieces(i)
		}
	}
	return n
}

// flat takes words apart: a word that holds words is one word.
func flat(segs []Seg) []Seg {
	out := []Seg{} // not nil: an empty word is a word
	for _, s := range segs {
		if s.Word == nil {
			out = append(out, s)
			continue
		}
		out = append(out, flat(s.Word)...)
	}
	return out
}

// option is how a parameter stands in ${options}: once, or once for each value
// of a list.
func option(p *Parameter, v val) [][]Seg {
	if !p.Option.Set {
		return nil
	}
	switch v := v.(type) {
	case later:
		return [][]Seg{append([]Seg{{Lit: p.Option.V + " "}}, v.segs...)}
	case known:
		if v.v.IsKnown() && !v.v.IsNull() && v.v.Type() == cty.Bool && v.v.True() {
			return [][]Seg{{{Lit: p.Option.V}}}
		}
	case list:
		return optionList(p, v)
	}
	return nil
}

func optionList(p *Parameter, v list) [][]Seg {
	var out [][]Seg
	var joined []Seg
	for i, item := range v.items {
		segs := item.(later).segs
		if p.Separator.V == "" {
			out = append(out, append([]Seg{{Lit: p.Option.V + " "}}, segs...))
			continue
		}
		if i > 0 {
			joined = append(joined, Seg{Lit: p.Separator.V})
		}
		joined = append(joined, flat(segs)...)
	}
	if len(joined) > 0 {
		out = append(out, []Seg{{Lit: p.Option.V + " "}, {Ref: parameterValue(p.Label), Word: joined, Range: v.items[0].(later).segs[0].Range}})
	}
	return out
}

// envValue is env.NAME: a variable of the machine or of the block.
func (e *evaluator) envValue(t hcl.Traversal) val {
	if len(t) != 2 || !variablePattern.MatchString(attrName(t[1])) {
		e.report(problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write env.NAME, with the name of an environment variable."))
		return nil
	}
	return later{[]Seg{{Ref: EnvValue, Key: attrName(t[1]), Range: t.SourceRange()}}}
}
