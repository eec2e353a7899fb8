// Package gitlab writes GitLab CI: a root file that chooses the flow, and a
// file a flow. What a person types reaches the jobs by variables that are not
// expanded; what earlier jobs found, by dotenv reports.
package gitlab

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Target is GitLab CI.
var Target = &gen.Target{
	Name: "gitlab", Title: "GitLab CI", Forge: "gitlab",
	Files:    []string{".gitlab-ci.yml", ".gitlab/fettle/*.yml"},
	Generate: generate, Locate: locate, Start: start, Untyped: untyped, Shared: sharedFiles,
}

// untyped is what would end a text where GitLab puts in what was typed.
const untyped = `"\`

var parsed = sync.OnceValue(func() *template.Template { return gen.Templates("gitlab", nil) })

// locate says where a job stands.
func locate(p *flow.Plan, f *flow.Flow, j *flow.Job) gen.Location {
	return gen.Location{Path: path(f), Line: (&writer{plan: p}).id(j) + ":"}
}

func generate(p *flow.Plan) ([]gen.File, diag.Diagnostics) {
	var files []gen.File
	var diags diag.Diagnostics
	for _, f := range p.Flows {
		w := &writer{plan: p, flow: f}
		files = append(files, gen.File{Path: path(f), Content: gen.Render(parsed(), "flow.yml.tmpl", w.view())})
		diags = append(diags, w.diags...)
	}
	return files, diags
}

func sharedFiles(plans []*flow.Plan) []gen.File {
	root := plans[0].GitLabRoot // the same for all
	return []gen.File{{Path: root, Content: gen.Render(parsed(), "root.yml.tmpl", newRoot(plans))}}
}

// ownRoot is the root file where the project has no other. Elsewhere it is
// included by the project's own: it says nothing then that would hold for jobs
// of others, and takes nothing over from there.
const ownRoot = ".gitlab-ci.yml"

func path(f *flow.Flow) string { return ".gitlab/fettle/" + f.Name + ".yml" }

type rootView struct {
	Header, Name string
	File         string
	Included     bool // by the project's own root file
	Stages       []string
	Flow         inputView // what to start
	Inputs       []inputView
	Rules        []ruleView
	Includes     []includeView
}

// inputView is a field of the form, which the flows that ask for it share.
type inputView struct {
	Name, Default, Variable, Value string
	Choices                        []string
	asked                          []*flow.Input
	kinds                          []string // of the flows that ask
}

// Text is one line for all flows that ask, and says which ones do.
func (v inputView) Text() string {
	if len(v.asked) == 0 {
		return "What to start"
	}
	return flow.Question(v.asked) + " (" + strings.Join(v.kinds, ", ") + ")"
}

// Pattern is what a text must match that is not chosen from a list: free text, or
// one of more choices than GitLab lets a list have.
func (v inputView) Pattern() string {
	switch {
	case len(v.Choices) == 0:
		return "^[^" + strings.ReplaceAll(untyped, `\`, `\\`) + `\r\n]*$`
	case len(v.Choices) > flow.Most("gitlab", flow.Choices):
		return "^(" + strings.Join(v.Choices, "|") + ")$"
	}
	return ""
}

type ruleView struct {
	If      string
	Never   bool
	Changes []string
}

type includeView struct {
	File  string
	Rules []ruleView
}

// newRoot makes the view of the root file. A tag is an output of ours and
// starts nothing; whatever no flow is for starts nothing either.
func newRoot(plans []*flow.Plan) rootView {
	v := rootView{Header: gen.SharedHeader("#", plans), File: plans[0].GitLabRoot, Included: plans[0].GitLabRoot != ownRoot, Rules: []ruleView{{If: gen.YAMLValue("$CI_COMMIT_TAG"), Never: true}}}
	if len(plans) == 1 {
		v.Name = plans[0].Policy
	}
	if v.Included {
		v.Flow.Choices = []string{"none"} // what a project starts by hand need not be ours
	}
	for _, p := range plans {
		if oneStage(p) {
			v.Stages = append(v.Stages, p.Stage())
		}
		v.addPolicy(p)
	}
	return v
}

func (v *rootView) addPolicy(p *flow.Plan) {
	for _, f := range p.Flows {
		for _, t := range f.Triggers {
			rule := ruleOf(p, f, t)
			switch t := t.(type) {
			case flow.Dispatch:
				v.Flow.Choices = append(v.Flow.Choices, f.Name)
				v.addInputs(f, t.Inputs)
				v.include(f, rule+" && "+isChosen(f), nil)
			case flow.Timer: // it chooses as a person does
				v.include(f, rule+" && "+isChosen(f), nil)
			case flow.Push:
				v.include(f, rule, t.Paths)
			default:
				v.include(f, rule, nil)
			}
			v.addRule(rule)
		}
	}
}

func isChosen(f *flow.Flow) string { return fmt.Sprintf("%q == %q", "$[[ inputs.flow ]]", f.Name) }

func (v *rootView) addRule(rule string) {
	quoted := gen.YAMLValue(rule)
	if !slices.ContainsFunc(v.Rules, func(r ruleView) bool { return r.If == quoted }) {
		v.Rules = append(v.Rules, ruleView{If: quoted})
	}
}

func (v *rootView) include(f *flow.Flow, rule string, paths []string) {
	r := ruleView{If: gen.YAMLValue(rule), Changes: globs(paths)}
	for i := range v.Includes {
		if v.Includes[i].File == path(f) {
			v.Includes[i].Rules = append(v.Includes[i].Rules, r)
			return
		}
	}
	v.Includes = append(v.Includes, includeView{File: path(f), Rules: []ruleView{r}})
}

// globs are paths as GitLab reads them: to it, ** is any folders only before a
// slash, and a single star at an end.
func globs(paths []string) []string {
	var out []string
	for _, p := range paths {
		if p == "**" || strings.HasSuffix(p, "/**") {
			p += "/*"
		}
		out = append(out, gen.YAML(p))
	}
	return out
}

// addInputs adds the questions of a flow. Flows that ask for the same thing
// share the question; choices are joined.
func (v *rootView) addInputs(f *flow.Flow, inputs []*flow.Input) {
	for _, in := range inputs {
		i := slices.IndexFunc(v.Inputs, func(o inputView) bool { return o.Name == in.Name })
		if i < 0 {
			i = len(v.Inputs)
			v.Inputs = append(v.Inputs, inputView{Name: in.Name, Default: in.Default, Variable: variable(in), Value: "$[[ inputs." + in.Name + " ]]"})
		}
		shared := &v.Inputs[i]
		shared.asked = append(shared.asked, in)
		shared.kinds = union(shared.kinds, string(f.Kind))
		shared.Choices = union(shared.Choices, in.Choices...)
	}
}

func union(all []string, more ...string) []string {
	for _, m := range more {
		if !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all
}

// variable carries what a person typed.
func variable(in *flow.Input) string { return "INPUT_" + strings.ToUpper(in.Name) }

// byHand are the sources of a pipeline that a person asked for under their own
// name: the form, and the interface with a token of theirs. The jobs have that
// person as GITLAB_USER_LOGIN either way. Of a trigger token and of another
// pipeline (`trigger`, `pipeline`) nobody knows who is behind it: they start nothing.
const byHand = `$CI_PIPELINE_SOURCE =~ /^(web|api)$/`

func ruleOf(p *flow.Plan, f *flow.Flow, t flow.Trigger) string {
	switch t := t.(type) {
	case flow.Push:
		return `$CI_PIPELINE_SOURCE == "push" && ` + branchIs(branchOf(p), t.Branch)
	case flow.Timer:
		return `$CI_PIPELINE_SOURCE == "schedule" && ` + branchIs(branchOf(p), t.Branch)
	case flow.Dispatch:
		return byHand + " && " + branchIs(branchOf(p), t.Branch)
	case flow.Request:
		return `$CI_PIPELINE_SOURCE == "merge_request_event"`
	default:
		panic(fmt.Sprintf("gitlab: unexpected trigger %T", t))
	}
}

// branchOf is the variable with the branch of a pipeline. The root file starts
// nothing for a tag; where the project has a root of its own, it is asked here.
func branchOf(p *flow.Plan) string {
	if p.GitLabRoot != ownRoot {
		return "$CI_COMMIT_BRANCH"
	}
	return "$CI_COMMIT_REF_NAME"
}

// branchIs compares a variable with a name, or with a pattern of one star.
func branchIs(v, branch string) string {
	prefix, suffix, star := strings.Cut(branch, "*")
	if !star {
		return fmt.Sprintf("%s == %q", v, branch)
	}
	return fmt.Sprintf(`%s =~ /^%s[^\/]+%s$/`, v, re2(prefix), re2(suffix))
}

// re2 quotes a name for an expression of GitLab, which ends at a slash.
func re2(s string) string {
	return strings.NewReplacer("/", `\/`, ".", `\.`, "+", `\+`).Replace(s)
}
