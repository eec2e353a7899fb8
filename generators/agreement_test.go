package generators_test

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/internal/test/graph"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Whatever the policy, each target's files say what the plan says: the same
// jobs, edges, gates, locks, conditions and triggers; and no way to production
// leads round a gate that the policy asks for. The policy that shows a
// difference is printed.
func TestAgreement(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := randomPolicies().Draw(t, "policy")
		ins := []schema.Input{{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(w.String())}}}}
		if rapid.Bool().Draw(t, "another component") {
			ins = append(ins, schema.Input{Sources: []syntax.Source{{Name: "other.hcl", Bytes: []byte(w.beside())}}})
		}
		repository, diags := generators.CompileAll(ins, nil)
		if diags.HasErrors() {
			t.Fatalf("%s%s", diagnosticsText(diags), w)
		}
		result, content := repository.Results[0], contentOf(repository.Files)
		if lost := w.freezeLost(content[result.Plan.Script]); lost != "" {
			t.Fatalf("%s\n%s", lost, w)
		}
		for _, f := range result.Plan.Flows {
			for _, target := range result.Plan.Targets {
				src := content[readers[target].path(f)]
				if lost := compareFlow(target, f, src); lost != "" {
					t.Fatalf("%s %s: %s\n%s", target, f.Kind, lost, w)
				}
				if lost := compareTriggers(target, f, content); lost != "" {
					t.Fatalf("%s %s: %s\n%s", target, f.Kind, lost, w)
				}
				jobs, err := readers[target].read(f, src)
				if err != nil {
					t.Fatalf("%s %s: %v\n%s", target, f.Kind, err, w)
				}
				if round := wayRound(w, target, f.Kind, jobs); round != "" {
					t.Fatalf("%s %s: %s\n%s", target, f.Kind, round, w)
				}
				if round := exceptionRound(w, f.Kind, jobs); round != "" {
					t.Fatalf("%s %s: %s\n%s", target, f.Kind, round, w)
				}
			}
		}
	})
}

func contentOf(files []gen.File) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = string(f.Content)
	}
	return out
}

// wayRound says how production could be reached past a gate that the policy
// asks for, or "". It knows the policy and the jobs of the file, and not the
// plan.
func wayRound(w wanted, target string, kind flow.Kind, jobs map[string]*read) string {
	direct := map[string][]string{}
	for id, j := range jobs {
		direct[id] = j.After
	}
	for _, e := range w.environments {
		if !e.production() {
			continue
		}
		begun := false
		for id, j := range jobs {
			text := readers[target].plain(strings.Join(j.texts, "\n"))
			deploys := strings.Index(text, "./deploy.sh "+e.name+" ")
			if deploys < 0 {
				continue
			}
			begun = true
			if missing := w.gates(e, kind).missing(jobs, id, graph.Reach(id, direct), text[:deploys]); missing != "" {
				return fmt.Sprintf("%s is deployed to %s", e.name, missing)
			}
			if j.Lock != w.prefix()+e.name {
				return e.name + " is deployed to without its lock"
			}
		}
		if wants := kind == flow.Delivery || kind == flow.Hotfix || kind == flow.Redeploy || kind == flow.BreakGlassFlow; wants && !begun {
			return e.name + " is never deployed to"
		}
	}
	return ""
}

// roundIn is wayRound of a file; the flow only lends the titles of its jobs, by
// which a Jenkinsfile is read.
func roundIn(w wanted, target, content string, f *flow.Flow) string {
	jobs, err := readers[target].read(f, content)
	if err != nil {
		return err.Error()
	}
	return wayRound(w, target, f.Kind, jobs)
}

// exceptionIn is exceptionRound of a file.
func exceptionIn(w wanted, target, content string, f *flow.Flow) string {
	jobs, err := readers[target].read(f, content)
	if err != nil {
		return err.Error()
	}
	return exceptionRound(w, f.Kind, jobs)
}

