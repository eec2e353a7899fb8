package ungivenvariable

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

//go:embed doc.go
var doc string

const code diag.Code = "ungiven-variable"

// Rule is ungiven-variable.
var Rule = &lint.Rule{ID: "HF080", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	seen := map[hcl.Range]bool{} // what `like` brings, or a matrix, is written once
	for _, c := range lint.Commands(p.Policy) {
		if len(c.Runner.Natives) > 0 {
			continue // a step of the system may set anything
		}
		for _, t := range c.Run.Texts {
			for _, s := range t.Values() {
				if s.Ref != language.EnvValue || s.Needed || s.Secret || seen[s.Range] {
					continue // of a library's command the compiler asks whether it is given
				}
				if on := lacking(p.Policy, c, t, s.Key); len(on) > 0 {
					seen[s.Range] = s.Range.Filename != ""
					out = append(out, ungiven(p.Policy, c, t, s, on))
				}
			}
		}
	}
	return out
}

// lacking are the targets on which nothing gives a variable.
func lacking(p *schema.Policy, c lint.Command, t eval.Text, name string) []string {
	if isOf(fettle, name) || isOf(machine, name) || same(names(c.Runner), name) || same(machineVariables(p, c), name) || sets(t, name) {
		return nil
	}
	var out []string
	for _, target := range p.Targets {
		if !isOf(hosts[target.V], name) {
			out = append(out, target.V)
		}
	}
	return out
}

// names are the variables that the block gives.
func names(r schema.Runner) []string {
	var out []string
	for _, e := range r.Env {
		out = append(out, e.Name)
	}
	for _, s := range r.Secrets {
		out = append(out, s.Name)
	}
	return out
}

// machineVariables are the variables of the machines that a command may run on: those of
// its agent, or, where it names none, of whichever runs it.
func machineVariables(p *schema.Policy, c lint.Command) []string {
	agents := p.Agents
	if c.Runner.Agent != nil {
		agents = []*schema.Agent{c.Runner.Agent.To}
	}
	var out []string
	for _, a := range agents {
		for _, v := range a.Provides {
			out = append(out, v.V)
		}
	}
	return out
}

// same finds a name as Windows does.
func same(all []string, name string) bool {
	return slices.ContainsFunc(all, func(n string) bool { return strings.EqualFold(n, name) })
}

// sets tells whether a command sets the variable itself. NAME=${env.NAME} hands
// it on.
func sets(t eval.Text, name string) bool {
	return regexp.MustCompile(`\b` + name + `\s*=\s*([^$\s]|\$[^{])|\b(read|for|export)\s+(-\w+\s+)*` + name + `\b`).MatchString(lint.Literal(t))
}

func ungiven(p *schema.Policy, c lint.Command, t eval.Text, s eval.Seg, on []string) *diag.Diagnostic {
	at := s.Range
	if at.Filename == "" {
		at = c.FindingAt(t)
	}
	where, hint := "", ""
	if len(on) < len(p.Targets) {
		where = " on " + diag.List(on)
	}
	if near := diag.Nearest(s.Key, append(names(c.Runner), machineVariables(p, c)...)); near != "" {
		hint = fmt.Sprintf(" Did you mean env.%s?", near)
	}
	return &diag.Diagnostic{
		Code: code, Severity: diag.Warning, Subject: at,
		Summary: "Variable that nothing gives",
		Detail: fmt.Sprintf("A command of %s reads env.%s, and nothing gives it%s: it would be empty.%s Write env = { %s = \"…\" } or secrets = { %s = secret.NAME } in the block, or, if the machine has it, provides = [\"%s\"] in its agent.",
			c.Of, s.Key, where, hint, s.Key, s.Key, s.Key),
	}
}
