package flow

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

// HostCount is how much of something a host takes. What is more starts nothing
// there, often without a word, so it is an error here.
type HostCount struct {
	Target string
	Kind   CountKind
	What   string // "inputs in a form"
	Most   int
	Mend   string // what to do, as a sentence
	Source string
	Note   string // how it is kept, where that is no error

	count  func(p *Plan) []counted       // in one policy
	shared func(plans []*Plan) []counted // in all policies of a repository together
}

// CountKind is what is counted.
type CountKind string

// The kinds that others than the lowering ask for.
const (
	JobNames    CountKind = "job names"
	Choices     CountKind = "options"
	FileSize    CountKind = "file size"
	Expressions CountKind = "expressions"
)

// counted is one thing with its number, and the place of the policy that it
// comes from.
type counted struct {
	said string // "the job deploy/production"
	n    int
	at   hcl.Range
}

const (
	shorterLabel = "Choose a shorter label."
	fewerInputs  = "This is a mistake of fettle's: please report it."
	smallerFile  = "Move commands into script files of the repository (`run = script(\"…\")`), or split checks from delivery."
)

// HostCounts are the documented limits of the targets, read in November 2026.
// Where an administrator may raise one, it is the default: a pipeline has to start
// on every installation.
var HostCounts = []HostCount{
	{
		Target: "github", Kind: JobNames, What: "characters in the id of a job", Most: 99, Mend: shorterLabel,
		Source: "actions/runner, src/Sdk: MaxNodeNameLength is 100, and ids must be shorter", Note: "error `name-too-long`",
	},
	{
		Target: "github", Kind: "environment names", What: "characters in the name of an environment", Most: 255, Mend: shorterLabel,
		Source: "GitHub Docs, Managing environments for deployment", count: environmentNames,
	},
	{
		Target: "github", Kind: "inputs", What: "inputs in the form of a workflow", Most: 25, Mend: fewerInputs,
		Source: "GitHub Docs, Workflow syntax, on.workflow_dispatch.inputs (10 before 4 December 2025)", count: inputsOfFlows,
	},
	{
		Target: "github", Kind: FileSize, What: "bytes in a workflow file", Most: 500 << 10, Mend: smallerFile,
		Source: "GitHub Docs, Actions limits: 500 KB. Nothing says so when a larger one starts nothing",
	},
	{
		Target: "github", Kind: Expressions, What: "characters in an expression", Most: 21000, Mend: "Choose shorter labels, or fewer checks.",
		Source: "actions/runner, src/Sdk: ExpressionConstants.MaxLength",
	},
	{
		Target: "github", Kind: "matrix", What: "jobs that a matrix makes in a run", Most: 256,
		Source: "GitHub Docs, Actions limits", Note: "never reached: each combination is written as a job of its own, without `strategy`",
	},
	{
		Target: "gitlab", Kind: JobNames, What: "characters in the name of a job", Most: 255, Mend: shorterLabel,
		Source: "GitLab Docs, CI/CD YAML syntax, and app/models/ci/build_need.rb for those that others need", Note: "error `name-too-long`",
	},
	{
		Target: "gitlab", Kind: "environment names", What: "characters in the name of an environment", Most: 255, Mend: shorterLabel,
		Source: "GitLab Docs, CI/CD YAML syntax, environment:name, and app/models/environment.rb", count: environmentNames,
	},
	{
		Target: "gitlab", Kind: "pipeline names", What: "characters in the name of a pipeline", Most: 255, Mend: "Give the policy a shorter name.",
		Source: "GitLab Docs, CI/CD YAML syntax, workflow:name", count: policyName,
	},
	{
		Target: "gitlab", Kind: "inputs", What: "inputs in the form of a project", Most: 20, Mend: fewerInputs,
		Source: "GitLab Docs, CI/CD inputs, For a pipeline (18.x)", shared: inputsOfProject,
	},
	{
		Target: "gitlab", Kind: Choices, What: "options of an input", Most: 50,
		Source: "lib/gitlab/ci/config/header/input.rb, ALLOWED_OPTIONS_LIMIT", Note: "never reached: above it the form takes a text that must be one of them (`regex`)",
	},
	{
		Target: "gitlab", Kind: "needs", What: "jobs in `needs` of a job", Most: 50, Mend: "Let it wait for fewer checks: one check with several commands counts once.",
		Source: "GitLab Docs, CI/CD YAML syntax, needs: 50 on GitLab.com, and elsewhere unless an administrator raises it", count: needsOfJobs,
	},
	{
		Target: "gitlab", Kind: "includes", What: "files that a pipeline includes", Most: 150, Mend: "Keep some of the components in a repository of their own.",
		Source: "GitLab Docs, Application settings API, ci_max_includes (default)", shared: includes,
	},
	{
		Target: "gitlab", Kind: "changes", What: "patterns in `rules:changes`", Most: 50, Mend: "Name folders instead of what is in them.",
		Source: "GitLab Docs, CI/CD YAML syntax, rules:changes", count: patterns,
	},
	{
		Target: "gitlab", Kind: "dotenv variables", What: "values that a job hands on", Most: 20, Mend: "Let the flow have fewer checks with a matrix.",
		Source: "GitLab Docs, CI/CD limits, Limit dotenv variables (default; 50 and more on GitLab.com)", count: handedOn,
	},
	{
		Target: "gitlab", Kind: "dotenv size", What: "bytes that a job hands on", Most: 5 << 10,
		Source: "GitLab Docs, CI/CD limits, Limit dotenv file size (default)", Note: "not known before the run: the job fails, and nothing is deployed",
	},
	{
		Target: "gitlab", Kind: "deployments", What: "jobs with an environment in a pipeline", Most: 500, Mend: "Keep some of the components in a repository of their own, or deploy to fewer environments.",
		Source: "GitLab Docs, CI/CD limits, Maximum number of deployment jobs in a pipeline (default)", shared: deployments,
	},
	{
		Target: "gitlab", Kind: "tags", What: "tags of a job", Most: 49, Mend: "One tag that your runners have for this purpose is enough.",
		Source: "lib/gitlab/ci/config/entry/tags.rb, TAGS_LIMIT: fewer than 50", count: tagsOfJobs,
	},
	{
		Target: "gitlab", Kind: FileSize, What: "bytes in a file of the configuration", Most: 2 << 20, Mend: smallerFile,
		Source: "GitLab Docs, CI/CD limits, max_yaml_size_bytes (default since 17.3)",
	},
	{
		Target: "gitlab", Kind: "input size", What: "characters in the value of an input", Most: 1 << 10,
		Source: "GitLab Docs, CI/CD inputs: less than 1 KB", Note: "typed when a pipeline is started: GitLab refuses it there",
	},
	{
		Target: "gitlab", Kind: "schedules", What: "pipeline schedules of a project", Most: 10,
		Source: "GitLab Docs, CI/CD limits (default); 50 on paid tiers of GitLab.com", Note: "a setting, and no file: GitLab refuses the one that is too many when `fettle settings` makes it",
	},
	{
		Target: "azure", Kind: JobNames, What: "characters in the name of a stage or job", Most: 99, Mend: shorterLabel,
		Source: "actions/runner, src/Sdk: MaxNodeNameLength, for which both services have one source; documented nowhere for Azure", Note: "error `name-too-long`",
	},
	{
		Target: "azure", Kind: "templates", What: "files of templates in a pipeline", Most: 100,
		Source: "Microsoft Learn, Templates, Imposed limits", Note: "never reached: a pipeline is one file without templates",
	},
	{
		Target: "azure", Kind: FileSize, What: "bytes of memory for a pipeline that is read", Most: 20 << 20, Mend: smallerFile,
		Source: "Microsoft Learn, Templates, Imposed limits: 20 MB. A file takes at least its own size",
	},
}

