package settings

import (
	"fmt"
	"slices"

	"github.com/fettle-ci/fettle/flow"
)

// gitea holds repositories; what runs their pipelines is another host.
var gitea = &Host{
	Forge: true, Name: "gitea", Title: "Gitea", Scheme: Bearer,
	Base:  Variable{Name: "GITEA_SERVER_URL", Text: "the address of Gitea"},
	Token: Variable{Name: "GITEA_SERVER_TOKEN", Text: "an access token of an administrator of the repository, with write:repository"},
	Known: []Variable{
		{Name: "GITEA_REPOSITORY", As: "repository", Text: "owner/name"},
		{Name: "FETTLE_USER", As: "user", Text: "the user whose token the pipelines push with"},
	},
	Rights:   Lookup{Path: giteaRepository, Pick: ".permissions.admin"},
	Needed:   "read:repository (for the script write:repository), of an administrator of the repository",
	settings: giteaSettings,
}

const giteaRepository = "/api/v1/repos/{repository}"

func giteaSettings(p *flow.Plan) []Setting {
	out := []Setting{giteaUser, giteaDefault(p), giteaRequests(p)}
	for _, b := range mainlines(p) {
		out = append(out, giteaMainline(p, b))
	}
	if len(requiredChecks(p)) > 0 {
		out = append(out, giteaChecks(p))
	}
	out = append(out, giteaLedger(p))
	if p.Flow("hotfix") != nil {
		out = append(out, giteaLine(p))
	}
	out = append(out, giteaOrder(p))
	for _, t := range tags(p) {
		out = append(out, giteaTag(t))
	}
	return append(out, giteaOtherTags(p))
}

var giteaUser = Setting{
	ID:   "user",
	What: "The user of the pipelines (`FETTLE_USER`) may write, and is no administrator of the repository.",
	Why:  "Without the first the flows cannot record; with the second they could take the protection off that holds them.",
	Read: giteaRepository + "/collaborators/{user}/permission", Now: ".permission", Want: `"write"`,
	Create: &Write{"PUT", giteaRepository + "/collaborators/{user}", `{permission: "write"}`},
	Update: &Write{"PUT", giteaRepository + "/collaborators/{user}", `{permission: "write"}`},
}

func giteaDefault(p *flow.Plan) Setting {
	return Setting{
		ID: "default-branch", What: "The default branch is " + code(p.Default) + ".",
		Why:  "Merge requests go there, and Gitea lets nobody delete it.",
		Read: giteaRepository, Now: ".default_branch", Want: literal(p.Default),
		Hand: "Settings, Branches, Default branch: it changes what everybody clones, so no script does it.",
	}
}

// giteaRequests are the requests that merge a hotfix back, and their issues.
func giteaRequests(p *flow.Plan) Setting {
	what, now, want := "Pull requests are on, and merge commits are allowed", "requests: .has_pull_requests, merge: .allow_merge_commits", "requests: true, merge: true"
	body := "has_pull_requests: true, allow_merge_commits: true"
	if p.MergeBack.OnConflict == "issue" {
		what, now, want, body = what+"; issues are on", now+", issues: .has_issues", want+", issues: true", body+", has_issues: true"
	}
	return Setting{
		ID: "merge-requests", What: what + ".",
		Why:  "A merge-back that comes as a merge commit needs no line in its message to be known again.",
		Read: giteaRepository, Now: "{" + now + "}", Want: "{" + want + "}",
		Update: &Write{"PATCH", giteaRepository, "{" + body + "}"},
	}
}

const giteaRules = giteaRepository + "/branch_protections"

// giteaBranch is a protection of a branch, or of those that a pattern names. It
// keeps what is stricter: the body is given what is there.
func giteaBranch(name, what, why, now, want, body string) Setting {
	path := giteaRules + "/" + part(name)
	return Setting{
		ID: "branch/" + name, What: "Branch protection " + code(name) + ": " + what + "; no forced push, no deletion.", Why: why,
		Read: path, Now: "{" + now + `, forced: .enable_force_push, unprotected_files: .unprotected_file_patterns}`,
		Want:   "{" + want + `, forced: false, unprotected_files: ""}`,
		Create: &Write{"POST", giteaRules, "{rule_name: " + literal(name) + ", " + body + "}"},
		Update: &Write{"PATCH", path, "{" + body + `, enable_force_push: false, unprotected_file_patterns: ""}`},
	}
}

// giteaReviewed is what the mainline and release branches have in common.
const (
	giteaReviewed     = "reviews: (.required_approvals >= 1), rejected: .block_on_rejected_reviews, stale: .dismiss_stale_approvals, administrators: .block_admin_merge_override"
	giteaReviewedMust = "reviews: true, rejected: true, stale: true, administrators: true"
	giteaReviewedBody = "required_approvals: ([.required_approvals // 0, 1] | max), block_on_rejected_reviews: true, dismiss_stale_approvals: true, block_admin_merge_override: true"
)

func giteaMainline(p *flow.Plan, branch string) Setting {
	if branch == p.Mainline || slices.Contains(p.Former, branch) {
		return giteaBranch(branch, "nobody pushes, changes come by pull request with a review, and administrators are no exception", "A push that nobody reviewed would be delivered.",
			"push: .enable_push, "+giteaReviewed, "push: false, "+giteaReviewedMust, "enable_push: false, "+giteaReviewedBody)
	}
	return giteaBranch(branch, "nobody pushes but those on its list, who begin one; changes come by pull request with a review, and administrators are no exception", "A delivery comes from there.",
		"push: (.enable_push and (.enable_push_whitelist | not)), user: "+giteaMay+", "+giteaReviewed, "push: false, user: false, "+giteaReviewedMust,
		"enable_push: true, enable_push_whitelist: true, push_whitelist_usernames: ((.push_whitelist_usernames // []) - ["+lookedUp("user")+"]), "+giteaReviewedBody)
}

