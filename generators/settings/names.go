package settings

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// literal writes a value as a literal of jq, which JSON is: the backslash that would
// begin an interpolation is always doubled.
func literal(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("settings: " + err.Error()) // texts and numbers only
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// part writes a text as one part of a path or a query: with no sign left that
// means something there, braces included.
func part(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// lookedUp is what was looked up, in a program.
func lookedUp(name string) string { return "$known[" + literal(name) + "]" }

// code writes a name for Markdown.
func code(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}

func codes(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, code(n))
	}
	return strings.Join(out, ", ")
}

// gate is an approval of an environment: on the hosts, an environment of its own.
type gate struct {
	name   string
	groups []flow.Group
}

// gates are the approvals of all flows, each once.
func gates(p *flow.Plan) []gate {
	var out []gate
	for j := range jobs(p) {
		if j.Kind != flow.JobApprove {
			continue
		}
		name := j.ApprovalEnvironment()
		if !slices.ContainsFunc(out, func(g gate) bool { return g.name == name }) {
			out = append(out, gate{name, j.Approval.Groups})
		}
	}
	return out
}

// on are the names of a gate's groups on a target.
func (g gate) on(target string) []string {
	var out []string
	for _, group := range g.groups {
		if n := group.On(target); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func jobs(p *flow.Plan) func(func(*flow.Job) bool) {
	return func(yield func(*flow.Job) bool) {
		for _, f := range p.Flows {
			for _, j := range f.Jobs {
				if !yield(j) {
					return
				}
			}
		}
	}
}

// environmentNames are the environments that something is deployed to, each once.
func environmentNames(p *flow.Plan) []string {
	var out []string
	for j := range jobs(p) {
		if (j.Kind == flow.JobDeploy || j.Kind == flow.JobMirror) && !slices.Contains(out, j.Environment.Name) {
			out = append(out, j.Environment.Name)
		}
	}
	return out
}

// locks are the locks of all flows, each once.
func locks(p *flow.Plan) []string {
	var out []string
	for j := range jobs(p) {
		if j.Lock != "" && !slices.Contains(out, j.Lock) {
			out = append(out, j.Lock)
		}
	}
	return out
}

// requiredChecks are the checks of merge requests that a merge waits for.
func requiredChecks(p *flow.Plan) []string {
	var out []string
	if f := p.Flow("merge-request"); f != nil {
		for _, j := range f.Jobs {
			if j.Kind == flow.JobPolicy || j.Kind == flow.JobCheck && !j.Informs {
				out = append(out, j.Title)
			}
		}
	}
	return out
}

// mainlines are the mainline, and what is protected as it is: release branches,
// and what the mainline was called before.
func mainlines(p *flow.Plan) []string { return append(delivering(p), p.Former...) }

// delivering are the branches that deliveries come from.
func delivering(p *flow.Plan) []string {
	if p.ReleaseBranches == "" {
		return []string{p.Mainline}
	}
	return []string{p.Mainline, p.ReleaseBranches}
}

// sources are the branches that deployments run from.
func sources(p *flow.Plan) []string {
	out := delivering(p)
	if p.Flow("hotfix") != nil {
		out = append(out, p.Names.Line.Glob())
	}
	return out
}

// tags are the patterns of the tags that the flows make.
func tags(p *flow.Plan) []string {
	out := []string{p.Names.Candidate.Glob(), p.Names.Release.Glob()}
	if p.Flow("hotfix") != nil {
		out = append(out, p.Names.HotfixCandidate.Glob(), p.Names.HotfixRelease.Glob())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// secret is a secret of the policy and the environment that it is for: "" when
// jobs need it that deploy nowhere.
type secret struct {
	*flow.Secret
	environment string
}

// secrets are those that some job is handed, each once an environment.
func secrets(p *flow.Plan) []secret {
	var out []secret
	for j := range jobs(p) {
		environment := ""
		if j.Kind == flow.JobDeploy || j.Kind == flow.JobMirror {
			environment = j.Environment.Name
		}
		for _, s := range j.Steps {
			if r, ok := s.(flow.Run); ok {
				for _, v := range r.Secrets {
					if s := (secret{v.Secret, environment}); !slices.Contains(out, s) {
						out = append(out, s)
					}
				}
			}
		}
	}
	everywhere := slices.Clone(out)
	return slices.DeleteFunc(out, func(s secret) bool { return s.environment != "" && slices.Contains(everywhere, secret{s.Secret, ""}) })
}

// overlap says in a program whether two patterns may name the same: where both
// have signs that are none of a name, whether one begins as the other does.
const overlap = `def wild: test("[*?\\[{\\\\!]"); def fixed: sub("[*?\\[{\\\\!].*"; ""); ` +
	`def overlaps($with): if wild and ($with | wild) then fixed as $a | ($with | fixed) as $b | ($a | startswith($b)) or ($b | startswith($a)) ` +
	`elif wild then fixed as $a | $with | startswith($a) else . as $name | if $with | wild then $with | fixed as $b | $name | startswith($b) else ascii_downcase == ($with | ascii_downcase) end end; `
