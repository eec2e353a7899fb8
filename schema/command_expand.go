package schema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

// What a command runs is evaluated once for each call of it, and seen as if it
// stood at the call.

// expand evaluates what a command runs, with the arguments of one call.
func (d *decoder) expand(x *hclsyntax.FunctionCallExpr, c *Definition, args map[string]eval.Argument) []eval.Text {
	name := "command." + c.Label
	if circle := d.eval.Circle(name); circle != nil {
		d.report(eval.Cycle(circle, x.NameRange))
		return nil
	}
	if d.load.calls++; d.load.calls > maxCalls {
		if d.load.calls == maxCalls+1 {
			d.report(language.TooLarge("Commands call others more than 4,096 times", x.NameRange))
		}
		return nil
	}
	d.eval.Enter(name)
	defer d.eval.Leave()
	before := d.diags.Len()
	in := d.scopeOf(x, c, args)
	var texts []eval.Text
	if tuple, ok := c.run.Expr.(*hclsyntax.TupleConsExpr); ok {
		for _, i := range tuple.Exprs {
			texts = append(texts, d.texts("run", d.eval.Eval(i, in), i.Range())...)
		}
	} else {
		texts = d.texts("run", d.eval.Eval(c.run.Expr, in), c.run.Expr.Range())
	}
	if d.diags.Len() > before {
		return nil
	}
	if len(texts) == 0 {
		d.report(runsNothing(x.Name, x.NameRange))
		return nil
	}
	out := make([]eval.Text, len(texts))
	size := 0
	for i, t := range texts {
		out[i] = textAtCall(x, c, t)
		size += 1 + count(t.Segs)
	}
	if size > maxSegs {
		d.report(language.TooLarge(x.Name+" comes to more than 4,096 pieces of text", x.NameRange))
		return nil
	}
	return out
}

// textAtCall is a text of a command as the caller sees it: it stands where the
// call stands, and asks for what the command and those in it ask for.
func textAtCall(x *hclsyntax.FunctionCallExpr, c *Definition, t eval.Text) eval.Text {
	call := &eval.Call{Name: x.Name, OS: c.OS.V, Range: x.NameRange, Defined: c.Range}
	for _, v := range c.Env {
		call.Need(eval.Need{Name: v.V})
	}
	for _, v := range c.Secrets {
		call.Need(eval.Need{Name: v.V, Secret: true})
	}
	for _, v := range c.IDTokens {
		call.Need(eval.Need{Name: v.V, IDToken: true})
	}
	for _, v := range c.Shells {
		call.Shells = append(call.Shells, v.V)
	}
	if inner := t.Call; inner != nil {
		if len(inner.Shells) > 0 {
			call.Shells, call.Defined = inner.Shells, inner.Defined
		}
		if inner.OS != "" {
			call.OS, call.Defined = inner.OS, inner.Defined
		}
		for _, n := range inner.Needs {
			call.Need(n)
		}
	}
	for _, s := range t.Values() {
		if s.Needed || s.Secret {
			call.Need(eval.Need{Name: s.Key, Secret: s.Secret})
		}
	}
	return eval.Text{Segs: atCall(trim(t.Segs), c.Range.Filename, x.Range()), Range: x.Range(), Call: call}
}

// atCall puts what a file of a library says to where the call stands.
func atCall(segs []eval.Seg, file string, at hcl.Range) []eval.Seg {
	out := make([]eval.Seg, len(segs))
	for i, s := range segs {
		if s.Range.Filename == file && file != at.Filename || s.Range.Filename == "" {
			s.Range = at
		}
		if s.Word != nil {
			s.Word = atCall(s.Word, file, at)
		}
		out[i] = s
	}
	return out
}

// trim takes away the blank that stands before options that are not there.
func trim(segs []eval.Seg) []eval.Seg {
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

// scopeOf is what `run` of a command may speak of: parameter, given, options
// and program.
func (d *decoder) scopeOf(x *hclsyntax.FunctionCallExpr, c *Definition, args map[string]eval.Argument) eval.Scope {
	parameters, given := eval.Object{Items: map[string]eval.Val{}}, eval.Object{Items: map[string]eval.Val{}}
	var options []eval.Seg
	for _, p := range c.Parameters {
		v, at := args[p.Label].V, args[p.Label].At
		if v == nil && p.fallback != nil {
			v, at = markNeeds(d.eval.Eval(p.fallback, eval.Scope{"parameter": parameters})), x.Range()
		}
		parameters.Keys, given.Keys = append(parameters.Keys, p.Label), append(given.Keys, p.Label)
		parameters.Items[p.Label] = argumentWords(p, v, at)
		if pieces(parameters.Items[p.Label]) > maxSegs {
			d.report(language.TooLarge(p.Label+" comes to more than 4,096 pieces of text", at))
			parameters.Items[p.Label] = eval.Later{Segs: []eval.Seg{{Ref: parameterValue(p.Label), Word: []eval.Seg{}}}}
		}
		given.Items[p.Label] = eval.Known{V: cty.BoolVal(v != nil)}
		for _, o := range option(p, parameters.Items[p.Label]) {
			if len(options) > 0 {
				options = append(options, eval.Seg{Lit: " "})
			}
			options = append(options, o...)
		}
	}
	out := eval.Scope{"parameter": parameters, "given": given, "options": eval.Known{V: cty.StringVal("")}}
	if len(options) > 0 {
		out["options"] = eval.Later{Segs: options}
	}
	if c.Program != nil {
		out["program"] = eval.Later{Segs: []eval.Seg{{Ref: language.ProgramValue, Program: c.Program}}}
	}
	return out
}
