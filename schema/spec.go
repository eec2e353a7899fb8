package schema

// The table of the language: every block and every attribute, once. Decoding,
// suggestions and the documentation follow from it.

// attribute is one attribute of a block.
type attribute struct {
	name     string
	kind     string // what it takes, in the words of the documentation: text, number, command, environment, list of checks
	required bool
	doc      string
	fallback string   // what it is when it is left out, as a policy would write it; "" when that is nothing
	example  string   // a value as a policy writes it
	values   []string // of an enumeration
}

// block is one type of block.
type block struct {
	name       string
	labels     int // 0 or 1
	once       bool
	attributes []attribute
	blocks     []*block
	free       bool // any attribute: locals
	doc        string
}

var runnerAttributes = []attribute{
	{name: "agent", doc: "The agent that it runs on: agent.NAME. Without it, the hosted Linux agent."},
	{name: "shell", doc: "The shell that reads the commands; sh, and pwsh on Windows, unless it says otherwise.", values: shells},
	{name: "env", doc: "Environment variables of the commands: { NAME = text }."},
	{name: "secrets", doc: "Environment variables that carry secrets: { NAME = secret.NAME }."},
	{name: "timeout", doc: "How long it may take: 30m, 4h, 3d."},
}

var (
	shells  = []string{"sh", "bash", "cmd", "powershell", "pwsh"}
	targets = []string{"github", "gitlab", "azure", "jenkins"}
	forges  = []string{"github", "gitlab", "azure", "gitea", "none"}
	schemes = []string{"sequence", "height", "semver", "calendar"}
	tiers   = []string{"development", "staging", "production"}
	modes   = []string{"merge", "ff-only", "cherry-pick", "reapply"}
	onEvent = []string{"failure", "waiting", "production"}
)

func withRunner(own ...attribute) []attribute { return append(own, runnerAttributes...) }

