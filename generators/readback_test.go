package generators_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/internal/test/graph"
)

// read is a job as a file says it.
type read struct {
	graph.Job
	texts []string // commands in order
	loose []string // what lets a failure pass: commands, or keys of the job
	said  string   // all statements of a stage, those that are no commands too
}

type reader struct {
	path  func(f *flow.Flow) string
	read  func(f *flow.Flow, content string) (map[string]*read, error)
	plain func(string) string // undoes what the target's quoting did to a command
}

var readers = map[string]reader{
	"github":  {func(f *flow.Flow) string { return ".github/workflows/" + f.Name + ".yml" }, readGitHub, func(s string) string { return strings.ReplaceAll(s, "${{ '${{' }}", "${{") }},
	"gitlab":  {func(f *flow.Flow) string { return ".gitlab/fettle/" + f.Name + ".yml" }, readGitLab, func(s string) string { return s }},
	"azure":   {func(f *flow.Flow) string { return ".azure-pipelines/" + f.Name + ".yml" }, readAzure, plainAzure},
	"jenkins": {func(f *flow.Flow) string { return ".jenkins/" + f.Name + ".Jenkinsfile" }, readJenkins, func(s string) string { return s }},
}

var spacedMacro = regexp.MustCompile(`\$\( ([A-Za-z_][A-Za-z0-9_.]*) \)`)

func plainAzure(s string) string {
	return spacedMacro.ReplaceAllString(strings.ReplaceAll(s, "${{ '${{' }}", "${{"), "$$($1)")
}

var call = regexp.MustCompile(`(?:sh|sh\.exe"?) (?:\.fettle/(?:[a-z0-9-]+/)?release\.sh|\.git/fettle-release\.sh) ([^\n;})]*)`)

// refusesAuthors: the approver is compared with those who wrote the commits, and refused.
var refusesAuthors = regexp.MustCompile(`(?s)(if grep -qxF -e "\$approver" authors; then|\*",\$mail,"\* \| \*"-\$login@users\.noreply\."\*\)).*wrote a commit of this version.*exit 1`)

// judged: the approvals that earlier attempts had do not count, nor does one of who started the run.
var judged = regexp.MustCompile(`(?s)^gh api "repos/\$GITHUB_REPOSITORY/actions/runs/\$GITHUB_RUN_ID/approvals" --jq '\.\[\] \| select\(\.state == "approved"\) [^\n]*' > approvals
sort approvals > now
printf '%s\\n' "\$EARLIER" \| tr ' ' '\\n' \| sort > earlier
approver=\$\(comm -13 earlier now \| awk -F / '\$1 == ENVIRON\["APPROVAL"\] \{ print \$2 \}' \| uniq \| paste -s -d ' ' -\)
case \$approver in
  ""\)
    echo [^\n]*
    exit 1 ;;
  \*" "\*\)
    echo [^\n]*
    exit 1 ;;
  "\$REQUESTER" \| "\$ACTOR"\)
    echo [^\n]*
    exit 1 ;;
esac
if \[ \$\(\(\$\(date \+%s\) - ASKED_AT\)\) -gt [0-9]+ \]; then
  echo [^\n]*
  exit 1
fi
`)

// listed: what was approved before is read before anybody is asked.
var listed = regexp.MustCompile(`^if \[ "\$GITHUB_RUN_ATTEMPT" -gt 1 \]; then
  gh api "repos/\$GITHUB_REPOSITORY/actions/runs/\$GITHUB_RUN_ID/approvals" --jq [^\n]* > "\$RUNNER_TEMP/approvals"
  echo "approved=`)

// operationsIn finds the calls of the release script in a command.
func operationsIn(text string, failure bool) []string {
	var out []string
	for _, m := range call.FindAllStringSubmatch(text, -1) {
		var words []string
		for _, w := range strings.Fields(m[1]) {
			words = append(words, strings.Trim(w, `"'`))
		}
		op := strings.Join(words, " ")
		if failure {
			op = "! " + op
		}
		out = append(out, op)
	}
	return out
}

// passes notes what lets a failure of the job pass unseen.
func (r *read) passes(found bool, what string) {
	if found {
		r.loose = append(r.loose, what)
	}
}