// freezeLost says what of the policy's freeze the script does not know, or "".
func (w wanted) freezeLost(script string) string {
	if !w.freeze {
		return ""
	}
	var productions []string
	for _, e := range w.environments {
		if e.production() {
			productions = append(productions, e.name)
		}
	}
	line := "FREEZES='year-end 1797638400 1799107200 approve approve allow 2027-01-05T00:00Z " + strings.Join(productions, " ") + "'\n"
	judged := "run_guard freeze guard_freeze \"$1\""
	if w.glass {
		judged = "if ! glass_opens freeze; then " + judged + "; fi"
	}
	for _, needed := range []string{line, "\n  " + judged + "\n"} {
		if !strings.Contains(script, needed) {
			return "the script does not have " + needed
		}
	}
	return ""
}

// exceptionRound says how a version could get through a freeze without the
// second approval, or "".
func exceptionRound(w wanted, kind flow.Kind, jobs map[string]*read) string {
	direct, recorded := map[string][]string{}, 0
	for id, j := range jobs {
		direct[id] = j.After
	}
	for id, j := range jobs {
		for _, e := range w.environments {
			if !slices.ContainsFunc(j.Operations, func(op string) bool { return strings.HasPrefix(op, "exception "+e.name+" ") }) {
				continue
			}
			recorded++
			g := gates{operations: []string{"request " + e.name}, approvals: []string{"approve-" + e.name + "-freeze"}}
			if missing := g.missing(jobs, id, graph.Reach(id, direct), ""); missing != "" {
				return "an exception for " + e.name + " is recorded " + missing
			}
		}
	}
	if kind == flow.Exception && recorded == 0 {
		return "no exception is ever recorded"
	}
	return ""
}

// gates are what must be passed before a deployment.
type gates struct {
	operations []string
	checks     []wantedCheck
	approvals  []string
}

func (w wanted) gates(e wantedEnvironment, kind flow.Kind) gates {
	var g gates
	var checks []string
	switch kind {
	case flow.Delivery:
		g.operations, checks = []string{"identify delivery", "candidate"}, w.requiredBefore(e)
	case flow.Hotfix:
		g.operations = []string{"identify hotfix", "candidate"}
		checks = slices.DeleteFunc(w.requiredBefore(e), func(c string) bool { return c == w.waived })
	case flow.BreakGlassFlow: // what it may open are the approvals, by one of its own; and nothing else
		g.operations, checks = []string{"open $GLASS_ENVIRONMENT $GLASS_VERSION $GLASS_INCIDENT", "payload"}, e.requires
	case flow.Redeploy:
		g.operations, checks = []string{"resolve $REDEPLOY_ENVIRONMENT $REDEPLOY_VERSION", "payload"}, e.requires
	}
	g.operations = append(g.operations, "begin "+e.name)
	for _, c := range w.checks {
		if slices.Contains(checks, c.name) {
			g.checks = append(g.checks, c)
		}
	}
	for _, a := range e.approvals {
		g.approvals = append(g.approvals, "approve-"+e.name+"-"+a)
	}
	if kind == flow.BreakGlassFlow {
		g.approvals = []string{"approve-" + e.name + "-break-glass"}
	}
	if len(e.approvals) > 0 {
		g.operations = append(g.operations, "request "+e.name)
	}
	return g
}

// missing says what a deployment does not wait for. Every job before it must
// have succeeded: its condition may ask for more than that, and for nothing else.
func (g gates) missing(jobs map[string]*read, id string, after []string, before string) string {
	all := before
	operations := operationsIn(before, false)
	for _, a := range append(slices.Clone(after), id) {
		j := jobs[a]
		if j == nil {
			return "after a job that does not exist: " + a
		}
		if j.Condition != "" && j.Condition != "proceed" && !strings.HasPrefix(j.Condition, "chosen ") {
			return fmt.Sprintf("whatever became of what stands before %s (%s)", a, j.Condition)
		}
		if a != id {
			all += "\n" + strings.Join(j.texts, "\n")
			operations = append(operations, j.Operations...)
		}
	}
	for _, o := range g.operations {
		if !slices.ContainsFunc(operations, func(op string) bool { return op == o || strings.HasPrefix(op, o+" ") }) {
			return "without the operation " + o
		}
	}
	for _, c := range g.checks {
		for _, cell := range c.cells() {
			if !strings.Contains(all, "./check.sh "+cell[1]) {
				return "without the check " + cell[0]
			}
			if c.report && !slices.Contains(operations, "evidence "+cell[0]+" reports/"+c.name+".xml") {
				return "without the evidence of " + cell[0]
			}
		}
	}
	for _, a := range g.approvals {
		if !slices.Contains(after, a) || !jobs[a].Approval {
			return "without " + a
		}
	}
	return ""
}

