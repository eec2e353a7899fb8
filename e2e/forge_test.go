package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/itchyny/gojq"
)

// forge is a small fake of the REST interfaces by which GitLab, Gitea and Azure
// Repos are asked for requests and issues. It records what it was asked, and
// refuses every call that it does not know.
func (w *world) forge(rw http.ResponseWriter, r *http.Request) {
	path, _ := url.PathUnescape(r.URL.EscapedPath())
	fields := map[string]string{}
	if !strings.Contains(path, "/packages/") {
		fields = fieldsOf(r)
	}
	switch {
	case r.Header.Get("Job-Token") == "of-the-job" && strings.HasPrefix(path, "/api/v4/projects/42/packages/generic/"):
		w.packages(rw, r, path)
	case r.Header.Get("Private-Token") == token && strings.HasPrefix(path, "/api/v4/projects/42/"):
		w.gitlabForge(rw, r, strings.TrimPrefix(path, "/api/v4/projects/42/"), fields)
	case r.Header.Get("Authorization") == "token "+token && strings.HasPrefix(path, "/api/v1/repos/acme/shop/"):
		w.giteaForge(rw, r, strings.TrimPrefix(path, "/api/v1/repos/acme/shop/"), fields)
	case passwordOf(r) == token && strings.HasPrefix(path, "/acme-devops/shop/_apis/git/repositories/shop/pullrequests"):
		w.azureForge(rw, r, strings.Trim(strings.TrimPrefix(path, "/acme-devops/shop/_apis/git/repositories/shop/pullrequests"), "/"), fields)
	default:
		w.t.Errorf("unexpected call of the host's interface: %s %s", r.Method, r.URL)
		rw.WriteHeader(http.StatusTeapot)
	}
}

// packages is GitLab's registry of generic packages.
func (w *world) packages(rw http.ResponseWriter, r *http.Request, path string) {
	file := filepath.Join(w.state, "artifacts", strings.ReplaceAll(strings.TrimPrefix(path, "/api/v4/projects/42/packages/generic/"), "/", "-"))
	if r.Method == http.MethodGet {
		http.ServeFile(rw, r, file)
		return
	}
	body, _ := io.ReadAll(r.Body)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err == nil {
		err = os.WriteFile(file, body, 0o644)
		if err == nil {
			rw.WriteHeader(http.StatusCreated)
		}
	}
}

func passwordOf(r *http.Request) string {
	_, password, _ := r.BasicAuth()
	return password
}

// fieldsOf are the fields of the call: of its query, its form or its JSON.
func fieldsOf(r *http.Request) map[string]string {
	out := map[string]string{}
	for k, v := range r.URL.Query() {
		out[k] = v[0]
	}
	body, _ := io.ReadAll(r.Body)
	var object map[string]any
	if json.Unmarshal(body, &object) == nil {
		for k, v := range object {
			out[k] = fmt.Sprint(v)
		}
		return out
	}
	form, _ := url.ParseQuery(string(body))
	for k, v := range form {
		out[k] = v[0]
	}
	return out
}

func answer(rw http.ResponseWriter, status int, v any) {
	rw.WriteHeader(status)
	_ = json.NewEncoder(rw).Encode(v)
}

type object map[string]any

func (w *world) gitlabForge(rw http.ResponseWriter, r *http.Request, path string, f map[string]string) {
	draft := strings.HasPrefix(f["title"], "Draft: ")
	title := strings.TrimPrefix(f["title"], "Draft: ")
	switch call, number, _ := strings.Cut(r.Method+" "+path, "/"); call {
	case "GET protected_environments": // all are, as the settings ask
		answer(rw, 200, object{"name": number, "deploy_access_levels": []object{{"group_id": 7}}})
	case "GET merge_requests":
		out := []object{}
		for _, q := range w.opened(f["source_branch"], f["target_branch"]) {
			out = append(out, object{"iid": q.Number, "source_project_id": 42, "target_project_id": 42})
		}
		answer(rw, 200, out)
	case "POST merge_requests":
		q := w.open(request{Head: f["source_branch"], Base: f["target_branch"], Title: title, Body: f["description"], Draft: draft})
		answer(rw, 201, object{"iid": q.Number, "web_url": w.server.URL + "/requests/" + strconv.Itoa(q.Number)})
	case "PUT merge_requests":
		w.update(number, title, f["description"], &draft)
		answer(rw, 200, object{})
	default:
		w.issues(rw, r, path, f["title"], f["description"], "web_url")
	}
}

func (w *world) giteaForge(rw http.ResponseWriter, r *http.Request, path string, f map[string]string) {
	draft := strings.HasPrefix(f["title"], "WIP: ")
	title := strings.TrimPrefix(f["title"], "WIP: ")
	switch call, number, _ := strings.Cut(r.Method+" "+path, "/"); call {
	case "GET pulls":
		out := []object{}
		w.mu.Lock()
		for _, q := range w.requests {
			if q.Open && !q.Issue && f["page"] == "1" {
				out = append(out, object{"number": q.Number, "head": object{"ref": q.Head, "repo_id": 1}, "base": object{"ref": q.Base, "repo_id": 1}})
			}
		}
		w.mu.Unlock()
		answer(rw, 200, out)
	case "POST pulls":
		q := w.open(request{Head: f["head"], Base: f["base"], Title: title, Body: f["body"], Draft: draft})
		answer(rw, 201, object{"number": q.Number, "html_url": w.server.URL + "/requests/" + strconv.Itoa(q.Number)})
	case "PATCH pulls":
		w.update(number, title, f["body"], &draft)
		answer(rw, 201, object{})
	default:
		w.issues(rw, r, path, f["title"], f["body"], "html_url")
	}
}

