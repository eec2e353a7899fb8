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
	Policy *schema.Policy
	Plan   *flow.Plan
	Files  []gen.File // by path
}

// Compile reads one policy and generates the files of the
// named targets, or of all that the policy names when targets is nil. The
// diagnostics are sorted, each once; with an error among them there are no
// files.
func Compile(in schema.Input, targets []string) (*Result, diag.Diagnostics) {
	policy, diags := schema.Parse(in)
	result := &Result{Policy: policy}
	if diags.HasErrors() {
		return result, diags.Sorted() // a plan of half a policy would blame what the mistake left out
	}
	plan, more := flow.Lower(policy)
	result.Plan = plan
	diags = append(diags, more...)
	diags = append(diags, lint.Run(&lint.Pass{Policy: policy, Plan: plan}, rules.All)...)
	if !diags.HasErrors() {
		files, more := generate(plan, targets)
		diags = append(diags, more...)
		result.Files = files
	}
	if diags.HasErrors() {
		result.Files = nil
	}
	return result, diags.Sorted()
}

// generate renders the script, which all targets share, and the files of each.
func generate(plan *flow.Plan, targets []string) ([]gen.File, diag.Diagnostics) {
	var diags diag.Diagnostics
	files := []gen.File{script.File(plan)}
	for _, t := range All {
		if !slices.Contains(plan.Targets, t.Name) || targets != nil && !slices.Contains(targets, t.Name) {
			continue
		}
		more, d := t.Generate(plan)
		files, diags = append(files, more...), append(diags, d...)
	}
	sort(files)
	if targets == nil { // a part of the targets says nothing of the files of the others
		files = append(files, list(plan, files))
	}
	sort(files)
	return files, diags
}

func sort(files []gen.File) {
	slices.SortFunc(files, func(a, b gen.File) int { return strings.Compare(a.Path, b.Path) })
}
