package generators_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// What the methods above a pipeline do is what the plan asks of each stage that
// calls them: it begins clean, with the script of the mainline where the plan
// says so; what pushes, and nothing else, has the token; what an operation sets
// is handed on at once. A lock is that of the stage's own policy.
func TestJenkinsMethods(t *testing.T) {
	stages := 0
	for _, c := range cases(t) {
		content := contentOf(c.repository.Files)
		for _, result := range c.repository.Results {
			for _, f := range result.Plan.Flows {
				if !slices.Contains(result.Plan.Targets, "jenkins") {
					continue
				}
				stages += len(f.Jobs)
				if lost := notAsPlanned(result.Plan, f, content[readers["jenkins"].path(f)]); lost != "" {
					t.Errorf("%s %s: %s", c.name, f.ID(), lost)
				}
			}
		}
	}
	if stages < 500 {
		t.Errorf("only %d stages were looked at", stages)
	}
}

// Each line of a method that is dropped, and each of its texts that is another
// one, is found.
func TestJenkinsMethodsMutants(t *testing.T) {
	tried := map[string]bool{}
	for _, c := range cases(t) {
		content := contentOf(c.repository.Files)
		for _, f := range c.repository.Results[0].Plan.Flows {
			if !slices.Contains(c.repository.Results[0].Plan.Targets, "jenkins") {
				continue
			}
			whole := content[readers["jenkins"].path(f)]
			for _, m := range methodMutants(whole) {
				if tried[m.what] {
					continue
				}
				tried[m.what] = true
				if notAsPlanned(c.repository.Results[0].Plan, f, m.content) == "" {
					t.Errorf("%s %s: goes unnoticed: %s", c.name, f.ID(), m.what)
				}
			}
		}
	}
	result := caseNamed(t, "approvals")
	whole := contentOf(result.Files)[".jenkins/hotfix.Jenkinsfile"]
	if other := strings.ReplaceAll(whole, "lock(resource: 'approvals/", "lock(resource: '"); other == whole || notAsPlanned(result.Plan, result.Plan.Flow("hotfix"), other) == "" {
		t.Error("goes unnoticed: a lock without its policy")
	}
	if len(tried) < 40 {
		t.Errorf("only %d changes were tried", len(tried))
	}
}

// methodMutants are the files with one line of a method dropped or changed.
func methodMutants(content string) []mutant {
	lines := strings.Split(content, "\n")
	var out []mutant
	name := ""
	for i, line := range lines {
		if m := methodDefinition.FindStringSubmatch(strings.TrimSuffix(line, " {")); m != nil {
			name = m[1]
		}
		if line == "pipeline {" {
			return out
		}
		if name == "" || indent(line) == 0 || strings.TrimSpace(line) == "}" {
			continue
		}
		end := blockEnd("jenkins", lines, i)
		out = append(out, mutant{name + " without " + strings.Join(lines[i:end], "\n"), strings.Join(slices.Concat(lines[:i], lines[end:]), "\n"), name})
		for k, literal := range groovyLiterals.FindAllStringIndex(line, -1) {
			if strings.HasSuffix(line[:literal[0]], "label: ") || strings.HasSuffix(line[:literal[0]], "error(") {
				continue // words for people
			}
			changed := slices.Clone(lines)
			changed[i] = line[:literal[1]-1] + "x" + line[literal[1]-1:]
			out = append(out, mutant{fmt.Sprintf("%s with another text %d in %s", name, k, line), strings.Join(changed, "\n"), name})
		}
		for _, swap := range [][2]string{{"command", "title"}, {"variable", "'x'"}, {" == ", " != "}, {"at + 1", "at"}, {"script: command", `script: "${command}"`}} {
			if strings.Contains(line, swap[0]) {
				changed := slices.Clone(lines)
				changed[i] = strings.Replace(line, swap[0], swap[1], 1)
				out = append(out, mutant{fmt.Sprintf("%s with %s for %s", name, swap[1], swap[0]), strings.Join(changed, "\n"), name})
			}
		}
	}
	return out
}

// notAsPlanned says in which stage a Jenkinsfile does something else than the
// plan, or "".
func notAsPlanned(p *flow.Plan, f *flow.Flow, content string) string {
	root, err := readGroovy(content)
	if err != nil {
		return err.Error()
	}
	stages := map[string]*groovyNode{}
	var walk func(n *groovyNode)
	walk = func(n *groovyNode) {
		stages[n.head] = n
		for _, c := range n.body {
			walk(c)
		}
	}
	walk(root)
	for _, j := range f.Jobs {
		stage := stages["stage('"+j.Title+"')"]
		if j.Kind == flow.JobNotify {
			stage = root.find("pipeline").find("post").find("unsuccessful")
		}
		if lost := stageLost(p, j, stage); lost != "" {
			return j.Title + ": " + lost
		}
	}
	return ""
}

// given are the credentials of what pushes; the key too where commits are signed.
func given(p *flow.Plan) string {
	key := ""
	if p.Committer.Signed {
		key = ", string(credentialsId: 'fettle-signing-key', variable: 'FETTLE_SIGNING_KEY')"
	}
	return "withCredentials([string(credentialsId: 'fettle', variable: 'FETTLE_TOKEN')" + key + "])"
}

// handsOn is how what an operation found becomes variables.
const handsOn = `for (line in readFile(env.RELEASE_OUTPUT).readLines())
int at = line.indexOf('=')
env.setProperty('RELEASE_' + line.substring(0, at).toUpperCase(), line.substring(at + 1))
`

