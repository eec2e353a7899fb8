package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/itchyny/gojq"
)

// packages is GitLab's registry of generic packages.
func (w *world) packages(rw http.ResponseWriter, r *http.Request) {
	path, _ := url.PathUnescape(r.URL.EscapedPath())
	if r.Header.Get("Job-Token") != "of-the-job" {
		rw.WriteHeader(http.StatusUnauthorized)
		return
	}
	file := filepath.Join(w.State, "artifacts", strings.ReplaceAll(strings.TrimPrefix(path, "/api/v4/projects/42/packages/generic/"), "/", "-"))
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
	switch call := strings.Join(args[:min(2, len(args))], " "); {
	case args[0] == "api" && strings.HasSuffix(args[1], "/approvals"):
		if name := flag("--approval"); name != "" {
			w.review(run, name)
		}
		w.jq(rw, flag("--jq"), w.reviewsOf(run), []string{"APPROVAL=" + flag("--approval"), "REQUESTER=" + flag("--requester"), "ACTOR=" + flag("--actor")})
	case strings.HasPrefix(call, "api --paginate"):
		_, commits, compared := strings.Cut(args[2], "/compare/")
		if !compared {
			_, commits, _ = strings.Cut(args[2], "/commits?sha=")
		}
		authors := w.git(w.Bare, "log", "--no-merges", "--format=%ae", strings.Replace(commits, "...", "..", 1))
		for author := range strings.Lines(authors) {
			login, _, _ := strings.Cut(author, "@")
			fmt.Fprintln(rw, login)
		}
	case !w.forge.GH(rw, args):
		w.t.Errorf("unexpected call of gh: %q", args)
		rw.WriteHeader(http.StatusTeapot)
	}
}

// review waits for a person's decision on an environment of a run, and keeps
// it: GitHub gives all of them, of every attempt, newest first.
func (w *world) review(run *run, environment string) {
	d := w.Ask(run, w.eng.gate(environment))
	if d.Person == "" {
		return
	}
	state := map[bool]string{true: "approved", false: "rejected"}[d.Approved]
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reviews[run] = append([]any{map[string]any{
		"state": state, "comment": "", "user": map[string]any{"login": d.Person}, "environments": []any{map[string]any{"name": environment}},
	}}, w.reviews[run]...)
}

// reviewsOf are those of all attempts of a run, as GitHub's interface gives them.
func (w *world) reviewsOf(run *run) []any {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reviews[run]
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