func (w *world) issues(rw http.ResponseWriter, r *http.Request, path, title, body, address string) {
	switch r.Method + " " + path {
	case "GET issues":
		answer(rw, 200, []object{})
	case "POST issues":
		q := w.open(request{Issue: true, Title: title, Body: body})
		answer(rw, 201, object{"number": q.Number, address: w.server.URL + "/issues/" + strconv.Itoa(q.Number)})
	default:
		w.t.Errorf("unexpected call of the host's interface: %s %s", r.Method, r.URL)
		rw.WriteHeader(http.StatusTeapot)
	}
}

func (w *world) azureForge(rw http.ResponseWriter, r *http.Request, number string, f map[string]string) {
	branch := func(key string) string { return strings.TrimPrefix(f[key], "refs/heads/") }
	draft := f["isDraft"] == "true"
	switch r.Method {
	case "GET":
		out := []object{}
		for _, q := range w.opened(branch("searchCriteria.sourceRefName"), branch("searchCriteria.targetRefName")) {
			out = append(out, object{"pullRequestId": q.Number})
		}
		answer(rw, 200, object{"value": out, "count": len(out)})
	case "POST":
		q := w.open(request{Head: branch("sourceRefName"), Base: branch("targetRefName"), Title: f["title"], Body: f["description"], Draft: draft})
		answer(rw, 201, object{"pullRequestId": q.Number})
	case "PATCH":
		w.update(number, f["title"], f["description"], &draft)
		answer(rw, 200, object{})
	}
}

func (w *world) update(number, title, body string, draft *bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, q := range w.requests {
		if strconv.Itoa(q.Number) == number {
			q.Title, q.Body = title, body
			if draft != nil {
				q.Draft = *draft
			}
		}
	}
}

// gh is GitHub's command line, as far as the generated files call it.
func (w *world) gh(run *run, rw http.ResponseWriter, args []string) {
	flag := func(name string) string {
		for i, a := range args[:len(args)-1] {
			if a == name {
				return args[i+1]
			}
		}
		return ""
	}
	has := func(name string) bool { return strings.Contains("\n"+strings.Join(args, "\n")+"\n", "\n"+name+"\n") }
	file := func(name string) string { b, _ := os.ReadFile(strings.TrimPrefix(name, "body=@")); return string(b) }
	switch call := strings.Join(args[:min(2, len(args))], " "); {
	case args[0] == "api" && strings.HasSuffix(args[1], "/approvals"):
		if name := flag("--approval"); name != "" {
			w.review(run, name)
		}
		w.jq(rw, flag("--jq"), run.reviews, []string{"APPROVAL=" + flag("--approval"), "REQUESTER=" + flag("--requester"), "ACTOR=" + flag("--actor")})
	case strings.HasPrefix(call, "api --paginate"):
		_, commits, compared := strings.Cut(args[2], "/compare/")
		if !compared {
			_, commits, _ = strings.Cut(args[2], "/commits?sha=")
		}
		authors := w.git(w.bare, "log", "--no-merges", "--format=%ae", strings.Replace(commits, "...", "..", 1))
		for author := range strings.Lines(authors) {
			login, _, _ := strings.Cut(author, "@")
			fmt.Fprintln(rw, login)
		}
	case call == "pr list":
		for _, q := range w.opened(flag("--head"), flag("--base")) {
			fmt.Fprintln(rw, q.Number)
			return
		}
	case call == "pr create":
		q := w.open(request{Head: flag("--head"), Base: flag("--base"), Title: flag("--title"), Body: file(flag("--body-file")), Draft: has("--draft")})
		fmt.Fprintf(rw, "%s/requests/%d\n", w.server.URL, q.Number)
	case args[0] == "api" && flag("--method") == "PATCH":
		path := args[len(args)-6]
		w.update(path[strings.LastIndex(path, "/")+1:], strings.TrimPrefix(flag("--raw-field"), "title="), file(flag("--field")), nil)
	case call == "pr view":
		fmt.Fprintln(rw, "false")
	case call == "issue list":
	case call == "issue create":
		q := w.open(request{Issue: true, Title: flag("--title"), Body: file(flag("--body-file"))})
		fmt.Fprintf(rw, "%s/issues/%d\n", w.server.URL, q.Number)
	default:
		w.t.Errorf("unexpected call of gh: %q", args)
		rw.WriteHeader(http.StatusTeapot)
	}
}

// review waits for a person's decision on an environment of a run, and keeps
// it: GitHub gives all of them, of every attempt, newest first.
func (w *world) review(run *run, environment string) {
	d := w.ask(run, run.engine().gate(environment))
	if d.person == "" {
		return
	}
	state := map[bool]string{true: "approved", false: "rejected"}[d.approved]
	run.reviews = append([]any{map[string]any{
		"state": state, "comment": "", "user": map[string]any{"login": d.person}, "environments": []any{map[string]any{"name": environment}},
	}}, run.reviews...)
}

// jq prints what a filter makes of a value, as gh does: texts bare, a line each.
// The filter sees the environment of the step, which older files read.
func (w *world) jq(rw http.ResponseWriter, filter string, value any, environment []string) {
	parsed, err := gojq.Parse(filter)
	if err != nil {
		w.t.Errorf("--jq %s: %v", filter, err)
		return
	}
	query, err := gojq.Compile(parsed, gojq.WithEnvironLoader(func() []string { return environment }))
	if err != nil {
		w.t.Errorf("--jq %s: %v", filter, err)
		return
	}
	for results := query.Run(value); ; {
		switch result, more := results.Next(); r := result.(type) {
		case string:
			fmt.Fprintln(rw, r)
		default:
			if more {
				w.t.Errorf("--jq %s makes %v of %v", filter, r, value)
			}
			return
		}
	}
}
