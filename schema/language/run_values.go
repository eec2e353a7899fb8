package language

// RunValue names something that is known only when the pipeline runs, as the
// policy writes it.
type RunValue string

// The run-time values. The deployment values differ from the others: they are
// known when compiling, as soon as an environment uses the text.
const (
	ReleaseVersion        RunValue = "release.version"
	ReleaseCommit         RunValue = "release.commit"
	ReleaseBase           RunValue = "release.base"
	ReleaseHotfixBranch   RunValue = "release.hotfix_branch"
	RunURL                RunValue = "run.url"
	RunID                 RunValue = "run.id"
	RunFailure            RunValue = "run.failure"
	IncidentValue         RunValue = "incident"
	ArtifactRef           RunValue = "artifact.ref"
	DeploymentURL         RunValue = "deployment.url"
	DeploymentEnvironment RunValue = "deployment.environment"
	DeploymentValues      RunValue = "deployment.values" // with Seg.Key
	EnvValue              RunValue = "env"               // with Seg.Key: a variable that the machine or the block has
	ScriptFile            RunValue = "script"            // with Seg.Key: a file of the repository, which the shell runs
	ProgramValue          RunValue = "program"           // with Seg.Program: what a program is called on the machine
)

// runDoc says what a run-time value is, and where there is one.
type runDoc struct {
	name RunValue
	key  string // of those with a key
	doc  string
}

// runDocs are all run-time values, for the reference documentation.
var runDocs = []runDoc{
	{ReleaseVersion, "", "The version of the run: 43, or 43.1 of a hotfix."},
	{ReleaseCommit, "", "The commit that is released."},
	{ReleaseBase, "", "The version that a hotfix is for; empty in other flows."},
	{ReleaseHotfixBranch, "", "The branch of the hotfix; empty in other flows."},
	{RunURL, "", "The address of the run."},
	{RunID, "", "What the CI system calls the run."},
	{RunFailure, "", "Which jobs of the run did not succeed, and why, separated by \"; \". Only a notification on = [failure] knows it."},
	{IncidentValue, "", "The incident of a hotfix or of a fix forward; else empty."},
	{ArtifactRef, "", "The artifact of the build: its path, or the image with its digest."},
	{DeploymentURL, "", "The address of the environment that is deployed to or checked."},
	{DeploymentEnvironment, "", "Its label."},
	{DeploymentValues, "NAME", "One of its values, known as soon as an environment uses the text."},
	{EnvValue, "NAME", "An environment variable that the block or its machine has; for the calls of commands."},
}

func (d runDoc) path() string {
	if d.key == "" {
		return string(d.name)
	}
	return string(d.name) + "." + d.key
}

// RunRoots are the roots of run-time values and what they have.
var RunRoots = map[string]map[string]RunValue{
	"release":    {"version": ReleaseVersion, "commit": ReleaseCommit, "base": ReleaseBase, "hotfix_branch": ReleaseHotfixBranch},
	"run":        {"url": RunURL, "id": RunID, "failure": RunFailure},
	"incident":   nil,
	"artifact":   {"ref": ArtifactRef},
	"env":        nil,
	"deployment": {"url": DeploymentURL, "environment": DeploymentEnvironment, "values": DeploymentValues},
}

// RootNames are what an expression may begin with, for suggestions.
var RootNames = []string{"release", "run", "incident", "artifact", "deployment", "env", "var", "local"}
