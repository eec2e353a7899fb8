package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Definition is a command that a policy or a library defines, to be called
// like a function.
type Definition struct {
	Label       string
	Description Value[string]
	OS          Value[string] // windows, linux, macos; "" when it runs on all
	Shells      []Value[string]
	Program     *eval.Program // nil when it names none
	Env         []Value[string]
	Secrets     []Value[string]
	IDTokens    []Value[string] // variables that an OpenID token is in
	Parameters  []*Parameter    // in the order of the file, which is that of the options
	Run         string          // as the library writes it
	Used        bool
	Range       hcl.Range
	Whole       hcl.Range // the block, to its end; empty where what the policy extends has it too

	run    *hclsyntax.Attribute
	broken bool // it was reported: a call says nothing more
}

// Parameter is one value that a command takes.
type Parameter struct {
	Label       string
	Description Value[string]
	Type        Value[string] // string, number, bool, list
	Required    bool
	Secret      bool            // its value must be a variable that carries a secret
	Values      []Value[string] // of an enumeration
	Option      Value[string]   // what stands before the value; "" when it is in no ${options}
	Separator   Value[string]   // joins the values of a list; without it the option is repeated
	Default     string          // as the library writes it, "" for none
	Range       hcl.Range

	fallback hclsyntax.Expression
}

// declareCommands makes the commands of the policy and of its libraries known,
// before anything that calls them is read.
func (d *decoder) declareCommands(top *syntax.Node) {
	d.libraries["command"] = &library{name: "this policy", decoder: d}
	for _, n := range top.Of("command") {
		d.policy.Commands = append(d.policy.Commands, d.definition(n))
	}
	for _, n := range top.Of("use") {
		d.use(n)
	}
	for _, c := range d.policy.Commands {
		d.checkDefinition(c)
	}
}

func (d *decoder) definition(n *syntax.Node) *Definition {
	before := d.diags.Len()
	c := &Definition{
		Label: n.Label, Description: d.str(n, "description", ""), OS: d.enum(n, "os", ""), Shells: d.enums(n, "shells"),
		Program: d.program(n), Env: d.variableNames(n, "env"), Secrets: d.variableNames(n, "secrets"), IDTokens: d.variableNames(n, "id_tokens"),
		Range: n.Header, Whole: n.Own(), run: n.Attributes["run"],
	}
	for _, p := range n.Of("parameter") {
		c.Parameters = append(c.Parameters, d.parameter(p))
	}
	if c.run != nil {
		c.Run = d.policy.source(c.run.Expr.Range())
	}
	c.broken = c.run == nil || d.diags.Len() > before
	return c
}

// program reads one name, or one for Windows and one for the others.
func (d *decoder) program(n *syntax.Node) *eval.Program {
	a := n.Attributes["program"]
	if a == nil {
		return nil
	}
	v, at, ok := d.staticValue(n, "program")
	switch {
	case !ok:
	case v.Type() == cty.String && !v.IsNull():
		return &eval.Program{Windows: v.AsString(), Other: v.AsString()}
	case v.Type().IsObjectType() && v.Type().HasAttribute("windows") && v.Type().HasAttribute("other") &&
		v.GetAttr("windows").Type() == cty.String && v.GetAttr("other").Type() == cty.String:
		return &eval.Program{Windows: v.GetAttr("windows").AsString(), Other: v.GetAttr("other").AsString()}
	default:
		d.report(language.WrongType("program", `a text, or { windows = "…", other = "…" }`, eval.KindOf(v), at))
	}
	return nil
}

// variableNames reads a list of names of environment variables.
func (d *decoder) variableNames(n *syntax.Node, name string) []Value[string] {
	var out []Value[string]
	for _, v := range d.strings(n, name) {
		if !language.VariablePattern().MatchString(v.V) {
			d.report(badVariableName(v.V, v.Range))
			continue
		}
		out = append(out, v)
	}
	return out
}

