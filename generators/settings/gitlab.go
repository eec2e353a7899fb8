package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

var gitlab = &Host{
	Name: "gitlab", Title: "GitLab", Scheme: PrivateToken,
	Base:     Variable{Name: "CI_API_V4_URL", Fallback: "https://gitlab.com/api/v4", Text: "the REST interface"},
	Token:    Variable{Name: "GITLAB_TOKEN", Text: "a token with the scope api, of a maintainer of the project"},
	Known:    []Variable{{Name: "CI_PROJECT_PATH", As: "project", Text: "group/project", Encode: true}},
	Rights:   Lookup{Path: "/projects/{project}", Pick: "[.permissions.project_access.access_level, .permissions.group_access.access_level] | map(. // 0) | max >= 40"},
	Needed:   "maintainer of the project, scope api (for the comparison read_api)",
	settings: gitlabSettings,
}

// gitlabRepository is a project whose pipelines run elsewhere.
var gitlabRepository = &Host{
	Forge: true, Name: "gitlab", Title: "GitLab", Scheme: PrivateToken, Base: gitlab.Base, Token: gitlab.Token, Known: gitlab.Known, Rights: gitlab.Rights, Needed: gitlab.Needed,
	settings: func(p *flow.Plan) []Setting {
		return append([]Setting{gitlabAccessToken, gitlabMerge(p)}, gitlabRefs(p)...)
	},
}

// gitlabToken is the user that the project access token acts as. GitLab makes
// one for each token, so the token is found by its name.
var gitlabToken = Lookup{Name: "token user", Path: "/projects/{project}/access_tokens?per_page=100&state=active", Pick: `[.[] | select(.name == "fettle" and .active).user_id][0]`}

const gitlabProject = "/projects/{project}"

func gitlabSettings(p *flow.Plan) []Setting {
	out := []Setting{gitlabAccessToken, gitlabVariable("FETTLE_TOKEN", "the project access token `fettle`"), gitlabMerge(p), gitlabVariables, gitlabJobToken, gitlabOutdated}
	if p.Committer.Signed {
		out = append(out, gitlabVariable(flow.SigningKey, "the SSH key that signs commits, in Base64 on one line"))
	}
	out = append(out, gitlabRefs(p)...)
	for _, g := range gates(p) {
		out = append(out, gitlabGate(g))
	}
	for _, l := range locks(p) {
		out = append(out, gitlabLock(l))
	}
	for _, f := range p.Flows {
		for _, t := range f.Triggers {
			if timer, ok := t.(flow.Timer); ok {
				out = append(out, gitlabSchedule(f, timer))
			}
		}
	}
	for _, s := range secrets(p) {
		out = append(out, gitlabVariable(s.GitLab, "a secret of the policy"))
	}
	return out
}

// gitlabRefs are the branches and tags that are protected.
func gitlabRefs(p *flow.Plan) []Setting {
	out := []Setting{gitlabReview, gitlabAuthors}
	for _, b := range mainlines(p) {
		out = append(out, gitlabBranch(b, "nobody pushes, changes come by merge request", "A push that nobody reviewed would be delivered.", "[{access_level: 0}]", nil))
	}
	out = append(out, gitlabLedger(p))
	if p.Flow("hotfix") != nil {
		out = append(out, gitlabBranch(p.Names.Line.Glob(), "developers push", "The gates of a hotfix ran on this branch.", "[{access_level: 30}]", nil),
			gitlabBranch(p.Names.MergeBack+"*", "developers push, the token among them", "The merge-back is reviewed as it is.", "[{access_level: 30}]", nil))
	}
	out = append(out, gitlabOtherBranches(p))
	for _, t := range tags(p) {
		out = append(out, gitlabTag(t))
	}
	return append(out, gitlabOtherTags(p))
}

var gitlabAccessToken = Setting{
	ID:   "token/fettle",
	What: "A project access token named `fettle`: role Maintainer, scopes `api` and `write_repository`. It expires after a year at most: note the date.",
	Why:  "The token of a job starts no pipeline by its pushes, and acts with the rights of the person who started it.",
	Read: gitlabToken.Path, Now: `any(.[]; .name == "fettle" and .active and (.scopes | contains(["api", "write_repository"])))`, Want: "true",
	Hand: "Settings, Access tokens: GitLab shows the token once, so no script makes it.",
}

