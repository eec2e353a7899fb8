package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/internal/test/wire"
)

// token is what the pipelines push with. It must stand in no log.
const token = "s3cret-of-the-pipelines"

// hook is what a host enforces: nothing is forced or deleted, tags stay where
// they are, and the mainline is protected from the pipelines.
const hook = `#!/bin/sh
zero=0000000000000000000000000000000000000000
while read -r old new ref; do
  case $new in $zero) echo "protected: $ref cannot be deleted" >&2; exit 1 ;; esac
  case $ref in
    refs/tags/*) [ "$old" = $zero ] || { echo "protected: $ref cannot be moved" >&2; exit 1; } ;;
    refs/heads/main)
      [ "${REMOTE_USER:-}" != pipelines ] || [ -e "$GIT_DIR/pipelines-may-push-main" ] || { echo "protected: $ref takes merge requests only" >&2; exit 1; } ;;
  esac
  case $ref in refs/heads/*)
    [ "$old" = $zero ] || git merge-base --is-ancestor "$old" "$new" || { echo "protected: $ref cannot be forced" >&2; exit 1; } ;;
  esac
done
`

// dying is what a scenario does when something arrives: the machine that pushed
// it goes away before it knows. What arrived is named by the subject of a ledger's
// entry, or by a ref. Only a host on which somebody dies has this hook.
const dying = `#!/bin/sh
fault=$E2E_STATE/faults/kill-push
while read -r old new ref; do
  case $ref in refs/heads/fettle/ledger) arrived=$(git log -1 --format=%s "$new") ;; *) arrived=$ref ;; esac
  if [ -e "$fault" ] && [ "$(cat "$fault")" = "$arrived" ]; then
    rm "$fault"
    : >"$E2E_STATE/dying"
    while [ -e "$E2E_STATE/dying" ]; do sleep 0.05; done
    sleep 1 # until nothing of the run is left to hear the answer
  fi
done
`

// request is a merge request or an issue that the pipelines asked their host for.
type request struct {
	Number             int
	Head, Base, Title  string
	Body               string
	Draft, Issue, Open bool
}

// newRemote makes the repository and serves it.
func newRemote(t *testing.T, w *world) {
	t.Helper()
	w.git("", "init", "--quiet", "--bare", "--initial-branch=main", w.bare)
	for _, setting := range []string{"http.receivepack", "receive.advertisePushOptions", "uploadpack.allowAnySHA1InWant"} {
		w.git(w.bare, "config", setting, "true")
	}
	must(t, os.WriteFile(filepath.Join(w.bare, "hooks", "pre-receive"), []byte(hook), 0o755))
	serve(t, w)
}

// serve makes the host answer, by git's own http-backend: reading is free,
// writing needs the token.
func serve(t *testing.T, w *world) {
	t.Helper()
	git, err := wire.Git(filepath.Join(w.dir, "host"), "GIT_CONFIG_GLOBAL="+filepath.Join(w.home, ".gitconfig"), "E2E_STATE="+w.state)
	must(t, err)
	mux := http.NewServeMux()
	mux.Handle("/acme/", w.traffic.Handler(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(w.state, "host-is-away")); err == nil {
			http.Error(rw, "the host is away", http.StatusServiceUnavailable)
			return
		}
		user, password, _ := r.BasicAuth()
		writes := strings.HasSuffix(r.URL.Path, "git-receive-pack") || r.URL.Query().Get("service") == "git-receive-pack"
		if writes && password != token {
			rw.Header().Set("WWW-Authenticate", `Basic realm="git"`)
			rw.WriteHeader(http.StatusUnauthorized)
			return
		}
		h := *git
		if user != "" {
			h.Env = append(h.Env[:len(h.Env):len(h.Env)], "REMOTE_USER=pipelines")
		}
		h.ServeHTTP(rw, r)
	})))
	mux.HandleFunc("/run/", w.control)
	mux.HandleFunc("/deploys", w.deploys)
	mux.HandleFunc("/api/", w.forge)
	mux.HandleFunc("/acme-devops/", w.forge)
	w.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		w.stop() // who waits for an answer would keep it open
		w.server.Close()
	})
	w.url = w.server.URL + "/acme/shop.git"
}

// control is what engines in other processes ask the host for: approvals,
// locks, and GitHub's command line.
func (w *world) control(rw http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/run/"), "/")
	run := w.runByID(parts[0])
	if run == nil || len(parts) != 2 {
		http.Error(rw, "no such run", http.StatusNotFound)
		return
	}
	body, _ := io.ReadAll(r.Body)
	switch parts[1] {
	case "approve":
		var asked struct{ Gate string }
		_ = json.Unmarshal(body, &asked)
		d := w.ask(run, run.engine().gate(asked.Gate))
		switch {
		case d.timeout:
			rw.WriteHeader(http.StatusRequestTimeout)
		case !d.approved:
			http.Error(rw, d.person, http.StatusForbidden)
		default:
			fmt.Fprint(rw, d.person)
		}
	case "lock":
		w.lock(run, r.URL.Query().Get("name"))
	case "unlock":
		w.unlock(run, r.URL.Query().Get("name"))
	case "gh":
		w.gh(run, rw, strings.Split(strings.TrimSuffix(string(body), "\n"), "\n"))
	default:
		http.Error(rw, "no such call", http.StatusNotFound)
	}
}

// open records a request, or finds the open one for the same two branches.
func (w *world) open(q request) *request {
	w.mu.Lock()
	defer w.mu.Unlock()
	q.Number, q.Open = len(w.requests)+1, true
	w.requests = append(w.requests, &q)
	return &q
}

func (w *world) opened(head, base string) []*request {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []*request
	for _, q := range w.requests {
		if q.Open && !q.Issue && q.Head == head && q.Base == base {
			out = append(out, q)
		}
	}
	return out
}