// Most is the limit of a target, or 0 where it has none of that kind.
func Most(target string, kind CountKind) int {
	if c := hostCount(target, kind); c != nil {
		return c.Most
	}
	return 0
}

func hostCount(target string, kind CountKind) *HostCount {
	for i := range HostCounts {
		if c := &HostCounts[i]; c.Target == target && c.Kind == kind {
			return c
		}
	}
	return nil
}

// TooMuch judges a number that is known only when the files are there. It
// returns nil where the host takes it.
func TooMuch(target string, kind CountKind, said string, n int, at hcl.Range) *diag.Diagnostic {
	c := hostCount(target, kind)
	if c == nil || n <= c.Most {
		return nil
	}
	return beyondHost(c, counted{said, n, at})
}

// limitCounts reports what a host would refuse of this policy alone.
func (l *lowering) limitCounts() {
	for i := range HostCounts {
		if c := &HostCounts[i]; c.count != nil && l.on(c.Target) {
			for _, d := range c.beyond(c.count(l.plan)) {
				l.once(d)
			}
		}
	}
}

// limitTogether reports what a host would refuse of all policies together.
func limitTogether(plans []*Plan) diag.Diagnostics {
	var diags diag.Diagnostics
	for i := range HostCounts {
		c := &HostCounts[i]
		if c.shared == nil {
			continue
		}
		var on []*Plan
		for _, p := range plans {
			if p.targets(c.Target) {
				on = append(on, p)
			}
		}
		diags = append(diags, c.beyond(c.shared(on))...)
	}
	return diags
}

