// Package generators turns a policy into the files of its targets. Compile is
// the whole compiler: bytes in, bytes out, no disk, no clock, no environment.
package generators

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/script"
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
	out := &Repository{}
	var diags diag.Diagnostics
	var policies []*schema.Policy
	var plans []*flow.Plan
	for _, in := range ins {
		result, more := judged(in)
		out.Results = append(out.Results, result)
		policies, plans = append(policies, result.Policy), append(plans, result.Plan)
		diags = append(diags, more...)
		out.Off = append(out.Off, result.Off...)
	}
	if !diags.HasErrors() {
		diags = append(diags, schema.Clashes(policies)...)
	}
	if !diags.HasErrors() {
		diags = append(diags, flow.Together(plans)...)
	}
	if !diags.HasErrors() {
		files, more := generate(plans, targets)
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

// judged is a policy that was lowered, and what the rules find in it.
func judged(in schema.Input) (*Result, diag.Diagnostics) {
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

// generate renders the script of each policy, which all targets share, the
// files of each target, and those that the policies share.
func generate(plans []*flow.Plan, targets []string) ([]gen.File, diag.Diagnostics) {
	var diags diag.Diagnostics
	var files []gen.File
	for _, p := range plans {
		files = append(files, script.File(p))
	}
	files = append(files, attributes(plans))
	for _, t := range All {
		var on []*flow.Plan
		for _, p := range plans {
			if !slices.Contains(p.Targets, t.Name) || targets != nil && !slices.Contains(targets, t.Name) {
				continue
			}
			more, d := t.Generate(p)
			files, diags, on = append(files, more...), append(diags, d...), append(on, p)
			diags = append(diags, measure(t, p, more)...)
		}
		if len(on) > 0 && t.Shared != nil {
			files = append(files, t.Shared(on)...)
		}
	}
	sort(files)
	if targets == nil { // a part of the targets says nothing of the files of the others
		files = append(files, list(plans, files))
	}
	sort(files)
	return files, diags
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

func sort(files []gen.File) {
	slices.SortFunc(files, func(a, b gen.File) int { return strings.Compare(a.Path, b.Path) })
}
