package settings

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

var github = &Host{
	Name: "github", Title: "GitHub", Scheme: Bearer,
	Base:  Variable{Name: "GITHUB_API_URL", Fallback: "https://api.github.com", Text: "the REST interface"},
	Token: Variable{Name: "GITHUB_TOKEN", Text: "a token of an administrator of the repository"},
	// Its interface is below /api/v3; that of github.com and of ghe.com has a host of its own (docs.github.com, "Getting started with
	// the REST API"). upload-artifact says in its README that v4 and later do not run there; the two keys are newer than every
	// Enterprise Server (github.blog/changelog, 7 May 2026; docs.github.com/enterprise-server@3.19, "Control the concurrency").
	Without: Edition{Suffix: "/api/v3", Why: "GitHub Enterprise Server: it has neither 'concurrency.queue' nor 'deployment: false' nor the artifact actions, which the generated workflows need; they run on github.com and ghe.com"},
	Known: []Variable{
		{Name: "GITHUB_REPOSITORY", As: "repository", Text: "owner/name"},
		{Name: "FETTLE_APP", As: "app", Text: "the slug of the GitHub App that pushes: the last part of its address", Encode: true},
	},
	Rights:   Lookup{Path: "/repos/{repository}", Pick: ".permissions.admin"},
	Needed:   "repository administration, environments, variables and secrets (read, and for the script write)",
	settings: githubSettings,
}

// githubRepository is a repository whose pipelines run elsewhere: no App, no environments.
var githubRepository = &Host{
	Forge: true, Name: "github", Title: "GitHub", Scheme: Bearer, Base: github.Base, Token: github.Token,
	Known: []Variable{
		github.Known[0],
		{Name: "FETTLE_ORGANISATION", As: "organisation", Text: "the organisation of the team", Encode: true},
		{Name: "FETTLE_TEAM", As: "team", Text: "the team, by its slug, of the user that the pipelines push as, and of nobody else: rulesets let no single user through", Encode: true},
	},
	Rights: github.Rights, Needed: "repository administration (read, and for the script write), and to read teams",
	settings: func(p *flow.Plan) []Setting {
		out := []Setting{githubDefault(p), githubMerge}
		if len(requiredChecks(p)) > 0 {
			out = append(out, githubChecks(p))
		}
		return append(out, githubRulesets(p, nil, githubTeamPushes)...)
	},
}

// githubChecks are for people: what the CI system reports has names of its own.
func githubChecks(p *flow.Plan) Setting {
	return Setting{
		ID: "branch/" + p.Mainline + "/checks", What: "A ruleset requires status checks on " + code(p.Mainline) + ". The merge request pipeline runs " + codes(requiredChecks(p)) + ".",
		Why:  "A request whose checks failed would be merged.",
		Read: "/repos/{repository}/rules/branches/" + part(p.Mainline) + "?per_page=100", Now: `any(.[] | select(.type == "required_status_checks").parameters.required_status_checks[]; true)`, Want: "true",
		Hand: "Have the CI system report to GitHub (Jenkins: the plugin `github-branch-source`), then require what it reports, in a ruleset of its own.",
	}
}

// githubApp is the App: its number lets it through rulesets.
var githubApp = []Lookup{{Name: "app id", Path: "/apps/{app}", Pick: ".id"}, {Name: "client id", Path: "/apps/{app}", Pick: ".client_id"}}

func githubSettings(p *flow.Plan) []Setting {
	out := []Setting{githubPermissions, githubInstalled, githubClientID, githubKeyApart, githubDefault(p), githubMerge}
	for _, g := range gates(p) {
		out = append(append(out, githubGate(g)), githubBranches(g.name, sources(p))...)
	}
	for _, e := range append([]string{p.PushEnvironment()}, environmentNames(p)...) {
		out = append(append(out, githubPlace(e)), githubBranches(e, sources(p))...)
		out = append(out, githubSecret(githubKey, e, "the private key of the App"))
		if p.Committer.Signed {
			out = append(out, githubSecret(flow.SigningKey, e, "the SSH key that signs commits, best in Base64 on one line"))
		}
	}
	out = append(out, githubRulesets(p, requiredChecks(p), githubAppPushes)...)
	for _, s := range secrets(p) {
		out = append(out, githubSecret(s.GitHub, s.environment, "a secret of the policy"))
	}
	return out
}

