// Package report accounts for what a policy requires: for each requirement and
// each target, whether the generated file enforces it (and where), the release
// script at run time, or a setting of the host that no file can make. It is for
// the auditor as much as for the engineer: each requirement names the rules of
// regulation and standards that it answers.
package report

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// Report is the account of one policy.
type Report struct {
	Policy       string
	Description  string
	Active       string
	Targets      []string // by name, in the order of the columns
	Titles       []string // what people call them, in the same order
	Requirements []Requirement
	Unguarded    []Requirement // no requirements: what none of them speaks for, and what closes it
}

// Requirement is one thing that the policy requires, or that the release model
// requires of every policy.
type Requirement struct {
	Kind    Kind
	Text    string    // a sentence, with the names of the policy
	At      hcl.Range // where the policy says it
	Answers []Source  // the rules that it answers
	On      [][]Way   // a list a target, in the order of Targets; empty only where a native part is another target's
}

// Way is one way in which a requirement is enforced.
type Way struct {
	How  How
	What string // what does it; for a setting, what must be set
	Path string // of the generated file, when How is InFile or Outside
	Line int    // in it, from 1
}

// How is where a requirement is enforced.
type How string

// The ways. What is Unsupported on a target is an error when the policy is
// compiled, so it stands in no report of a policy that compiles.
const (
	InFile      How = "in file"
	Script      How = "script"
	HostSetting How = "host setting"
	Unsupported How = "unsupported"
	// Compiler is for what the policy demands of itself: it needs no machine.
	Compiler How = "compiler"
	// Outside is no way at all: a part of a file for which nobody but a reader can speak.
	Outside How = "outside"
)

// New accounts for a plan and the files that were generated from it.
func New(p *flow.Plan, files []gen.File, targets []*gen.Target) *Report {
	r := &Report{Policy: p.Policy, Description: p.Description, Active: p.Active}
	var of []*gen.Target
	for _, t := range targets {
		if slices.Contains(p.Targets, t.Name) {
			of = append(of, t)
			r.Targets, r.Titles = append(r.Targets, t.Name), append(r.Titles, t.Title)
		}
	}
	r.Unguarded = remainder(p, r.Targets)
	for _, d := range demands(p) {
		r.Requirements = append(r.Requirements, account(p, d, files, of))
	}
	return r
}

// account says of one demand how each target meets it.
func account(p *flow.Plan, d demand, files []gen.File, targets []*gen.Target) Requirement {
	row, ok := rowOf(d.kind)
	if !ok {
		panic("report: unexpected requirement " + string(d.kind))
	}
	out := Requirement{Kind: d.kind, Text: d.fill(row.text), At: d.at, Answers: row.answers}
	for _, t := range targets {
		if d.only != "" && d.only != t.Name {
			out.On = append(out.On, nil)
			continue
		}
		var ways []Way
		for _, w := range row.on[t.Name] {
			w.What = d.fill(w.What)
			if w.How == InFile || w.How == Outside {
				w.Path, w.Line = find(t.Locate(p, d.flow, d.job), files)
			}
			ways = append(ways, w)
		}
		if len(ways) == 0 {
			ways = []Way{{How: Unsupported, What: "Nothing enforces it here."}}
		}
		out.On = append(out.On, ways)
	}
	return out
}

// find is the file and the line in which a job begins.
func find(at gen.Location, files []gen.File) (string, int) {
	for _, f := range files {
		if f.Path != at.Path {
			continue
		}
		for i, line := range strings.Split(string(f.Content), "\n") {
			if strings.TrimSpace(line) == at.Line {
				return f.Path, i + 1
			}
		}
	}
	return at.Path, 0
}

// Open are the requirements that a target does not meet.
func (r *Report) Open() []Requirement {
	return slices.DeleteFunc(slices.Clone(r.Requirements), func(q Requirement) bool {
		return !slices.ContainsFunc(q.On, func(ways []Way) bool {
			return slices.ContainsFunc(ways, func(w Way) bool { return w.How == Unsupported })
		})
	})
}
