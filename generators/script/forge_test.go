package script_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/templates"
)

// token is what must never be seen in an argument, an address or a log. The
// quote and the backslash must survive curl's configuration.
const token = `s3cr"et\n-token`

// hostile is a text that means something to a shell, to JSON, to awk, to curl
// and to every CI system.
const hostile = "a \"quoted\" \\ $(touch pwned) `touch pwned` %41 &title=x é \x01\t<b> ::error::x ##vso[task.complete]"

// ports are the functions of the script's core that the forge parts call.
const ports = `
scratch=$TMPDIR
remote_url() { printf '%s' "$REMOTE_URL"; }
remote_name() { printf 'origin'; }
sanitise() { LC_ALL=C tr -d '\000-\010\013-\037\177' | sed 's/##/# #/g; s/^[[:space:]]*::/: :/'; }
host_words() { cat "$1"; }
`

// part renders one part of the script, alone.
func part(t *testing.T, name string) string {
	t.Helper()
	set, err := template.ParseFS(templates.FS, "script/forge_*.tmpl", "script/merge_back.sh.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, name, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// forge is one forge part, ready to be called.
type forge struct {
	t      *testing.T
	script string
	bin    string // first on the PATH; holds the fakes and the log of arguments
	env    []string
}

// newForge prepares the part of one forge. Its curl is the real one behind a
// recorder of arguments.
func newForge(t *testing.T, name string, env ...string) *forge {
	t.Helper()
	f := &forge{t: t, bin: t.TempDir(), script: filepath.Join(t.TempDir(), "forge.sh")}
	text := ports + part(t, "forge_"+name+".sh.tmpl") + "\n\"$@\"\n"
	write(t, f.script, text, 0o644)
	if curl, err := exec.LookPath("curl"); err == nil {
		f.fake("curl", "exec "+curl+` "$@"`)
	}
	f.env = append([]string{"PATH=" + f.bin + ":/usr/bin:/bin", "TMPDIR=" + t.TempDir(), "HOME=" + t.TempDir(), "BIN=" + f.bin, "FETTLE_TOKEN=" + token}, env...)
	return f
}

// fake puts a command on the PATH that records its arguments and then runs body.
func (f *forge) fake(name, body string) {
	f.t.Helper()
	record := fmt.Sprintf("#!/bin/sh\nfor a in \"$@\"; do printf '%%s\\n' \"$a\"; done >>\"$BIN/args\"\nprintf '%s %%s\\n' \"$*\" >>\"$BIN/calls\"\n", name)
	write(f.t, filepath.Join(f.bin, name), record+body+"\n", 0o755)
}

// call runs one function of the part and returns its answer, its words and its exit code.
func (f *forge) call(args ...string) (answer, words string, code int) {
	f.t.Helper()
	c := exec.Command("sh", append([]string{f.script}, args...)...)
	c.Env, c.Dir = f.env, f.bin
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		if c.ProcessState == nil {
			f.t.Fatal(err)
		}
		code = c.ProcessState.ExitCode()
	}
	f.noToken(out.String() + errs.String())
	return strings.TrimSpace(out.String()), errs.String(), code
}

// noToken fails if the token, or a part of it, is in what was printed or passed as an argument.
func (f *forge) noToken(printed string) {
	f.t.Helper()
	args, _ := os.ReadFile(filepath.Join(f.bin, "args"))
	for _, leak := range []string{"s3cr", base64.StdEncoding.EncodeToString([]byte(":" + token))} {
		if strings.Contains(string(args), leak) {
			f.t.Errorf("the token is in an argument:\n%s", args)
		}
		if strings.Contains(printed, leak) {
			f.t.Errorf("the token is in the output:\n%s", printed)
		}
	}
	if _, err := os.Stat(filepath.Join(f.bin, "pwned")); err == nil {
		f.t.Error("hostile text was executed")
	}
}

func (f *forge) calls() string {
	b, _ := os.ReadFile(filepath.Join(f.bin, "calls"))
	return string(b)
}

func (f *forge) body(text string) string {
	f.t.Helper()
	name := filepath.Join(f.t.TempDir(), "body")
	write(f.t, name, text, 0o644)
	return name
}

func write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// request is what a server was asked.
type request struct {
	Method, Path string
	Query        map[string]string
	Fields       map[string]string
}

// server answers by method and escaped path, and refuses everything else: a
// call that no answer was prepared for is an error of the test.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	asked   []request
	answers map[string]answer
}

type answer struct {
	status int
	body   string
}