// --- Triggers -----------------------------------------------------------------------

// started is what starts a flow.
type started struct {
	push    []string
	request []string
	inputs  []string // of a start by hand; nil when there is none
	byHand  bool
	timers  []string // time and branch
	paths   []string // that a push must touch
}

func startedBy(f *flow.Flow) started {
	var s started
	for _, t := range f.Triggers {
		switch t := t.(type) {
		case flow.Push:
			s.push, s.paths = append(s.push, t.Branch), t.Paths
		case flow.Request:
			s.request = append(s.request, t.Branches...)
		case flow.Timer:
			s.timers = append(s.timers, t.Cron+" on "+t.Branch)
		case flow.Dispatch:
			s.byHand = true
			for _, in := range t.Inputs {
				s.inputs = append(s.inputs, in.Name)
			}
		}
	}
	return s
}

// requestPaths are those that a merge request must touch for its checks to run.
func requestPaths(f *flow.Flow) []string {
	for _, t := range f.Triggers {
		if r, ok := t.(flow.Request); ok {
			return r.Paths
		}
	}
	return nil
}

// byHandOn is the branch on which a flow is started by hand.
func byHandOn(f *flow.Flow) string {
	for _, t := range f.Triggers {
		if d, ok := t.(flow.Dispatch); ok {
			return d.Branch
		}
	}
	return ""
}

func compareTriggers(target string, f *flow.Flow, content map[string]string) string {
	want := startedBy(f)
	got, err := triggerReaders[target](f, content)
	if err != nil {
		return err.Error()
	}
	for _, s := range [][]string{got.push, got.request, got.inputs, want.push, want.request, want.inputs, got.timers, want.timers} {
		slices.Sort(s)
	}
	if fmt.Sprint(want) != fmt.Sprint(got) {
		return fmt.Sprintf("starts with %v, and in the plan with %v", got, want)
	}
	return ""
}

var triggerReaders = map[string]func(*flow.Flow, map[string]string) (started, error){
	"github": githubTriggers, "gitlab": gitlabTriggers, "azure": azureTriggers, "jenkins": jenkinsTriggers,
}

func githubTriggers(f *flow.Flow, content map[string]string) (started, error) {
	var file struct{ On map[string]yaml.Node }
	if err := yaml.Unmarshal([]byte(content[readers["github"].path(f)]), &file); err != nil {
		return started{}, err
	}
	var s started
	for event, node := range file.On {
		var on struct {
			Branches, Paths []string
			Inputs          map[string]any
		}
		var times []struct{ Cron string }
		var err error
		if event == "schedule" {
			err = node.Decode(&times)
		} else {
			err = node.Decode(&on)
		}
		if err != nil {
			return s, err
		}
		switch event {
		case "push":
			s.push, s.paths = on.Branches, on.Paths
		case "pull_request":
			s.request = on.Branches
		case "merge_group":
		case "workflow_dispatch":
			s.byHand, s.inputs = true, slices.Collect(maps.Keys(on.Inputs))
		case "schedule":
			for _, t := range times {
				s.timers = append(s.timers, t.Cron+" on "+defaultBranch(f))
			}
		default:
			return s, fmt.Errorf("starts on %s", event)
		}
	}
	return s, nil
}