// gitlabVariable is there, masked and protected; its value is in the answer too,
// and is not looked at.
func gitlabVariable(name, what string) Setting {
	return Setting{
		ID: "variable/" + name, What: "Variable " + code(name) + ", masked and protected: " + what + ".",
		Why:  "Without it jobs fail; unprotected, every branch reads it.",
		Read: gitlabProject + "/variables/" + part(name), Now: "{masked, protected}", Want: "{masked: true, protected: true}",
		Hand: "Settings, CI/CD, Variables.",
	}
}

// gitlabMerge also asks for the pipeline of a request, which another CI system
// reports to GitLab as an external one.
func gitlabMerge(p *flow.Plan) Setting {
	want := `{merge: true, squash: true}`
	body := `{}`
	what := "Merge method: merge commit; squashing is not required."
	if len(requiredChecks(p)) > 0 {
		want, body, what = `{merge: true, squash: true, pipelines: true}`, `{only_allow_merge_if_pipeline_succeeds: true}`, "Merge method: merge commit; squashing is not required; *pipelines must succeed*."
	}
	now := `{merge: (.merge_method != "ff"), squash: (.squash_option != "always")`
	if len(requiredChecks(p)) > 0 {
		now += ", pipelines: .only_allow_merge_if_pipeline_succeeds"
	}
	body += ` + (if .merge_method == "ff" then {merge_method: "merge"} else {} end) + (if .squash_option == "always" then {squash_option: "default_off"} else {} end)`
	return Setting{
		ID: "merge-requests", What: what,
		Why:  "A merge-back is recognised by its commits; a request whose checks failed must not be merged.",
		Read: gitlabProject, Now: now + "}", Want: want, Update: &Write{"PUT", gitlabProject, body},
	}
}

var gitlabVariables = Setting{
	ID: "pipeline-variables", What: "Pipeline variables: nobody may set them.",
	Why:  "Dispatches use inputs, which are checked; a variable would take the place of any of the files' own.",
	Read: gitlabProject, Now: ".ci_pipeline_variables_minimum_override_role", Want: `"no_one_allowed"`,
	Update: &Write{"PUT", gitlabProject, `{ci_pipeline_variables_minimum_override_role: "no_one_allowed"}`},
}

// gitlabOutdated: the setting looks at the order of pipelines, and not at what
// was approved (docs.gitlab.com/api/projects, ci_forward_deployment_enabled).
var gitlabOutdated = Setting{
	ID: "outdated-deployments", What: "*Prevent outdated deployment jobs* is off.",
	Why:  "An approved deployment would be dropped when a younger pipeline deployed first, a redeployment and a hotfix among them. The guards refuse what is too old.",
	Read: gitlabProject, Now: "{prevented: .ci_forward_deployment_enabled}", Want: "{prevented: false}",
	Update: &Write{"PUT", gitlabProject, `{ci_forward_deployment_enabled: false}`},
}

var gitlabJobToken = Setting{
	ID: "job-token", What: "Job tokens may not push to the repository.",
	Why:  "They act with the rights of the person who started the pipeline.",
	Read: gitlabProject, Now: "{push: .ci_push_repository_for_job_token_allowed}", Want: "{push: false}",
	Update: &Write{"PUT", gitlabProject, "{ci_push_repository_for_job_token_allowed: false}"},
}

// gitlabLevels is who, in one form: GitLab tells each by a role, a user or a group.
const gitlabLevels = `map(if .user_id then {user_id} elif .group_id then {group_id} elif .deploy_key_id then {deploy_key_id} else {access_level} end) | sort`

// gitlabReplace are the new levels in the place of those that are there.
func gitlabReplace(field, levels string) string {
	return "([." + field + "[]? | {id, _destroy: true}] + " + levels + ")"
}

func gitlabBranch(name, what, why, push string, needs *Lookup) Setting {
	path := gitlabProject + "/protected_branches"
	s := Setting{
		ID: "branch/" + name, What: "Protected branch " + code(name) + ": " + what + "; no forced push.", Why: why,
		Read: path + "/" + part(name), Now: "{push: (.push_access_levels | " + gitlabLevels + "), force: .allow_force_push}",
		Want:   "{push: (" + push + " | sort), force: false}",
		Create: &Write{"POST", path, "{name: " + literal(name) + ", allow_force_push: false, " + gitlabCreate(push) + "}"},
		Update: &Write{"PATCH", path + "/" + part(name), "{allow_force_push: false, allowed_to_push: " + gitlabReplace("push_access_levels", push) + "}"},
	}
	if needs != nil {
		s.Needs = []Lookup{*needs}
	}
	return s
}