func (r *read) command(text string, failure bool) {
	r.Authors = r.Authors || refusesAuthors.MatchString(text)
	r.texts = append(r.texts, text)
	r.Operations = append(r.Operations, operationsIn(text, failure)...)
}

// set notes a option of a target.
func (r *read) set(target, option string) {
	if r.Options == nil {
		r.Options = map[string][]string{}
	}
	r.Options[target] = append(r.Options[target], option)
}

func readGitHub(_ *flow.Flow, content string) (map[string]*read, error) {
	var file struct {
		Jobs map[string]struct {
			Needs       []string
			If          string
			Continue    bool `yaml:"continue-on-error"`
			Timeout     int  `yaml:"timeout-minutes"`
			Permissions map[string]string
			Container   string
			Concurrency struct{ Group, Queue string }
			Environment struct {
				Name       string
				Deployment *bool
			}
			Outputs map[string]string
			Steps   []struct {
				ID, If, Run string
				Env         map[string]string
				Continue    bool `yaml:"continue-on-error"`
			}
		}
	}
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		return nil, err
	}
	out := map[string]*read{}
	for id, j := range file.Jobs {
		r := &read{Job: graph.Job{ID: id, After: j.Needs, Lock: j.Concurrency.Group, Timeout: j.Timeout > 0, Condition: j.If}}
		if j.Concurrency.Group != "" && j.Concurrency.Queue != "max" {
			r.Lock = "drops"
		}
		if r.Approval = strings.Contains(j.Environment.Name, "-approval-") && j.Environment.Deployment != nil && !*j.Environment.Deployment && len(j.Steps) > 0 && len(j.Needs) > 0; r.Approval {
			step, request := j.Steps[0], file.Jobs[j.Needs[0]]
			want := map[string]string{
				"GH_TOKEN": "${{ github.token }}", "APPROVAL": j.Environment.Name, "ACTOR": "${{ github.actor }}", "REQUESTER": "${{ github.triggering_actor }}",
				"ASKED_AT": "${{ needs." + j.Needs[0] + ".outputs.asked_at }}", "EARLIER": "${{ needs." + j.Needs[0] + ".outputs.approved_earlier }}",
			}
			for name, value := range want {
				r.Approval = r.Approval && step.Env[name] == value
			}
			r.Approval = r.Approval && judged.MatchString(step.Run) && request.Outputs["approved_earlier"] == "${{ steps.earlier.outputs.approved }}" &&
				len(request.Steps) > 0 && request.Steps[0].ID == "earlier" && listed.MatchString(request.Steps[0].Run)
		}
		r.passes(strings.HasSuffix(j.Environment.Name, "fettle") && (j.Environment.Deployment == nil || *j.Environment.Deployment), "a deployment to "+j.Environment.Name)
		r.Condition = conditionOf(strings.Replace(j.If, "needs.changes.", "needs.identify.", 1), `needs.identify.outputs.proceed == 'true'`, `inputs\.(\w+) == '([^']+)'`, "always() && (contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled'))")
		r.Informs = j.Continue
		for what, may := range j.Permissions {
			if what == "id-token" {
				r.set("github", "id_token")
			}
			r.passes(may == "write" && what != "id-token", what+": write")
		}
		if j.Container != "" {
			r.set("github", "in "+j.Container)
		}
		for _, s := range j.Steps {
			r.command(s.Run, s.If == "failure() || cancelled()")
			r.passes(s.Run != "" && (s.Continue || s.If != "" && s.If != "failure() || cancelled()"), s.Run)
		}
		out[id] = r
	}
	return out, nil
}

// expression is a regular expression, compiled once.
func expression(pattern string) *regexp.Regexp {
	if re, ok := expressions.Load(pattern); ok {
		return re.(*regexp.Regexp)
	}
	re, _ := expressions.LoadOrStore(pattern, regexp.MustCompile(pattern))
	return re.(*regexp.Regexp)
}

var expressions sync.Map

func conditionOf(s, proceed, chosen, failed string) string {
	if m := expression("^" + chosen + "$").FindStringSubmatch(s); m != nil {
		return "chosen " + strings.ToLower(m[1]) + "=" + m[2]
	}
	switch s {
	case proceed:
		return "proceed"
	case failed:
		return "failed"
	}
	return s
}

