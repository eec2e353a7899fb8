package schema

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Input is everything that a policy is read from; the disk, the clock and the
// environment are not.
type Input struct {
	Sources []syntax.Source // the files of the policy's directory, named relative to Base
	Files   fs.FS           // the repository, from its top, for what the policy refers to; nil: it can refer to nothing
	Dir     string          // the policy's directory in Files, with slashes; "" and "." mean the top
	Base    string          // the directory in Files that diagnostics name files from; "" means the policy's own

	Shelf *syntax.Shelf // what the policies of one repository share of Files; nil where there is one

	// WorkTree says that Files are a working tree: what commands start must be there.
	WorkTree bool

	// Now is when it is judged, for what is over by then; zero where no clock is read. Nothing that is generated depends on it.
	Now time.Time

	Assignments []Assignment // values of variables; of several for one variable the last counts
}

// Parse reads one policy. The policy is never nil; with errors it is what could
// be read, and good for editors only.
func Parse(in Input) (*Policy, diag.Diagnostics) {
	d := newDecoder(newLoader(in))
	top := merged(d.layers(in))
	p := top.One("policy")
	w := &syntax.Walker{Partial: d.diags.Broken && p != nil && p.Attributes["extends"] != nil}
	w.Complete(top)
	d.diags.Add(w.Diags)
	d.assign(in.Assignments, top)
	d.decode(top)
	d.policy.effective = d.effective(top)
	return d.policy, d.diags.All().Sorted()
}

// HasComponent tells whether a policy, or what it extends, names a component.
// Nothing is computed: it is asked before it is known which policies are read. What
// was parsed for that is on the shelf, for Parse.
func HasComponent(in Input) bool {
	d := newDecoder(newLoader(in))
	d.early = true
	p := merged(d.layers(in)).One("policy")
	return p != nil && p.Attributes["component"] != nil
}

// HasPolicy tells whether the sources hold a policy block: those of a library of
// commands do not. What cannot be read may hold one.
func HasPolicy(in Input) bool {
	d := newDecoder(newLoader(in))
	top, _ := d.layer(in.Sources)
	return d.diags.Broken || top.One("policy") != nil
}

func newDecoder(load *loader) *decoder {
	d := &decoder{
		diags: &diag.Collector{}, load: load, shelf: load.shelf, policy: &Policy{Dir: load.dir}, libraries: map[string]*library{},
		layerOf: map[*hclsyntax.Attribute]int{}, commands: map[*hclsyntax.Attribute]Command{},
	}
	d.eval = eval.New(d.diags, d)
	d.terms = terms{eval: d.eval, policy: d.policy, dir: load.dir, base: load.base}
	return d
}

// decoder turns nodes into the policy. Every block is declared first, by its
// label, so that references may point forward.
type decoder struct {
	diags     *diag.Collector
	eval      *eval.Evaluator
	terms     terms
	load      *loader
	shelf     *syntax.Shelf
	early     bool // the policy is looked into only, and perhaps read afterwards
	policy    *Policy
	eof       hcl.Range
	nodes     map[any]*syntax.Node
	libraries map[string]*library // by alias; "command" is the policy's own

	layerOf  map[*hclsyntax.Attribute]int
	commands map[*hclsyntax.Attribute]Command
	// checkNames are what references to checks may name, in the order of the file.
	checkNames []checkName
	loading    []string         // the libraries that are being read, outermost first
	uncalled   []uncalled       // commands of a built-in library that nothing called yet
	given      map[string]given // values of variables from outside
}

func (d *decoder) report(x *diag.Diagnostic) { d.diags.Report(x) }

func (d *decoder) decode(top *syntax.Node) {
	d.declareValues(top)
	d.declareCommands(top)
	for _, v := range d.policy.Variables {
		d.validate(v)
	}
	d.declareBlocks(top)
	weaker := d.weakenings(top)
	d.policyBlock(top)
	d.names(top)
	for _, n := range top.Of("group") {
		d.group(n)
	}
	for _, n := range top.Of("secret") {
		d.secret(n)
	}
	for _, n := range top.Of("agent") {
		d.agent(n)
	}
	for _, c := range d.policy.Checks {
		d.check(c)
	}
	d.environmentBlocks()
	d.build(top)
	d.delivery(top)
	d.mergeRequest(top)
	d.committer(top)
	for _, n := range top.Of("schedule") {
		d.schedule(n)
	}
	d.hotfix(top)
	d.redeploy(top)
	for _, n := range top.Of("notify") {
		d.notify(n)
	}
	d.breakGlass(top)
	for _, n := range top.Of("freeze") {
		d.freeze(n)
	}
	for _, n := range top.Of("rule") {
		d.rule(n)
	}
	for _, n := range top.Of("lint") {
		d.lint(n)
	}
	d.unusedLocals()
	d.tell(weaker)
}

// declareValues makes variables and locals known.
func (d *decoder) declareValues(top *syntax.Node) {
	for _, n := range top.Of("variable") {
		d.variable(n)
	}
	for _, n := range top.Of("locals") {
		for _, name := range slices.Sorted(maps.Keys(n.Attributes)) {
			d.eval.Locals[name] = n.Attributes[name]
		}
	}
}

