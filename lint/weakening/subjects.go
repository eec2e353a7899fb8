package weakening

// Subject is something of a policy that is looked at: what of it is weaker, and
// what is only named for a reader. docs/governance.md is written from it.
type Subject struct {
	What   string
	Weaker string   // is an error; "" where nothing is
	Named  string   // is named; "" where nothing is
	Fields []string // of the plan that a change of is found by it

	compare, name []func(*comparison)
}

// Subjects are all of them, from what every release meets to what few do.
var Subjects = []Subject{
	{
		What:    "the ways to production",
		Weaker:  "a check, an environment or an approval less on one of them; a check that only informs; an environment that a flow leaves out, or in whose place it goes to another one; an environment that is no longer production or staging, or is production by another name; one that runs the commands of production without its approvals",
		Named:   "an environment that is new, gone or renamed",
		Fields:  []string{"Plan.Environments", "Environment.ID", "Environment.Tier", "Environment.Approvals", "Job.Informs"},
		compare: list((*comparison).environments, (*comparison).reportLostWays, (*comparison).stops, (*comparison).gates, (*comparison).alike),
		name:    list((*comparison).news),
	},
	{
		What:    "approvals",
		Weaker:  "more groups, another name of a group on one target, a longer timeout, authors no longer excluded",
		Fields:  []string{"Approval.Groups", "Approval.Authors", "Approval.Timeout", "Group.GitHub", "Group.GitLab", "Group.Azure", "Group.Jenkins"},
		compare: list((*comparison).approvals),
	},
	{
		What:    "evidence",
		Weaker:  "a check that has no report any more, or whose report is read from somewhere else",
		Fields:  []string{"Evidence.Check", "Evidence.Glob"},
		compare: list((*comparison).evidence),
	},
	{
		What:    "commands",
		Named:   "other commands, variables or shells of a block, another machine, other tools; another artifact; another way to make versions; a check that nothing waits for, or a schedule, that is gone; a notification of less",
		Fields:  []string{"Run.Shell", "Run.Script", "Run.Env", "EnvVar.Name", "EnvVar.Parts", "Part.Lit", "Part.Env", "Run.Secrets", "SecretVar.Name", "Job.Agent", "Agent.OS", "Agent.GitHub", "GitLabAgent.Tags", "GitLabAgent.Image", "AzureAgent.VMImage", "AzureAgent.Pool", "AzureAgent.Demands", "Agent.Jenkins", "Agent.Container", "Options.Tools", "Plan.Build", "Build.Image", "Publish.Path", "Plan.Version", "Plan.VersionRun"},
		name:    list((*comparison).parts, (*comparison).build, (*comparison).quieter, (*comparison).notices),
		compare: list((*comparison).operationsMachine),
		Weaker:  "another machine for the operations of the release script",
	},
	{
		What:    "secrets and logins",
		Weaker:  "a secret that a block did not get before, or whose label is for another one; a job that may log in somewhere",
		Fields:  []string{"SecretVar.Secret", "Secret.GitHub", "Secret.GitLab", "Secret.AzureGroup", "Secret.AzureName", "Secret.Jenkins", "Options.IDToken", "Options.IDTokens", "Named.Name", "Named.Text", "Run.Connection"},
		compare: list((*comparison).rights, (*comparison).secrets),
	},
	{
		What:    "native parts",
		Weaker:  "one that was not there",
		Named:   "another text of one",
		Fields:  []string{"Job.Keys", "Native.Target", "Native.Text"},
		compare: list((*comparison).natives),
	},
	{
		What:    "the hotfix",
		Weaker:  "one that is gone, or was not there; a waiver, any incident, no mirror, a merge-back by git where it was by hand, one without owner, with more time or with a milder `on_conflict`, branches that it is not merged back to, a check that branches with older files no longer need, files that are no longer `unmergeable`",
		Named:   "another mirror, another owner or mode of the merge-back",
		Fields:  []string{"Plan.Incident", "MergeBack.Mode", "MergeBack.OnConflict", "MergeBack.Owner", "MergeBack.Within", "Plan.Mirror", "Flow.Waivers", "Waiver.Check", "Waiver.Environment", "Plan.Unmergeable", "Plan.OlderBranches"},
		compare: list((*comparison).line, (*comparison).waivers, (*comparison).incident, (*comparison).mergeBack, (*comparison).mirror, (*comparison).older, (*comparison).files),
		name:    list((*comparison).mergeBackDiffers),
	},
	{
		What:    "redeployments",
		Weaker:  "none any more, fewer environments, an artifact that expires, files that are no longer `irreversible`",
		Named:   "one that was not offered",
		Fields:  []string{"Plan.Irreversible", "Publish.Stored"},
		compare: list((*comparison).wayBack),
	},
	{
		What:    "merge requests",
		Weaker:  "a check less, none for a merge-back, no fettle that looks at the policy",
		Named:   "another forge, another fettle",
		Fields:  []string{"Plan.Forge", "Plan.PolicyCheck", "PolicyCheck.Version", "PolicyCheck.URL", "PolicyCheck.SHA256"},
		compare: list((*comparison).requests, (*comparison).policyUnchecked),
		name:    list((*comparison).forge, (*comparison).otherFettle),
	},
	{
		What:    "branches, tags and the ledger",
		Weaker:  "another mainline, one that is no longer among `former_mainlines`, other branches that deliveries come from; another component, another ledger, other `names`; `paths` that name less; commits that nobody signs any more",
		Fields:  []string{"Plan.Mainline", "Plan.Former", "Plan.ReleaseBranches", "Plan.FromReleases", "Plan.Component", "Pattern.Prefix", "Pattern.Suffix", "Names.Ledger", "Plan.Paths", "Committer.Signed"},
		compare: list((*comparison).mainline, (*comparison).branches, (*comparison).refs, (*comparison).signatures),
	},
	{
		What:    "CI systems",
		Weaker:  "another one that deploys, one more or one less, another root file of GitLab",
		Fields:  []string{"Plan.Targets", "Plan.Active", "Plan.GitLabRoot"},
		compare: list((*comparison).hosts),
	},
	{
		What:    "freezes, from now on",
		Weaker:  "less time, fewer environments, an exception, a flow that may do more, a second approval by more people",
		Fields:  []string{"Plan.Freezes", "Freeze.Windows", "Window.Begin", "Window.End", "Freeze.Delivery", "Freeze.Hotfix", "Freeze.Redeploy", "Freeze.Environments", "Freeze.Groups"},
		compare: list((*comparison).freezes),
	},
	{
		What:    "the break glass",
		Weaker:  "one that was not there, that skips more, waits longer, is opened by more people, or is reviewed later",
		Fields:  []string{"Plan.BreakGlass", "BreakGlass.MaySkip", "BreakGlass.Gate", "BreakGlass.Review"},
		compare: list((*comparison).breakGlass),
	},
	{
		What:    "operations",
		Weaker:  "*resume*, *settle* and *adopt* in production that nobody approves any more",
		Fields:  []string{"Plan.Approved"},
		compare: list((*comparison).operations),
	},
	{
		What:    "rules",
		Weaker:  "a `lint` block that makes less of one, a `rule` of the policy that is gone or demands something else, a `locked` that is gone",
		Fields:  []string{"Plan.Rules", "Rule.ID"},
		compare: list((*comparison).rules, (*comparison).ownRules, (*comparison).locks),
	},
}

func list(all ...func(*comparison)) []func(*comparison) { return all }