// newServer is a forge's server. authorised judges the headers; a call without the right is answered with 401.
func newServer(t *testing.T, authorised func(*http.Request) bool, answers map[string]answer) *server {
	t.Helper()
	s := &server{answers: answers}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.String(), "s3cr") {
			t.Errorf("the token is in an address: %s", r.URL)
		}
		if !authorised(r) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		got := s.record(t, r)
		key := got.Method + " " + got.Path
		if page := got.Query["page"]; page != "" && page != "1" {
			key += " page " + page
		}
		a, ok := s.answers[key]
		if !ok {
			t.Errorf("unexpected call: %s", key)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		w.WriteHeader(a.status)
		io.WriteString(w, a.body)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) record(t *testing.T, r *http.Request) request {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	got := request{Method: r.Method, Path: r.URL.EscapedPath(), Query: flat(r.URL.Query()), Fields: map[string]string{}}
	switch kind := r.Header.Get("Content-Type"); {
	case len(body) == 0:
	case kind == "application/json":
		var fields map[string]any
		if err := json.Unmarshal(body, &fields); err != nil {
			t.Errorf("no JSON: %v\n%s", err, body)
		}
		for k, v := range fields {
			got.Fields[k] = fmt.Sprint(v)
		}
	case kind == "application/x-www-form-urlencoded":
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		got.Fields = flat(r.PostForm)
	default:
		t.Errorf("unexpected content type %q", kind)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, got)
	return got
}

// last is the last call of a method.
func (s *server) last(t *testing.T, method string) request {
	t.Helper()
	for i := len(s.asked) - 1; i >= 0; i-- {
		if s.asked[i].Method == method {
			return s.asked[i]
		}
	}
	t.Fatalf("no %s was asked: %v", method, s.asked)
	return request{}
}

func flat(values map[string][]string) map[string]string {
	out := map[string]string{}
	for k, v := range values {
		out[k] = strings.Join(v, "|")
	}
	return out
}

// lists is a hostile list of requests: the first comes from a fork and carries our branch names, and its text holds
// what looks like the fields of another.
const trap = `"body":"\"number\":666,\"iid\":666}],{[\\","title":"\u0022iid\u0022: 7 \\\" \ud83d\ude00"`

func gitlab(t *testing.T, answers map[string]answer) (*forge, *server) {
	s := newServer(t, func(r *http.Request) bool { return r.Header.Get("Private-Token") == token }, answers)
	return newForge(t, "gitlab", "CI_API_V4_URL="+s.URL+"/api/v4", "CI_PROJECT_ID=42"), s
}

