package settings

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// ruleset is a ruleset of GitHub. What only the App does and what nobody does
// are two: who may pass one may pass all of its rules.
type ruleset struct {
	name, target, what, why string
	refs                    []string
	rules                   []string // programs of jq
	pass                    bool     // the pusher may pass
}

// pusher is whom rulesets let through: who pushes for the pipelines.
type pusher struct {
	who, kind string // kind: as GitHub has it
	id        Lookup
}

var (
	githubAppPushes  = pusher{"the App", "Integration", githubApp[0]}
	githubTeamPushes = pusher{"the team of the pipelines", "Team", Lookup{Name: "team id", Path: "/orgs/{organisation}/teams/{team}", Pick: ".id"}}
)

func githubRulesets(p *flow.Plan, checks []string, by pusher) []Setting {
	prefix := "fettle"
	if p.Component != "" {
		prefix += " " + p.Component
	}
	ledger := []string{p.Names.Ledger}
	kept := ledger
	if p.Flow("hotfix") != nil {
		kept = append(kept, p.Names.Line.Glob())
	}
	var out []Setting
	for _, r := range []ruleset{
		{"mainline", "branch", "changes by pull request, with a review" + checksText(checks) + "; no forced push, no deletion", "A push that nobody reviewed would be delivered.", mainlines(p), mainlineRules(p, checks), false},
		{"ledger", "branch", "only " + by.who + " creates and pushes", "The flows decide by what is recorded there.", ledger, []string{`{type: "creation"}`, `{type: "update"}`}, true},
		{"history", "branch", "no forced push, no deletion", "What the gates ran on, and what was recorded, would be gone.", kept, []string{`{type: "deletion"}`, `{type: "non_fast_forward"}`}, false},
		{"tags", "tag", "only " + by.who + " creates", "A tag says that the checks passed, or what production runs.", tags(p), []string{`{type: "creation"}`}, true},
		{"releases never move", "tag", "nobody moves or deletes", "A version would mean another commit than the one that was approved.", tags(p), []string{`{type: "deletion"}`, `{type: "update"}`}, false},
	} {
		r.name = prefix + ": " + r.name
		out = append(out, r.setting(by))
	}
	return out
}

func checksText(checks []string) string {
	if len(checks) == 0 {
		return ""
	}
	return " and the checks " + codes(checks)
}

// mainlineRules keep what is stricter: they are given the ruleset that is there.
func mainlineRules(p *flow.Plan, checks []string) []string {
	out := []string{`{type: "deletion"}`, `{type: "non_fast_forward"}`, `{type: "pull_request", parameters: {
    required_approving_review_count: ([((.rules // [])[] | select(.type == "pull_request").parameters.required_approving_review_count), 1] | max), dismiss_stale_reviews_on_push: true, require_code_owner_review: false,
    require_last_push_approval: false, required_review_thread_resolution: false
  }}`}
	if len(checks) == 0 {
		return out
	}
	var contexts []string
	for _, c := range checks {
		contexts = append(contexts, "{context: "+literal(c)+"}")
	}
	created := ""
	if p.ReleaseBranches != "" {
		created = "do_not_enforce_on_create: true, "
	}
	return append(out, `{type: "required_status_checks", parameters: {
    `+created+`strict_required_status_checks_policy: false, required_status_checks: [`+strings.Join(contexts, ", ")+`]
  }}`)
}

// githubRuled is what counts of a ruleset: what GitHub adds to it by itself does
// not. It hides who may pass from a token that may not change it: an error here.
const githubRuled = `{
  target, enforcement, refs: .conditions.ref_name.include | sort, except: .conditions.ref_name.exclude,
  rules: [.rules[].type] | sort, reviewed: any(.rules[] | select(.type == "pull_request").parameters; .required_approving_review_count >= 1 and .dismiss_stale_reviews_on_push),
  checks: [.rules[] | select(.type == "required_status_checks").parameters.required_status_checks[].context] | sort,
  bypass: (.bypass_actors | map({actor_id, actor_type, bypass_mode}))
}`

func (r ruleset) setting(by pusher) Setting {
	var refs []string
	for _, n := range r.refs {
		refs = append(refs, map[string]string{"branch": "refs/heads/", "tag": "refs/tags/"}[r.target]+n)
	}
	bypass := "[]"
	var needs []Lookup
	if r.pass {
		needs = append(needs, by.id)
		bypass = "[{actor_id: " + lookedUp(by.id.Name) + ", actor_type: " + literal(by.kind) + `, bypass_mode: "always"}]`
	}
	id := "ruleset " + r.name
	body := "{\n  name: " + literal(r.name) + ", target: " + literal(r.target) + ", enforcement: \"active\",\n  conditions: {ref_name: {include: " + literal(refs) + ", exclude: []}},\n" +
		"  rules: [" + strings.Join(r.rules, ", ") + "],\n  bypass_actors: " + bypass + "\n}"
	return Setting{
		ID: "ruleset/" + r.name, What: "Ruleset " + code(r.name) + " for " + codes(r.refs) + ": " + r.what + ".", Why: r.why,
		Needs: append(needs, Lookup{Name: id, Path: "/repos/{repository}/rulesets?per_page=100&includes_parents=false", Pick: "[.[] | select(.name == " + literal(r.name) + ").id][0]", Optional: true}),
		Read:  "/repos/{repository}/rulesets/{" + id + "}", Now: githubRuled, Want: body + " | " + githubRuled,
		Create: &Write{"POST", "/repos/{repository}/rulesets", body}, Update: &Write{"PUT", "/repos/{repository}/rulesets/{" + id + "}", body},
	}
}
