package report

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

const unguardedTitle = "What fettle does not guard"

// The kinds of what no generated file and no script can guard, whatever the
// policy says: what is left of it is the host's.
const (
	OthersKind         Kind = "unguarded-pipelines"
	BranchFilesKind    Kind = "unguarded-branch-files"
	CredentialKind     Kind = "unguarded-credential"
	AdministratorsKind Kind = "unguarded-administrators"
	MembersKind        Kind = "unguarded-members"
	MachinesKind       Kind = "unguarded-machines"
)

// gap is one of them, and what closes it on each target.
type gap struct {
	kind Kind
	text string
	on   map[string][]Way
}

// nowhere is what no setting closes.
func nowhere(what string) Way { return Way{How: Outside, What: what} }

var gaps = []gap{
	{OthersKind, "Pipelines that somebody adds beside the generated ones are not looked at: with the same secrets they can deploy past every gate.", map[string][]Way{
		"github":  {setting("The secrets of a deployment are those of its environment, which admits the branches of the policy alone. What stands on `{mainline}` was reviewed: `CODEOWNERS` for `.github/workflows/`, and a ruleset that requires their review.")},
		"gitlab":  {setting("The secrets of a deployment are protected variables with the scope of its environment, which is protected. What stands on `{mainline}` was reviewed: `CODEOWNERS` for `.gitlab-ci.yml` and `.gitlab/`, and their approval (Premium).")},
		"azure":   {setting("*Pipeline permissions* of environments, service connections and variable groups name these pipelines, and are not open to all.")},
		"jenkins": {setting("Credentials are in the folder of the policy, and nobody else configures jobs there.")},
	}},
	{BranchFilesKind, "Who may push to {hotfix_branches} may change the pipeline files of that branch, and with them what its checks do. The release script is the mainline's; a check or an approval that is gone there is refused, and one that does nothing is not noticed.", map[string][]Way{
		"github":  {setting("A ruleset for `{hotfix_branches}` that requires a pull request and the review of code owners of `.github/workflows/` and `.fettle/`; a fix then comes by a request. A push ruleset on these paths counts for every branch, and would keep the mainline's from being generated.")},
		"gitlab":  {setting("Nobody is *Allowed to push* to the protected branch `{hotfix_branches}`, and it requires the approval of code owners of `.gitlab-ci.yml`, `.gitlab/fettle/` and `.fettle/` (Premium); a fix then comes by a merge request. Who may push goes past code owners.")},
		"azure":   {setting("A policy of branches `{hotfix_branches}` with *Automatically included reviewers* for `/.azure-pipelines/*` and `/.fettle/*`; a fix then comes by a pull request.")},
		"jenkins": {setting("A rule of the forge for `.jenkins/` and `.fettle/` on `{hotfix_branches}`: on Gitea *protected file patterns*.")},
	}},
	{CredentialKind, "Who reads the credential that pushes can write {ledger}, tags and hotfix branches. A ledger that is rewound or emptied is noticed, and an entry that is added is not.", map[string][]Way{
		"github":  {setting("The key of the App is a secret of environments that admit the branches of the policy, and no secret of the repository or the organisation.")},
		"gitlab":  {setting("`FETTLE_TOKEN` is protected: jobs of other branches do not have it. Who may push to `{hotfix_branches}` can write a job that prints it.")},
		"azure":   {setting("The rights are those of the build service: *Contribute* for these pipelines' project alone, *Limit job authorization scope* on.")},
		"jenkins": {setting("The credential `fettle` is in the folder of the policy.")},
	}},
	{AdministratorsKind, "Administrators of the host can change every setting, approve, and edit what a pipeline runs.", map[string][]Way{
		"github":  {setting("Rulesets without a bypass for them, environments with *Allow administrators to bypass* off; the audit log of the organisation.")},
		"gitlab":  {nowhere("Owners and administrators go past protected branches by changing them: read the audit events.")},
		"azure":   {nowhere("Project administrators may bypass policies and edit checks: read the audit log.")},
		"jenkins": {nowhere("Administrators replay builds with other text and answer every input: give the right to few, and read the job configuration history.")},
	}},
	{MembersKind, "The policy names groups; who is in them is the host's. A group with one member, or with everybody in it, is no independence.", map[string][]Way{
		"github":  {nowhere("Review the members of the teams.")},
		"gitlab":  {nowhere("Review the members of the groups.")},
		"azure":   {nowhere("Review the members of the groups.")},
		"jenkins": {nowhere("Review the members of the groups in the directory.")},
	}},
	{MachinesKind, "What the commands of the policy do, and what runs on the machines beside them, is not looked at: a check proves what its command proves.", map[string][]Way{
		"github":  {nowhere("Use machines that are made anew for each job, and runner groups that other repositories cannot use.")},
		"gitlab":  {nowhere("Use protected runners for protected branches, made anew for each job.")},
		"azure":   {nowhere("Use agents that are made anew for each job, in a pool that other projects cannot use.")},
		"jenkins": {nowhere("Use agents of the folder alone, made anew for each build.")},
	}},
}

// UnguardedPage is the page of the documentation about all of them, with the
// names that a policy has by itself.
func UnguardedPage(targets []string, titles []string) []byte {
	usual := demand{names: map[string]string{"mainline": "main", "ledger": "the ledger", "hotfix_branches": "hotfix/*"}}
	r := &Report{Targets: targets, Titles: titles}
	for _, g := range gaps {
		r.Unguarded = append(r.Unguarded, g.account(usual, targets))
	}
	var b strings.Builder
	b.WriteString("# " + unguardedTitle + "\n\n" +
		"Generated files, the release script and the settings of the host hold what the policy requires. Some things none of them can hold. This page\n" +
		"names them, and for each CI system what closes them (*host setting*), or what helps where nothing does (*outside*). `fettle report` prints the\n" +
		"same with the names of a policy. `fettle settings` asks for what keeps secrets and credentials from other branches; what changes how a team works,\n" +
		"such as a hotfix that comes by a merge request, is for the team to decide.\n\n")
	r.unguardedTable(&b)
	return []byte(b.String())
}

// remainder is what the requirements of a plan do not speak for.
func remainder(p *flow.Plan, targets []string) []Requirement {
	d := demand{names: map[string]string{"mainline": p.Mainline, "ledger": p.Names.Ledger, "hotfix_branches": p.Names.Line.Glob()}, at: p.Origin}
	var out []Requirement
	for _, g := range gaps {
		if len(p.Flows) > 0 && (g.kind != BranchFilesKind || p.Flow("hotfix") != nil) {
			out = append(out, g.account(d, targets))
		}
	}
	return out
}

// account fills the names in.
func (g gap) account(d demand, targets []string) Requirement {
	out := Requirement{Kind: g.kind, Text: d.fill(g.text), At: d.at}
	for _, t := range targets {
		var ways []Way
		for _, w := range g.on[t] {
			w.What = d.fill(w.What)
			ways = append(ways, w)
		}
		out.On = append(out.On, ways)
	}
	return out
}
