// Package wire serves repositories over HTTP as a host does, and counts what
// travels. Tests and benchmarks use it.
package wire

import (
	"io"
	"net/http"
	"net/http/cgi"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// Git answers for the bare repositories below a folder, by git's own
// http-backend, with more of the environment for it.
func Git(root string, env ...string) (*cgi.Handler, error) {
	programs, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		return nil, err
	}
	return &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(programs)), "git-http-backend"),
		Env:  append([]string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1"}, env...),
	}, nil
}

// Traffic is what travelled. A trip is one fetch, push or look at the refs: each
// begins with one request for info/refs that is answered.
type Traffic struct {
	Trips, Requests int
	Up, Down        int64 // bytes of the bodies, as the client sees them
}

// Plus adds up two of them.
func (t Traffic) Plus(o Traffic) Traffic {
	return Traffic{t.Trips + o.Trips, t.Requests + o.Requests, t.Up + o.Up, t.Down + o.Down}
}

// Counter counts what goes through the handlers that it wraps.
type Counter struct {
	mu  sync.Mutex
	now Traffic
}

// Now is what travelled since the last Take.
func (c *Counter) Now() Traffic {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Take is what travelled since the last Take.
func (c *Counter) Take() Traffic {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.now
	c.now = Traffic{}
	return out
}

// Handler counts what another one answers.
func (c *Counter) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		up := &reader{ReadCloser: r.Body}
		r.Body = up
		down := &writer{ResponseWriter: rw}
		next.ServeHTTP(down, r)
		t := Traffic{Requests: 1, Up: up.n, Down: down.n}
		if strings.HasSuffix(r.URL.Path, "/info/refs") && down.status == http.StatusOK {
			t.Trips = 1
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.now = c.now.Plus(t)
	})
}

type reader struct {
	io.ReadCloser
	n int64
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.n += int64(n)
	return n, err
}

type writer struct {
	http.ResponseWriter
	n      int64
	status int
}

func (w *writer) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.n += int64(n)
	return n, err
}