// giteaMay says whether the user of the pipelines stands on the list.
const giteaMay = `any(.push_whitelist_usernames[]?; ascii_downcase == ($known["user"] | ascii_downcase))`

// giteaChecks are for people: Jenkins tells Gitea of its builds by a plugin, and
// under names of its own.
func giteaChecks(p *flow.Plan) Setting {
	return Setting{
		ID: "branch/" + p.Mainline + "/checks", What: "Branch protection " + code(p.Mainline) + ": status checks are required. The merge request pipeline runs " + codes(requiredChecks(p)) + ".",
		Why:  "A request whose checks failed would be merged.",
		Read: giteaRules + "/" + part(p.Mainline), Now: "(.enable_status_check and (.status_check_contexts | length > 0))", Want: "true",
		Hand: "Have the CI system report to Gitea (Jenkins: the plugin `gitea`, with its own source of branches), then name what it reports under *status checks*.",
	}
}

func giteaLedger(p *flow.Plan) Setting {
	list := "[" + lookedUp("user") + "]"
	return giteaBranch(p.Names.Ledger, "only the user of the pipelines pushes and merges", "The flows decide by what is recorded there.",
		"push: (.enable_push and .enable_push_whitelist), pushers: (.push_whitelist_usernames + .push_whitelist_teams), keys: .push_whitelist_deploy_keys, "+
			"merge: .enable_merge_whitelist, mergers: (.merge_whitelist_usernames + .merge_whitelist_teams)",
		"push: true, pushers: "+list+", keys: false, merge: true, mergers: "+list,
		"enable_push: true, enable_push_whitelist: true, push_whitelist_usernames: "+list+", push_whitelist_teams: [], push_whitelist_deploy_keys: false, "+
			"enable_merge_whitelist: true, merge_whitelist_usernames: "+list+", merge_whitelist_teams: []")
}

func giteaLine(p *flow.Plan) Setting {
	return giteaBranch(p.Names.Line.Glob(), "developers push", "The gates of a hotfix ran on this branch.", "push: .enable_push", "push: true", "enable_push: true")
}

// giteaOrder: of the protections that match a branch only the first one counts.
func giteaOrder(p *flow.Plan) Setting {
	own := append(mainlines(p), p.Names.Ledger)
	if p.Flow("hotfix") != nil {
		own = append(own, p.Names.Line.Glob())
	}
	return Setting{
		ID: "branches/order" + suffix(p), What: "No other branch protection stands before " + codes(own) + " that may take its place.",
		Why:  "Gitea asks the first protection that matches a branch, and no other.",
		Read: giteaRules, Now: overlap + "map(select(.rule_name | IN(" + literal(own) + "[]))) as $own | [.[] | select((.rule_name | IN(" + literal(own) + `[]) | not) and (.rule_name | wild))` +
			" | . as $other | select(any($own[]; .priority >= $other.priority and (.rule_name as $name | $other.rule_name | overlaps($name)))).rule_name] | sort", Want: "[]",
		Hand: "Settings, Branches: put those of the policy before the others.",
	}
}

const giteaTags = giteaRepository + "/tag_protections"

func giteaTag(name string) Setting {
	id := "tag protection " + name
	body := fmt.Sprintf("{name_pattern: %s, whitelist_usernames: [%s], whitelist_teams: []}", literal(name), lookedUp("user"))
	return Setting{
		ID: "tag/" + name, What: "Tag protection " + code(name) + ": only the user of the pipelines.",
		Why:   "A tag says that the checks passed, or what production runs. Gitea has no right to create tags without the one to move them: the script never does.",
		Needs: []Lookup{{Name: id, Path: giteaTags, Pick: "[.[] | select(.name_pattern == " + literal(name) + ").id][0]", Optional: true}},
		Read:  giteaTags + "/{" + id + "}", Now: ".whitelist_usernames + .whitelist_teams", Want: "[" + lookedUp("user") + "]",
		Create: &Write{"POST", giteaTags, body}, Update: &Write{"PATCH", giteaTags + "/{" + id + "}", body},
	}
}

// giteaOtherTags: of the protections that match a tag any one lets through.
func giteaOtherTags(p *flow.Plan) Setting {
	return Setting{
		ID: "tags/others" + suffix(p), What: "No other tag protection lets somebody else make, move or delete " + codes(tags(p)) + ".",
		Why:  "Whom one protection lets through, no other stops.",
		Read: giteaTags, Now: overlap + "[.[] | select((.name_pattern | IN(" + literal(tags(p)) + "[]) | not) and (.whitelist_usernames + .whitelist_teams - [" + lookedUp("user") + `]) != []` +
			` and (.name_pattern | startswith("/") or any(` + literal(tags(p)) + "[] as $own | overlaps($own); .))).name_pattern] | sort", Want: "[]",
		Hand: "Settings, Tags: take the others off those lists.",
	}
}

// suffix tells the settings of a component from those of another.
func suffix(p *flow.Plan) string {
	if p.Component == "" {
		return ""
	}
	return "/" + p.Component
}