// gitlabLedger is merged to by nobody either.
func gitlabLedger(p *flow.Plan) Setting {
	s := gitlabBranch(p.Names.Ledger, "only the token `fettle` pushes, nobody merges (Premium)", "The flows decide by what is recorded there.", "[{user_id: "+lookedUp("token user")+"}]", &gitlabToken)
	s.Now += " + {merge: (.merge_access_levels | " + gitlabLevels + ")}"
	s.Want += " + {merge: [{access_level: 0}]}"
	s.Create.Body += " + {merge_access_level: 0}"
	s.Update.Body += " + {allowed_to_merge: " + gitlabReplace("merge_access_levels", "[{access_level: 0}]") + "}"
	return s
}

// gitlabReview: any approval counts. A project has one rule of that kind at most.
var gitlabReview = Setting{
	ID: "approvals/rule", What: "Merge request approvals: one at least, of anybody who may approve (Premium).",
	Why:   "A push that nobody reviewed would be delivered.",
	Needs: []Lookup{{Name: "approval rule", Path: gitlabProject + "/approval_rules?per_page=100", Pick: `[.[] | select(.rule_type == "any_approver").id][0]`, Optional: true}},
	Read:  gitlabProject + "/approval_rules/{approval rule}", Now: "{approved: (.approvals_required >= 1)}", Want: "{approved: true}",
	Create: &Write{"POST", gitlabProject + "/approval_rules", `{name: "All Members", rule_type: "any_approver", approvals_required: 1}`},
	Update: &Write{"PUT", gitlabProject + "/approval_rules/{approval rule}", `{name: (.name // "All Members"), approvals_required: 1}`},
}

var gitlabAuthors = Setting{
	ID: "approvals/settings", What: "Merge request approvals: not by the author, and removed when commits are added (Premium).",
	Why:  "Who wrote it does not approve it, and what was approved is what is merged.",
	Read: gitlabProject + "/approvals", Now: "{author: .merge_requests_author_approval, reset: .reset_approvals_on_push}", Want: "{author: false, reset: true}",
	Update: &Write{"POST", gitlabProject + "/approvals", "{merge_requests_author_approval: false, reset_approvals_on_push: true}"},
	Hand:   "Settings, Merge requests.",
}

// gitlabCreate asks for a role in the way that every edition has.
func gitlabCreate(push string) string {
	if level, ok := strings.CutPrefix(push, "[{access_level: "); ok {
		return "push_access_level: " + strings.TrimSuffix(level, "}]")
	}
	return "allowed_to_push: " + push
}

func gitlabTag(name string) Setting {
	path := gitlabProject + "/protected_tags"
	only := "[{user_id: " + lookedUp("token user") + "}]"
	return Setting{
		ID: "tag/" + name, What: "Protected tag " + code(name) + ": only the token `fettle` creates (Premium).",
		Why:   "A tag says that the checks passed, or what production runs; a protected one is never moved.",
		Needs: []Lookup{gitlabToken},
		Read:  path + "/" + part(name), Now: ".create_access_levels | " + gitlabLevels, Want: only,
		Create: &Write{"POST", path, "{name: " + literal(name) + ", allowed_to_create: " + only + "}"},
		Hand:   "Where it is protected for others: Settings, Repository, Protected tags. GitLab changes none by REST, and in between it would be open.",
	}
}

// gitlabOtherBranches: of the rules that match a branch the most permissive one counts.
func gitlabOtherBranches(p *flow.Plan) Setting {
	closed := append(mainlines(p), p.Names.Ledger)
	own := slices.Clone(closed)
	if p.Flow("hotfix") != nil {
		own = append(own, p.Names.Line.Glob())
	}
	return Setting{
		ID: "branches/others" + suffix(p), What: "No other protected branch pattern lets people push to " + codes(closed) + ", merge into " + code(p.Names.Ledger) + ", or force " + codes(own) + ".",
		Why:  "Of the rules that match a branch, GitLab takes the most permissive one.",
		Read: gitlabProject + "/protected_branches?per_page=100", Now: overlap + "[.[] | select(.name | IN(" + literal(own) + "[]) | not) | . as $other | select((any(.push_access_levels[]; .access_level != 0) and any(" + literal(closed) +
			"[]; . as $own | $other.name | overlaps($own))) or (any(.merge_access_levels[]?; .access_level != 0) and (.name | overlaps(" + literal(p.Names.Ledger) + "))) or (.allow_force_push and any(" + literal(own) + "[]; . as $own | $other.name | overlaps($own)))).name] | sort", Want: "[]",
		Hand: "Settings, Repository, Protected branches: take the others away, or close them.",
	}
}