var githubPermissions = Setting{
	ID:    "app/permissions",
	What:  "The GitHub App asks for *contents*, *workflows*, *pull requests* and *issues*, read and write.",
	Why:   "The token of a run starts no workflow by its pushes, may not push other workflow files, and no ruleset can exempt it.",
	Needs: githubApp[:1],
	Read:  "/apps/{app}", Now: ".permissions | {contents, workflows, pull_requests, issues}",
	Want: `{contents: "write", workflows: "write", pull_requests: "write", issues: "write"}`,
	Hand: "In the settings of the App: Permissions.",
}

// githubInstalled is told to the App alone, with its own key.
var githubInstalled = Setting{
	ID:   "app/installed",
	What: "The GitHub App is installed on the repository, and its permissions are accepted there.",
	Why:  "Without it no job gets a token that may push.",
	Hand: "Settings, GitHub Apps.",
}

var githubClientID = Setting{
	ID:    "variable/FETTLE_APP_CLIENT_ID",
	What:  "Variable `FETTLE_APP_CLIENT_ID` of the repository: the client ID of the App.",
	Why:   "Without it no job gets a token that may push.",
	Needs: githubApp[1:],
	Read:  "/repos/{repository}/actions/variables/FETTLE_APP_CLIENT_ID", Now: ".value", Want: lookedUp("client id"),
	Create: &Write{"POST", "/repos/{repository}/actions/variables", `{name: "FETTLE_APP_CLIENT_ID", value: ` + lookedUp("client id") + `}`},
	Update: &Write{"PATCH", "/repos/{repository}/actions/variables/FETTLE_APP_CLIENT_ID", `{name: "FETTLE_APP_CLIENT_ID", value: ` + lookedUp("client id") + `}`},
}

const githubKey = "FETTLE_APP_PRIVATE_KEY"

// githubKeyApart keeps the credential that pushes from other branches: a workflow
// of any branch could write the ledger with it.
var githubKeyApart = Setting{
	ID:   "secret/" + githubKey + "/apart",
	What: "The repository has no secret " + code(githubKey) + ": its environments have it.",
	Why:  "A workflow on any branch could push to the ledger, to tags and to hotfix branches with it.",
	Read: "/repos/{repository}/actions/secrets?per_page=100", Now: "any(.secrets[]; .name == " + literal(githubKey) + ")", Want: "false",
	Hand: "Settings, Secrets and variables, Actions: remove it, after the environments have it. A secret of the organisation of that name counts too, and is not seen here.",
}

// githubSecret is there or not: GitHub never tells what is in it.
func githubSecret(name, environment, what string) Setting {
	s := Setting{
		ID: "secret/" + name, What: "Secret " + code(name) + " of the repository: " + what + ".",
		Why:  "A job that needs it fails.",
		Read: "/repos/{repository}/actions/secrets/" + part(name), Now: ".name", Want: literal(name),
		Hand: "Settings, Secrets and variables, Actions. Or `gh secret set`, which asks for the value.",
	}
	if environment != "" {
		s.ID, s.What = "secret/"+environment+"/"+name, "Secret "+code(name)+" of the environment "+code(environment)+": "+what+"."
		s.Why = "As a secret of the repository every branch would have it."
		s.Read = "/repos/{repository}/environments/" + part(environment) + "/secrets/" + part(name)
		s.Hand = "Settings, Environments. Or `gh secret set --env`, which asks for the value."
	}
	return s
}

func githubDefault(p *flow.Plan) Setting {
	return Setting{
		ID: "default-branch", What: "The default branch is " + code(p.Default) + ".",
		Why:  "Schedules and what a person starts run there.",
		Read: "/repos/{repository}", Now: ".default_branch", Want: literal(p.Default),
		Hand: "Settings, General, Default branch: it changes what everybody clones, so no script does it.",
	}
}

var githubMerge = Setting{
	ID: "merge-commits", What: "Merge commits are allowed.",
	Why:  "A merge-back that comes as a merge commit needs no line in its message to be known again.",
	Read: "/repos/{repository}", Now: ".allow_merge_commit", Want: "true",
	Create: &Write{"PATCH", "/repos/{repository}", "{allow_merge_commit: true}"},
	Update: &Write{"PATCH", "/repos/{repository}", "{allow_merge_commit: true}"},
}

