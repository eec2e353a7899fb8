package language

var agentBlock = &Block{Name: "agent", Labels: 1, Label: "builder", Doc: "A kind of machine, by the name that each system gives it. A job without one runs on the hosted Linux agent: `ubuntu-24.04` on GitHub and Azure, the label `linux` on Jenkins, and on GitLab a runner without tags, in the `image` that `gitlab` of the policy names, or else in the runner's own (on GitLab.com one with Ruby, without docker).", Attributes: []Attribute{
	{Name: "os", Kind: kindText, Fallback: `"linux"`, Example: `"windows"`, Doc: "Its operating system.", Values: systems},
	{Name: "provides", Kind: kindTexts, Example: `["IISENGINENAME"]`, Doc: "Environment variables that the machine itself has, for commands that need them."},
	{Name: "container", Kind: kindImage, Example: `"registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"`, Doc: "The image that its jobs run in, on every system. It needs sh, git, awk, tar and sha256sum for the release script, and curl on GitLab; the machine pulls it with what it is logged in with."},
	{Name: "github", Kind: kindOptions, Example: `{ runs_on = ["self-hosted", "build"] }`, Doc: "On GitHub: runs_on, its labels."},
	{Name: "gitlab", Kind: kindOptions, Example: `{ tags = ["build"], image = "golang:1.26" }`, Doc: "On GitLab: tags, those of the runner, and image, of the container."},
	{Name: "azure", Kind: kindOptions, Example: `{ pool = "Build", demands = ["Agent.OS -equals Linux"] }`, Doc: "On Azure: vm_image, a hosted image; or pool, a pool of one's own, with demands."},
	{Name: "jenkins", Kind: kindOptions, Example: `{ label = "linux && docker" }`, Doc: "On Jenkins: label, a label expression."},
}}
