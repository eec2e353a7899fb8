package language

var EnvironmentBlock = &Block{Name: "environment", Labels: 1, Label: "production", Doc: "What a deployment goes to.", Attributes: withOptions(withRunner(`"60m"`,
	Attribute{Name: "like", Kind: kindEnvironment, Example: "environment.staging", Doc: "Take what is not said here from another environment. Never url, tier and approvals."},
	Attribute{Name: "url", Kind: kindText, Example: `"https://example.com"`, Doc: "Where it can be looked at."},
	Attribute{Name: "tier", Kind: kindText, Fallback: "\"production\" if it is called so, else \"staging\"", Example: `"staging"`, Doc: "What it is for.", Values: tiers},
	Attribute{Name: "values", Kind: kindTextObject, Example: `{ project = "shop_prod" }`, Doc: "Values of the environment: ${deployment.values.NAME}."},
	Attribute{Name: "setup", Kind: kindCommand, Example: `"./login.sh"`, Doc: "Commands that prepare the deployment: log in, install a tool. They run after the approval and before everything else of it: one that fails has begun nothing. Each command has a shell of its own, so what they leave for the others are files."},
	Attribute{Name: "deploy", Kind: kindCommand, Fallback: "that of `like`", Example: `"./deploy.sh ${release.version}"`, Doc: "The command that deploys, or a list of them."},
	Attribute{Name: "verify", Kind: kindChecks, Stronger: Grows, Fallback: "[]", Example: "[check.smoke]", Doc: "Checks that run after the deployment, in order."},
	Attribute{Name: "requires", Kind: kindChecks, Stronger: Grows, Fallback: "[]", Example: "[check.capacity]", Doc: "Checks that run after the approval and before the deployment."},
	Attribute{Name: "after", Kind: kindCommand, Example: `"./announce.sh"`, Doc: "Commands that follow a good deployment."},
)), Blocks: []*Block{
	{Name: "approval", Labels: 1, Label: "release", Doc: "A gate that a person opens.", Attributes: []Attribute{
		{Name: "approvers", Number: "HF022", Kind: kindGroups, Stronger: Grows, Required: true, Example: "[group.managers]", Doc: "Groups: [group.NAME]."},
		{Name: "exclude", Kind: kindWords, Stronger: Grows, Fallback: "[requester]", Example: "[requester, authors]", Doc: "Who may not approve: the requester, who started the run, never may; authors are those who wrote commits that the environment does not run yet.", Values: Excluded},
		{Name: "minimum", Kind: kindNumber, Stronger: Rises, Fallback: "1", Example: "1", Doc: "How many must approve."},
		{Name: "timeout", Kind: kindDuration, Stronger: Falls, Fallback: `"24h"`, Example: `"4h"`, Doc: "A request that nobody answers in this time is refused."},
	}},
	nativeBlock(afterSuccess, Attribute{Name: "setup", Kind: kindNative, Example: "\"- uses: aws-actions/configure-aws-credentials@7474bc4690e29a8392af63c5b98e7449536d5c3a\"", Doc: "Steps that prepare the deployment, after its commands `setup`, in the same language. What they set is for the commands of the deployment and for no guard."}),
}}
