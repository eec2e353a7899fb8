package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/fettle-ci/fettle/dispatch"
	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/ledger"
	"github.com/fettle-ci/fettle/schema/diag"
)

func hostOf(o *dispatch.Order) *settings.Host { return settings.Of(o.Target.Name) }

// newOrder is what a person wants to start, with every field of the form.
func newOrder(p *flow.Plan, name string, typed []string, branch string) (*dispatch.Order, error) {
	f, operation := startable(p, name)
	if f == nil {
		return nil, notStartable(p, name)
	}
	d := f.OnDemand()
	values, err := fields(d, typed)
	if err != nil {
		return nil, err
	}
	if operation != "" {
		if said := values["operation"]; said != "" && said != operation {
			return nil, usage("%s is the operation: leave operation=%s out", operation, said)
		}
		values["operation"] = operation
	}
	o := &dispatch.Order{Plan: p, Flow: f, Target: targetNamed(p.Active), Branch: branch}
	if o.Branch, err = onBranch(d, branch); err != nil {
		return nil, err
	}
	if err := checkFields(o.Target, d, values); err != nil {
		return nil, err
	}
	o.Fields = gen.Fields(f, values)
	return o, nil
}

// startable is the flow of a name; or of an operation, the flow that carries it out.
func startable(p *flow.Plan, name string) (f *flow.Flow, operation string) {
	if f := p.Flow(name); f != nil && f.OnDemand() != nil {
		return f, ""
	}
	if f := p.Flow(string(flow.Operate)); f != nil && slices.Contains(operations(f), name) {
		return f, name
	}
	return nil, ""
}

// operations are what the flow Operate can carry out.
func operations(f *flow.Flow) []string {
	for _, in := range f.OnDemand().Inputs {
		if in.Name == "operation" {
			return in.Choices
		}
	}
	return nil
}

// startNames are all that can be started.
func startNames(p *flow.Plan) []string {
	var out []string
	for _, f := range p.Flows {
		if f.OnDemand() != nil {
			out = append(out, f.ID())
		}
	}
	if f := p.Flow(string(flow.Operate)); f != nil {
		out = append(out, operations(f)...)
	}
	return out
}

func notStartable(p *flow.Plan, name string) error {
	known := startNames(p)
	switch {
	case p.Flow(name) != nil && flow.Kind(name) == flow.Hotfix:
		return lack("a hotfix starts with a push to its branch: fettle hotfix begin %s", p.ExampleIncident("INCIDENT"))
	case p.Flow(name) != nil:
		return lack("the flow %s is not started on demand; those that are: %s", name, strings.Join(known, ", "))
	case slices.Contains(flowKinds(), name):
		return lack("this policy has no flow %s: %s", name, p.Absent(flow.Kind(name)))
	}
	return usage("there is no flow and no operation %q; there are: %s.%s", name, strings.Join(known, ", "), diag.Suggest(name, known))
}

// fields are the values that were typed, by the names of the form.
func fields(d *flow.Dispatch, typed []string) (map[string]string, error) {
	var known []string
	for _, in := range d.Inputs {
		known = append(known, in.Name)
	}
	values := map[string]string{}
	for _, text := range typed {
		name, value, ok := strings.Cut(text, "=")
		_, twice := values[name]
		switch {
		case !ok:
			return nil, usage("%q is no field: write NAME=VALUE, with one of %s", text, fieldNames(known))
		case !slices.Contains(known, name):
			return nil, usage("the form has no field %q; it has %s.%s", name, fieldNames(known), diag.Suggest(name, known))
		case twice:
			return nil, usage("the field %s is given twice", name)
		}
		values[name] = strings.TrimSpace(value)
	}
	return values, nil
}

func fieldNames(known []string) string {
	if len(known) == 0 {
		return "no fields"
	}
	return strings.Join(known, ", ")
}

// checkFields refuses what the form would not take.
func checkFields(target *gen.Target, d *flow.Dispatch, values map[string]string) error {
	for _, in := range d.Inputs {
		v := values[in.Name]
		switch {
		case v == "" && in.Default == "" && in.Required:
			return usage("the field %s is missing (%s): add %s=…", in.Name, in.Text, in.Name)
		case v != "" && len(in.Choices) > 0 && !slices.Contains(in.Choices, v):
			return oneOf("the field "+in.Name, v, in.Choices...)
		case strings.ContainsFunc(v, unicode.IsControl):
			return usage("the field %s has a line end or another control character: write it on one line", in.Name)
		case strings.ContainsAny(v, target.Untyped):
			return usage("the field %s has one of the characters %s, which the form on %s does not take", in.Name, strings.Join(strings.Split(target.Untyped, ""), " "), target.Title)
		}
	}
	return nil
}

// onBranch is the branch that a flow is started on.
func onBranch(d *flow.Dispatch, branch string) (string, error) {
	prefix, suffix, several := strings.Cut(d.Branch, "*")
	switch {
	case several && branch == "":
		return "", usage("the flow starts on several branches, %s: name one with --branch", d.Branch)
	case several:
		part, ok := strings.CutPrefix(branch, prefix)
		part, end := strings.CutSuffix(part, suffix)
		if !ok || !end || part == "" || strings.Contains(part, "/") {
			return "", usage("--branch %s is none of %s", branch, d.Branch)
		}
		return branch, nil
	case branch != "" && branch != d.Branch:
		return "", usage("the flow starts on %s alone: leave --branch out", d.Branch)
	}
	return d.Branch, nil
}

// description is what is started, for reading.
func description(o *dispatch.Order) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %s, branch %s\n", o.Flow.Title, o.Target.Title, o.Branch)
	for _, f := range o.Fields {
		fmt.Fprintf(&b, "  %-12s %s\n", f.Name, ledger.Harmless(f.Value))
	}
	return b.String()
}