func (c *HostCount) beyond(all []counted) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, n := range all {
		if n.n > c.Most {
			diags = append(diags, beyondHost(c, n))
		}
	}
	return diags
}

func environmentNames(p *Plan) []counted {
	var out []counted
	for _, e := range p.Environments {
		out = append(out, counted{fmt.Sprintf("environment %q", e.ID), len(e.Name), e.Origin})
	}
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if j.Kind == JobApprove {
				out = append(out, counted{j.Approval.sentence(j.Environment), len(j.ApprovalEnvironment()), j.Origin})
			}
		}
	}
	return out
}

func policyName(p *Plan) []counted {
	return []counted{{fmt.Sprintf("policy %q", p.Policy), len(p.Policy), p.Origin}}
}

func inputsOfFlows(p *Plan) []counted {
	var out []counted
	for _, f := range p.Flows {
		out = append(out, counted{"the flow " + f.ID(), len(f.formInputs()), f.Origin})
	}
	return out
}

// inputsOfProject share the fields of one form, and one says what to start.
func inputsOfProject(plans []*Plan) []counted {
	names := map[string]bool{"flow": true}
	for _, p := range plans {
		for _, f := range p.Flows {
			for _, in := range f.formInputs() {
				names[in.Name] = true
			}
		}
	}
	return together(plans, len(names))
}

// together is a number that is nobody's alone: it is said at the last policy.
func together(plans []*Plan, n int) []counted {
	if len(plans) == 0 {
		return nil
	}
	return []counted{{"the repository", n, plans[len(plans)-1].Origin}}
}

// formInputs are the inputs of the form that starts the flow.
func (f *Flow) formInputs() []*Input {
	for _, t := range f.Triggers {
		if d, ok := t.(Dispatch); ok {
			return d.Inputs
		}
	}
	return nil
}

func needsOfJobs(p *Plan) []counted {
	var out []counted
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			out = append(out, counted{"the job \"" + j.Title + "\" of the flow " + f.ID(), len(j.Sources()), j.Origin})
		}
	}
	return out
}

func tagsOfJobs(p *Plan) []counted {
	var out []counted
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			if j.Agent != nil {
				out = append(out, counted{fmt.Sprintf("the agent %q", j.Agent.ID), len(j.Agent.GitLab.Tags), j.Agent.origin})
			}
		}
	}
	return out
}

func patterns(p *Plan) []counted {
	return []counted{{"`paths`", len(p.Paths), p.Origin}}
}

func includes(plans []*Plan) []counted {
	n := 0
	for _, p := range plans {
		n += len(p.Flows)
	}
	return together(plans, n)
}

// handedOn is what the operations of a job set, and who asked where it requests.
func handedOn(p *Plan) []counted {
	var out []counted
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			n := len(j.Outputs)
			if j.Kind == JobRequest {
				n++
			}
			out = append(out, counted{"the job \"" + j.Title + "\" of the flow " + f.ID(), n, j.Origin})
		}
	}
	return out
}

// deployments of one pipeline: a push to the mainline starts a delivery of
// every policy that it concerns.
func deployments(plans []*Plan) []counted {
	most := 0
	for _, kind := range Kinds {
		n := 0
		for _, p := range plans {
			for _, f := range p.Flows {
				if f.Kind == kind {
					n += len(f.environmentJobs())
				}
			}
		}
		most = max(most, n)
	}
	return together(plans, most)
}

func (f *Flow) environmentJobs() []*Job {
	var out []*Job
	for _, j := range f.Jobs {
		if j.Kind == JobApprove || j.Kind == JobDeploy || j.Kind == JobMirror {
			out = append(out, j)
		}
	}
	return out
}