// unusedLocals evaluates the locals that nothing asked for, so that a mistake
// in one is found when it is written and not when it is first used.
func (d *decoder) unusedLocals() {
	for _, name := range slices.Sorted(maps.Keys(d.eval.Locals)) {
		d.eval.Local(name, d.eval.Locals[name].NameRange)
	}
}

func (d *decoder) declareBlocks(top *syntax.Node) {
	p := d.policy
	for _, n := range top.Of("group") {
		p.Groups = append(p.Groups, &Group{Label: n.Label, Range: n.Header, Whole: n.Own()})
	}
	for _, n := range top.Of("secret") {
		p.Secrets = append(p.Secrets, &Secret{Label: n.Label, Range: n.Header, Whole: n.Own()})
	}
	for _, n := range top.Of("agent") {
		p.Agents = append(p.Agents, &Agent{Label: n.Label, Range: n.Header, Whole: n.Own()})
	}
	for _, n := range top.Of("check") {
		d.declareCheck(n)
	}
	for _, n := range top.Of("environment") {
		e := &Environment{Label: n.Label, Range: n.Header}
		p.Environments, d.nodes[e] = append(p.Environments, e), n
	}
}

func (d *decoder) find(kind string) []string {
	var out []string
	switch kind {
	case "group":
		for _, g := range d.policy.Groups {
			out = append(out, g.Label)
		}
	case "secret":
		for _, s := range d.policy.Secrets {
			out = append(out, s.Label)
		}
	case "agent":
		for _, a := range d.policy.Agents {
			out = append(out, a.Label)
		}
	case "check":
		for _, c := range d.checkNames {
			out = append(out, c.label)
		}
	default:
		for _, e := range d.policy.Environments {
			out = append(out, e.Label)
		}
	}
	return out
}

// reference resolves kind.NAME to the index of the block in the policy's list,
// or returns -1 after an error.
func (d *decoder) reference(kind string, x hclsyntax.Expression) (int, hcl.Range) {
	t, diags := hcl.AbsTraversalForExpr(x)
	if diags.HasErrors() || len(t) == 0 {
		if text, ok := quotedIn(x); ok && slices.Contains(d.find(kind), strings.TrimPrefix(text, kind+".")) {
			d.report(quotedReference(kind, kind+"."+strings.TrimPrefix(text, kind+"."), x.Range()))
			return -1, x.Range()
		}
		d.report(notReference(kind, x.Range()))
		return -1, x.Range()
	}
	if t.RootName() != kind {
		d.report(wrongReference(kind, t.RootName(), eval.RootRange(t)))
		return -1, x.Range()
	}
	known := d.find(kind)
	if len(t) != 2 {
		d.report(eval.RunValueNeedsName(kind, known, x.Range()))
		return -1, x.Range()
	}
	name, at := eval.MemberOf(t)
	i := slices.Index(known, name)
	if i < 0 && !d.diags.Broken {
		d.report(eval.UnknownName(kind, name, known, at))
	}
	return i, x.Range()
}

// quotedIn is the text of an expression that is one, in quotes.
func quotedIn(x hclsyntax.Expression) (string, bool) {
	t, ok := x.(*hclsyntax.TemplateExpr)
	if !ok || !t.IsStringLiteral() {
		return "", false
	}
	v, _ := t.Value(nil)
	return v.AsString(), true
}

// references resolves a list of kind.NAME.
func (d *decoder) references(kind string, a *hclsyntax.Attribute) ([]int, []hcl.Range) {
	if a == nil {
		return nil, nil
	}
	tuple, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		d.report(language.WrongType(a.Name, "a list of references: ["+kind+".NAME]", "something else", a.Expr.Range()))
		return nil, nil
	}
	var indexes []int
	var ranges []hcl.Range
	for k, x := range tuple.Exprs {
		if inner, nested := x.(*hclsyntax.TupleConsExpr); nested {
			d.report(nestedList(inner.Range()))
			continue
		}
		i, at := d.reference(kind, x)
		if i < 0 {
			continue
		}
		if j := slices.Index(indexes, i); j >= 0 {
			d.report(secondInList(d.find(kind)[i], ranges[j], at, tuple.Exprs[k-1].Range().End))
			continue
		}
		indexes, ranges = append(indexes, i), append(ranges, at)
	}
	return indexes, ranges
}

func refsTo[T any](all []*T, indexes []int, ranges []hcl.Range) []Ref[T] {
	out := make([]Ref[T], 0, len(indexes))
	for i, n := range indexes {
		out = append(out, Ref[T]{To: all[n], Range: ranges[i]})
	}
	return out
}

func (d *decoder) checks(n *syntax.Node, name string) []Ref[Check] {
	names, ranges := d.references("check", n.Attributes[name])
	out := []Ref[Check]{}
	for i, name := range names {
		for _, c := range d.checkNames[name].indexes {
			out = append(out, Ref[Check]{To: d.policy.Checks[c], Range: ranges[i]})
		}
	}
	return out
}

func (d *decoder) environments(n *syntax.Node, name string) []Ref[Environment] {
	i, r := d.references("environment", n.Attributes[name])
	return refsTo(d.policy.Environments, i, r)
}

func (d *decoder) groups(n *syntax.Node, name string) []Ref[Group] {
	i, r := d.references("group", n.Attributes[name])
	return refsTo(d.policy.Groups, i, r)
}