// refusesRequester: who asked does not approve, and nobody does where nothing says who asked.
var refusesRequester = regexp.MustCompile(`^if \[ -z "\$RELEASE_REQUESTER" \]; then
  echo [^\n]*
  exit 1
fi
if \[ "\$GITLAB_USER_LOGIN" = "\$RELEASE_REQUESTER" \]; then
  echo [^\n]*
  exit 1
fi
`)

// handsRequester: in the words of the shell that the job has.
func handsRequester(script []string) bool {
	if slices.ContainsFunc(script, func(s string) bool { return strings.Contains(s, "$env:") }) {
		return slices.Contains(script, `Add-Content -Encoding ascii release.env "RELEASE_REQUESTER=$env:GITLAB_USER_LOGIN"`)
	}
	return slices.Contains(script, `echo "RELEASE_REQUESTER=$GITLAB_USER_LOGIN" >> release.env`)
}

// endsWithoutProceed: the job fails where there is nothing to do.
func endsWithoutProceed(s string) bool {
	return strings.Contains(s, "exit 1") &&
		(strings.HasPrefix(s, "grep -qx RELEASE_PROCEED=true release.env || {") || strings.HasPrefix(s, "if (-not (Select-String -Quiet -CaseSensitive -Pattern '^RELEASE_PROCEED=true$' -Path release.env)) {"))
}

func readGitLab(f *flow.Flow, content string) (map[string]*read, error) {
	var file map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		return nil, err
	}
	out, stops := map[string]*read{}, false
	component := strings.TrimSuffix(f.Name, f.ID()) // it stands before every job: those of others may be in the same pipeline
	for key, node := range file {
		if key == "default" || key == "variables" || key == "stages" {
			continue
		}
		id, own := strings.CutPrefix(key, component)
		if !own {
			return nil, fmt.Errorf("the job %s could be another component's", key)
		}
		var j struct {
			Stage, When, Timeout string
			Image                string
			Needs                []string
			Lock                 string `yaml:"resource_group"`
			AllowFailure         *bool  `yaml:"allow_failure"`
			Environment          struct{ Action string }
			Rules                []struct {
				If      string
				Changes []string
			}
			Script      []string
			AfterScript []string                        `yaml:"after_script"`
			IDTokens    map[string]struct{ Aud string } `yaml:"id_tokens"`
		}
		if err := node.Decode(&j); err != nil {
			return nil, err
		}
		for i, n := range j.Needs {
			j.Needs[i] = strings.TrimPrefix(n, component)
		}
		r := &read{Job: graph.Job{ID: id, After: j.Needs, Lock: j.Lock, Timeout: j.Timeout != ""}}
		r.Approval = j.When == "manual" && j.AllowFailure != nil && !*j.AllowFailure
		if r.Approval = r.Approval && len(j.Needs) > 0 && j.Environment.Action == "prepare"; r.Approval {
			var request struct{ Script []string }
			node := file[component+j.Needs[0]]
			if err := node.Decode(&request); err != nil {
				return nil, err
			}
			r.Approval = refusesRequester.MatchString(strings.Join(j.Script, "\n")) && handsRequester(request.Script)
		}
		if j.When == "on_failure" && j.Stage == ".post" {
			r.Condition = "failed"
		}
		if len(j.Rules) == 1 && f.Kind != flow.MergeRequest {
			r.Condition = conditionOf(j.Rules[0].If, "", `\$INPUT_(\w+) == "([^"]+)"`, "")
		}
		if f.Kind == flow.MergeRequest {
			var targets []string
			for _, rule := range j.Rules {
				for _, m := range gitlabTargets.FindAllStringSubmatch(rule.If, -1) {
					targets = append(targets, globOf(m))
				}
			}
			if len(j.Rules) == 1 && len(j.Rules[0].Changes) > 0 {
				r.Condition = "proceed"
				r.passes(fmt.Sprint(plainGlobs(j.Rules[0].Changes)) != fmt.Sprint(requestPaths(f)), "changes elsewhere")
			}
			r.passes(fmt.Sprint(targets) != fmt.Sprint(startedBy(f).request), "requests to other branches")
		}
		for _, name := range slices.Sorted(maps.Keys(j.IDTokens)) {
			r.set("gitlab", "id_tokens "+name+"="+j.IDTokens[name].Aud)
		}
		if j.Image != "" {
			r.set("gitlab", "in "+j.Image)
		}
		r.Informs = j.AllowFailure != nil && *j.AllowFailure
		r.passes(len(j.Rules) > 1 || !slices.Contains([]string{"", "manual", "on_success", "on_failure"}, j.When), "when or rules")
		for _, s := range j.Script {
			stops = stops || id == "identify" && endsWithoutProceed(s)
			r.command(s, false)
			r.passes(strings.Contains(s, "|| echo"), s)
		}
		for _, s := range j.AfterScript {
			r.command(s, strings.Contains(s, "CI_JOB_STATUS"))
		}
		out[id] = r
	}
	for _, r := range out {
		if stops && slices.Equal(r.After, []string{"identify"}) {
			r.Condition = "proceed"
		}
	}
	return out, nil
}

