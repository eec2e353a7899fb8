package schema

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
