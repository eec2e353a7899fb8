package schema

var agentBlock = &block{name: "agent", labels: 1, label: "builder", doc: "A kind of machine, by the name that each system gives it. A job without one runs on the hosted Linux agent: `ubuntu-24.04` on GitHub and Azure, the label `linux` on Jenkins, and on GitLab a runner without tags, in the `image` that `gitlab` of the policy names, or else in the runner's own (on GitLab.com one with Ruby, without docker).", attributes: []attribute{
	{name: "os", kind: "text", fallback: `"linux"`, example: `"windows"`, doc: "Its operating system.", values: systems},
	{name: "provides", kind: "texts", example: `["IISENGINENAME"]`, doc: "Environment variables that the machine itself has, for commands that need them."},
	{name: "container", kind: "image", example: `"registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"`, doc: "The image that its jobs run in, on every system. It needs sh, git, awk, tar and sha256sum for the release script, and curl on GitLab; the machine pulls it with what it is logged in with."},
	{name: "github", kind: "target options", example: `{ runs_on = ["self-hosted", "build"] }`, doc: "On GitHub: runs_on, its labels."},
	{name: "gitlab", kind: "target options", example: `{ tags = ["build"], image = "golang:1.26" }`, doc: "On GitLab: tags, those of the runner, and image, of the container."},
	{name: "azure", kind: "target options", example: `{ pool = "Build", demands = ["Agent.OS -equals Linux"] }`, doc: "On Azure: vm_image, a hosted image; or pool, a pool of one's own, with demands."},
	{name: "jenkins", kind: "target options", example: `{ label = "linux && docker" }`, doc: "On Jenkins: label, a label expression."},
}}
