package language

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema/diag"
)

// foreign are words that people bring from other tools, with what is written here
// instead. Where the language has the word, it is the language's: what stands here
// is an answer to a word that is unknown where somebody wrote it.
type foreign struct {
	words  []string
	advice string
}

// foreignNames are those of blocks and attributes. Somebody writes one either way.
var foreignNames = []foreign{
	{[]string{"on", "trigger", "triggers", "push", "pull_request", "workflow_dispatch"},
		`The flow says when it starts: delivery at a push to the mainline, hotfix at a push to a hotfix branch, redeploy on demand. Leave this out; schedule "NAME" { … } runs checks at a time.`},
	{[]string{"needs", "depends_on", "dependsOn", "dependencies", "after_job"},
		"The flow gives the order: build, checks, then the environments as delivery { environments = [ … ] } lists them. What one environment needs first is requires = [check.NAME] in it."},
	{[]string{"if", "when", "condition", "only", "except"},
		"A job has no condition. A flow names its checks and environments, as in delivery { checks = [ … ] }, and a hotfix leaves one out with waive { … }."},
	{[]string{"runs-on", "runs_on", "runner", "pool", "tags", "label", "demands", "vm_image"},
		`Machines are agents: agent "NAME" { github = { runs_on = ["self-hosted"] } }, and agent = agent.NAME in the block that needs it.`},
	{[]string{"steps", "step", "job", "jobs", "stage", "stages", "task", "tasks", "pipeline", "workflow"},
		`There are no steps here. A command is run in build or check "NAME", or deploy in environment "NAME"; a list of commands runs one after the other. Steps in the language of one target are native "TARGET" { … }.`},
	{[]string{"environment_variables", "variables", "vars"},
		"What a command gets is written into it, as in \"./deploy.sh ${var.region}\". Values of an environment are values = { … } in it and deployment.values.NAME; secrets are secrets = { NAME = secret.NAME }."},
	{[]string{"resource", "data", "provider", "terraform", "output"},
		`That is Terraform's. fettle calls it: environment "production" { deploy = "terraform apply -auto-approve" }.`},
	{[]string{"module", "include", "import", "template", "imports"},
		`Commands that policies share are a library: use "NAME" { source = "…" }. What a whole organisation says is a policy that others extend: policy "NAME" { extends = "…" }.`},
	{[]string{"reviewers", "required_reviewers", "approvers", "manual", "approve", "approvals"},
		`A gate of people is a block in the environment: approval "NAME" { approvers = [group.NAME] }.`},
	{[]string{"rollback", "roll_back"},
		"A version that ran before is redeployed: redeploy { }."},
	{[]string{"artifacts", "publish", "upload"},
		"What is built once and deployed many times is artifact = \"dist/\" in build."},
	{[]string{"setup", "before_script", "before", "prepare", "login", "pre_deploy", "preDeploy"},
		`What prepares a deployment is setup = "./login.sh" in environment, before its guards. In build and check it comes first in the list: run = ["./login.sh", "make"].`},
	{[]string{"fetch-depth", "fetch_depth", "fetchDepth", "depth", "git_depth", "GIT_DEPTH", "checkout", "clone", "filter"},
		"A clone has every commit. A build, a check or an environment whose commands read files of earlier commits says history = true."},
	{[]string{"branch", "branches", "main_branch", "default", "trunk"},
		`The branch that deliveries come from is mainline = "main" in policy.`},
	{[]string{"commands", "cmd", "sh", "bash", "exec"},
		`A command is run = "…" in build and check, and deploy = "…" in environment; run = script("ci/build.sh") reads it from a file.`},
}

// ForeignFunctions are those of functions.
var ForeignFunctions = []foreign{
	{[]string{"file", "templatefile", "read", "readfile"},
		`A policy reads no file. A command of several lines is <<-EOT … EOT, and script("ci/build.sh") is one that lies in a file.`},
	{[]string{"env", "getenv", "environ", "secret"},
		`A value from outside is variable "NAME" { … } and var.NAME. In a command, the variable of the shell is $NAME.`},
	{[]string{"startsWith", "endsWith", "success", "failure", "always", "hashFiles", "fromJSON", "toJSON"},
		"That is GitHub's. When a job runs is given by the flow."},
	{[]string{"yamlencode", "yamldecode", "templatestring"},
		"That is Terraform's. What a command needs in YAML is written as a text."},
}

// ForeignRoots are what values begin with.
var ForeignRoots = []foreign{
	{[]string{"secret", "secrets"},
		"A secret is never part of a command. secrets = { TOKEN = secret.NAME } hands it to the command, which reads $TOKEN."},
	{[]string{"github", "gitlab", "azure", "jenkins", "inputs", "needs", "steps", "matrix", "vars", "parameters", "params", "job", "runner"},
		"That is an expression of one CI system. What is known when a pipeline runs is release, deployment, run, incident and artifact, the same on every target."},
	{[]string{"each", "path", "module", "data", "terraform", "count", "self"},
		"That is Terraform's. A policy has var, local, env and the values of a run: release, deployment, run."},
}

// Answer is what is written instead of a foreign word, with a blank before it, or "".
func Answer(of []foreign, word string) string {
	for _, f := range of {
		if slices.Contains(f.words, word) {
			return " " + f.advice
		}
	}
	return ""
}

// belongs is where the language has an attribute or a block of that name, with
// a blank before it, or "".
func belongs(name string) string {
	var blocks []string
	Root.Each(func(_ string, b *Block) {
		if (b.Attribute(name) != nil || b.Block(name) != nil) && !slices.Contains(blocks, b.Name) {
			blocks = append(blocks, b.Name)
		}
	})
	if len(blocks) == 0 || len(blocks) > 5 {
		return ""
	}
	slices.Sort(blocks)
	return " It belongs to " + strings.Join(blocks, ", ") + "."
}

// Hint ends a message about a name that is unknown where it was written: what is
// written instead of a word of another tool; or the nearest that there is; or where
// the word belongs; or all that there are.
func Hint(name string, known []string) string {
	if foreign := Answer(foreignNames, name); foreign != "" {
		return foreign
	}
	if diag.Nearest(name, known) != "" {
		return diag.Suggest(name, known)
	}
	if at := belongs(name); at != "" || len(known) == 0 {
		return at
	}
	return " There are: " + diag.List(known) + "."
}
