package generators_test

import (
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
)

// standing is a step of a file as far as it is told here: what its shell reads,
// whether it has the credential that pushes, and whether what it sets could reach
// a later step.
type standing struct {
	text    string
	token   bool
	reaches bool
}

// standings read the steps of a file, in order.
var standings = map[string]func(content string) ([]standing, error){
	"github": standingGitHub, "gitlab": standingGitLab, "azure": standingAzure, "jenkins": standingJenkins,
}

// No command of the policy has the credential that pushes, and none sets
// anything for a later step: every step of every target of every case is looked at.
func TestCommandsStandAlone(t *testing.T) {
	runs := 0
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			content := contentOf(c.repository.Files)
			for _, f := range r.Plan.Flows {
				for _, target := range r.Plan.Targets {
					text := content[readers[target].path(f)]
					if r.Plan.Committer.Signed { // who is without the one is without the other
						text = withoutBoth.Replace(text)
					}
					n, wrong := notAlone(target, f, text)
					runs += n
					for _, w := range wrong {
						t.Errorf("%s: %s %s: %s", c.name, target, f.Name, w)
					}
				}
			}
		}
	}
	if runs < 500 {
		t.Errorf("only %d commands were looked at", runs)
	}
}

// withoutBoth reads what takes the credential away as doing so only where it
// takes the key that signs as well.
var withoutBoth = strings.NewReplacer("unset FETTLE_TOKEN FETTLE_SIGNING_KEY", "unset FETTLE_TOKEN", "unset FETTLE_TOKEN", "true",
	"$env:FETTLE_TOKEN = $null; $env:FETTLE_SIGNING_KEY = $null", "$env:FETTLE_TOKEN = $null", "$env:FETTLE_TOKEN = $null", "")

// Each way in which a command would not stand alone is found.
func TestNotAloneIsFound(t *testing.T) {
	for target, losses := range map[string][][2]string{
		"github":  {{"export GITHUB_ENV=/dev/null GITHUB_PATH=/dev/null\n", ""}, {"export GITHUB_ENV=/dev/null GITHUB_PATH=/dev/null", "export GITHUB_ENV=/dev/null"}, {"- name: Deploy\n", "- name: Deploy\n        env: {FETTLE_TOKEN: x}\n"}, {"- name: Make the version\n", "- name: Make the version\n        env: {FETTLE_TOKEN: x}\n"}},
		"gitlab":  {{"unset FETTLE_TOKEN", "true"}, {"unset FETTLE_TOKEN &&", "true &&"}, {"      (\n", "      {\n"}},
		"azure":   {{"settableVariables: none", "settableVariables: [PATH]"}, {"commands: restricted", "commands: any"}, {"displayName: Deploy\n", "displayName: Deploy\n            env: {FETTLE_TOKEN: x}\n"}},
		"jenkins": {{"sh label: 'Deploy'", "withCredentials([string(credentialsId: 'fettle', variable: 'FETTLE_TOKEN')]) {\nsh label: 'Deploy'"}, {"sh label: 'Make the version'", "withCredentials([string(credentialsId: 'fettle', variable: 'FETTLE_TOKEN')]) {\nsh label: 'Make the version'"}},
	} {
		r := caseNamed(t, "version")
		f := r.Plan.Flow("delivery")
		content := contentOf(r.Files)[readers[target].path(f)]
		for _, loss := range losses {
			if !strings.Contains(content, loss[0]) {
				t.Errorf("%s has no %q", target, loss[0])
			}
			if _, wrong := notAlone(target, f, strings.ReplaceAll(content, loss[0], loss[1])); wrong == nil {
				t.Errorf("%s: nobody finds %q in place of %q", target, loss[1], loss[0])
			}
		}
	}
}

// notAlone says which commands of a flow do not stand alone in the file, and
// how many there are.
func notAlone(target string, f *flow.Flow, content string) (runs int, wrong []string) {
	steps, err := standings[target](content)
	if err != nil {
		return 0, []string{err.Error()}
	}
	for _, j := range f.Jobs {
		for _, s := range j.Steps {
			text, isRun := commandOf(target, s)
			if text == "" {
				continue
			}
			found := false
			for _, step := range steps {
				if !strings.Contains(words(readers[target].plain(step.text)), text) {
					continue
				}
				found = true
				if step.token {
					wrong = append(wrong, fmt.Sprintf("%s: %q has the credential that pushes", j.ID(), text))
				}
				if step.reaches && isRun {
					wrong = append(wrong, fmt.Sprintf("%s: what %q sets reaches later steps", j.ID(), text))
				}
			}
			if runs++; !found {
				wrong = append(wrong, fmt.Sprintf("%s: there is no %q", j.ID(), text))
			}
		}
	}
	return runs, wrong
}

// commandOf is the text by which a command of the policy is found, and whether
// it must set nothing either: what is native may, for the commands of its job.
func commandOf(target string, s flow.Step) (text string, run bool) {
	switch s := s.(type) {
	case flow.Run:
		return words(strings.ReplaceAll(s.Script, "'", "")), true
	case flow.Operation:
		if s.RunsCommand() {
			return "release.sh " + s.Name, true
		}
	case flow.Native:
		if s.Target == target && target == "gitlab" { // elsewhere it is a step of its own, with what it names
			var items []string
			if err := yaml.Unmarshal([]byte(s.Text), &items); err == nil {
				return words(strings.ReplaceAll(items[0], "'", "")), false
			}
		}
	}
	return "", false
}

