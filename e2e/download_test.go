package e2e

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// download is fettle as it is downloaded: the archive of a build of this commit.
type download struct {
	archive []byte
	sum     string // SHA-256
	version string
}

var (
	built     download
	buildOnce sync.Once
)

// fettle builds it, once.
func fettle(t *testing.T) download {
	t.Helper()
	buildOnce.Do(func() {
		folder, err := os.MkdirTemp("", "fettle-built-")
		must(t, err)
		defer os.RemoveAll(folder)
		program := filepath.Join(folder, "fettle")
		out, err := exec.Command("go", "build", "-ldflags", "-X main.stamped=v0.9.0", "-o", program, "../cmd/fettle").CombinedOutput()
		if err != nil {
			t.Fatalf("fettle does not build: %s", out)
		}
		version, err := exec.Command(program, "version").Output()
		must(t, err)
		content, err := os.ReadFile(program)
		must(t, err)
		built = download{archive: packed(t, content), version: strings.TrimPrefix(strings.TrimSpace(string(version)), "fettle ")}
		sum := sha256.Sum256(built.archive)
		built.sum = hex.EncodeToString(sum[:])
	})
	if built.sum == "" {
		t.Fatal("fettle was not built")
	}
	return built
}

// packed is an archive with one program.
func packed(t *testing.T, program []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	must(t, w.WriteHeader(&tar.Header{Name: "fettle", Mode: 0o755, Size: int64(len(program))}))
	_, err := w.Write(program)
	must(t, err)
	must(t, w.Close())
	must(t, z.Close())
	return b.Bytes()
}

// pinned puts into a policy where this world has fettle, and what it is.
func (w *world) pinned(policy []byte) []byte {
	w.t.Helper()
	d := fettle(w.t)
	w.checked = w.server.URL + "/downloads/fettle.tar.gz"
	return []byte(strings.NewReplacer("ADDRESS", w.checked, "VERSION", d.version, "SUM", d.sum).Replace(string(policy)))
}

// downloads is where everybody gets fettle. Nobody who comes may bring a credential.
func (w *world) downloads(rw http.ResponseWriter, r *http.Request) {
	for _, h := range []string{"Authorization", "Private-Token", "Job-Token"} {
		if r.Header.Get(h) != "" {
			w.t.Errorf("a download brings %s", h)
		}
	}
	_, _ = rw.Write(fettle(w.t).archive)
}
