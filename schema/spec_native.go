package schema

// nativeBlock is the way out for what the language has no word for. Where its
// steps stand follows from the block that it is in: nowhere can they come between
// a gate and what it guards.
func nativeBlock(steps string, more ...attribute) *block {
	return &block{name: "native", labels: 1, label: "github", weakens: true, doc: "Steps and keys of one system as they are, in the language of its files. They are outside of what fettle guarantees, and marked as such in files and reports.", attributes: append([]attribute{
		{name: "steps", kind: "native", example: "\"- uses: actions/setup-go@4b73464bb391d4059bd26b0524d20df3927bd417\"", doc: steps},
		{name: "keys", kind: "native", example: "\"services: { db: { image: postgres } }\"", doc: "Keys of the job, in YAML; of build and check. On GitHub: services. On GitLab: cache, coverage, services. On Azure: cancelTimeoutInMinutes, workspace."},
	}, more...)}
}

const (
	beforeCommands = "Steps before the commands: of GitHub and Azure in YAML, of GitLab as a YAML list of texts for `script`, of Jenkins in Groovy."
	afterSuccess   = "Steps at the end of the deployment, after its success was recorded: of GitHub and Azure in YAML, of GitLab as a YAML list of texts for `script`, of Jenkins in Groovy."
)