// root is the language.
var root = &block{blocks: []*block{
	{name: "policy", labels: 1, once: true, doc: "What the policy is called and which systems it is for.", attributes: []attribute{
		{name: "description", doc: "One line for people."},
		{name: "mainline", doc: "The branch that deliveries come from; main."},
		{name: "targets", required: true, doc: "The CI systems that files are generated for.", values: targets},
		{name: "active", doc: "The target that deploys, where there are several.", values: targets},
		{name: "forge", doc: "Where merge requests are opened; the active target's own.", values: forges},
		{name: "version", doc: "How versions are made; sequence, and height where there are several targets.", values: schemes},
		{name: "version_run", doc: "A command that prints the version, in place of a scheme."},
		{name: "unmergeable", doc: "Globs of files that git cannot merge."},
		{name: "timezone", doc: "The time zone of windows and reports."},
	}},
	{name: "variable", labels: 1, doc: "A value with a name and a default.", attributes: []attribute{
		{name: "default", required: true, doc: "The value."},
		{name: "description", doc: "One line for people."},
	}},
	{name: "locals", free: true, doc: "Values for use in this policy: local.NAME."},
	{name: "names", once: true, doc: "What tags and branches are called; each pattern holds ${version} once.", attributes: []attribute{
		{name: "candidate", doc: "Tag of a version whose checks passed; candidate/${version}."},
		{name: "release", doc: "Tag of a version that went to production; release/${version}."},
		{name: "hotfix_branch", doc: "Branch of fixes for a version; hotfix/${version}."},
		{name: "hotfix_candidate", doc: "Tag of a hotfix whose checks passed; as candidate."},
		{name: "hotfix_release", doc: "Tag of a hotfix that went to production; as release."},
		{name: "ledger", doc: "Branch of the ledger; fettle/ledger."},
	}},
	{name: "agent", labels: 1, doc: "A kind of machine, by the name that each system gives it.", attributes: []attribute{
		{name: "os", doc: "Its operating system; linux.", values: []string{"linux", "windows", "macos"}},
		{name: "github", doc: "{ runs_on = [labels] }"},
		{name: "gitlab", doc: "{ tags = [tags], image = \"…\" }"},
		{name: "azure", doc: "{ vm_image = \"…\" } or { pool = \"…\", demands = [demands] }"},
		{name: "jenkins", doc: "{ label = \"…\" }"},
	}},
	{name: "group", labels: 1, doc: "Who may approve, by the name that each system knows.", attributes: []attribute{
		{name: "github", doc: "organisation/team"}, {name: "gitlab", doc: "group path"}, {name: "azure", doc: "[Project]\\Group"}, {name: "jenkins", doc: "group or user ids, separated by commas"},
	}},
	{name: "secret", labels: 1, doc: "Where each system keeps a secret.", attributes: []attribute{
		{name: "github", doc: "{ name = \"…\" }"}, {name: "gitlab", doc: "{ name = \"…\" }"}, {name: "azure", doc: "{ group = \"…\", name = \"…\" }"}, {name: "jenkins", doc: "{ credential = \"…\" }"},
	}},
	{name: "build", once: true, doc: "Makes the artifact, once a run.", attributes: withRunner(
		attribute{name: "run", required: true, doc: "The command, or a list of them."},
		attribute{name: "artifact", required: true, doc: "The file, or the folder (with a slash at its end), that is kept."},
	)},
	{name: "check", labels: 1, doc: "Decides whether a commit or a deployment is good.", attributes: withRunner(
		attribute{name: "run", required: true, doc: "The command, or a list of them."},
		attribute{name: "report", doc: "Glob of JUnit files that prove it."},
	)},
	{name: "environment", labels: 1, doc: "A place that is deployed to.", attributes: withRunner(
		attribute{name: "url", doc: "Where it can be looked at."},
		attribute{name: "tier", doc: "What it is for; production if it is called so, else staging.", values: tiers},
		attribute{name: "like", doc: "Take what is not said here from another environment: environment.NAME. Never url, tier and approvals."},
		attribute{name: "values", doc: "Values of the environment: ${deployment.values.NAME}."},
		attribute{name: "deploy", doc: "The command that deploys, or a list of them."},
		attribute{name: "verify", doc: "Checks that run after the deployment, in order."},
		attribute{name: "requires", doc: "Checks that run after the approval and before the deployment."},
		attribute{name: "after", doc: "Commands that follow a good deployment."},
	), blocks: []*block{
		{name: "approval", labels: 1, doc: "A gate that a person opens.", attributes: []attribute{
			{name: "approvers", required: true, doc: "Groups: [group.NAME]."},
			{name: "minimum", doc: "How many must approve; 1."},
			{name: "timeout", doc: "A request that nobody answers in this time is refused; 24h."},
		}},
	}},
	{name: "delivery", once: true, doc: "The regular way to production.", attributes: []attribute{
		{name: "checks", doc: "Checks before the candidate, side by side."},
		{name: "environments", required: true, doc: "Environments in order."},
	}},
	{name: "merge_request", once: true, doc: "What runs on merge requests.", attributes: []attribute{
		{name: "checks", required: true, doc: "Checks without secrets."},
	}},
	{name: "hotfix", once: true, doc: "The way of a fix to production.", attributes: []attribute{
		{name: "checks", doc: "Checks before the candidate; delivery's."},
		{name: "environments", doc: "Environments in order; delivery's."},
		{name: "mirror", doc: "The hotfix development environment, which receives what production runs."},
	}, blocks: []*block{
		{name: "incident", once: true, doc: "What a hotfix must name.", attributes: []attribute{{name: "pattern", required: true, doc: "A regular expression for the whole text."}}},
		{name: "waive", doc: "Leaves a required check out, in writing.", attributes: []attribute{
			{name: "check", required: true, doc: "check.NAME"},
			{name: "reason", required: true, doc: "Why; it goes into the ledger."},
		}},
		{name: "merge_back", once: true, doc: "How a hotfix comes home.", attributes: []attribute{
			{name: "mode", doc: "merge, unless it says otherwise.", values: modes},
			{name: "on_conflict", doc: "draft, unless it says otherwise.", values: []string{"draft", "issue", "fail"}},
			{name: "owner", doc: "Who sees to it: group.NAME."},
			{name: "within", doc: "In what time: 72h."},
		}},
	}},
	{name: "redeploy", once: true, doc: "Puts a former version back.", attributes: []attribute{
		{name: "environments", doc: "Where; all production environments of delivery."},
	}},
	{name: "notify", labels: 1, doc: "Tells people.", attributes: withRunner(
		attribute{name: "on", required: true, doc: "Of what: [failure, waiting, production].", values: onEvent},
		attribute{name: "run", required: true, doc: "The command, or a list of them."},
	)},
}}

// reserved are words of the language that this version does not know yet.
var reserved = map[string]bool{
	"extends": true, "locked": true, "use": true, "command": true, "rule": true, "freeze": true, "break_glass": true, "component": true, "paths": true,
	"schedule": true, "matrix": true, "irreversible": true, "container": true, "prepare": true, "soak": true, "script": true,
	"release_branches": true, "from": true, "on_failure": true, "store": true,
}

func (b *block) attribute(name string) *attribute {
	for i := range b.attributes {
		if b.attributes[i].name == name {
			return &b.attributes[i]
		}
	}
	return nil
}

func (b *block) block(name string) *block {
	for _, c := range b.blocks {
		if c.name == name {
			return c
		}
	}
	return nil
}
