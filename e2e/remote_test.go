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
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// readToken is what a job's own token is: it reads the repository, which is
// private, and no more. Checkouts leave it in no clone but GitLab's.
const readToken = "of-the-job"

// serve makes the host answer, by git's own http-backend: reading the shop needs
// one of the tokens, writing the one that may. A library of its is public.
func serve(t *testing.T, w *world) {
	t.Helper()
	git, err := wire.Git(filepath.Join(w.Dir, "host"), "GIT_CONFIG_GLOBAL="+filepath.Join(w.Home, ".gitconfig"))
	must(t, err)
	mux := http.NewServeMux()
	mux.Handle("/acme/", w.traffic.Handler(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(w.State, "host-is-away")); err == nil {
			http.Error(rw, "the host is away", http.StatusServiceUnavailable)
			return
		}
		user, password, _ := r.BasicAuth()
		writes := strings.HasSuffix(r.URL.Path, "git-receive-pack") || r.URL.Query().Get("service") == "git-receive-pack"
		private := strings.HasPrefix(r.URL.Path, "/acme/shop.git/")
		if password != scenario.Token && (writes || private && password != readToken) {
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
	mux.HandleFunc("/downloads/", w.downloads)
	w.forge = &scenario.Forge{World: w.World, Unknown: func(method, url string) { t.Errorf("unexpected call of the host's interface: %s %s", method, url) }}
	mux.Handle("/api/", w.forge)
	mux.HandleFunc("/api/v4/projects/42/packages/generic/", w.packages)
	mux.Handle("/acme-devops/", w.forge)
	w.server = httptest.NewServer(mux)
	w.forge.Address = w.server.URL
	t.Cleanup(func() {
		w.Stop() // who waits for an answer would keep it open
		w.server.Close()
	})
	w.url = w.server.URL + "/acme/shop.git"
}

// control is what engines in other processes ask the host for: approvals,
// locks, and GitHub's command line.
func (w *world) control(rw http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/run/"), "/")
	run := w.ByID(parts[0])
	if run == nil || len(parts) != 2 {
		http.Error(rw, "no such run", http.StatusNotFound)
		return
	}
	body, _ := io.ReadAll(r.Body)
	switch parts[1] {
	case "approve":
		var asked struct{ Gate string }
		_ = json.Unmarshal(body, &asked)
		d := w.Ask(run, w.eng.gate(asked.Gate))
		switch {
		case d.Timeout:
			rw.WriteHeader(http.StatusRequestTimeout)
		case !d.Approved:
			http.Error(rw, d.Person, http.StatusForbidden)
		default:
			fmt.Fprint(rw, d.Person)
		}
	case "lock":
		w.Lock(run, r.URL.Query().Get("name"))
	case "unlock":
		w.Unlock(run, r.URL.Query().Get("name"))
	case "gh":
		w.gh(run, rw, strings.Split(strings.TrimSuffix(string(body), "\n"), "\n"))
	default:
		http.Error(rw, "no such call", http.StatusNotFound)
	}
}