// defaultBranch is what schedules of GitHub and projects of Jenkins run on: a
// setting of the host, which docs/setup.md demands to be the mainline.
func defaultBranch(f *flow.Flow) string {
	for _, t := range f.Triggers {
		if timer, ok := t.(flow.Timer); ok {
			return timer.Branch
		}
	}
	return ""
}

func azureTriggers(f *flow.Flow, content map[string]string) (started, error) {
	type branches struct{ Branches, Paths struct{ Include []string } }
	var file struct {
		Trigger, Pr yaml.Node
		Parameters  []struct{ Name string }
		Schedules   []struct {
			Cron     string
			Branches struct{ Include []string }
			Always   bool
		}
		Resources any
	}
	if err := yaml.Unmarshal([]byte(content[readers["azure"].path(f)]), &file); err != nil {
		return started{}, err
	}
	if file.Resources != nil {
		return started{}, fmt.Errorf("starts on something else")
	}
	var s started
	decode := func(n yaml.Node) ([]string, error) {
		if n.Value == "none" {
			return nil, nil
		}
		var b branches
		err := n.Decode(&b)
		s.paths = append(s.paths, b.Paths.Include...)
		return b.Branches.Include, err
	}
	var err error
	if s.push, err = decode(file.Trigger); err != nil {
		return s, err
	}
	if s.request, err = decode(file.Pr); err != nil {
		return s, err
	}
	for _, t := range file.Schedules {
		if t.Always {
			s.timers = append(s.timers, t.Cron+" on "+strings.Join(t.Branches.Include, ","))
		}
	}
	for _, p := range file.Parameters {
		s.inputs = append(s.inputs, p.Name)
	}
	s.byHand = startedBy(f).byHand // every pipeline of Azure can be started by hand; its script refuses what is not meant to be
	return s, nil
}

var (
	gitlabPush    = regexp.MustCompile(`\$CI_PIPELINE_SOURCE == "push" && \$CI_COMMIT_(?:REF_NAME|BRANCH) (?:== "([^"]+)"|=~ /\^(.+)\$/)`)
	gitlabByHand  = regexp.MustCompile(`\$CI_PIPELINE_SOURCE =~ /\^\(web\|api\)\$/ && \$CI_COMMIT_(?:REF_NAME|BRANCH) (?:== "([^"]+)"|=~ /\^([^$]+)\$/) && "\$\[\[ inputs\.flow \]\]" == "([^"]+)"`)
	gitlabRequest = regexp.MustCompile(`^\$CI_PIPELINE_SOURCE == "merge_request_event"$`)
	gitlabTimer   = regexp.MustCompile(`^\$CI_PIPELINE_SOURCE == "schedule" && \$CI_COMMIT_(?:REF_NAME|BRANCH) == "([^"]+)" && "\$\[\[ inputs\.flow \]\]" == "([^"]+)"$`)
	gitlabTargets = regexp.MustCompile(`\$CI_MERGE_REQUEST_TARGET_BRANCH_NAME (?:== "([^"]+)"|=~ /\^([^$]+)\$/)`)
)