// words are those of a text: how it is indented and quoted differs.
func words(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "'", "")), " ")
}

func standingGitHub(content string) ([]standing, error) {
	var file struct {
		Jobs map[string]struct {
			Env   map[string]string
			Steps []struct {
				Run, Shell string
				Env        map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		return nil, err
	}
	closed := map[string]string{
		"cmd":        `set "GITHUB_ENV=%RUNNER_TEMP%\fettle-ignored" & set "GITHUB_PATH=%RUNNER_TEMP%\fettle-ignored"` + "\n",
		"powershell": `$env:GITHUB_ENV = $env:GITHUB_PATH = "$env:RUNNER_TEMP/fettle-ignored"` + "\n",
	}
	closed["pwsh"] = closed["powershell"]
	var out []standing
	for _, j := range file.Jobs {
		_, all := j.Env["FETTLE_TOKEN"]
		for _, s := range j.Steps {
			_, own := s.Env["FETTLE_TOKEN"]
			_, key := s.Env["FETTLE_SIGNING_KEY"]
			begin := closed[s.Shell]
			if begin == "" {
				begin = "export GITHUB_ENV=/dev/null GITHUB_PATH=/dev/null\n"
			}
			out = append(out, standing{s.Run, own || key || all, !strings.HasPrefix(s.Run, begin)})
		}
	}
	return out, nil
}

// standingGitLab: a variable of the project is in every job, until it is unset.
func standingGitLab(content string) ([]standing, error) {
	var file map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		return nil, err
	}
	var out []standing
	for key, node := range file {
		if key == "default" || key == "variables" || key == "stages" {
			continue
		}
		var j struct{ Script []string }
		if err := node.Decode(&j); err != nil {
			return nil, err
		}
		gone := false
		for _, s := range j.Script {
			gone = gone && !givesBack(s) || s == "unset FETTLE_TOKEN" || s == "$env:FETTLE_TOKEN = $null"
			shell := strings.HasPrefix(s, "(") && (strings.HasSuffix(s, ")") || strings.HasSuffix(s, `) || echo "This failed, and holds nothing up."`))
			process := strings.Contains(s, "Set-Content -Encoding utf8 .git/fettle-step.ps1 ") || strings.Contains(s, "Set-Content -Encoding ascii .git/fettle-step.cmd ")
			own := strings.HasPrefix(s, "(\n  unset FETTLE_TOKEN\n") || strings.HasPrefix(s, "(\nunset FETTLE_TOKEN\n") || strings.HasPrefix(s, "(unset FETTLE_TOKEN && ") || process && strings.Contains(s, "\n$env:FETTLE_TOKEN = $null\n")
			out = append(out, standing{s, !gone && !own, !shell && !process})
		}
	}
	return out, nil
}

// givesBack tells whether an item gives the shell the credential again.
func givesBack(item string) bool {
	return strings.HasPrefix(item, "export FETTLE_TOKEN=") || strings.HasPrefix(item, "$env:FETTLE_TOKEN = $fettle_aside_")
}

func standingAzure(content string) ([]standing, error) {
	type step struct {
		Bash, Script, Powershell, Pwsh, Task string
		Inputs, Env                          map[string]string
		Target                               struct {
			Commands  string
			Variables yaml.Node `yaml:"settableVariables"`
		}
	}
	var file struct {
		Stages []struct {
			Jobs []struct {
				Steps    []step
				Strategy struct {
					RunOnce struct{ Deploy struct{ Steps []step } } `yaml:"runOnce"`
				}
			}
		}
	}
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		return nil, err
	}
	var out []standing
	for _, s := range file.Stages {
		for _, j := range s.Jobs {
			for _, st := range append(j.Steps, j.Strategy.RunOnce.Deploy.Steps...) {
				token := false
				for _, v := range st.Env {
					token = token || strings.Contains(v, "System.AccessToken")
				}
				_, named := st.Env["FETTLE_TOKEN"]
				_, key := st.Env["FETTLE_SIGNING_KEY"]
				out = append(out, standing{st.Bash + st.Script + st.Powershell + st.Pwsh + st.Inputs["inlineScript"], token || named || key,
					st.Target.Commands != "restricted" || st.Target.Variables.Value != "none"})
			}
		}
	}
	return out, nil
}

// standingJenkins: a step sets nothing there, whatever it does; the credential
// is what a block hands out.
func standingJenkins(content string) ([]standing, error) {
	var out []standing
	var walk func(n *groovyNode, token bool)
	walk = func(n *groovyNode, token bool) {
		token = token || strings.Contains(n.head, "credentialsId: 'fettle'")
		for _, m := range groovyScript.FindAllStringSubmatch(n.head, -1) {
			out = append(out, standing{ungroovy(m[1]), token, false})
		}
		for _, c := range n.body {
			walk(c, token)
		}
	}
	root, err := readGroovy(content)
	if err != nil {
		return nil, err
	}
	walk(root, false)
	return out, nil
}
