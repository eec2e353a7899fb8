package language

// nativeBlock is the way out for what the language has no word for. Where its
// steps stand follows from the block that it is in: nowhere can they come between
// a gate and what it guards.
func nativeBlock(steps string, more ...Attribute) *Block {
	return &Block{Name: "native", Labels: 1, Label: "github", Weakens: true, Doc: "Steps and keys of one system as they are, in the language of its files. They are outside of what fettle guarantees, and marked as such in files and reports.", Attributes: append([]Attribute{
		{Name: "steps", Kind: kindNative, Example: "\"- uses: actions/setup-go@4b73464bb391d4059bd26b0524d20df3927bd417\"", Doc: steps},
		{Name: "keys", Kind: kindNative, Example: "\"services: { db: { image: postgres } }\"", Doc: "Keys of the job, in YAML; of build and check. On GitHub: services. On GitLab: cache, coverage, services. On Azure: cancelTimeoutInMinutes, workspace."},
	}, more...)}
}

const (
	beforeCommands = "Steps before the commands: of GitHub and Azure in YAML, of GitLab as a YAML list of texts for `script`, of Jenkins in Groovy."
	afterSuccess   = "Steps at the end of the deployment, after its success was recorded: of GitHub and Azure in YAML, of GitLab as a YAML list of texts for `script`, of Jenkins in Groovy."
)
