package settings_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// fake is a host made by hand: answers by path, and what a write does to them.
type fake struct {
	*httptest.Server
	sync.Mutex
	answers map[string]any
	status  map[string]int
	tokens  []string // of every call
	writes  []string
	next    int
	endless string // the page that follows every answer
	deaf    bool   // it takes what it is sent, and leaves everything
}

func newFake(t *testing.T, target string) *fake {
	f := &fake{answers: map[string]any{}, status: map[string]int{}, next: 100}
	for path, text := range beginnings[target] {
		f.answers[path] = decode(t, text)
	}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

func decode(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	f.Lock()
	defer f.Unlock()
	f.tokens = append(f.tokens, r.Header.Get("Authorization")+r.Header.Get("PRIVATE-TOKEN"))
	path := strings.Split(r.URL.EscapedPath(), "?")[0]
	if s := f.status[path]; s != 0 {
		w.WriteHeader(s)
		return
	}
	if r.Method == http.MethodGet {
		if v, ok := f.answers[path]; ok {
			_ = json.NewEncoder(w).Encode(f.page(w, r, v))
			return
		}
		w.WriteHeader(http.StatusNotFound)
		return
	}
	raw, _ := io.ReadAll(r.Body)
	f.writes = append(f.writes, r.Method+" "+r.URL.RequestURI()+" "+strings.TrimSpace(string(raw)))
	if strings.HasSuffix(path, "/deployment-branch-policies") && f.answers[path] == nil {
		w.WriteHeader(http.StatusNotFound) // there is no such environment
		return
	}
	var body map[string]any
	if json.Unmarshal(raw, &body) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if !f.deaf {
		f.apply(path, body)
	}
}

// page is one entry of a list, and where the next one is: Azure DevOps has a
// token for it, the others an address.
func (f *fake) page(w http.ResponseWriter, r *http.Request, v any) any {
	if f.endless != "" {
		w.Header().Set("Link", "<"+f.endless+`>; rel="next"`)
		return v
	}
	list, ok := v.([]any)
	key := ""
	if object, is := v.(map[string]any); is {
		for _, key = range []string{"value", "branch_policies"} {
			if list, ok = object[key].([]any); ok {
				break
			}
		}
	}
	if !ok || len(list) < 2 {
		return v
	}
	query := r.URL.Query()
	n, _ := strconv.Atoi(query.Get("page") + query.Get("continuationToken"))
	if n+1 < len(list) {
		if key == "value" {
			w.Header().Set("x-ms-continuationtoken", strconv.Itoa(n+1))
		} else {
			query.Set("page", strconv.Itoa(n+1))
			w.Header().Set("Link", "<"+f.URL+"/first>; rel=\"first\", <"+f.URL+r.URL.EscapedPath()+"?"+query.Encode()+">; rel=\"next\"")
		}
	}
	if key == "" {
		return list[n : n+1]
	}
	return map[string]any{key: list[n : n+1], "count": 1}
}

// beginnings are what the hosts say before anything was set.
var beginnings = map[string]map[string]string{
	"github": {
		"/repos/acme/shop":                 `{"permissions": {"admin": true}, "default_branch": "main", "allow_merge_commit": false}`,
		"/repos/acme/shop/rulesets":        `[]`,
		"/apps/acme-release":               `{"id": 7, "client_id": "Iv7", "permissions": {"contents": "write", "workflows": "write", "pull_requests": "write", "issues": "write", "metadata": "read"}}`,
		"/orgs/acme/teams/managers":        `{"id": 42, "slug": "managers"}`,
		"/repos/acme/shop/actions/secrets": `{"total_count": 0, "secrets": []}`,
		"/repos/acme/shop/environments/fettle/secrets/FETTLE_APP_PRIVATE_KEY":     `{"name": "FETTLE_APP_PRIVATE_KEY"}`,
		"/repos/acme/shop/environments/production/secrets/FETTLE_APP_PRIVATE_KEY": `{"name": "FETTLE_APP_PRIVATE_KEY"}`,
		"/repos/acme/shop/environments/production/secrets/KEY":                    `{"name": "KEY"}`,
	},
	"gitlab": {
		"/projects/acme%2Fshop/protected_branches":         `[{"name": "main", "allow_force_push": false, "push_access_levels": [{"access_level": 40}]}, {"name": "maintenance", "allow_force_push": true, "push_access_levels": [{"access_level": 40}]}, {"name": "m*", "allow_force_push": false, "push_access_levels": [{"access_level": 0}]}]`,
		"/projects/acme%2Fshop/protected_tags":             `[{"name": "candidates", "create_access_levels": [{"access_level": 40}]}]`,
		"/projects/acme%2Fshop":                            `{"permissions": {"project_access": {"access_level": 40}, "group_access": null}, "merge_method": "ff", "squash_option": "always", "only_allow_merge_if_pipeline_succeeds": false, "ci_pipeline_variables_minimum_override_role": "developer", "ci_push_repository_for_job_token_allowed": true, "ci_forward_deployment_enabled": true}`,
		"/projects/acme%2Fshop/access_tokens":              `[{"name": "fettle", "active": true, "user_id": 9, "scopes": ["api", "write_repository"]}]`,
		"/projects/acme%2Fshop/variables/FETTLE_TOKEN":     `{"value": "secret", "masked": true, "protected": true}`,
		"/projects/acme%2Fshop/variables/KEY":              `{"value": "secret", "masked": true, "protected": true}`,
		"/projects/acme%2Fshop/protected_branches/main":    `{"name": "main", "push_access_levels": [{"id": 5, "access_level": 40, "user_id": null, "group_id": null}], "allow_force_push": false}`,
		"/groups/acme%2Fmanagers":                          `{"id": 42}`,
		"/projects/acme%2Fshop/resource_groups/production": `{"process_mode": "oldest_first"}`,
		"/projects/acme%2Fshop/pipeline_schedules":         `[]`,
		"/projects/acme%2Fshop/approval_rules":             `[{"id": 3, "name": "Security", "rule_type": "regular", "approvals_required": 1}, {"id": 4, "name": "All Members", "rule_type": "any_approver", "approvals_required": 0}]`,
		"/projects/acme%2Fshop/approval_rules/4":           `{"id": 4, "name": "All Members", "rule_type": "any_approver", "approvals_required": 0}`,
		"/projects/acme%2Fshop/approvals":                  `{"merge_requests_author_approval": true, "reset_approvals_on_push": true}`,
	},
	"gitea": {
		"/api/v1/repos/acme/shop":                         `{"permissions": {"admin": true}, "default_branch": "main", "has_pull_requests": true, "allow_merge_commits": false, "has_issues": false}`,
		"/api/v1/repos/acme/shop/branch_protections":      `[{"rule_name": "mainte*", "priority": 1}, {"rule_name": "fettle/**", "priority": 9}]`,
		"/api/v1/repos/acme/shop/tag_protections":         `[]`,
		"/api/v1/repos/acme/shop/branch_protections/main": `{"rule_name": "main", "priority": 2, "enable_push": true, "enable_status_check": true, "status_check_contexts": ["*"], "required_approvals": 2, "unprotected_file_patterns": "docs/**"}`,
	},
	"forge-github": {
		"/repos/acme/shop":                     `{"permissions": {"admin": true}, "default_branch": "main", "allow_merge_commit": false}`,
		"/repos/acme/shop/rulesets":            `[]`,
		"/orgs/acme/teams/pipelines":           `{"id": 43}`,
		"/repos/acme/shop/rules/branches/main": `[{"type": "required_status_checks", "parameters": {"required_status_checks": [{"context": "jenkins"}]}}]`,
	},
	"forge-gitlab": {
		"/projects/acme%2Fshop/protected_branches": `[{"name": "main", "allow_force_push": false, "push_access_levels": [{"access_level": 40}]}, {"name": "maintenance", "allow_force_push": true, "push_access_levels": [{"access_level": 40}]}, {"name": "m*", "allow_force_push": false, "push_access_levels": [{"access_level": 0}]}]`,
		"/projects/acme%2Fshop/protected_tags":     `[{"name": "candidates", "create_access_levels": [{"access_level": 40}]}]`,
		"/projects/acme%2Fshop":                    `{"permissions": {"project_access": {"access_level": 40}, "group_access": null}, "merge_method": "ff", "squash_option": "always", "only_allow_merge_if_pipeline_succeeds": false}`,
		"/projects/acme%2Fshop/access_tokens":      `[{"name": "fettle", "active": true, "user_id": 9, "scopes": ["api", "write_repository"]}]`,
		"/projects/acme%2Fshop/approval_rules":     `[]`,
		"/projects/acme%2Fshop/approvals":          `{"merge_requests_author_approval": false, "reset_approvals_on_push": false}`,
	},
	"jenkins": {
		"/pluginManager/api/json":         `{"plugins": [{"shortName": "git", "active": true, "version": "3.4.0"}, {"shortName": "job-dsl", "active": false, "version": "1.93"}, {"shortName": "junit", "active": true, "version": "1.50"}, {"shortName": "copyartifact", "active": true, "version": "795.ve8e151429b_27"}, {"shortName": "pipeline-model-definition", "active": true, "version": "2.2118.v31fd5b_9944b_5"}]}`,
		"/job/shop/api/json":              `{"name": "shop"}`,
		"/job/shop/job/delivery/api/json": `{"name": "delivery"}`,
		"/job/shop/credentials/store/folder/domain/_/credential/fettle/api/json": `{"id": "fettle"}`,
		"/computer/api/json": `{"computer": [{"offline": true, "assignedLabels": [{"name": "linux"}]}]}`,
	},
	"azure": {
		"/Acme/_apis/git/repositories/shop":                              `{"id": "r1", "project": {"id": "p1"}}`,
		"/_apis/connectionData":                                          `{"instanceId": "c1"}`,
		"/Acme/_apis/build/definitions":                                  `{"value": []}`,
		"/Acme/_apis/distributedtask/environments":                       `{"value": []}`,
		"/Acme/_apis/pipelines/checks/configurations":                    `{"value": []}`,
		"/Acme/_apis/policy/configurations":                              `{"value": []}`,
		"/Acme/_apis/build/generalsettings":                              `{"enforceSettableVar": false}`,
		"/Acme/_apis/distributedtask/variablegroups":                     `{"value": [{"name": "PROD", "variables": {"Key": {"isSecret": true, "value": null}}}]}`,
		"/_apis/accesscontrollists/2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87": `{"value": [{"acesDictionary": {}}]}`,
	},
}

// apply does what the host would do with a write.
func (f *fake) apply(path string, body map[string]any) {
	last := path[strings.LastIndex(path, "/")+1:]
	f.next++
	switch {
	case strings.Contains(path, "/deployment-branch-policies"):
		f.push(path, "branch_policies", body)
	case strings.Contains(path, "/environments/") && strings.HasPrefix(path, "/repos/"):
		f.answers[path] = environmentAnswer(body)
		if _, ok := f.answers[path+"/deployment-branch-policies"]; !ok {
			f.answers[path+"/deployment-branch-policies"] = map[string]any{"branch_policies": []any{}}
		}
	case last == "rulesets", last == "pipeline_schedules", last == "approval_rules":
		body["id"] = f.next
		f.answers[path] = append(f.answers[path].([]any), body)
		f.answers[fmt.Sprintf("%s/%d", path, f.next)] = body
	case last == "variables" && strings.HasPrefix(path, "/repos/"):
		f.answers[path+"/"+body["name"].(string)] = body
	case strings.HasSuffix(path, "/permission"), strings.Contains(path, "/collaborators/"):
		f.answers[path+"/permission"] = body
	case last == "branch_protections":
		body = giteaAnswer(body)
		f.answers[path] = append(f.answers[path].([]any), body)
		f.answers[path+"/"+escaped(body["rule_name"].(string))] = body
	case last == "tag_protections":
		body["id"] = f.next
		f.answers[path] = append(f.answers[path].([]any), body)
		f.answers[fmt.Sprintf("%s/%d", path, f.next)] = body
	case last == "protected_branches", last == "protected_tags", last == "protected_environments":
		f.answers[path+"/"+escaped(body["name"].(string))] = protectedAnswer(body)
	case strings.Contains(path, "/protected_branches/"):
		f.answers[path] = map[string]any{"push_access_levels": kept(body["allowed_to_push"]), "allow_force_push": body["allow_force_push"]}
	case strings.HasSuffix(path, "/_apis/pipelines"):
		id := f.next
		file := strings.TrimPrefix(body["configuration"].(map[string]any)["path"].(string), "/")
		f.push("/Acme/_apis/build/definitions", "value", map[string]any{"id": id, "process": map[string]any{"yamlFilename": file}})
		f.answers[fmt.Sprintf("/Acme/_apis/build/definitions/%d", id)] = map[string]any{"queueStatus": "enabled"}
	case strings.HasSuffix(path, "/distributedtask/environments"), strings.HasSuffix(path, "/checks/configurations"), strings.HasSuffix(path, "/policy/configurations"):
		body["id"] = f.next
		f.push(path, "value", body)
	case strings.Contains(path, "/accesscontrolentries/"):
		aces := map[string]any{}
		for _, e := range body["accessControlEntries"].([]any) {
			aces[e.(map[string]any)["descriptor"].(string)] = e
		}
		f.answers[strings.Replace(path, "entries", "lists", 1)] = map[string]any{"value": []any{map[string]any{"acesDictionary": aces}}}
	default:
		now, _ := f.answers[path].(map[string]any)
		for k, v := range body {
			now[k] = v
		}
	}
}

func (f *fake) push(path, list string, v any) {
	at := f.answers[path].(map[string]any)
	at[list] = append(at[list].([]any), v)
}

func escaped(s string) string { return strings.NewReplacer("/", "%2F", "*", "%2A").Replace(s) }

// environmentAnswer has the other form that GitHub gives an environment back in.
func environmentAnswer(body map[string]any) any {
	rules := []any{map[string]any{"type": "branch_policy"}}
	var reviewers []any
	for _, r := range body["reviewers"].([]any) {
		r := r.(map[string]any)
		reviewers = append(reviewers, map[string]any{"type": r["type"], "reviewer": map[string]any{"id": r["id"]}})
	}
	if len(reviewers) > 0 {
		rules = append(rules, map[string]any{"type": "required_reviewers", "reviewers": reviewers, "prevent_self_review": body["prevent_self_review"]})
	}
	return map[string]any{"protection_rules": rules, "can_admins_bypass": body["can_admins_bypass"], "deployment_branch_policy": body["deployment_branch_policy"]}
}

// giteaAnswer has all fields of a protection.
func giteaAnswer(body map[string]any) map[string]any {
	out := map[string]any{"priority": 5, "unprotected_file_patterns": "", "enable_force_push": false, "push_whitelist_usernames": []any{}}
	maps.Copy(out, body)
	return out
}

// kept are the levels that are not taken away.
func kept(levels any) []any {
	var out []any
	for _, l := range levels.([]any) {
		if l.(map[string]any)["_destroy"] != true {
			out = append(out, l)
		}
	}
	return out
}

func protectedAnswer(body map[string]any) any {
	out := map[string]any{"allow_force_push": body["allow_force_push"], "create_access_levels": body["allowed_to_create"], "deploy_access_levels": body["deploy_access_levels"], "push_access_levels": body["allowed_to_push"], "merge_access_levels": []any{map[string]any{"access_level": body["merge_access_level"]}}}
	if level, ok := body["push_access_level"]; ok {
		out["push_access_levels"] = []any{map[string]any{"access_level": level}}
	}
	return out
}