func readAzure(_ *flow.Flow, content string) (map[string]*read, error) {
	type step struct {
		Bash, Script, Powershell, Pwsh, Task, Condition string
		Inputs                                          map[string]string
		Continue                                        bool `yaml:"continueOnError"`
	}
	var file struct {
		LockBehavior string `yaml:"lockBehavior"`
		Stages       []struct {
			Stage, Condition string
			DependsOn        []string `yaml:"dependsOn"`
			Skippable        *bool    `yaml:"isSkippable"`
			Jobs             []struct {
				Job, Deployment, Environment string
				Condition                    string
				Continue                     bool `yaml:"continueOnError"`
				Container                    struct{ Image string }
				Timeout                      int `yaml:"timeoutInMinutes"`
				Steps                        []step
				Strategy                     struct {
					RunOnce struct{ Deploy struct{ Steps []step } } `yaml:"runOnce"`
				}
			}
		}
	}
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		return nil, err
	}
	id := func(s string) string { return strings.ReplaceAll(s, "_", "-") }
	out := map[string]*read{}
	for _, s := range file.Stages {
		j := s.Jobs[0]
		r := &read{Job: graph.Job{ID: id(s.Stage), Timeout: j.Timeout > 0}}
		if j.Deployment != "" && file.LockBehavior == "sequential" {
			r.Lock = j.Environment
		}
		for _, d := range s.DependsOn {
			r.After = append(r.After, id(d))
		}
		var results []string
		gates := 0
		for _, d := range s.DependsOn {
			results = append(results, "dependencies."+d+".result")
			demanded := ", eq(dependencies." + d + ".result, 'Succeeded')"
			if strings.HasPrefix(d, "approve_") && !strings.HasPrefix(s.Condition, "or(failed()") {
				r.passes(!strings.Contains(s.Condition, demanded), "a stage without its gate "+d)
				s.Condition = strings.Replace(s.Condition, demanded, "", 1)
				gates++
			}
		}
		if gates > 0 && s.Condition == "and(succeeded())" {
			s.Condition = ""
		}
		r.passes(s.Skippable == nil || *s.Skippable, "a stage that somebody deselects")
		r.Condition = conditionOf(strings.ReplaceAll(s.Condition, "changes", "identify"), "and(succeeded(), eq(dependencies.identify.outputs['identify.identify.proceed'], 'true'))",
			`and\(succeeded\(\), eq\('\$\{\{ parameters\.(\w+) \}\}', '([^']+)'\)\)`, "or(failed(), canceled(), in('Canceled', "+strings.Join(results, ", ")+"))")
		if j.Container.Image != "" {
			r.set("azure", "in "+j.Container.Image)
		}
		for _, st := range append(j.Steps, j.Strategy.RunOnce.Deploy.Steps...) {
			r.Approval = r.Approval || st.Task == "ManualValidation@1"
			text := st.Bash + st.Script + st.Powershell + st.Pwsh
			if st.Task == "AzureCLI@2" && st.Inputs["scriptLocation"] == "inlineScript" {
				text = st.Inputs["inlineScript"]
				r.set("azure", "connection "+st.Inputs["azureSubscription"])
			}
			r.command(text, st.Condition == "or(failed(), canceled())")
			r.passes(text != "" && (st.Continue || st.Condition != "" && st.Condition != "or(failed(), canceled())"), text)
		}
		r.Informs = j.Continue
		r.passes(j.Condition != "" || len(s.Jobs) != 1, "job "+r.ID)
		out[r.ID] = r
	}
	return out, nil
}

