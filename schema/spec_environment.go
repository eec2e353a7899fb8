package schema

var environmentBlock = &block{name: "environment", labels: 1, label: "production", doc: "What a deployment goes to.", attributes: withOptions(withRunner(`"60m"`,
	attribute{name: "like", kind: "environment", example: "environment.staging", doc: "Take what is not said here from another environment. Never url, tier and approvals."},
	attribute{name: "url", kind: "text", example: `"https://example.com"`, doc: "Where it can be looked at."},
	attribute{name: "tier", kind: "text", fallback: "\"production\" if it is called so, else \"staging\"", example: `"staging"`, doc: "What it is for.", values: tiers},
	attribute{name: "values", kind: "text objects", example: `{ project = "shop_prod" }`, doc: "Values of the environment: ${deployment.values.NAME}."},
	attribute{name: "setup", kind: "command", example: `"./login.sh"`, doc: "Commands that prepare the deployment: log in, install a tool. They run after the approval and before everything else of it: one that fails has begun nothing. Each command has a shell of its own, so what they leave for the others are files."},
	attribute{name: "deploy", kind: "command", fallback: "that of `like`", example: `"./deploy.sh ${release.version}"`, doc: "The command that deploys, or a list of them."},
	attribute{name: "verify", kind: "checks", stronger: grows, fallback: "[]", example: "[check.smoke]", doc: "Checks that run after the deployment, in order."},
	attribute{name: "requires", kind: "checks", stronger: grows, fallback: "[]", example: "[check.capacity]", doc: "Checks that run after the approval and before the deployment."},
	attribute{name: "after", kind: "command", example: `"./announce.sh"`, doc: "Commands that follow a good deployment."},
)), blocks: []*block{
	{name: "approval", labels: 1, label: "release", doc: "A gate that a person opens.", attributes: []attribute{
		{name: "approvers", number: "HF022", kind: "groups", stronger: grows, required: true, example: "[group.managers]", doc: "Groups: [group.NAME]."},
		{name: "exclude", kind: "words", stronger: grows, fallback: "[requester]", example: "[requester, authors]", doc: "Who may not approve: the requester, who started the run, never may; authors are those who wrote commits that the environment does not run yet.", values: excluded},
		{name: "minimum", kind: "number", stronger: rises, fallback: "1", example: "1", doc: "How many must approve."},
		{name: "timeout", kind: "duration", stronger: falls, fallback: `"24h"`, example: `"4h"`, doc: "A request that nobody answers in this time is refused."},
	}},
	nativeBlock(afterSuccess, attribute{name: "setup", kind: "native", example: "\"- uses: aws-actions/configure-aws-credentials@7474bc4690e29a8392af63c5b98e7449536d5c3a\"", doc: "Steps that prepare the deployment, after its commands `setup`, in the same language. What they set is for the commands of the deployment and for no guard."}),
}}