func (d *decoder) parameter(n *syntax.Node) *Parameter {
	p := &Parameter{
		Label: n.Label, Description: d.str(n, "description", ""), Type: d.typeName(n, "type", "string"),
		Required: d.boolean(n, "required", false).V, Secret: d.boolean(n, "secret", false).V, Values: d.strings(n, "values"),
		Option: d.str(n, "option", ""), Separator: d.str(n, "separator", ""), Range: n.Header,
	}
	if a := n.Attributes["default"]; a != nil {
		p.fallback = a.Expr
		p.Default = d.policy.source(a.Expr.Range())
	}
	if p.Required && p.fallback != nil {
		d.report(exclusive("required", "default", n.Attributes["default"].NameRange))
	}
	return p
}

// typeName reads the name of a type: type = number.
func (d *decoder) typeName(n *syntax.Node, name, fallback string) Value[string] {
	a := n.Attributes[name]
	if a == nil {
		return Value[string]{V: fallback, Range: n.Header}
	}
	known := n.Spec.Attribute(name).Values
	word := hcl.ExprAsKeyword(a.Expr)
	if call, diags := hcl.ExprCall(a.Expr); !diags.HasErrors() && len(call.Arguments) == 1 {
		word = call.Name + "(" + hcl.ExprAsKeyword(call.Arguments[0]) + ")"
	}
	switch {
	case word == "":
		d.report(language.WrongType(name, "a bare word, one of "+diag.List(known), "something else", a.Expr.Range()))
	case !slices.Contains(known, word):
		d.report(unknownEnum(name, word, known, a.Expr.Range()))
	default:
		return Value[string]{V: word, Range: a.Expr.Range(), Set: true}
	}
	return Value[string]{V: fallback, Range: a.Expr.Range()}
}

func (c *Definition) parameter(name string) *Parameter {
	for _, p := range c.Parameters {
		if p.Label == name {
			return p
		}
	}
	return nil
}

func (c *Definition) parameterNames() []string {
	var out []string
	for _, p := range c.Parameters {
		out = append(out, p.Label)
	}
	return out
}

// needs tells whether the command says that it needs a variable.
func (c *Definition) needs(name string) bool {
	return slices.ContainsFunc(slices.Concat(c.Env, c.Secrets), func(v Value[string]) bool { return v.V == name })
}

// checkDefinition looks at the names in `run`, so that a mistake in them is
// told once, where it stands, and not at each call.
func (d *decoder) checkDefinition(c *Definition) {
	if c.broken {
		return
	}
	for i, p := range c.Parameters {
		if p.fallback == nil {
			continue
		}
		for _, t := range p.fallback.Variables() {
			before := c.parameterNames()[:i]
			if name, at := eval.MemberOf(t); t.RootName() == "parameter" && !slices.Contains(before, name) {
				d.report(eval.UnknownName("parameter", name, before, at))
				c.broken = true
			}
		}
	}
	for _, t := range c.run.Expr.Variables() {
		name, at := eval.MemberOf(t)
		switch root := t.RootName(); {
		case (root == "parameter" || root == "given") && c.parameter(name) == nil:
			d.report(eval.UnknownName("parameter", name, c.parameterNames(), at))
			c.broken = true
		case root == "env" && name != "" && !c.needs(name):
			d.report(undeclaredVariable(c.Label, name, t.SourceRange()))
			c.broken = true
		case root == "program" && c.Program == nil:
			d.report(noProgram(c.Label, t.SourceRange()))
			c.broken = true
		}
	}
}

// source is an expression as the file writes it.
func (p *Policy) source(r hcl.Range) string {
	for _, s := range p.Sources {
		src := syntax.Unix(s.Bytes)
		if s.Name == r.Filename && r.End.Byte <= len(src) {
			return string(src[r.Start.Byte:r.End.Byte])
		}
	}
	return ""
}