// readJenkins reads the structure of a Jenkinsfile: blocks and statements. A
// stage waits for every stage before it, but for those beside it in a parallel.
func readJenkins(f *flow.Flow, content string) (map[string]*read, error) {
	root, err := readGroovy(content)
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, j := range f.Jobs {
		ids[j.Title] = j.ID()
	}
	w := &jenkinsReader{ids: ids, out: map[string]*read{}}
	pipeline := root.find("pipeline")
	if pipeline == nil {
		return nil, fmt.Errorf("no pipeline")
	}
	if options := pipeline.find("options"); options == nil || !strings.Contains(options.text(), "disableRestartFromStage()") {
		return nil, fmt.Errorf("a stage could be restarted alone, past the gates before it")
	}
	w.stages(pipeline.find("stages"), "")
	if post := pipeline.find("post"); post != nil {
		r := &read{Job: graph.Job{ID: "notify-failure", Condition: "failed"}}
		if failure := post.find("unsuccessful"); failure != nil {
			w.commands(r, failure, false)
			r.Timeout = strings.Contains(failure.text(), "timeout(time:")
			w.out[r.ID] = r
		}
	}
	return w.out, nil
}

// groovyImage is the image of a stage: of its agent, or taken inside.
var groovyImage = regexp.MustCompile(`(?m)^agent\ndocker\nimage '([^']+)'$|^docker\.image\('([^']+)'\)\.inside$`)

type jenkinsReader struct {
	ids    map[string]string
	before []string
	out    map[string]*read
}

func (w *jenkinsReader) stages(n *groovyNode, condition string) {
	for _, s := range n.body {
		w.stage(s, condition)
	}
}

func (w *jenkinsReader) stage(s *groovyNode, condition string) {
	title := strings.TrimSuffix(strings.TrimPrefix(s.head, "stage('"), "')")
	if when := s.find("when"); when != nil {
		if m := regexp.MustCompile(`environment name: '(\w+)', value: '([^']+)'`).FindStringSubmatch(when.text()); m != nil {
			condition = "chosen " + strings.ToLower(m[1][strings.LastIndex(m[1], "_")+1:]) + "=" + m[2]
			if m[1] == "RELEASE_PROCEED" {
				condition = "proceed"
			}
		}
	}
	if nested := s.find("stages"); nested != nil {
		w.stages(nested, condition)
		return
	}
	if side := s.find("parallel"); side != nil {
		before := slices.Clone(w.before)
		all := slices.Clone(before)
		for _, p := range side.body {
			w.before = slices.Clone(before)
			w.stage(p, condition)
			all = append(all, w.before[len(before):]...)
		}
		w.before = all
		return
	}
	w.job(s, w.ids[title], condition)
}

func (w *jenkinsReader) job(s *groovyNode, id, condition string) {
	r := &read{Job: graph.Job{ID: id, After: slices.Clone(w.before)}}
	gates := slices.DeleteFunc(slices.Clone(r.After), func(id string) bool { return id == "policy" || w.out[id] != nil && w.out[id].Informs }) // before what asks, and nothing of it
	if condition == "proceed" && !slices.Equal(gates, []string{"identify"}) && !slices.Equal(gates, []string{"changes"}) {
		condition = "" // inside the stage that asks, after others of it
	}
	r.Condition = condition
	options := s.find("options")
	r.Timeout = options != nil && strings.Contains(options.text(), "timeout(")
	if options != nil { // whose lock it is, TestJenkinsMethods says
		if m := regexp.MustCompile(`lock\(resource: '[^'/]+/([^']+)'\)`).FindStringSubmatch(options.text()); m != nil {
			r.Lock = m[1]
		}
	}
	if tools := s.find("tools"); tools != nil {
		for _, t := range tools.body {
			kind, name, _ := strings.Cut(t.head, " ")
			r.set("jenkins", "tools "+kind+"="+ungroovy(name))
		}
	}
	if m := groovyImage.FindStringSubmatch(s.text()); m != nil {
		r.set("jenkins", "in "+m[1]+m[2])
	}
	input := s.find("input")
	r.Approval = input != nil && s.find("agent") == nil && strings.Contains(input.text(), "submitter '") && refusesStarter.MatchString(s.find("steps").text())
	w.commands(r, s.find("steps"), false)
	if r.Informs = informs(s.find("steps")); r.Informs {
		r.Timeout = strings.HasPrefix(s.find("steps").body[0].body[0].head, "timeout(time:")
	} else {
		w.caught(r, s.find("steps"))
	}
	if post := s.find("post"); post != nil {
		if failed := post.find("unsuccessful"); failed != nil {
			w.commands(r, failed, true)
		}
	}
	w.out[id] = r
	w.before = append(w.before, id)
}

