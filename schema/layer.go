package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// maxLayers bounds how many policies extend each other.
const maxLayers = 16

// layers reads the policy and what it extends, nearest first: a layer is all
// the files of one directory, or one file. What a layer lacks may stand in
// another, so nothing is missing before they are merged.
func (d *decoder) layers(in Input) []*syntax.Node {
	load := d.load
	next := loaded{path: load.dir, folder: load.dir, sources: in.Sources}
	var path []string // the layers so far, as diagnostics name them
	var out []*syntax.Node
	for {
		top, end := d.layer(next.sources)
		if len(out) == 0 {
			d.eof = end
		}
		d.locksOf(top, len(out))
		out = append(out, top)
		path = append(path, load.displayPath(next.path))
		name, at, ok := d.extends(top)
		if !ok {
			return out
		}
		more, problem := load.load(next.folder, name, PolicyFiles, at)
		if problem == nil {
			problem = d.again(append(path, load.displayPath(more.path)), more.sources, at)
		}
		if problem != nil {
			d.diags.Broken = true // what is not known may stand there
			d.report(problem)
			return out
		}
		next = more
	}
}

// layer reads the structure of one layer, and says where its last file ends.
func (d *decoder) layer(sources []syntax.Source) (top *syntax.Node, end hcl.Range) {
	w := &syntax.Walker{}
	top = &syntax.Node{Spec: language.Root}
	parse := d.shelf.Parse
	if d.early {
		parse = d.shelf.Early
	}
	for _, s := range sources {
		s, bodies, diags := parse(s)
		d.policy.Sources = append(d.policy.Sources, s)
		d.diags.Add(diags)
		d.diags.Broken = d.diags.Broken || len(diags) > 0
		for _, b := range bodies {
			end = b.EndRange
			w.Walk(b, top)
		}
	}
	d.diags.Add(w.Diags)
	d.diags.Broken = d.diags.Broken || w.Broken
	return top, end
}

// extends is what the policy block of a layer builds upon. It is read before
// there are variables and locals, which a base may hold itself.
func (d *decoder) extends(top *syntax.Node) (string, hcl.Range, bool) {
	n := top.One("policy")
	if n == nil || n.Attributes["extends"] == nil {
		return "", hcl.Range{}, false
	}
	x := n.Attributes["extends"].Expr
	t, ok := x.(*hclsyntax.TemplateExpr)
	if !ok || !t.IsStringLiteral() {
		d.diags.Broken = true
		d.report(language.WrongType("extends", "a text in quotation marks, without variables", "something else", x.Range()))
		return "", x.Range(), false
	}
	v, _ := t.Value(nil)
	return v.AsString(), x.Range(), true
}

// again refuses a layer that was read before, by its place or by one of its
// files.
func (d *decoder) again(path []string, sources []syntax.Source, at hcl.Range) *diag.Diagnostic {
	here := path[len(path)-1]
	if slices.Contains(path[:len(path)-1], here) {
		return extendsCycle(path[slices.Index(path, here):], at)
	}
	for _, s := range sources {
		if slices.ContainsFunc(d.policy.Sources, func(o syntax.Source) bool { return o.Name == s.Name }) {
			return extendsCycle(path, at)
		}
	}
	if len(path) > maxLayers {
		return language.TooLarge("Policies extend each other through more than 16 levels", at)
	}
	return nil
}