func gitlabTriggers(f *flow.Flow, content map[string]string) (started, error) {
	header, body, _ := strings.Cut(content[".gitlab-ci.yml"]+content[".gitlab/fettle.yml"], "\n---\n")
	var root struct {
		Include []struct {
			Local string
			Rules []struct {
				If      string
				Changes []string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(body), &root); err != nil {
		return started{}, err
	}
	var s started
	for _, include := range root.Include {
		if include.Local != readers["gitlab"].path(f) {
			continue
		}
		for _, r := range include.Rules {
			switch {
			case gitlabPush.MatchString(r.If):
				s.push, s.paths = append(s.push, globOf(gitlabPush.FindStringSubmatch(r.If))), plainGlobs(r.Changes)
			case gitlabByHand.MatchString(r.If) && gitlabByHand.FindStringSubmatch(r.If)[3] == f.Name:
				s.byHand = true
				if on := globOf(gitlabByHand.FindStringSubmatch(r.If)); on == "" || on != byHandOn(f) {
					return s, fmt.Errorf("is started by hand on %s", on)
				}
			case gitlabTimer.MatchString(r.If) && gitlabTimer.FindStringSubmatch(r.If)[2] == f.Name:
				s.timers = append(s.timers, strings.TrimSuffix(startedBy(f).timers[0], defaultBranch(f))+gitlabTimer.FindStringSubmatch(r.If)[1]) // the time is a setting
			case gitlabRequest.MatchString(r.If), gitlabTargets.MatchString(r.If):
				for _, m := range gitlabTargets.FindAllStringSubmatch(r.If+unescape.Replace(content[include.Local]), -1) {
					if branch := globOf(m); !slices.Contains(s.request, branch) {
						s.request = append(s.request, branch)
					}
				}
			default:
				return s, fmt.Errorf("starts on %s", r.If)
			}
		}
	}
	for _, name := range startedBy(f).inputs { // one header for all flows
		if strings.Contains(header, "\n    "+name+":\n") {
			s.inputs = append(s.inputs, name)
		}
	}
	return s, nil
}

// plainGlobs are globs that GitLab reads, as all others read them. One that ends
// with ** would leave out what lies deeper, and is found as a difference.
func plainGlobs(paths []string) []string {
	var out []string
	for _, p := range paths {
		if strings.HasSuffix(p, "/**") {
			p = "only the files right in " + p
		}
		if strings.HasSuffix(p, "/**/*") {
			p = strings.TrimSuffix(p, "/*")
		}
		out = append(out, p)
	}
	return out
}

var unescape = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

// globOf turns a branch, or a pattern for the whole of one, into a glob.
func globOf(m []string) string {
	if m[1] != "" {
		return m[1]
	}
	return strings.ReplaceAll(strings.ReplaceAll(m[2], `[^\/]+`, "*"), `\`, "")
}

var (
	seedBranches = regexp.MustCompile(`(?s)multibranchPipelineJob\('[^'/]*/([^']*)'\).*?includes\('([^']*)'\)(.*?)\n}\n`)
	seedJobs     = regexp.MustCompile(`\npipelineJob\('[^'/]*/([^']*)'\)`)
	jenkinsTimer = regexp.MustCompile(`\n    triggers \{\n        cron\('TZ=Etc/UTC\\n([^']+)'\)\n    \}`)
	parameter    = regexp.MustCompile(`(?:string|choice)\(name: '(?:[A-Z]+)_(\w+)'`)
)

func jenkinsTriggers(f *flow.Flow, content map[string]string) (started, error) {
	var s started
	for _, m := range seedBranches.FindAllStringSubmatch(content[".jenkins/jobs.groovy"], -1) {
		if m[1] == f.Name && f.Kind == flow.MergeRequest {
			s.request = startedBy(f).request // the branch source of the host knows the target
		} else if m[1] == f.Name {
			s.push = strings.Fields(m[2])
		}
	}
	file := content[readers["jenkins"].path(f)]
	if !followsBranches(f) {
		if lost := seedLost(f, content); lost != "" {
			return s, errors.New(lost)
		}
	}
	if strings.Contains(file, "RELEASE_SKIP_UNCHANGED = \"${currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause').isEmpty()}\"\n") {
		s.paths = startedBy(f).paths // they stand in the script
	}
	for _, m := range jenkinsTimer.FindAllStringSubmatch(file, -1) {
		s.timers = append(s.timers, m[1]+" on "+defaultBranch(f))
	}
	for _, m := range parameter.FindAllStringSubmatch(file, -1) {
		s.inputs = append(s.inputs, strings.ToLower(m[1]))
	}
	for _, m := range seedJobs.FindAllStringSubmatch(content[".jenkins/jobs.groovy"], -1) {
		s.byHand = s.byHand || m[1] == f.Name
	}
	s.byHand = s.byHand || len(s.push) > 0 && startedBy(f).byHand // a branch job can be built by hand, with its parameters
	return s, nil
}