// refusesStarter is what an approval does after somebody gave it.
var refusesStarter = regexp.MustCompile(`^steps
if \(currentBuild\.getBuildCauses\('hudson\.model\.Cause\$UserIdCause'\)\.any \{ it\.userId == env\.APPROVER \}\)
error\('Who started the run cannot approve it\.'\)
env\.setProperty\('RELEASE_APPROVER_\w+', env\.APPROVER\)
(?:env\.setProperty\('RELEASE_ENDED_\w+', 'yes'\)
)?$`)

// informs tells whether whatever fails in a stage stops nothing: all that it
// does, its machine and its time included, stands in one catchError.
func informs(steps *groovyNode) bool {
	return steps != nil && len(steps.body) == 1 && strings.HasPrefix(steps.body[0].head, "catchError(buildResult: 'SUCCESS'") &&
		len(steps.body[0].body) == 1 && strings.HasPrefix(steps.body[0].body[0].head, "timeout(")
}

var catches = regexp.MustCompile(`^(catchError|warnError|try)\b|returnStatus`)

func (w *jenkinsReader) caught(r *read, n *groovyNode) {
	if n == nil {
		return
	}
	if catches.MatchString(n.head) {
		inside := &read{}
		w.commands(inside, n, false)
		r.passes(true, strings.Join(append(inside.texts, n.head), "\n"))
		return
	}
	for _, c := range n.body {
		w.caught(r, c)
	}
}

var groovyScript = regexp.MustCompile(`(?s)script: ('''.*?'''|'(?:\\.|[^'\\])*')`)

func (w *jenkinsReader) commands(r *read, n *groovyNode, failure bool) {
	r.said += n.text()
	for _, m := range groovyScript.FindAllStringSubmatch(n.text(), -1) {
		r.command(ungroovy(m[1]), failure)
	}
}

func ungroovy(s string) string {
	quote := "'"
	if strings.HasPrefix(s, "'''") {
		quote = "'''"
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, quote), quote)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'u':
			var r rune
			fmt.Sscanf(s[i+1:i+5], "%04X", &r)
			b.WriteRune(r)
			i += 4
		case 't':
			b.WriteByte('\t')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// groovyNode is a statement and what stands in its braces.
type groovyNode struct {
	head string
	body []*groovyNode
}

func (n *groovyNode) find(head string) *groovyNode {
	if n == nil {
		return nil
	}
	for _, c := range n.body {
		if c.head == head {
			return c
		}
	}
	return nil
}

func (n *groovyNode) text() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(n.head + "\n")
	for _, c := range n.body {
		b.WriteString(c.text())
	}
	return b.String()
}

// parseGroovy reads lines: one that ends with { outside of a literal opens a
// block, a } closes it. A literal over several lines is one statement.
func parseGroovy(content string) *groovyNode {
	root := &groovyNode{}
	stack := []*groovyNode{root}
	var literal []string
	for line := range strings.Lines(content) {
		line = strings.TrimSuffix(line, "\n")
		if literal != nil || strings.Count(line, "'''")%2 == 1 {
			literal = append(literal, line)
			if len(literal) == 1 || strings.Count(line, "'''")%2 == 0 {
				continue
			}
			line, literal = strings.Join(literal, "\n"), nil
		}
		text := strings.TrimSpace(line)
		top := stack[len(stack)-1]
		switch {
		case text == "}":
			stack = stack[:len(stack)-1]
		case strings.HasSuffix(text, " {"):
			n := &groovyNode{head: strings.TrimSuffix(text, " {")}
			top.body, stack = append(top.body, n), append(stack, n)
		default:
			top.body = append(top.body, &groovyNode{head: text})
		}
	}
	return root
}
