package scenario

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// Forge is a small fake of the interfaces by which hosts are asked for requests
// and issues. It records what it was asked, and refuses every call that it does
// not know.
type Forge struct {
	World   *World
	Address string                   // its own: http://127.0.0.1:1234
	Unknown func(method, url string) // is told of a call that it does not know
}

func (f *Forge) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	path, _ := url.PathUnescape(r.URL.EscapedPath())
	switch {
	case r.Header.Get("Private-Token") == Token && strings.HasPrefix(path, "/api/v4/projects/"):
		f.gitlab(rw, r, afterProject(strings.TrimPrefix(r.URL.EscapedPath(), "/api/v4/projects/")))
	case r.Header.Get("Authorization") == "token "+Token && strings.HasPrefix(path, "/api/v1/repos/acme/shop/"):
		f.gitea(rw, r, strings.TrimPrefix(path, "/api/v1/repos/acme/shop/"))
	case passwordOf(r) == Token && strings.Contains(path, "/_apis/git/repositories/shop/pullrequests"):
		_, number, _ := strings.Cut(path, "/pullrequests")
		f.azure(rw, r, strings.Trim(number, "/"))
	default:
		f.refuse(rw, r)
	}
}

// afterProject is what follows the project, by number or by encoded path.
func afterProject(path string) string {
	_, rest, _ := strings.Cut(path, "/")
	return rest
}

func (f *Forge) refuse(rw http.ResponseWriter, r *http.Request) {
	f.Unknown(r.Method, r.URL.String())
	rw.WriteHeader(http.StatusTeapot)
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

func (f *Forge) gitlab(rw http.ResponseWriter, r *http.Request, path string) {
	in := fieldsOf(r)
	draft := strings.HasPrefix(in["title"], "Draft: ")
	title := strings.TrimPrefix(in["title"], "Draft: ")
	switch call, number, _ := strings.Cut(r.Method+" "+path, "/"); call {
	case "GET protected_environments": // all are, as the settings ask
		answer(rw, 200, object{"name": number, "deploy_access_levels": []object{{"group_id": 7}}})
	case "GET merge_requests":
		out := []object{}
		for _, q := range f.World.openRequests(in["source_branch"], in["target_branch"]) {
			out = append(out, object{"iid": q.Number, "source_project_id": 42, "target_project_id": 42})
		}
		answer(rw, 200, out)
	case "POST merge_requests":
		q := f.World.Open(Request{Head: in["source_branch"], Base: in["target_branch"], Title: title, Body: in["description"], Draft: draft})
		answer(rw, 201, object{"iid": q.Number, "web_url": f.address("requests", q)})
	case "PUT merge_requests":
		f.update(number, title, in["description"], &draft)
		answer(rw, 200, object{})
	default:
		f.issues(rw, r, path, in["title"], in["description"], "web_url")
	}
}

func (f *Forge) gitea(rw http.ResponseWriter, r *http.Request, path string) {
	in := fieldsOf(r)
	draft := strings.HasPrefix(in["title"], "WIP: ")
	title := strings.TrimPrefix(in["title"], "WIP: ")
	switch call, number, _ := strings.Cut(r.Method+" "+path, "/"); call {
	case "GET pulls":
		out := []object{}
		for _, q := range f.World.Requests() {
			if q.Open && !q.Issue && in["page"] == "1" {
				out = append(out, object{"number": q.Number, "head": object{"ref": q.Head, "repo_id": 1}, "base": object{"ref": q.Base, "repo_id": 1}})
			}
		}
		answer(rw, 200, out)
	case "POST pulls":
		q := f.World.Open(Request{Head: in["head"], Base: in["base"], Title: title, Body: in["body"], Draft: draft})
		answer(rw, 201, object{"number": q.Number, "html_url": f.address("requests", q)})
	case "PATCH pulls":
		f.update(number, title, in["body"], &draft)
		answer(rw, 201, object{})
	default:
		f.issues(rw, r, path, in["title"], in["body"], "html_url")
	}
}

func (f *Forge) issues(rw http.ResponseWriter, r *http.Request, path, title, body, key string) {
	switch r.Method + " " + path {
	case "GET issues":
		answer(rw, 200, []object{})
	case "POST issues":
		q := f.World.Open(Request{Issue: true, Title: title, Body: body})
		answer(rw, 201, object{"number": q.Number, key: f.address("issues", q)})
	default:
		f.refuse(rw, r)
	}
}

func (f *Forge) azure(rw http.ResponseWriter, r *http.Request, number string) {
	in := fieldsOf(r)
	branch := func(key string) string { return strings.TrimPrefix(in[key], "refs/heads/") }
	draft := in["isDraft"] == "true"
	switch r.Method {
	case "GET":
		out := []object{}
		for _, q := range f.World.openRequests(branch("searchCriteria.sourceRefName"), branch("searchCriteria.targetRefName")) {
			out = append(out, object{"pullRequestId": q.Number})
		}
		answer(rw, 200, object{"value": out, "count": len(out)})
	case "POST":
		q := f.World.Open(Request{Head: branch("sourceRefName"), Base: branch("targetRefName"), Title: in["title"], Body: in["description"], Draft: draft})
		answer(rw, 201, object{"pullRequestId": q.Number})
	case "PATCH":
		f.update(number, in["title"], in["description"], &draft)
		answer(rw, 200, object{})
	}
}

func (f *Forge) address(kind string, q *Request) string {
	return f.Address + "/" + kind + "/" + strconv.Itoa(q.Number)
}

func (f *Forge) update(number, title, body string, draft *bool) {
	f.World.mu.Lock()
	defer f.World.mu.Unlock()
	for _, q := range f.World.requests {
		if strconv.Itoa(q.Number) == number {
			q.Title, q.Body = title, body
			if draft != nil {
				q.Draft = *draft
			}
		}
	}
}

// GH is GitHub's command line, as far as requests and issues go: it prints the
// answer. It tells whether it knows the call.
func (f *Forge) GH(out io.Writer, args []string) bool {
	flag := func(name string) string {
		for i := range len(args) - 1 {
			if args[i] == name {
				return args[i+1]
			}
		}
		return ""
	}
	has := func(name string) bool { return strings.Contains("\n"+strings.Join(args, "\n")+"\n", "\n"+name+"\n") }
	file := func(name string) string { b, _ := os.ReadFile(strings.TrimPrefix(name, "body=@")); return string(b) }
	switch call := strings.Join(args[:min(2, len(args))], " "); {
	case call == "pr list":
		for _, q := range f.World.openRequests(flag("--head"), flag("--base")) {
			fmt.Fprintln(out, q.Number)
			break
		}
	case call == "pr create":
		q := f.World.Open(Request{Head: flag("--head"), Base: flag("--base"), Title: flag("--title"), Body: file(flag("--body-file")), Draft: has("--draft")})
		fmt.Fprintln(out, f.address("requests", q))
	case len(args) > 6 && args[0] == "api" && flag("--method") == "PATCH":
		path := args[len(args)-6]
		f.update(path[strings.LastIndex(path, "/")+1:], strings.TrimPrefix(flag("--raw-field"), "title="), file(flag("--field")), nil)
	case call == "pr view":
		fmt.Fprintln(out, "false")
	case call == "pr ready", call == "issue list":
	case call == "issue create":
		q := f.World.Open(Request{Issue: true, Title: flag("--title"), Body: file(flag("--body-file"))})
		fmt.Fprintln(out, f.address("issues", q))
	default:
		return false
	}
	return true
}