// githubReviewed says of an environment who reviews, and from where.
const githubReviewed = `{
  reviewers: [.protection_rules[] | select(.type == "required_reviewers").reviewers[] | {type, id: .reviewer.id}] | sort_by(.type, .id),
  prevent_self_review: any(.protection_rules[]; .type == "required_reviewers" and .prevent_self_review),
  can_admins_bypass,
  deployment_branch_policy
}`

// githubWait keeps the time that an environment waits: what is not sent is reset.
const githubWait = ` + ([.protection_rules[]? | select(.type == "wait_timer") | {wait_timer}][0] // {})`

func githubGate(g gate) Setting {
	names := g.on("github")
	var needs []Lookup
	var reviewers []string
	for _, n := range names {
		l, kind := githubReviewer(n)
		needs = append(needs, l)
		reviewers = append(reviewers, fmt.Sprintf("{type: %q, id: %s}", kind, lookedUp(l.Name)))
	}
	want := fmt.Sprintf(`{
  reviewers: [%s] | sort_by(.type, .id),
  prevent_self_review: true,
  can_admins_bypass: false,
  deployment_branch_policy: {protected_branches: false, custom_branch_policies: true}
}`, strings.Join(reviewers, ", "))
	path := "/repos/{repository}/environments/" + part(g.name)
	put := &Write{"PUT", path, want + githubWait}
	return Setting{
		ID: "environment/" + g.name, Needs: needs,
		What: "Environment " + code(g.name) + ": required reviewers " + codes(names) + " (private repositories: GitHub Enterprise), *prevent self-review* on, no bypass by administrators, branches by pattern.",
		Why:  "GitHub makes an environment that does not exist, without reviewers, at the first run: the approval then fails, since nobody recorded one.",
		Read: path, Now: githubReviewed, Want: want, Create: put, Update: put,
	}
}

// githubReviewer is the number of a team, or of a user.
func githubReviewer(name string) (Lookup, string) {
	if org, team, ok := strings.Cut(name, "/"); ok {
		return Lookup{Name: "team " + name, Path: "/orgs/" + part(org) + "/teams/" + part(team), Pick: ".id"}, "Team"
	}
	return Lookup{Name: "user " + name, Path: "/users/" + part(name), Pick: ".id"}, "User"
}

func githubPlace(name string) Setting {
	path := "/repos/{repository}/environments/" + part(name)
	want := `{reviewers: [], deployment_branch_policy: {protected_branches: false, custom_branch_policies: true}}`
	put := &Write{"PUT", path, want + githubWait + " + (if .can_admins_bypass == null then {} else {can_admins_bypass} end)"}
	return Setting{
		ID:   "environment/" + name,
		What: "Environment " + code(name) + ": no reviewers, branches by pattern.",
		Why:  "A job that waits for a reviewer holds the queue; without branch patterns every branch could deploy.",
		Read: path, Now: githubReviewed + " | {reviewers, deployment_branch_policy}", Want: want, Create: put, Update: put,
	}
}

// githubBranches are the branches that an environment takes deployments from.
func githubBranches(environment string, branches []string) []Setting {
	path := "/repos/{repository}/environments/" + part(environment) + "/deployment-branch-policies"
	var out []Setting
	for _, b := range branches {
		out = append(out, Setting{
			ID:   "environment/" + environment + "/branch/" + b,
			What: "Environment " + code(environment) + ": the branch pattern " + code(b) + ".",
			Why:  "A deployment from there would be refused.",
			Read: path + "?per_page=100", Now: "any(.branch_policies[]; .name == " + literal(b) + ")", Want: "true",
			Create: &Write{"POST", path, `{name: ` + literal(b) + `, type: "branch"}`},
		})
	}
	return append(out, Setting{
		ID:   "environment/" + environment + "/branches",
		What: "Environment " + code(environment) + ": no other branch patterns than " + codes(branches) + ".",
		Why:  "What comes from another branch went through no gate of the policy.",
		Read: path + "?per_page=100", Now: "([.branch_policies[].name] - " + literal(branches) + ")", Want: "[]",
		Hand: "Settings, Environments: remove the others. The script removes nothing.",
	})
}
