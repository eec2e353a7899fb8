// Package generators turns a policy into the files of its targets. Compile is
// the whole compiler: bytes in, bytes out, no disk, no clock, no environment.
package generators

import (
	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Result is what a policy compiles to. Policy and Plan are there even with
// errors, as far as they could be made; Files are nil then: it is all of them
// or none.
type Result struct {
	Input  schema.Input // what it was read from
	Policy *schema.Policy
	Plan   *flow.Plan
	Whole  bool             // nothing is missing in them: only rules may have found something
	Off    diag.Diagnostics // warnings that the policy has off
	Files  []gen.File       // by path
}

// Repository is what the policies of one repository compile to: a result each,
// without files, and the files of all of them together.
type Repository struct {
	Results []*Result
	Off     diag.Diagnostics // warnings that the policies have off
	Files   []gen.File       // by path
}

// Compile reads one policy and generates the files of the
// named targets, or of all that the policy names when targets is nil. The
// diagnostics are sorted, each once; with an error among them there are no
// files.
func Compile(in schema.Input, targets []string) (*Result, diag.Diagnostics) {
	repository, diags := CompileAll([]schema.Input{in}, targets)
	result := repository.Results[0]
	result.Files = repository.Files
	return result, diags
}

// CompileAll reads all policies of a repository and generates their files:
// those of each, and those that they share.
func CompileAll(ins []schema.Input, targets []string) (*Repository, diag.Diagnostics) {
	return compile(ins, &compilation{targets: targets, take: func(f gen.File) gen.File { return f }})
}

// CompileEach does the same for a repository that may hold a thousand policies:
// nothing is kept that is not needed any more. Each file is handed to take as
// soon as it is rendered, by several goroutines, and what take returns is kept in
// its place; take holds nothing of the content itself. Of policies and plans the outlines remain. After each policy, told
// hears how many are done.
func CompileEach(ins []schema.Input, targets []string, take func(gen.File) gen.File, told func(done int)) (*Repository, diag.Diagnostics) {
	return compile(ins, &compilation{targets: targets, take: take, told: told, outlines: true})
}

func compile(ins []schema.Input, c *compilation) (*Repository, diag.Diagnostics) {
	out := &Repository{}
	var diags diag.Diagnostics
	var policies []*schema.Policy
	var plans []*flow.Plan
	all := c.each(ins)
	for _, one := range all {
		out.Results = append(out.Results, one.result)
		policies, plans = append(policies, one.result.Policy), append(plans, one.result.Plan)
		diags = append(diags, one.judged...)
		out.Off = append(out.Off, one.result.Off...)
	}
	if !diags.HasErrors() {
		diags = append(diags, schema.Clashes(policies)...)
	}
	if !diags.HasErrors() {
		diags = append(diags, flow.Together(plans)...)
	}
	if !diags.HasErrors() {
		files, more := c.gather(all, plans)
		diags = append(diags, more...)
		out.Files = files
	}
	if diags.HasErrors() {
		out.Files = nil
	}
	lint.Numbers(diags)
	return out, diags.Sorted()
}

// Lower reads one policy, and says what happens by it. No rule judges it: an
// earlier revision need not follow those of today.
func Lower(in schema.Input) (*Result, diag.Diagnostics) {
	policy, diags := schema.Parse(in)
	result := &Result{Input: in, Policy: policy}
	if diags.HasErrors() {
		return result, diags // a plan of half a policy would blame what the mistake left out
	}
	plan, more := flow.Lower(policy)
	result.Plan, result.Whole = plan, !more.HasErrors()
	return result, append(diags, more...)
}

// judge is a policy that was lowered, and what the rules find in it.
func judge(in schema.Input) (*Result, diag.Diagnostics) {
	result, diags := Lower(in)
	if result.Plan == nil {
		return result, diags
	}
	policy, plan := result.Policy, result.Plan
	pass := &lint.Pass{Policy: policy, Plan: plan, Now: in.Now}
	if in.WorkTree {
		pass.Lacks = in.Lacks
	}
	diags, off := lint.Weigh(pass, diags)
	found, more := lint.Run(pass, rules.All)
	result.Off = append(off, more...)
	return result, append(diags, found...)
}

// measure judges the files of a policy by what the host takes, each at the flow
// that it is for.
func measure(t *gen.Target, p *flow.Plan, files []gen.File) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, file := range files {
		for _, d := range gen.Measure(t.Name, file, p.Origin) {
			for _, f := range p.Flows {
				if t.Locate(p, f, f.Jobs[0]).Path == file.Path {
					d.Subject = f.Origin
				}
			}
			diags = append(diags, d)
		}
	}
	return diags
}