func gitlabOtherTags(p *flow.Plan) Setting {
	return Setting{
		ID: "tags/others" + suffix(p), What: "No other protected tag pattern lets people create " + codes(tags(p)) + ".",
		Why:   "Of the rules that match a tag, GitLab takes the most permissive one.",
		Needs: []Lookup{gitlabToken},
		Read:  gitlabProject + "/protected_tags?per_page=100", Now: overlap + "[.[] | select(.name | IN(" + literal(tags(p)) + "[]) | not) | . as $other | select(any(.create_access_levels[]; .access_level != 0 and .user_id != " + lookedUp("token user") +
			") and any(" + literal(tags(p)) + "[]; . as $own | $other.name | overlaps($own))).name] | sort", Want: "[]",
		Hand: "Settings, Repository, Protected tags: take the others away, or close them.",
	}
}

func gitlabGate(g gate) Setting {
	names := g.on("gitlab")
	var needs []Lookup
	var who []string
	for _, n := range names {
		needs = append(needs, Lookup{Name: "group " + n, Path: "/groups/" + part(n) + "?with_projects=false", Pick: ".id"})
		who = append(who, "{group_id: "+lookedUp("group "+n)+"}")
	}
	levels := "[" + strings.Join(who, ", ") + "]"
	path := gitlabProject + "/protected_environments"
	return Setting{
		ID: "environment/" + g.name, Needs: needs,
		What: "Protected environment " + code(g.name) + ": allowed to deploy are only " + codes(names) + " (Premium). The groups are members of the project, or invited to it.",
		Why:  "Who may deploy to it may start the approval job. Without it that is everybody who may push to the branch.",
		Read: path + "/" + part(g.name), Now: ".deploy_access_levels | " + gitlabLevels, Want: levels + " | sort",
		Create: &Write{"POST", path, "{name: " + literal(g.name) + ", deploy_access_levels: " + levels + "}"},
		Update: &Write{"PUT", path + "/" + part(g.name), "{deploy_access_levels: " + gitlabReplace("deploy_access_levels", levels) + "}"},
	}
}

func gitlabLock(name string) Setting {
	path := gitlabProject + "/resource_groups/" + part(name)
	return Setting{
		ID: "resource-group/" + name, What: "Process mode of the resource group " + code(name) + ": `unordered`, the default.",
		Why:  "The other modes count jobs that were only created: a delivery that nobody approved would keep a hotfix waiting for ever. The guards run again under the lock, so the order need not be kept.",
		Read: path, Now: ".process_mode", Want: `"unordered"`,
		Update: &Write{"PUT", path, `{process_mode: "unordered"}`},
		Hand:   "It is there once a pipeline has used it: run the script again then.",
	}
}

func gitlabSchedule(f *flow.Flow, t flow.Timer) Setting {
	name := "fettle: " + f.Name
	path := gitlabProject + "/pipeline_schedules"
	id := "schedule " + f.Name
	set := fmt.Sprintf(`{ref: %s, cron: %s, cron_timezone: "UTC", active: true}`, literal("refs/heads/"+t.Branch), literal(t.Cron))
	body := set + " + {description: " + literal(name) + `, inputs: [{name: "flow", value: ` + literal(f.Name) + "}]}"
	return Setting{
		ID:    "schedule/" + f.Name,
		What:  "Pipeline schedule " + code(name) + ": " + code(t.Cron) + ", time zone UTC, on " + code(t.Branch) + ", input `flow` = " + code(f.Name) + ".",
		Why:   "GitLab keeps times in the project and not in a file: without it nothing runs.",
		Needs: []Lookup{{Name: id, Path: path + "?per_page=100", Pick: "[.[] | select(.description == " + literal(name) + ").id][0]", Optional: true}},
		Read:  path + "/{" + id + "}", Now: `{ref: (.ref | if startswith("refs/") then . else "refs/heads/" + . end), cron, cron_timezone: (.cron_timezone | if . == "Etc/UTC" then "UTC" else . end), active, flow: ([.inputs[]? | select(.name == "flow").value][0])}`,
		Want:   set + " + {flow: " + literal(f.Name) + "}",
		Create: &Write{"POST", path, body}, Update: &Write{"PUT", path + "/{" + id + "}", body},
	}
}
