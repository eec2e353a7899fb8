package settings

import (
	"cmp"
	"fmt"
	"strings"

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

// plugin is one that the generated files use, the oldest version that has what
// they use of it, and where that is written. Without a version any that the
// others demand will do.
type plugin struct{ name, version, has, source string }

var jenkinsPlugins = []plugin{
	{name: "branch-api"},
	{"cloudbees-folder", "6.708", "a branch that is gone is not discarded while it has a build that is kept", "its source, DefaultOrphanedItemStrategy, as of this version"},
	{"copyartifact", "1.44", "the option `copyArtifactPermission`, and that it is checked", "its changelog, 1.41 and 1.44 (SECURITY-988)"},
	{name: "credentials-binding"},
	{"git", "3.4.0", "traits of a branch source", "its changelog (JENKINS-43507)"},
	{"job-dsl", "1.77", "`pipelineTriggers` of a pipeline project", "its pull request 1208"},
	{"junit", "1.51", "`skipMarkingBuildUnstable`", "its pull request 282 (JENKINS-43692)"},
	{"lockable-resources", "1.8", "the step `lock`", "its changelog"},
	{name: "pipeline-input-step"},
	{"pipeline-model-definition", "2.2119", "the option `disableRestartFromStage`", "its commit 821aabd, the first after 2.2118 (JENKINS-54250)"},
	{name: "timestamper"},
	{name: "workflow-multibranch"},
	{"workflow-support", "2.22", "`currentBuild.keepLog` and `getBuildCauses`", "its changelog, 2.19 (JENKINS-49014) and 2.22 (JENKINS-41272)"},
}

// numbers of a version, for jq: 2.2119.v31fd5b is 2 and 2119.
const numbers = `[match("^[0-9]+(\\.[0-9]+)*").string | split(".")[] | tonumber]`

// lackingPlugins is the program that names those that are not there, not active
// or too old.
func lackingPlugins() string {
	needed := map[string]string{}
	for _, p := range jenkinsPlugins {
		needed[p.name] = cmp.Or(p.version, "0")
	}
	return "[.plugins[] | select(.active)] as $there | " + literal(needed) + " | to_entries | [.[] | . as $p | select(any($there[]; .shortName == $p.key and (.version | " + numbers + ") >= ($p.value | " + numbers + ")) | not) | .key]"
}

// JenkinsPlugins is the table of docs/jenkins.md.
func JenkinsPlugins() string {
	var b strings.Builder
	b.WriteString("| plugin | from | has since then | source |\n| --- | --- | --- | --- |\n")
	for _, p := range jenkinsPlugins {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", p.name, cmp.Or(p.version, "any"), p.has, p.source)
	}
	return b.String()
}

func namedPlugins() string {
	var out []string
	for _, p := range jenkinsPlugins {
		out = append(out, strings.TrimSpace(code(p.name)+" "+p.version))
	}
	return strings.Join(out, ", ")
}

// Jenkins has no REST interface for most of what it must be set to: there is a
// checklist, and a comparison for what it tells.
func jenkinsSettings(p *flow.Plan) []Setting {
	out := []Setting{jenkinsInstalled, {
		ID: "seed", What: "A Job DSL seed job of `.jenkins/jobs.groovy`, with REPOSITORY (its address) and CREDENTIALS (what fetches it). It makes the folder " + code(p.Policy) + " and its projects.",
		Why: "A file that no project is made of runs never.", Read: "/job/" + part(p.Policy) + "/api/json?tree=name", Now: ".name", Want: literal(p.Policy),
		Hand: "New Item, Freestyle, *Process Job DSLs*; an administrator approves the script (Manage Jenkins, *In-process Script Approval*), each time that it changes; then build it.",
	}}
	if p.Splitting {
		out = append(out, jenkinsSplits)
	}
	for _, f := range p.Flows {
		out = append(out, jenkinsProject(p, f))
	}
	out = append(out, jenkinsCredential(p, "fettle", "secret text, a token that may push"+jenkinsToken[p.Forge]))
	if p.Committer.Signed {
		out = append(out, jenkinsCredential(p, "fettle-signing-key", "secret text, the SSH key that signs commits, in Base64 on one line"))
	}
	for _, s := range secrets(p) {
		out = append(out, jenkinsCredential(p, s.Jenkins, "a secret of the policy"))
	}
	out = append(out, jenkinsRights(p), jenkinsAgents)
	if keepsArtifacts(p) {
		out = append(out, jenkinsArtifacts)
	}
	return append(out, elsewhere(p)...)
}

// jenkinsToken is what the token is, by forge.
var jenkinsToken = map[string]string{
	"gitea":  ": the access token of a user of its own, with write:repository and write:issue",
	"github": ": the token of a user of its own, with contents, pull requests and issues (read and write)",
	"gitlab": ": the project access token `fettle`",
}

var jenkinsInstalled = Setting{
	ID: "plugins", What: "Plugins, in these versions or newer ones: " + namedPlugins() + ".",
	Why:  "The files do not load without them.",
	Read: "/pluginManager/api/json?tree=plugins[shortName,active,version]", Now: lackingPlugins(), Want: "[]",
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
		Why: "A file that no project is made of runs never.", Read: path + "/api/json?tree=name", Now: ".name", Want: literal(f.Name),
		Hand: "Build the seed job.",
	}
}

func jenkinsCredential(p *flow.Plan, id, what string) Setting {
	return Setting{
		ID: "credential/" + id, What: "Credential " + code(id) + " in the folder " + code(p.Policy) + ": " + what + ".",
		Why:  "A job that needs it fails; outside of the folder every project of Jenkins could use it.",
		Read: "/job/" + part(p.Policy) + "/credentials/store/folder/domain/_/credential/" + part(id) + "/api/json?tree=id", Now: ".id", Want: literal(id),
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

// keepsArtifacts tells whether a build keeps an artifact, and no store does.
func keepsArtifacts(p *flow.Plan) bool {
	for _, f := range p.Flows {
		for _, j := range f.Jobs {
			for _, s := range j.Steps {
				if publish, ok := s.(flow.Publish); ok && !publish.Stored {
					return true
				}
			}
		}
	}
	return false
}

var jenkinsArtifacts = Setting{
	ID: "artifacts", What: "Builds that are marked *Keep this build forever* stay, and with them the jobs of hotfix branches that are gone: no clean-up deletes them, and nobody takes the mark away.",
	Why:  "A redeployment fetches its artifact from that build. Where this cannot be had, the policy's `store` keeps artifacts elsewhere.",
	Hand: "Plugins and scripts that clean up. Jenkins has no interface that tells what they do.",
}

var jenkinsAgents = Setting{
	ID: "agents", What: "Agents with the label `linux` (sh, git 2.30 or newer, full clones), and those that the policy names.",
	Why:  "What no agent has the label of waits for ever.",
	Read: "/computer/api/json?tree=computer[offline,assignedLabels[name]]", Now: `any(.computer[]; (.offline | not) and any(.assignedLabels[]; .name == "linux"))`, Want: "true",
	Hand: "Manage Jenkins, Nodes.",
}
