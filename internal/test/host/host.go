// Package host stands in for the REST interfaces that start pipelines. Its answers are
// made after each host's documentation; no hosted service was asked for them.
package host

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
)

// Token is the one that it takes, and Secret what stands for it in a header.
const Token = "t0p-secret-t0ken"

// Host is one host.
type Host struct {
	*httptest.Server
	mu       sync.Mutex
	target   string
	mode     Mode
	posted   []string
	tokens   []string // of every call
	looks    int      // at the run
	runs     bool     // a run was started
	listings int
}

// Mode is how it behaves.
type Mode string

// The modes.
const (
	Fine      Mode = ""
	Running   Mode = "running"   // the flow runs already
	Nameless  Mode = "nameless"  // GitHub does not name the run that it starts
	Several   Mode = "several"   // nor can it be told from another one
	Fails     Mode = "fails"     // the run ends with a failure
	Forbidden Mode = "forbidden" // the token has no rights; its words hold it
	Missing   Mode = "missing"   // there is no such place
	Silent    Mode = "silent"    // no call is answered
	Deaf      Mode = "deaf"      // the call that starts is not answered
	Elsewhere Mode = "elsewhere" // it names another address
	Page      Mode = "page"      // it answers with a page to log in at
	Bad       Mode = "bad"       // it refuses what it is sent
	Flaky     Mode = "flaky"     // each second look fails
	Unstaged  Mode = "unstaged"  // Jenkins without the plugin that shows stages
)

// New is one of a target, called as settings calls it.
func New(target string, mode Mode) *Host {
	h := &Host{target: target, mode: mode}
	h.Server = httptest.NewServer(http.HandlerFunc(h.serve))
	return h
}

// Posted are the calls that start something, with their bodies.
func (h *Host) Posted() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.posted...)
}

// Tokens are the credentials that came.
func (h *Host) Tokens() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.tokens...)
}

// Environment are the variables that lead there.
func (h *Host) Environment() map[string]string {
	switch h.target {
	case "github":
		return map[string]string{"GITHUB_API_URL": h.URL, "GITHUB_TOKEN": Token, "GITHUB_REPOSITORY": "acme/shop"}
	case "gitlab":
		return map[string]string{"CI_API_V4_URL": h.URL, "GITLAB_TOKEN": Token, "CI_PROJECT_PATH": "acme/shop"}
	case "azure":
		return map[string]string{"SYSTEM_COLLECTIONURI": h.URL + "/", "AZURE_DEVOPS_EXT_PAT": Token, "SYSTEM_TEAMPROJECT": "Acme Shop", "BUILD_REPOSITORY_NAME": "shop"}
	default:
		return map[string]string{"JENKINS_URL": h.URL + "/", "JENKINS_USER_ID": "pat", "JENKINS_API_TOKEN": Token}
	}
}

func (h *Host) serve(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, password, _ := r.BasicAuth()
	h.tokens = append(h.tokens, r.Header.Get("Authorization")+r.Header.Get("PRIVATE-TOKEN"))
	body, _ := io.ReadAll(r.Body)
	if r.Method == http.MethodPost {
		h.posted = append(h.posted, "POST "+r.URL.RequestURI()+" "+r.Header.Get("Content-Type")+"\n"+string(body))
	}
	if r.Header.Get("Authorization") != "Bearer "+Token && r.Header.Get("PRIVATE-TOKEN") != Token && password != Token {
		h.say(w, http.StatusUnauthorized, `{"message": "Bad credentials"}`)
		return
	}
	if h.misbehaves(w, r) {
		return
	}
	for _, a := range answers[h.target] {
		if a.method == r.Method && a.path.MatchString(r.URL.EscapedPath()) {
			a.say(h, w, body)
			return
		}
	}
	h.say(w, http.StatusNotFound, `{"message": "Not Found"}`)
}

