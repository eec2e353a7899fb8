package rehearse

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// host is what stands in for the CI system and its forge: an interface for
// requests and issues on the loopback interface, and programs that machines have.
type host struct {
	engine  *Engine
	world   *scenario.World
	address string
	bin     string
	path    string // where the programs of a machine are found
	signing string // the key of commits, where they are signed
}

// host makes it when it is first needed. It ends with the world.
func (e *Engine) host(w *scenario.World) (*host, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.forge != nil {
		return e.forge, nil
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &host{engine: e, world: w, address: "http://" + listener.Addr().String(), bin: filepath.Join(w.Dir, "bin")}
	h.path = h.bin + string(os.PathListSeparator) + e.Path
	server := &http.Server{Handler: h.handler(), ReadHeaderTimeout: w.Patience}
	go func() { _ = server.Serve(listener) }()
	w.AtEnd(func() { _ = server.Close() })
	if err := h.programs(); err != nil {
		return nil, err
	}
	e.forge = h
	return h, nil
}

func (h *host) handler() http.Handler {
	forge := &scenario.Forge{World: h.world, Address: h.address, Unknown: func(string, string) {}}
	mux := http.NewServeMux()
	mux.Handle("/", forge)
	mux.HandleFunc("/gh", func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !forge.GH(rw, strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")) {
			rw.WriteHeader(http.StatusTeapot)
		}
	})
	return mux
}

// noCurl is what the release script says, and the stand-in for gh, where a request
// cannot be shown.
const noCurl = "here is no curl on this"

// stands are programs that must not be those of the user: they would ask real
// hosts, or tell the real time where a scenario says another one.
func (h *host) stands() map[string]string {
	real, _ := find(h.engine.Path, "date")
	return map[string]string{
		"gh": `command -v curl >/dev/null 2>&1 || { echo "t` + noCurl + ` machine" >&2; exit 1; }
printf '%s\n' "$@" | curl --silent --show-error --fail --max-time 60 --data-binary @- ` + h.address + "/gh\n",
		"az": "exit 1\n",
		"date": `if [ "$*" = "-u +%s" ] && [ -e ` + gen.Shell(filepath.Join(h.world.State, "clock")) + ` ]; then exec cat ` + gen.Shell(filepath.Join(h.world.State, "clock")) + `; fi
exec ` + gen.Shell(real) + ` "$@"
`,
	}
}

func (h *host) programs() error {
	if err := os.MkdirAll(h.bin, 0o755); err != nil {
		return err
	}
	for name, text := range h.stands() {
		if err := os.WriteFile(filepath.Join(h.bin, name), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
			return err
		}
	}
	return nil
}

func (h *host) find(name string) (string, error) { return find(h.path, name) }

// find looks a program up in the folders of a PATH.
func find(path, name string) (string, error) {
	if filepath.IsAbs(name) {
		return name, nil
	}
	for _, dir := range filepath.SplitList(path) {
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() && info.Mode()&0o111 != 0 {
			return file, nil
		}
	}
	return "", fmt.Errorf("there is no %s on this machine", name)
}

// repository is the address of the repository's page, as its forge would have it.
func (h *host) repository(forge string) string {
	if forge == "azure" {
		return h.address + "/acme-devops/shop/_git/shop"
	}
	return h.address + "/acme/shop"
}

func (h *host) runURL(r *scenario.Run) string { return h.address + "/runs/" + r.ID() }

// key is a key that signs commits, made when it is first needed.
func (h *host) key() (string, error) {
	h.engine.mu.Lock()
	defer h.engine.mu.Unlock()
	if h.signing != "" {
		return h.signing, nil
	}
	program, err := h.find("ssh-keygen")
	if err != nil {
		return "", errors.New("the policy says that commits are signed, and there is no ssh-keygen on this machine")
	}
	file := filepath.Join(h.world.Home, "signing")
	if out, err := exec.Command(program, "-q", "-t", "ed25519", "-N", "", "-C", "rehearsal", "-f", file).CombinedOutput(); err != nil {
		return "", fmt.Errorf("ssh-keygen: %w: %s", err, out)
	}
	content, err := os.ReadFile(file)
	h.signing = string(content)
	return h.signing, err
}
