package settings

import (
	"github.com/fettle-ci/fettle/flow"
)

var jenkins = &Host{
	Name: "jenkins", Title: "Jenkins", Scheme: Basic,
	Base:     Variable{Name: "JENKINS_URL", Text: "the address of Jenkins"},
	User:     Variable{Name: "JENKINS_USER_ID", Text: "whose token it is"},
	Token:    Variable{Name: "JENKINS_API_TOKEN", Text: "an API token of an administrator"},
	Rights:   Lookup{Path: "/pluginManager/api/json?tree=plugins[shortName]", Pick: `has("plugins")`},
	Needed:   "Overall/Administer: with less, Jenkins hides what there is",
	settings: jenkinsSettings,
}

// jenkinsPlugins are what the generated files use.
var jenkinsPlugins = []string{"branch-api", "copyartifact", "credentials-binding", "git", "job-dsl", "junit", "lockable-resources", "pipeline-input-step", "pipeline-model-definition", "timestamper", "workflow-multibranch"}

// Jenkins has no REST interface for most of what it must be set to: there is a
// checklist, and a comparison for what it tells.
func jenkinsSettings(p *flow.Plan) []Setting {
	out := []Setting{jenkinsInstalled, {
		ID: "seed", What: "A Job DSL seed job of `.jenkins/jobs.groovy`, with REPOSITORY (its address) and CREDENTIALS (what fetches it). It makes the folder " + code(p.Policy) + " and its projects.",
		Why: "A file that no project is made of runs never.", Read: "/job/" + part(p.Policy) + "/api/json?tree=name", Now: ".name", Want: lit(p.Policy),
		Hand: "New Item, Freestyle, *Process Job DSLs*; then build it.",
	}}
	if p.Splitting {
		out = append(out, jenkinsSplits)
	}
	for _, f := range p.Flows {
		out = append(out, jenkinsProject(p, f))
	}
	out = append(out, jenkinsCredential(p, "fettle", "secret text, a token that may push"+jenkinsToken[p.Forge]))
	for _, s := range secrets(p) {
		out = append(out, jenkinsCredential(p, s.Jenkins, "a secret of the policy"))
	}
	out = append(out, jenkinsRights(p), jenkinsAgents)
	return append(out, elsewhere(p)...)
}

// jenkinsToken is what the token is, by forge.
var jenkinsToken = map[string]string{
	"gitea":  ": the access token of a user of its own, with write:repository and write:issue",
	"github": ": the token of a user of its own, with contents, pull requests and issues (read and write)",
	"gitlab": ": the project access token `fettle`",
}

var jenkinsInstalled = Setting{
	ID: "plugins", What: "Plugins: " + codes(jenkinsPlugins) + ".",
	Why:  "The files do not load without them.",
	Read: "/pluginManager/api/json?tree=plugins[shortName,active]", Now: "(" + lit(jenkinsPlugins) + " - [.plugins[] | select(.active).shortName])", Want: "[]",
	Hand: "Manage Jenkins, Plugins.",
}

var jenkinsSplits = Setting{
	ID: "script-splitting", What: "The controller starts with `-D" + flow.ScriptSplitting + "`: the policy says that it does.",
	Why:  "A large pipeline does not compile without it: \"Method too large\".",
	Hand: "The options of Java with which the controller starts. No interface tells a system property.",
}

func jenkinsProject(p *flow.Plan, f *flow.Flow) Setting {
	path := "/job/" + part(p.Policy) + "/job/" + part(f.Name)
	return Setting{
		ID: "project/" + f.ID(), What: "Project " + code(p.Policy+"/"+f.Name) + ", made by the seed job.",
		Why: "A file that no project is made of runs never.", Read: path + "/api/json?tree=name", Now: ".name", Want: lit(f.Name),
		Hand: "Build the seed job.",
	}
}

func jenkinsCredential(p *flow.Plan, id, what string) Setting {
	return Setting{
		ID: "credential/" + id, What: "Credential " + code(id) + " in the folder " + code(p.Policy) + ": " + what + ".",
		Why:  "A job that needs it fails; outside of the folder every project of Jenkins could use it.",
		Read: "/job/" + part(p.Policy) + "/credentials/store/folder/domain/_/credential/" + part(id) + "/api/json?tree=id", Now: ".id", Want: lit(id),
		Hand: "The folder, Credentials.",
	}
}

func jenkinsRights(p *flow.Plan) Setting {
	var all gate
	for _, g := range gates(p) {
		all.groups = append(all.groups, g.groups...)
	}
	who := all.on("jenkins")
	what := "*Replay*, *Configure* and *Administer* are for administrators only: they bypass the files and every approval."
	if len(who) > 0 {
		what = "Who is named by `submitter` (" + codes(who) + ") has Job/Read on the folder " + code(p.Policy) + ". " + what
	}
	return Setting{ID: "rights", What: what, Why: "An approval could be given by nobody, or be left out.", Hand: "Manage Jenkins, Security, and the folder's own. Jenkins has no interface that tells who may do what."}
}

var jenkinsAgents = Setting{
	ID: "agents", What: "Agents with the label `linux` (sh, git 2.30 or newer, full clones), and those that the policy names.",
	Why:  "What no agent has the label of waits for ever.",
	Read: "/computer/api/json?tree=computer[offline,assignedLabels[name]]", Now: `any(.computer[]; (.offline | not) and any(.assignedLabels[]; .name == "linux"))`, Want: "true",
	Hand: "Manage Jenkins, Nodes.",
}