func stageLost(p *flow.Plan, j *flow.Job, stage *groovyNode) string {
	if j.Mark != "" && !strings.HasSuffix(stage.find("steps").text(), "\nenv.setProperty('"+j.Mark+"', 'yes')\n") {
		return "it does not end by saying that it succeeded"
	}
	if j.Kind == flow.JobApprove {
		if !refusesStarter.MatchString(stage.find("steps").text()) || !strings.Contains(stage.text(), "env.setProperty('"+j.ApproverVariable()+"', ") {
			return "the approval is not that of somebody else, kept as " + j.ApproverVariable()
		}
		return ""
	}
	if j.Lock != "" && !strings.Contains(stage.find("options").text(), "lock(resource: '"+p.Policy+"/"+j.Lock+"')") {
		return "its lock is not that of its own policy"
	}
	shell, ours := "sh", func(s string) string { return s }
	if j.Agent.OS == flow.Windows {
		shell, ours = "bat", func(s string) string { return `"%ProgramFiles%\Git\bin\sh.exe" -c "` + s + `"` }
	}
	step := func(s string) string { return shell + " " + ours(s) }
	begins := []string{step("[ ! -e .git ] || ! git rev-parse --quiet --verify HEAD || git submodule --quiet deinit --force --all"), "checkout scm", step("git clean -ffdxq")}
	all := inOrder(stage, given(p), false)
	for _, s := range j.Steps {
		switch s := s.(type) {
		case flow.Checkout:
			if s.LFS {
				begins[1] = "checkout([$class: 'GitSCM', branches: scm.branches, extensions: scm.extensions + [[$class: 'GitLFSPull']], userRemoteConfigs: scm.userRemoteConfigs])"
			}
			if s.Mainline {
				begins = append(begins, step("git show refs/remotes/origin/"+p.Mainline+":"+p.Script+" > "+j.Script))
			}
			for i, want := range begins {
				if i >= len(all) || all[i].text != want {
					return "it does not begin with " + want
				}
			}
		case flow.Operation:
			if lost := operationLost(j, s, all); lost != "" {
				return lost
			}
		case flow.Causes:
			if want := causesOf(s.Of); !strings.Contains(stage.text(), want) {
				return "it does not name what did not succeed by\n" + want
			}
		case flow.Publish:
			if !strings.Contains(stage.text(), handsOn) {
				return "the checksum of the artifact is not handed on"
			}
			if !s.Stored && !strings.Contains(stage.text(), "\ncurrentBuild.keepLog = true ") {
				return "the build of the artifact is not kept"
			}
		}
	}
	return ""
}

// causesOf is how a pipeline names the stages that did not come to their end,
// for flows whose checks alone stand side by side and whose stages are all
// wanted.
func causesOf(jobs []*flow.Job) string {
	var b strings.Builder
	b.WriteString("List causes = []\nboolean stopped = currentBuild.currentResult == 'ABORTED'\n")
	for i, j := range jobs {
		add := func(stopped, failed string) {
			fmt.Fprintf(&b, "causes.add(stopped ? '%s: %s' : '%s: %s')\n", j.Title, stopped, j.Title, failed)
		}
		switch {
		case j.Kind == flow.JobApprove:
			fmt.Fprintf(&b, "if (causes.isEmpty() && env.%s == null)\n", j.Mark)
			add("refused, cancelled or not given in time", "refused or not given in time")
		case j.Kind == flow.JobCheck:
			if jobs[i-1].Kind != flow.JobCheck {
				b.WriteString("if (causes.isEmpty())\n")
			}
			fmt.Fprintf(&b, "if (env.%s == null)\n", j.Mark)
			add("failed, ran out of time or was cancelled", "failed")
		default:
			fmt.Fprintf(&b, "if (causes.isEmpty() && env.%s == null)\n", j.Mark)
			add("ran out of time or was cancelled", "failed")
		}
	}
	b.WriteString("env.setProperty('RELEASE_FAILURE', causes.isEmpty() ? 'a job did not succeed' : causes.join('; '))\n")
	return b.String()
}

func operationLost(j *flow.Job, op flow.Operation, all []done) string {
	of := regexp.MustCompile(`release\.sh ` + op.Name + `\b`)
	at := slices.IndexFunc(all, func(d done) bool { return of.MatchString(d.text) })
	switch {
	case at < 0:
		return op.Name + " is not run"
	case all[at].token != gen.HasToken(j, op):
		return op.Name + " has the token, or lacks it"
	case len(op.Sets) > 0 && (at+1 == len(all) || all[at+1].text != handsOn):
		return op.Name + ": what it sets is not handed on"
	}
	return ""
}

// done is a command, with its shell, or another statement; with the token or
// without it.
type done struct {
	text  string
	token bool
}

// inOrder are the steps of a stage as they run, and which have the credentials.
func inOrder(n *groovyNode, credentials string, token bool) []done {
	if strings.HasPrefix(n.head, "for (") {
		return []done{{n.text(), token}}
	}
	if len(n.body) == 0 {
		step, _, _ := strings.Cut(n.head, " ")
		if m := groovyScript.FindStringSubmatch(n.head); m != nil {
			return []done{{step + " " + ungroovy(m[1]), token}}
		}
		return []done{{n.head, token}}
	}
	var out []done
	for _, c := range n.body {
		if slices.Contains([]string{"options", "agent", "environment", "when", "tools"}, c.head) {
			continue
		}
		out = append(out, inOrder(c, credentials, token || n.head == credentials)...)
	}
	return out
}
