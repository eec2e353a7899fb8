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
	app                     bool     // the App may pass
}

func githubRulesets(p *flow.Plan) []Setting {
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
		{"mainline", "branch", "changes by pull request, with a review" + checksText(p) + "; no forced push, no deletion", "A push that nobody reviewed would be delivered.", []string{p.Mainline}, mainlineRules(p), false},
		{"ledger", "branch", "only the App creates and pushes", "What a flow decides on stands there.", ledger, []string{`{type: "creation"}`, `{type: "update"}`}, true},
		{"history", "branch", "no forced push, no deletion", "What the gates ran on, and what was recorded, would be gone.", kept, []string{`{type: "deletion"}`, `{type: "non_fast_forward"}`}, false},
		{"tags", "tag", "only the App creates", "A tag says that the checks passed, or what production runs.", tags(p), []string{`{type: "creation"}`}, true},
		{"releases never move", "tag", "nobody moves or deletes", "A version would mean another commit than the one that was approved.", tags(p), []string{`{type: "deletion"}`, `{type: "update"}`}, false},
	} {
		r.name = prefix + ": " + r.name
		out = append(out, r.setting())
	}
	return out
}

func checksText(p *flow.Plan) string {
	if len(required(p)) == 0 {
		return ""
	}
	return " and the checks " + codes(required(p))
}

func mainlineRules(p *flow.Plan) []string {
	out := []string{`{type: "deletion"}`, `{type: "non_fast_forward"}`, `{type: "pull_request", parameters: {
    required_approving_review_count: 1, dismiss_stale_reviews_on_push: true, require_code_owner_review: false,
    require_last_push_approval: false, required_review_thread_resolution: false
  }}`}
	if len(required(p)) == 0 {
		return out
	}
	var checks []string
	for _, c := range required(p) {
		checks = append(checks, "{context: "+lit(c)+"}")
	}
	return append(out, `{type: "required_status_checks", parameters: {
    strict_required_status_checks_policy: false, required_status_checks: [`+strings.Join(checks, ", ")+`]
  }}`)
}

// githubRuled is what counts of a ruleset: what GitHub adds to it by itself does
// not. It hides who may pass from a token that may not change it: an error here.
const githubRuled = `{
  target, enforcement, refs: .conditions.ref_name.include | sort, except: .conditions.ref_name.exclude,
  rules: [.rules[].type] | sort, reviews: ([.rules[] | select(.type == "pull_request").parameters.required_approving_review_count] | add),
  checks: [.rules[] | select(.type == "required_status_checks").parameters.required_status_checks[].context] | sort,
  bypass: (.bypass_actors | map({actor_id, actor_type, bypass_mode}))
}`

func (r ruleset) setting() Setting {
	var refs []string
	for _, n := range r.refs {
		refs = append(refs, map[string]string{"branch": "refs/heads/", "tag": "refs/tags/"}[r.target]+n)
	}
	bypass := "[]"
	var needs []Lookup
	if r.app {
		needs = append(needs, githubApp[0])
		bypass = "[{actor_id: " + known("app id") + `, actor_type: "Integration", bypass_mode: "always"}]`
	}
	id := "ruleset " + r.name
	body := "{\n  name: " + lit(r.name) + ", target: " + lit(r.target) + ", enforcement: \"active\",\n  conditions: {ref_name: {include: " + lit(refs) + ", exclude: []}},\n" +
		"  rules: [" + strings.Join(r.rules, ", ") + "],\n  bypass_actors: " + bypass + "\n}"
	return Setting{
		ID: "ruleset/" + r.name, What: "Ruleset " + code(r.name) + " for " + codes(r.refs) + ": " + r.what + ".", Why: r.why,
		Needs: append(needs, Lookup{Name: id, Path: "/repos/{repository}/rulesets?per_page=100&includes_parents=false", Pick: "[.[] | select(.name == " + lit(r.name) + ").id][0]", Optional: true}),
		Read:  "/repos/{repository}/rulesets/{" + id + "}", Now: githubRuled, Want: body + " | " + githubRuled,
		Create: &Write{"POST", "/repos/{repository}/rulesets", body}, Update: &Write{"PUT", "/repos/{repository}/rulesets/{" + id + "}", body},
	}
}
