package flow

// Purpose is what a command of the policy is for. Whoever asks for it asks for
// this, and not for the title that people read.
type Purpose string

// The purposes, by the attribute that has the command.
const (
	ToBuild   Purpose = "build"
	ToStore   Purpose = "store.put" // keeps the artifact
	ToRestore Purpose = "store.get" // brings the artifact back
	ToCheck   Purpose = "check"
	ToSetUp   Purpose = "setup"
	ToDeploy  Purpose = "deploy"
	ToFollow  Purpose = "after" // after a deployment
	ToNotify  Purpose = "notify"
)

// titles are what people read, before the name of what has the command.
var titles = map[Purpose]string{
	ToBuild: "Build", ToStore: "Store the artifact", ToRestore: "Bring the artifact back from the store",
	ToCheck: "Check", ToSetUp: "Set up", ToDeploy: "Deploy", ToFollow: "After the deployment", ToNotify: "Notify",
}
