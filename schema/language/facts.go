package language

// fact is something that a rule may ask about the policy and its flows.
type fact struct{ path, kind, doc string }

// facts are all of them: the table of the reference documentation, and what a
// test demands of the objects that rules get. NAME stands for a label, KIND for
// a flow.
var facts = []fact{
	{"policy.name", "text", "The name of the policy."},
	{"policy.component", "text", "Its component; empty where it has none."},
	{"policy.mainline", "text", "The branch that deliveries come from."},
	{"policy.version", "text", "How versions are made."},
	{"policy.targets", "list of texts", "The CI systems."},
	{"policy.active", "text", "The target that deploys."},
	{"policy.forge", "text", "Where merge requests are opened."},
	{"environment.NAME.name", "text", "Its label."},
	{"environment.NAME.tier", "text", "development, staging or production."},
	{"environment.NAME.url", "text", "Where it can be looked at; empty where that is not said."},
	{"environment.NAME.os", "text", "The operating system of its agent."},
	{"environment.NAME.agent", "text", "The label of its agent; hosted without one."},
	{"environment.NAME.timeout", "number", "How long a deployment may take, in minutes."},
	{"environment.NAME.secrets", "list of texts", "The labels of its secrets."},
	{"environment.NAME.requires", "list of texts", "The labels of the checks before a deployment."},
	{"environment.NAME.verify", "list of texts", "The labels of the checks after it."},
	{"environment.NAME.approvals", "list", "Its approvals, in the policy's order."},
	{"environment.NAME.approvals[*].name", "text", "The label of the approval."},
	{"environment.NAME.approvals[*].approvers", "list of texts", "The labels of the groups."},
	{"environment.NAME.approvals[*].minimum", "number", "How many must approve."},
	{"environment.NAME.approvals[*].timeout", "number", "When a request is refused, in minutes."},
	{"check.NAME.name", "text", "Its label."},
	{"check.NAME.required", "true or false", "Whether it must pass."},
	{"check.NAME.report", "text", "The reports that prove it; empty where the exit code does."},
	{"check.NAME.os", "text", "The operating system of its agent."},
	{"check.NAME.agent", "text", "The label of its agent; hosted without one."},
	{"check.NAME.timeout", "number", "How long it may take, in minutes."},
	{"check.NAME.secrets", "list of texts", "The labels of its secrets."},
	{"delivery.checks", "list of texts", "The labels of its checks."},
	{"delivery.environments", "list of texts", "The labels of its environments, in order."},
	{"hotfix.checks", "list of texts", "The labels of its checks. hotfix is null where the policy has none."},
	{"hotfix.environments", "list of texts", "The labels of its environments, in order."},
	{"hotfix.mirror", "text", "The label of the hotfix development environment; empty where there is none."},
	{"hotfix.incident", "text", "The pattern of incidents; empty where any text is one."},
	{"hotfix.waivers", "list", "What it leaves out."},
	{"hotfix.waivers[*].check", "text", "The label of the check, or \"\"."},
	{"hotfix.waivers[*].environment", "text", "The label of the environment, or \"\"."},
	{"hotfix.waivers[*].reason", "text", "Why."},
	{"hotfix.merge_back.mode", "text", "merge, ff-only, cherry-pick or reapply."},
	{"hotfix.merge_back.on_conflict", "text", "draft, issue or fail."},
	{"hotfix.merge_back.owner", "text", "The label of the group; empty where nobody is named."},
	{"hotfix.merge_back.within", "number", "In what time, in minutes; 0 where that is not said."},
	{"redeploy.environments", "list of texts", "The labels of its environments. redeploy is null where the policy has none."},
	{"flow.KIND.environments", "list of texts", "The labels of the environments that it deploys to, in order. KIND is delivery, hotfix or redeploy; a flow that the policy lacks is null."},
	{"flow.KIND.checks", "list of texts", "The labels of the checks that it runs as jobs of their own and demands."},
	{"flow.KIND.gates.NAME.checks", "list of texts", "The labels of the checks that stand before the deployment to an environment, wherever they run."},
	{"flow.KIND.gates.NAME.approvals", "list of texts", "The labels of the approvals that stand before it."},
	{"flow.KIND.gates.NAME.approvers", "list of texts", "The labels of the groups that give them."},
	{"flow.KIND.gates.NAME.guards", "list of texts", "The guards that the release script runs before it."},
}

// FactRoots are the names that rules know besides those of every expression.
var FactRoots = []string{"policy", "environment", "check", "delivery", "hotfix", "redeploy", "flow"}