func TestGitLabFind(t *testing.T) {
	tests := []struct{ name, list, want string }{
		{"none", `[]`, ""},
		{"a fork's is not ours", `[{"id":1,"iid":7,` + trap + `,"source_project_id":9,"target_project_id":42}]`, ""},
		{"ours behind a fork's", `[{"iid":7,` + trap + `,"milestone":{"iid":3},"source_project_id":9,"target_project_id":42},
			{"iid":8,"source_project_id":42,"target_project_id":42,"milestone":{"iid":5}}]`, "8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, s := gitlab(t, map[string]answer{"GET /api/v4/projects/%34%32/merge_requests": {200, test.list}})
			got, words, code := f.call("request_find", "merge-back/43.1", "main")
			if got != test.want || code != 0 {
				t.Errorf("got %q, exit %d, want %q\n%s", got, code, test.want, words)
			}
			want := map[string]string{"state": "opened", "source_branch": "merge-back/43.1", "target_branch": "main", "per_page": "100"}
			if d := cmp.Diff(want, s.last(t, "GET").Query); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestGitLabOpenAndUpdate(t *testing.T) {
	f, s := gitlab(t, map[string]answer{
		"POST /api/v4/projects/%34%32/merge_requests":  {201, `{"iid":8,` + trap + `,"web_url":"https://gitlab.example/shop/-/merge_requests/8"}`},
		"PUT /api/v4/projects/%34%32/merge_requests/8": {200, `{}`},
	})
	text := hostile + "\nReapplies: 43.1\n"
	got, words, code := f.call("request_open", "merge-back/43.1", "main", hostile, f.body(text), "true")
	if got != "https://gitlab.example/shop/-/merge_requests/8" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	want := map[string]string{"source_branch": "merge-back/43.1", "target_branch": "main", "title": "Draft: " + hostile, "description": text,
		"squash": "false", "remove_source_branch": "true"}
	if d := cmp.Diff(want, s.last(t, "POST").Fields); d != "" {
		t.Error(d)
	}
	if _, words, code = f.call("request_update", "8", hostile, f.body(text), "false"); code != 0 {
		t.Errorf("exit %d\n%s", code, words)
	}
	if d := cmp.Diff(map[string]string{"title": hostile, "description": text}, s.last(t, "PUT").Fields); d != "" {
		t.Error(d)
	}
}

// A second run may open the request between our question and our call.
func TestGitLabOpenRace(t *testing.T) {
	f, _ := gitlab(t, map[string]answer{
		"POST /api/v4/projects/%34%32/merge_requests": {409, `{"message":["Another open merge request already exists"]}`},
		"GET /api/v4/projects/%34%32/merge_requests":  {200, `[{"iid":8,"source_project_id":42,"target_project_id":42}]`},
	})
	if got, words, code := f.call("request_open", "h", "b", "t", f.body("x"), "false"); got != "8" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
}

func TestGitLabIssue(t *testing.T) {
	const path = "/api/v4/projects/%34%32/issues"
	f, s := gitlab(t, map[string]answer{
		"GET " + path:  {200, `[{"title":"Hotfix 43.1 does not merge into main too","web_url":"https://x/1"}]`},
		"POST " + path: {201, `{"web_url":"https://x/2"}`},
	})
	if got, words, code := f.call("issue_open", "Hotfix 43.1 does not merge into main", f.body("text")); got != "https://x/2" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	s.answers["GET "+path] = answer{200, `[{"title":"other","web_url":"https://x/1"},{"web_url":"https://x/2","title":"Hotfix 43.1 does not merge into main"}]`}
	asked := len(s.asked)
	if got, words, code := f.call("issue_open", "Hotfix 43.1 does not merge into main", f.body("text")); got != "https://x/2" || code != 0 {
		t.Errorf("again: got %q, exit %d\n%s", got, code, words)
	}
	if len(s.asked) != asked+1 {
		t.Errorf("the open issue was doubled: %v", s.asked)
	}
}

// Every failure says the status and the right that is missing, and is never green.
func TestHTTPFailures(t *testing.T) {
	calls := map[string][]string{
		"list":   {"request_find", "h", "b"},
		"open":   {"request_open", "h", "b", "t", "BODY", "false"},
		"update": {"request_update", "8", "t", "BODY", "false"},
	}
	forges := []struct {
		name  string
		right string
		make  func(*testing.T, *httptest.Server) *forge
	}{
		{"gitlab", `scope "api" and role Developer`, func(t *testing.T, s *httptest.Server) *forge {
			return newForge(t, "gitlab", "CI_API_V4_URL="+s.URL, "CI_PROJECT_ID=42")
		}},
		{"gitea", "write:repository and write:issue", func(t *testing.T, s *httptest.Server) *forge {
			return newForge(t, "gitea", "FETTLE_FORGE_URL="+s.URL+"/team/shop")
		}},
		{"azure", `"Contribute to pull requests"`, func(t *testing.T, s *httptest.Server) *forge {
			return newForge(t, "azure", "SYSTEM_COLLECTIONURI="+s.URL+"/acme/", "SYSTEM_TEAMPROJECT=shop", "BUILD_REPOSITORY_NAME=shop")
		}},
	}
	for _, forge := range forges {
		for _, status := range []int{302, 401, 403, 404, 500} {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(status)
				fmt.Fprintf(w, `{"message":"%s"}`, "##vso[x]")
			}))
			for _, what := range []string{"list", "open", "update"} {
				t.Run(fmt.Sprintf("%s %d %s", forge.name, status, what), func(t *testing.T) {
					f := forge.make(t, s)
					args := append([]string(nil), calls[what]...)
					for i := range args {
						if args[i] == "BODY" {
							args[i] = f.body("text")
						}
					}
					got, words, code := f.call(args...)
					if got != "" || code != 3 {
						t.Errorf("got %q, exit %d", got, code)
					}
					if !strings.Contains(words, fmt.Sprintf("status %d", status)) {
						t.Errorf("no status in: %s", words)
					}
					if status < 500 && !strings.Contains(words, forge.right) {
						t.Errorf("no right in: %s", words)
					}
					if strings.Contains(words, "##vso[") {
						t.Errorf("the server speaks to the CI system: %s", words)
					}
				})
			}
			s.Close()
		}
	}
}