// misbehaves answers as the mode has it.
func (h *Host) misbehaves(w http.ResponseWriter, r *http.Request) bool {
	post := r.Method == http.MethodPost
	switch {
	case h.mode == Silent, h.mode == Deaf && post:
		panic(http.ErrAbortHandler)
	case h.mode == Forbidden:
		h.say(w, http.StatusForbidden, `{"message": "Resource not accessible by personal access token `+Token+`"}`)
	case h.mode == Missing:
		h.say(w, http.StatusNotFound, `{"message": "404 Project Not Found"}`)
	case h.mode == Elsewhere:
		w.Header().Set("Location", strings.Replace(h.URL, "127.0.0.1", "localhost", 1)+r.URL.RequestURI())
		h.say(w, http.StatusFound, "")
	case h.mode == Page:
		h.say(w, http.StatusNonAuthoritativeInfo, "<html>Sign in</html>")
	case h.mode == Bad && post:
		h.say(w, http.StatusBadRequest, `{"message": {"base": ["flow input: `+"`redeploy`"+` cannot be used\u001b[31m"]}}`)
	default:
		return false
	}
	return true
}

func (h *Host) say(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// look counts the looks at a run: begun, waiting for approval, deploying, ended. It is
// unanswered at each second one where the mode has it.
func (h *Host) look(w http.ResponseWriter) bool {
	h.looks++
	if h.mode == Flaky && h.looks%2 == 0 {
		h.say(w, http.StatusBadGateway, "bad gateway")
		return false
	}
	return true
}

// stand is one of the words for how far the run is: of the jobs, by their place.
func (h *Host) stand(place int, words [4]string) string {
	step := h.looks - 1
	if h.mode == Flaky {
		step = (h.looks - 1) / 2
	}
	failed := h.mode == Fails && place == 2
	switch {
	case step > place && failed:
		return words[3]
	case step > place:
		return words[2]
	case step == place:
		return words[1]
	default:
		return words[0]
	}
}

func (h *Host) ended() bool { return h.stand(3, [4]string{"", "yes", "yes", "yes"}) == "yes" }

type reply struct {
	method string
	path   *regexp.Regexp
	say    func(h *Host, w http.ResponseWriter, body []byte)
}

func on(method, path string, say func(h *Host, w http.ResponseWriter, body []byte)) reply {
	return reply{method, regexp.MustCompile("^" + path + "$"), say}
}

var answers = map[string][]reply{"github": githubAnswers, "gitlab": gitlabAnswers, "azure": azureAnswers, "jenkins": jenkinsAnswers}

// titles are the jobs of a redeployment: found, approved, deployed.
var titles = [3]string{"Find the version", "Approve production (release)", "Deploy to production"}

func object(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

type fields = map[string]any

// GitHub: docs.github.com/rest/actions.
var githubAnswers = []reply{
	on("GET", "/repos/acme/shop/actions/workflows/[a-z-]+.yml/runs", func(h *Host, w http.ResponseWriter, _ []byte) {
		run := func(id int, status string) fields {
			return fields{"id": id, "status": status, "html_url": fmt.Sprintf("https://github.com/acme/shop/actions/runs/%d", id), "event": "workflow_dispatch", "head_branch": "main", "actor": fields{"login": "pat"}}
		}
		all := []fields{run(30, "completed")}
		if h.mode == Running {
			all = append(all, run(31, "waiting"))
		}
		if h.runs {
			h.listings++
		}
		if h.runs && h.listings > 1 { // it takes a moment until it is listed
			all = append(all, run(42, "queued"))
			if h.mode == Several {
				all = append(all, run(43, "queued"))
			}
		}
		h.say(w, 200, object(fields{"total_count": len(all), "workflow_runs": all}))
	}),
	on("POST", "/repos/acme/shop/actions/workflows/[a-z-]+.yml/dispatches", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.runs = true
		if h.mode == Nameless || h.mode == Several {
			h.say(w, 204, "")
			return
		}
		h.say(w, 200, `{"workflow_run_id": 42, "run_url": "https://api.github.com/repos/acme/shop/actions/runs/42", "html_url": "https://github.com/acme/shop/actions/runs/42"}`)
	}),
	on("GET", "/repos/acme/shop/actions/runs/42", func(h *Host, w http.ResponseWriter, _ []byte) {
		if !h.look(w) {
			return
		}
		said := fields{"id": 42, "status": "in_progress", "conclusion": nil, "html_url": "https://github.com/acme/shop/actions/runs/42"}
		if h.ended() {
			said["status"], said["conclusion"] = "completed", "success"
			if h.mode == Fails {
				said["conclusion"] = "failure"
			}
		}
		h.say(w, 200, object(said))
	}),
	on("GET", "/repos/acme/shop/actions/runs/42/jobs", func(h *Host, w http.ResponseWriter, _ []byte) {
		var all []fields
		for i, name := range titles {
			now := "in_progress"
			if i == 1 {
				now = "waiting"
			}
			job := fields{"name": name, "status": h.stand(i, [4]string{"queued", now, "completed", "completed"}), "conclusion": nil}
			if job["status"] == "completed" {
				job["conclusion"] = h.stand(i, [4]string{"", "", "success", "failure"})
			}
			all = append(all, job)
		}
		h.say(w, 200, object(fields{"total_count": len(all), "jobs": all}))
	}),
	on("GET", "/repos/acme/shop/actions/runs/42/pending_deployments", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 200, `[{"environment": {"id": 5, "name": "production-approval-release"}, "wait_timer": 0, "current_user_can_approve": false, "reviewers": [{"type": "Team", "reviewer": {"id": 7, "name": "Managers", "slug": "managers"}}, {"type": "User", "reviewer": {"login": "kim", "id": 8}}]}]`)
	}),
}

