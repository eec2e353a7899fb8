package starter

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

// Policy writes the policy of what was found. The text is not in the canonical
// form yet: that is another package's.
func Policy(f Facts) []byte {
	v := view{Facts: f, Several: len(f.Targets) > 1, Production: f.Environments[len(f.Environments)-1], OnGitLab: slices.Contains(f.Targets, "gitlab")}
	for _, t := range f.Targets {
		v.Groups = append(v.Groups, pair{t, text(groups[t](f.Owner))})
		v.Agents = append(v.Agents, pair{t, agents[t]})
	}
	var ids []string
	for _, name := range f.Environments {
		e := environment{ID: strings.ReplaceAll(name, "-", "_"), Last: name == v.Production, Tier: name == v.Production && name != "production"}
		e.Project = strings.ToUpper(strings.ReplaceAll(f.Name+"_"+name, "-", "_"))
		e.Deploy = deployTo(f.Deploy, name)
		v.Stages = append(v.Stages, e)
		ids = append(ids, "environment."+e.ID)
	}
	v.IDs = strings.Join(ids, ", ")
	var b bytes.Buffer
	if err := page.Execute(&b, v); err != nil {
		panic("starter: " + err.Error()) // a view has all that its template asks for
	}
	return b.Bytes()
}

type view struct {
	Facts
	Several        bool // targets, one of which deploys
	OnGitLab       bool
	Groups, Agents []pair
	Stages         []environment
	Production     string
	IDs            string
}

type pair struct{ Target, Value string }

type environment struct {
	ID, Project, Deploy string
	Last, Tier          bool
}

// groups are who approves, as each system names a team.
var groups = map[string]func(owner string) string{
	"github":  func(owner string) string { return owner + "/release-managers" },
	"gitlab":  func(owner string) string { return owner + "/release-managers" },
	"azure":   func(owner string) string { return "[" + owner + `]\Release managers` },
	"jenkins": func(string) string { return "release-managers" },
}

// agents are machines with MettleCI, as each system names them.
var agents = map[string]string{
	"github":  `{ runs_on = ["self-hosted", "windows", "mettleci"] }`,
	"gitlab":  `{ tags = ["windows", "mettleci"] }`,
	"azure":   `{ pool = "MettleCI" }`,
	"jenkins": `{ label = "windows && mettleci" }`,
}

// deployTo is the command that deploys to an environment, or one that fails until
// it is replaced.
func deployTo(command, environment string) string {
	if command == "" {
		return text(`echo "Replace this command: it has to deploy ${release.version} to ` + environment + `" && exit 1`)
	}
	return text(fmt.Sprintf(command, environment))
}

// command is one command, or the list of several.
func command(commands []string) string {
	if len(commands) == 1 {
		return text(commands[0])
	}
	return list(commands)
}

func list(words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, text(w))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// text is a text of the language: what is found holds run-time values and nothing
// else that it expands.
func text(s string) string { return strconv.Quote(s) }

var page = template.Must(template.New("policy").Funcs(template.FuncMap{"text": text, "list": list, "command": command}).Parse(`# The release policy. fettle explain WORD says what a word means; fettle rehearse shows the process on this machine.
policy {{ text .Name }} {
  mainline = {{ text .Mainline }}
  targets  = {{ list .Targets }}
{{- if .Several }}
  active   = {{ text .Active }} # one system deploys; the others are kept ready
{{- end }}
{{- with .Releases }}
  version  = {{ text .Scheme }}
{{- end }}
{{- if .OnGitLab }}

  # gitlab = { image = "REGISTRY/NAME@sha256:…" } # of jobs on Linux: without it they run in the runner's own, which changes
{{- end }}
}
{{- with .Releases }}

# Releases that were there before are tagged like this; new ones go on.
names {
  release        = {{ text .Pattern }}
  hotfix_release = {{ text .Pattern }}
}
{{- end }}

# Who approves a deployment to {{ .Production }}, and may not be the one who started it.
group "release_managers" {
{{- range .Groups }}
  {{ .Target }} = {{ .Value }}
{{- end }}
}
{{- if and .Build (not .MettleCI) }}

# Built once, deployed many times.
build {
  run      = {{ command .Build }}
  artifact = {{ text .Artifact }}
}
{{- end }}
{{- if .MettleCI }}

use "mettleci" {
  source = "builtin:mettleci"
}

agent "mettleci" {
  os       = "windows"
  provides = ["AGENTMETTLEHOME", "IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "IISPASSWORD"]
{{- range .Agents }}
  {{ .Target }} = {{ .Value }}
{{- end }}
}
{{- end }}
{{- if .Check }}

# A version without this check is no candidate.
check "unit" {
  run = {{ command .Check }}
{{- if .Report }}
  report = {{ text .Report }}
{{- else }}
  # report = "build/report.xml" # JUnit or SARIF: then a check that tested nothing does not count as passed
{{- end }}
}
{{- else }}

# Nothing that tests was found: replace the command.
check "unit" {
  run = "echo 'Replace this command: it has to test the commit' && exit 1"
}
{{- end }}
{{- range .Stages }}

environment "{{ .ID }}" {
{{- if .Tier }}
  tier = "production"
{{- end }}
{{- if $.MettleCI }}
  values = { project = "{{ .Project }}" }
  deploy = mettleci::deploy({ project = deployment.values.project })
  agent  = agent.mettleci
{{- else }}
  deploy = {{ .Deploy }}
{{- end }}
{{- if .Last }}

  approval "release" {
    approvers = [group.release_managers]
  }
{{- end }}
}
{{- end }}

# A push to the mainline: check, candidate, then each environment in this order.
delivery {
  checks       = [check.unit]
  environments = [{{ .IDs }}]
}

# A push to the hotfix branch of what production runs. It passes what a delivery passes, unless a waiver says otherwise.
hotfix {}

# A version that ran before comes back, without a build.
redeploy {}
`))