func TestNobodyAnswers(t *testing.T) {
	f := newForge(t, "gitlab", "CI_API_V4_URL=http://127.0.0.1:1", "CI_PROJECT_ID=42")
	if got, words, code := f.call("request_find", "h", "b"); got != "" || code != 3 || !strings.Contains(words, "no answer") {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
}

// On a CI system that is not the forge's, the address comes from the remote; a token in it goes nowhere.
func TestForgeAddress(t *testing.T) {
	tests := []struct{ url, host, path string }{
		{"https://git.example.com/team/shop.git", "https://git.example.com", "team/shop"},
		{"https://oauth2:" + "x9y8" + "@git.example.com:8443/group/sub/shop.git/", "https://git.example.com:8443", "group/sub/shop"},
		{"git@git.example.com:team/shop.git", "https://git.example.com", "team/shop"},
		{"ssh://git@git.example.com:2222/team/shop.git", "https://git.example.com", "team/shop"},
		{"ssh://git.example.com/team/shop", "https://git.example.com", "team/shop"},
	}
	for _, test := range tests {
		f := newForge(t, "gitea", "REMOTE_URL="+test.url)
		got, words, code := f.call("eval", `forge_repository && printf '%s %s' "$forge_host" "$forge_path"`)
		if got != test.host+" "+test.path || code != 0 {
			t.Errorf("%s: got %q, exit %d\n%s", test.url, got, code, words)
		}
	}
	f := newForge(t, "gitea", "REMOTE_URL=/srv/git/shop")
	if _, words, code := f.call("request_find", "h", "b"); code != 3 || !strings.Contains(words, "FETTLE_FORGE_URL") {
		t.Errorf("exit %d\n%s", code, words)
	}
}

func gitea(t *testing.T, answers map[string]answer) (*forge, *server) {
	s := newServer(t, func(r *http.Request) bool { return r.Header.Get("Authorization") == "token "+token }, answers)
	return newForge(t, "gitea", "FETTLE_FORGE_URL="+s.URL+"/team/shop"), s
}

const giteaRepository = "/api/v1/repos/%74%65%61%6D/%73%68%6F%70"

func giteaRequest(number, headRepository int, head, base string) string {
	return fmt.Sprintf(`{"id":1,"number":%d,%s,"head":{"ref":%q,"repo_id":%d,"repo":{"id":5,"name":"shop"}},"base":{"ref":%q,"repo_id":5}}`,
		number, trap, head, headRepository, base)
}

func TestGiteaFind(t *testing.T) {
	page := func(items ...string) answer { return answer{200, "[" + strings.Join(items, ",\n") + "]"} }
	f, _ := gitea(t, map[string]answer{
		"GET " + lower(giteaRepository) + "/pulls": page(
			giteaRequest(11, 9, "merge-back/43.1", "main"),
			giteaRequest(12, 5, "merge-back/43.1-to-44", "hotfix/44"),
			giteaRequest(13, 5, "merge-back/43.1", "develop")),
		"GET " + lower(giteaRepository) + "/pulls page 2": page(giteaRequest(14, 5, "merge-back/43.1", "main")),
		"GET " + lower(giteaRepository) + "/pulls page 3": page(),
	})
	for base, want := range map[string]string{"main": "14", "develop": "13", "none": ""} {
		if got, words, code := f.call("request_find", "merge-back/43.1", base); got != want || code != 0 {
			t.Errorf("%s: got %q, exit %d, want %q\n%s", base, got, code, want, words)
		}
	}
}

func TestGiteaOpenAndUpdate(t *testing.T) {
	f, s := gitea(t, map[string]answer{
		"POST " + lower(giteaRepository) + "/pulls":    {201, `{"html_url":"https://gitea.example/team/shop/pulls/8",` + trap + `}`},
		"PATCH " + lower(giteaRepository) + "/pulls/8": {201, `{}`},
		"GET " + lower(giteaRepository) + "/issues":    {200, `[]`},
		"POST " + lower(giteaRepository) + "/issues":   {201, `{"html_url":"https://gitea.example/team/shop/issues/9"}`},
	})
	text := hostile + "\n\nReapplies: 43.1\nlast line, \\u0041 \\n"
	got, words, code := f.call("request_open", "merge-back/43.1", "main", hostile, f.body(text+"\n"), "true")
	if got != "https://gitea.example/team/shop/pulls/8" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	want := map[string]string{"head": "merge-back/43.1", "base": "main", "title": "WIP: " + hostile, "body": text}
	if d := cmp.Diff(want, s.last(t, "POST").Fields); d != "" {
		t.Error(d)
	}
	if _, words, code = f.call("request_update", "8", hostile, f.body(text+"\n"), "false"); code != 0 {
		t.Errorf("exit %d\n%s", code, words)
	}
	if d := cmp.Diff(map[string]string{"title": hostile, "body": text}, s.last(t, "PATCH").Fields); d != "" {
		t.Error(d)
	}
	if got, words, code := f.call("issue_open", "Do é again & <b>", f.body("text")); got != "https://gitea.example/team/shop/issues/9" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	// Gitea escapes some characters in its answers; they are the same title nevertheless.
	s.answers["GET "+lower(giteaRepository)+"/issues"] = answer{200, `[{"number":9,"html_url":"https://x/9","title":"Do \u00e9 again \u0026 \u003cb\u003e"}]`}
	asked := len(s.asked)
	if got, words, code := f.call("issue_open", "Do é again & <b>", f.body("text")); got != "https://x/9" || code != 0 || len(s.asked) != asked+1 {
		t.Errorf("got %q, exit %d, asked %v\n%s", got, code, s.asked[asked:], words)
	}
}

// lower makes the hexadecimal digits of an escaped path small: od writes them so.
func lower(path string) string {
	b := []byte(path)
	for i := 2; i < len(b); i++ {
		if b[i-1] == '%' || b[i-2] == '%' {
			b[i] = bytes.ToLower(b[i : i+1])[0]
		}
	}
	return string(b)
}

// json_string must give back, through a real reader, what went in.
func TestJSONString(t *testing.T) {
	f := newForge(t, "gitea")
	for _, text := range []string{"", "plain", hostile, "\\", `"`, "\\\\\"", "a\n\nb", "tab\tbell\a\x1f\x7f", "é漢😀", "{{ }} </script>", "&", "%s%d"} {
		name := f.body(text)
		got, words, code := f.call("eval", "json_string <"+name)
		if code != 0 {
			t.Fatalf("%q: exit %d\n%s", text, code, words)
		}
		var back string
		if err := json.Unmarshal([]byte(got), &back); err != nil || back != text {
			t.Errorf("%q came back as %q, %v, from %s", text, back, err, got)
		}
	}
	if got, _, _ := f.call("eval", `printf 'caf\351 \000x' | json_string`); got != `"caf x"` {
		t.Errorf("bytes that are no UTF-8: %s", got)
	}
}

func TestAnswerValues(t *testing.T) {
	f := newForge(t, "gitea")
	const text = `{"a" : [ {"b":1, "c":[]}, {"b":-2.5e3,"c":[true,null]} ], "d":{"e":{"f":"x\ty\u00e9\"}]"}}, "g":"","h":"{\"a\":1}"}`
	write(t, filepath.Join(strings.TrimPrefix(f.env[1], "TMPDIR="), "answer"), text, 0o644)
	got, words, code := f.call("answer_values")
	want := "a[0].b\t1\na[1].b\t-2.5e3\na[1].c[0]\ttrue\na[1].c[1]\tnull\nd.e.f\tx yé\"}]\ng\t\nh\t{\"a\":1}"
	if d := cmp.Diff(want, got); d != "" || code != 0 {
		t.Errorf("exit %d\n%s%s", code, d, words)
	}
}

func azure(t *testing.T, answers map[string]answer) (*forge, *server) {
	s := newServer(t, func(r *http.Request) bool { _, p, ok := r.BasicAuth(); return ok && p == token }, answers)
	return newForge(t, "azure", "SYSTEM_COLLECTIONURI="+s.URL+"/acme/", "SYSTEM_TEAMPROJECT=My Shop", "BUILD_REPOSITORY_NAME=shop"), s
}

const azurePath = "/acme/%4d%79%20%53%68%6f%70/_apis/git/repositories/%73%68%6f%70/pullrequests"

func TestAzureREST(t *testing.T) {
	f, s := azure(t, map[string]answer{
		"GET " + azurePath:          {200, `{"value":[{"repository":{"id":"x"},"pullRequestId":7,"forkSource":{"name":"refs/heads/merge-back/43.1"}},{"pullRequestId":8,` + trap + `}],"count":2}`},
		"POST " + azurePath:         {201, `{"pullRequestId":8,` + trap + `}`},
		"PATCH " + azurePath + "/8": {200, `{}`},
	})
	if got, words, code := f.call("request_find", "merge-back/43.1", "main"); got != "8" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	query := map[string]string{"searchCriteria.status": "active", "searchCriteria.sourceRefName": "refs/heads/merge-back/43.1",
		"searchCriteria.targetRefName": "refs/heads/main", "api-version": "7.1"}
	if d := cmp.Diff(query, s.last(t, "GET").Query); d != "" {
		t.Error(d)
	}
	if got, words, code := f.call("request_open", "merge-back/43.1", "main", hostile, f.body(hostile+"\n"), "true"); got != "8" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	want := map[string]string{"sourceRefName": "refs/heads/merge-back/43.1", "targetRefName": "refs/heads/main", "title": hostile, "description": hostile, "isDraft": "true"}
	if d := cmp.Diff(want, s.last(t, "POST").Fields); d != "" {
		t.Error(d)
	}
	long := "Reapplies: 43.1\n" + strings.Repeat("- a commit é\n", 1000)
	if _, words, code := f.call("request_update", "8", "t", f.body(long), "false"); code != 0 {
		t.Errorf("exit %d\n%s", code, words)
	}
	patch := s.last(t, "PATCH").Fields
	if d := patch["description"]; len(d) > 4000 || !strings.HasPrefix(d, "Reapplies: 43.1\n") || !strings.HasSuffix(d, "\n(shortened)") || patch["isDraft"] != "false" {
		t.Errorf("%d bytes, draft %s: %.40q…%q", len(d), patch["isDraft"], d, d[len(d)-30:])
	}
}

// Azure answers a wrong token with 203 and a page to sign in.
func TestAzureSignInPage(t *testing.T) {
	f, _ := azure(t, map[string]answer{"GET " + azurePath: {203, "<html>Sign in</html>"}})
	if got, words, code := f.call("request_find", "h", "b"); got != "" || code != 3 || !strings.Contains(words, "token is missing, wrong or expired") {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
}

func TestAzureIssueIsADraft(t *testing.T) {
	f, _ := azure(t, nil)
	if got, words, code := f.call("issue_open", "t", f.body("x")); got != "" || code != 4 || !strings.Contains(words, "draft pull request takes its place") {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
}

// azFake knows the commands of `az repos pr` that are used, with exactly their options.
const azFake = `
[ "$1 $2" = "extension show" ] && exit 0
[ "$AZURE_DEVOPS_EXT_PAT" = "$FETTLE_TOKEN" ] || { echo "TF401019: not authorised ##vso[x]" >&2; exit 1; }
[ "$1 $2" = "repos pr" ] || { echo "unknown command $*" >&2; exit 2; }
verb=$3; shift 3
while [ $# -gt 0 ]; do
  case $verb,$1 in
    *,--detect | *,--organization | *,--output | list,--query | list,--project | list,--repository | list,--source-branch | list,--target-branch | list,--status) ;;
    create,--project | create,--repository | create,--source-branch | create,--target-branch | create,--title | create,--description | create,--draft | create,--query) ;;
    update,--id | update,--title | update,--description | update,--draft) ;;
    *) echo "unrecognised argument $1 of $verb" >&2; exit 2 ;;
  esac
  # az reads a file where a value begins with @.
  case $2 in @*) value=$(cat "${2#@}") ;; *) value=$2 ;; esac
  printf '%s %s=%s\n' "$verb" "${1#--}" "$value" >>"$BIN/az.log"
  shift 2
done
case $verb in list | create) echo 8 ;; esac
`

func TestAzureByAz(t *testing.T) {
	f := newForge(t, "azure", "SYSTEM_COLLECTIONURI=https://dev.azure.com/acme/", "SYSTEM_TEAMPROJECT=My Shop", "BUILD_REPOSITORY_NAME=shop")
	f.fake("az", azFake)
	for _, args := range [][]string{
		{"request_find", "merge-back/43.1", "main"},
		{"request_open", "merge-back/43.1", "main", "A title", f.body("Text\n-- --query x\n"), "true"},
	} {
		if got, words, code := f.call(args...); got != "8" || code != 0 {
			t.Errorf("%v: got %q, exit %d\n%s", args, got, code, words)
		}
	}
	if _, words, code := f.call("request_update", "8", "A title", f.body("Text\n"), "false"); code != 0 {
		t.Errorf("exit %d\n%s", code, words)
	}
	az, _ := os.ReadFile(filepath.Join(f.bin, "az.log"))
	want := `list project=My Shop
list repository=shop
list source-branch=merge-back/43.1
list target-branch=main
list status=active
list query=[?forkSource==null].pullRequestId | [0]
list output=tsv
list detect=false
list organization=https://dev.azure.com/acme
create project=My Shop
create repository=shop
create source-branch=merge-back/43.1
create target-branch=main
create title=A title
create description=Text
-- --query x
create draft=true
create query=pullRequestId
create output=tsv
create detect=false
create organization=https://dev.azure.com/acme
update id=8
update title=A title
update description=Text
update draft=false
update output=none
update detect=false
update organization=https://dev.azure.com/acme
`
	if d := cmp.Diff(want, string(az)); d != "" {
		t.Error(d)
	}
	f.env = append(f.env, "FETTLE_TOKEN=", "SYSTEM_ACCESSTOKEN=wrong")
	if got, words, code := f.call("request_find", "h", "b"); got != "" || code != 3 || !strings.Contains(words, "TF401019") || !strings.Contains(words, "Contribute to pull requests") || strings.Contains(words, "##vso[") {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
}

func TestAzureAddress(t *testing.T) {
	f := newForge(t, "azure", "REMOTE_URL=https://me@dev.azure.com/acme/My%20Shop/_git/shop")
	got, words, code := f.call("eval", `azure_repository && printf '%s|%s|%s' "$azure_organization" "$azure_project" "$azure_name"`)
	if got != "https://dev.azure.com/acme|My Shop|shop" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	f = newForge(t, "azure", "REMOTE_URL=git@ssh.dev.azure.com:v3/acme/shop/shop")
	if _, words, code := f.call("request_find", "h", "b"); code != 3 || !strings.Contains(words, "FETTLE_FORGE_URL") {
		t.Errorf("exit %d\n%s", code, words)
	}
}

// ghFake knows the commands of gh that are used. Its state: $BIN/prs and $BIN/issues, lines "NUMBER HEAD BASE DRAFT TITLE".
const ghFake = `
[ "$GH_TOKEN" = "$FETTLE_TOKEN" ] && [ "$GH_ENTERPRISE_TOKEN" = "$FETTLE_TOKEN" ] || { echo "HTTP 401: Bad credentials" >&2; exit 4; }
touch "$BIN/prs" "$BIN/issues"
verb="$1 $2"; all=$*
if [ "$1" = api ]; then verb=api; shift; else shift 2; fi
draft=false number= undo=false
case $1 in [0-9]*) number=$1; shift ;; esac
while [ $# -gt 0 ]; do
  case $1 in
    --repo) [ "$2" = github.com/acme/shop ] || { echo "HTTP 404: Not Found ($2)" >&2; exit 1; }; shift ;;
    --hostname) [ "$2" = github.com ] || exit 1; shift ;;
    --head) head=$2; shift ;;
    --base) base=$2; shift ;;
    --title) title=$2; shift ;;
    --body-file) cp "$2" "$BIN/body"; shift ;;
    --field) case $2 in body=@*) cp "${2#body=@}" "$BIN/body" ;; *) echo "unknown field $2" >&2; exit 1 ;; esac; shift ;;
    --raw-field) title=${2#title=}; shift ;;
    --draft) draft=true ;;
    --undo) undo=true ;;
    --silent) ;;
    --state | --json | --jq | --method | --limit) shift ;;
    repos/acme/shop/pulls/*) number=${1##*/} ;;
    *) echo "unknown flag $1 in $all" >&2; exit 1 ;;
  esac
  shift
done
if [ -n "$GH_FAIL" ]; then echo "$GH_FAIL" >&2; exit 1; fi
case $verb in
  "pr list") awk -v h="$head" -v b="$base" '$2 == h && $3 == b { print $1; exit }' "$BIN/prs" ;;
  "pr create")
    if [ "$draft" = true ] && [ -n "$GH_NO_DRAFTS" ]; then echo "GraphQL: Draft pull requests are not supported in this repository. (createPullRequest)" >&2; exit 1; fi
    n=$(($(wc -l <"$BIN/prs") + 1))
    echo "$n $head $base $draft $title" >>"$BIN/prs"
    echo "https://github.com/acme/shop/pull/$n" ;;
  api) T=$title awk -v n="$number" '$1 == n { print $1, $2, $3, $4, ENVIRON["T"]; next } { print }' "$BIN/prs" >"$BIN/new" && mv "$BIN/new" "$BIN/prs" ;;
  "pr view") awk -v n="$number" '$1 == n { print $4 }' "$BIN/prs" ;;
  "pr ready") awk -v n="$number" -v d="$undo" '$1 == n { $4 = d } { print }' "$BIN/prs" >"$BIN/new" && mv "$BIN/new" "$BIN/prs" ;;
  "issue list") cat "$BIN/issues" ;;
  "issue create") printf 'https://github.com/acme/shop/issues/1\t%s\n' "$title" >>"$BIN/issues"; echo https://github.com/acme/shop/issues/1 ;;
  *) echo "unknown command $verb" >&2; exit 1 ;;
esac
`

func github(t *testing.T, env ...string) *forge {
	f := newForge(t, "github", append([]string{"GITHUB_REPOSITORY=acme/shop"}, env...)...)
	f.fake("gh", ghFake)
	return f
}

func (f *forge) state(name string) string {
	b, _ := os.ReadFile(filepath.Join(f.bin, name))
	return string(b)
}

func TestGitHub(t *testing.T) {
	f := github(t)
	if got, words, code := f.call("request_find", "merge-back/43.1", "main"); got != "" || code != 0 {
		t.Fatalf("got %q, exit %d\n%s", got, code, words)
	}
	if !strings.Contains(f.calls(), "isCrossRepository") {
		t.Error("a fork's request would be taken for ours")
	}
	got, words, code := f.call("request_open", "merge-back/43.1", "main", "A title", f.body(hostile), "true")
	if got != "https://github.com/acme/shop/pull/1" || code != 0 {
		t.Fatalf("got %q, exit %d\n%s", got, code, words)
	}
	if got, _, _ := f.call("request_find", "merge-back/43.1", "main"); got != "1" {
		t.Errorf("got %q", got)
	}
	if f.state("prs") != "1 merge-back/43.1 main true A title\n" || f.state("body") != hostile {
		t.Errorf("%q %q", f.state("prs"), f.state("body"))
	}
	for _, draft := range []string{"false", "true", "true"} {
		if _, words, code := f.call("request_update", "1", "New $(touch pwned)", f.body("new"), draft); code != 0 {
			t.Errorf("exit %d\n%s", code, words)
		}
		if want := "1 merge-back/43.1 main " + draft + " New $(touch pwned)\n"; f.state("prs") != want || f.state("body") != "new" {
			t.Errorf("%q, want %q", f.state("prs"), want)
		}
	}
	for range 2 {
		if got, words, code := f.call("issue_open", "A title", f.body("x")); got != "https://github.com/acme/shop/issues/1" || code != 0 {
			t.Errorf("got %q, exit %d\n%s", got, code, words)
		}
	}
	if strings.Count(f.state("issues"), "\n") != 1 {
		t.Errorf("doubled: %q", f.state("issues"))
	}
}

func TestGitHubWithoutDrafts(t *testing.T) {
	f := github(t, "GH_NO_DRAFTS=1")
	if got, words, code := f.call("request_open", "h", "b", "A title", f.body("x"), "true"); got != "https://github.com/acme/shop/pull/1" || code != 0 {
		t.Errorf("got %q, exit %d\n%s", got, code, words)
	}
	if f.state("prs") != "1 h b false Draft: A title\n" {
		t.Errorf("%q", f.state("prs"))
	}
}

func TestGitHubFailures(t *testing.T) {
	for _, failure := range []string{"HTTP 403: Resource not accessible by integration", "HTTP 404: Not Found", "HTTP 500", "::error::x"} {
		f := github(t, "GH_FAIL="+failure)
		for _, args := range [][]string{
			{"request_find", "h", "b"}, {"request_open", "h", "b", "t", f.body("x"), "true"}, {"request_open", "h", "b", "t", f.body("x"), "false"},
			{"request_update", "1", "t", f.body("x"), "false"}, {"issue_open", "t", f.body("x")},
		} {
			got, words, code := f.call(args...)
			if got != "" || code != 3 || !strings.Contains(words, "Pull requests: write") || !strings.Contains(words, failure[:3]) {
				t.Errorf("%s %v: got %q, exit %d\n%s", failure, args[0], got, code, words)
			}
			if strings.HasPrefix(words, "::") || strings.Contains(words, "\n::") {
				t.Errorf("gh speaks to the CI system: %s", words)
			}
		}
	}
	f := newForge(t, "github", "GITHUB_REPOSITORY=acme/shop")
	if _, words, code := f.call("request_find", "h", "b"); code != 3 || !strings.Contains(words, "no gh on this agent") {
		t.Errorf("exit %d\n%s", code, words)
	}
}

func TestGitHubRepositoryFromRemote(t *testing.T) {
	for url, want := range map[string]string{
		"git@github.com:acme/shop.git":                         "github.com/acme/shop",
		"https://x-access-token:abc@ghe.example.com/acme/shop": "ghe.example.com/acme/shop",
		"ssh://git@github.com/acme/shop.git":                   "github.com/acme/shop",
	} {
		f := newForge(t, "github", "REMOTE_URL="+url)
		if got, words, code := f.call("eval", `gh_repository; printf %s "$gh_repo"`); got != want || code != 0 {
			t.Errorf("%s: got %q, exit %d, want %q\n%s", url, got, code, want, words)
		}
	}
}

func TestNoForge(t *testing.T) {
	f := newForge(t, "none")
	if got, _, code := f.call("request_find", "h", "b"); got != "" || code != 0 {
		t.Errorf("got %q, exit %d", got, code)
	}
	got, words, code := f.call("request_open", "merge-back/43.1", "main", "A title", f.body("Text\n##vso[x]\n"), "true")
	if got != "" || code != 0 {
		t.Errorf("got %q, exit %d", got, code)
	}
	for _, want := range []string{"merge-back/43.1 is pushed", "a DRAFT request", "into   main", "A title", "    Text", "git push origin HEAD:refs/heads/main"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in:\n%s", want, words)
		}
	}
	if strings.Contains(words, "##vso[") {
		t.Errorf("not made harmless:\n%s", words)
	}
	if _, words, code := f.call("issue_open", "t", f.body("x")); code != 4 || !strings.Contains(words, "draft request") {
		t.Errorf("exit %d\n%s", code, words)
	}
}

// The parts are plain POSIX sh.
func TestForgePartsAreClean(t *testing.T) {
	check, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("no shellcheck")
	}
	for _, name := range []string{"github", "gitlab", "azure", "gitea", "none"} {
		t.Run(name, func(t *testing.T) {
			if name != "azure" { // which is the longest
				long(t)
			}
			t.Parallel()
			text := "#!/bin/sh\n" + ports + part(t, "forge_"+name+".sh.tmpl") + part(t, "merge_back.sh.tmpl") + "\n\"$@\"\n"
			c := exec.Command(check, "-s", "sh", "--exclude=SC2154", "-")
			c.Stdin = strings.NewReader(text)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