// GitLab: docs.gitlab.com/api/pipelines and /api/jobs. Jobs are listed the newest first.
var gitlabAnswers = []reply{
	on("GET", "/projects/acme%2Fshop/pipelines", func(h *Host, w http.ResponseWriter, _ []byte) {
		all := []fields{{"id": 30, "status": "success", "web_url": "https://gitlab.com/acme/shop/-/pipelines/30"}, {"id": 29, "status": "running", "web_url": "https://gitlab.com/acme/shop/-/pipelines/29"}}
		if h.mode == Running {
			all = append(all, fields{"id": 31, "status": "manual", "web_url": "https://gitlab.com/acme/shop/-/pipelines/31"})
		}
		h.say(w, 200, object(all))
	}),
	on("GET", "/projects/acme%2Fshop/pipelines/31/jobs", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 200, `[{"name": "deploy-production", "status": "created"}, {"name": "approve-production-release", "status": "manual"}, {"name": "resolve", "status": "success"}]`)
	}),
	on("GET", "/projects/acme%2Fshop/pipelines/29/jobs", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 200, `[{"name": "deploy-production", "status": "running"}, {"name": "identify", "status": "success"}, {"name": "lint of others", "status": "success"}]`)
	}),
	on("POST", "/projects/acme%2Fshop/pipeline", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 201, `{"id": 42, "iid": 7, "status": "created", "source": "api", "web_url": "https://gitlab.com/acme/shop/-/pipelines/42", "user": {"username": "pat"}}`)
	}),
	on("GET", "/projects/acme%2Fshop/pipelines/42", func(h *Host, w http.ResponseWriter, _ []byte) {
		if !h.look(w) {
			return
		}
		status := "running"
		if h.ended() {
			status = "success"
			if h.mode == Fails {
				status = "failed"
			}
		}
		h.say(w, 200, object(fields{"id": 42, "status": status, "web_url": "https://gitlab.com/acme/shop/-/pipelines/42"}))
	}),
	on("GET", "/projects/acme%2Fshop/pipelines/42/jobs", func(h *Host, w http.ResponseWriter, _ []byte) {
		var all []fields
		for i, name := range []string{"resolve", "approve-production-release", "deploy-production"} {
			now := "running"
			if i == 1 {
				now = "manual"
			}
			all = append([]fields{{"name": name, "status": h.stand(i, [4]string{"created", now, "success", "failed"})}}, all...)
		}
		h.say(w, 200, object(all))
	}),
}

// Azure: learn.microsoft.com/rest/api/azure/devops, version 7.1.
var azureAnswers = []reply{
	on("GET", "/Acme%20Shop/_apis/build/definitions", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 200, `{"count": 3, "value": [{"id": 3, "name": "other", "process": {"yamlFilename": "azure-pipelines.yml", "type": 2}, "repository": {"name": "shop"}},
			{"id": 4, "name": "redeploy", "process": {"yamlFilename": "/.azure-pipelines/redeploy.yml", "type": 2}, "repository": {"name": "shop"}},
			{"id": 5, "name": "redeploy of a copy", "process": {"yamlFilename": ".azure-pipelines/redeploy.yml", "type": 2}, "repository": {"name": "copy"}}]}`)
	}),
	on("GET", "/Acme%20Shop/_apis/build/builds", func(h *Host, w http.ResponseWriter, _ []byte) {
		if h.mode == Running {
			h.say(w, 200, `{"count": 1, "value": [{"id": 31, "status": "inProgress", "requestedFor": {"displayName": "Pat"}, "_links": {"web": {"href": "https://dev.azure.com/acme/Acme%20Shop/_build/results?buildId=31"}}}]}`)
			return
		}
		h.say(w, 200, `{"count": 0, "value": []}`)
	}),
	on("POST", "/Acme%20Shop/_apis/pipelines/4/runs", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 200, `{"id": 42, "name": "redeploy 42", "state": "inProgress", "_links": {"web": {"href": "https://dev.azure.com/acme/Acme%20Shop/_build/results?buildId=42"}}}`)
	}),
	on("GET", "/Acme%20Shop/_apis/build/builds/42", func(h *Host, w http.ResponseWriter, _ []byte) {
		if !h.look(w) {
			return
		}
		said := fields{"id": 42, "status": "inProgress"}
		if h.ended() {
			said["status"], said["result"] = "completed", "succeeded"
			if h.mode == Fails {
				said["result"] = "failed"
			}
		}
		h.say(w, 200, object(said))
	}),
	on("GET", "/Acme%20Shop/_apis/build/builds/42/timeline", func(h *Host, w http.ResponseWriter, _ []byte) {
		all := []fields{{"type": "Job", "name": "Deploy to production", "state": "pending", "order": 1}}
		for i, name := range titles {
			stage := fields{"type": "Stage", "name": name, "order": i + 1, "state": h.stand(i, [4]string{"pending", "inProgress", "completed", "completed"}), "result": nil}
			if stage["state"] == "completed" {
				stage["result"] = h.stand(i, [4]string{"", "", "succeeded", "failed"})
			}
			all = append([]fields{stage}, all...) // in no order
		}
		h.say(w, 200, object(fields{"records": all}))
	}),
}

// Jenkins: www.jenkins.io/doc/book/using/remote-access-api, and the README of its plugin
// pipeline-stage-view-plugin for /wfapi.
var jenkinsAnswers = []reply{
	on("GET", "/job/minimal/job/redeploy/api/json", func(h *Host, w http.ResponseWriter, _ []byte) {
		h.say(w, 200, object(fields{"_class": "org.jenkinsci.plugins.workflow.job.WorkflowJob", "inQueue": false, "builds": []fields{
			{"number": 31, "building": h.mode == Running, "url": "https://ci.example.com/job/minimal/job/redeploy/31/", "actions": []fields{{}, {"causes": []fields{{"userName": "Pat"}}}}},
		}}))
	}),
	on("POST", "/job/minimal/job/redeploy/buildWithParameters", func(h *Host, w http.ResponseWriter, _ []byte) {
		w.Header().Set("Location", h.URL+"/queue/item/17/")
		h.say(w, 201, "")
	}),
	on("GET", "/queue/item/17/api/json", func(h *Host, w http.ResponseWriter, _ []byte) {
		if h.listings++; h.listings == 1 {
			h.say(w, 200, `{"id": 17, "cancelled": false, "why": "In the quiet period. Expires in 4.9 sec", "task": {"name": "redeploy"}}`)
			return
		}
		h.say(w, 200, `{"id": 17, "cancelled": false, "why": null, "executable": {"number": 42, "url": "https://ci.example.com/job/minimal/job/redeploy/42/"}}`)
	}),
	on("GET", "/job/minimal/job/redeploy/42/api/json", func(h *Host, w http.ResponseWriter, _ []byte) {
		if !h.look(w) {
			return
		}
		said := fields{"building": !h.ended(), "result": nil}
		if h.ended() {
			said["result"] = "SUCCESS"
			if h.mode == Fails {
				said["result"] = "FAILURE"
			}
		}
		h.say(w, 200, object(said))
	}),
	on("GET", "/job/minimal/job/redeploy/42/wfapi/describe", func(h *Host, w http.ResponseWriter, _ []byte) {
		if h.mode == Unstaged {
			h.say(w, 404, "<html>Not found</html>")
			return
		}
		all := []fields{}
		for i, name := range titles {
			now := "IN_PROGRESS"
			if i == 1 {
				now = "PAUSED_PENDING_INPUT"
			}
			if is := h.stand(i, [4]string{"", now, "SUCCESS", "FAILED"}); is != "" { // stages are listed as they begin
				all = append(all, fields{"name": name, "status": is})
			}
		}
		h.say(w, 200, object(fields{"id": "42", "status": "IN_PROGRESS", "stages": all}))
	}),
}
