package script_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// looker is a program in the place of fettle: it says what it was asked, and finds
// something where a file tells it to.
const looker = `#!/bin/sh
[ "$1" != version ] || { echo "fettle v0.9.0"; exit; }
echo "asked: $*, with ${FETTLE_TOKEN:-no token}"
echo '##vso[task.complete]'
[ "$1" != "$(cat .git/finds 2>/dev/null)" ] || exit 1
`

// What is downloaded runs only when it is what the policy names, and whatever it
// finds in one look, it looks at the rest.
func TestPolicyCheck(t *testing.T) {
	t.Parallel()
	s := settings()
	s.PolicyCheck = true
	h := newHost(t, s)
	h.past = nil // each download has an address of its own
	served := t.TempDir()
	server := httptest.NewServer(http.FileServer(http.Dir(served)))
	t.Cleanup(server.Close)
	put := func(name, text string) (address, sum string) {
		write(t, filepath.Join(served, name), text, 0o644)
		digest := sha256.Sum256([]byte(text))
		return server.URL + "/" + name, hex.EncodeToString(digest[:])
	}
	address, sum := put("fettle", looker)
	h.asked["RELEASE_BASE"] = "main"
	h.asked["RELEASE_TARGET"] = "none"
	said := h.ok("merge-request", "check-policy", "v0.9.0", address, sum)
	for _, want := range []string{"asked: check, with no token\n", "asked: lint --against refs/remotes/origin/main, with no token\n", "# #vso"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	for _, look := range []string{"check", "lint"} {
		write(t, filepath.Join(h.work, ".git/finds"), look+"\n", 0o644)
		h.refused("asked: lint", "merge-request", "check-policy", "v0.9.0", address, sum)
	}
	h.must(os.Remove(filepath.Join(h.work, ".git/finds")))

	h.refused("nothing of it was run", "merge-request", "check-policy", "v0.9.0", address, strings.Repeat("0", 64))
	h.refused("calls itself 'fettle v0.9.0', and the policy names v0.9.1", "merge-request", "check-policy", "v0.9.1", address, sum)
	h.asked["RELEASE_BASE"] = "gone"
	h.fails("this clone has no refs/remotes/origin/gone", "check-policy", "v0.9.0", address, sum)
	h.asked["RELEASE_BASE"] = ""
	if said := h.ok("merge-request", "check-policy", "v0.9.0", address, sum); !strings.Contains(said, "--against refs/remotes/origin/main") {
		t.Errorf("without a branch it is not compared with the mainline:\n%s", said)
	}
	h.fails("could not be downloaded", "check-policy", "v0.9.0", server.URL+"/nothing", sum)
	other, itsSum := put("picture", "\x7fELF, and nothing more")
	h.fails("does not run on this machine", "check-policy", "v0.9.0", other, itsSum)

	// As a release is packed: with other files beside it.
	write(t, filepath.Join(served, "README.md"), "Read me", 0o644)
	h.must(os.Chmod(filepath.Join(served, "fettle"), 0o755))
	if out, err := exec.Command("tar", "-C", served, "-czf", filepath.Join(served, "fettle.tar.gz"), "README.md", "fettle").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	archive, err := os.ReadFile(filepath.Join(served, "fettle.tar.gz"))
	h.must(err)
	digest := sha256.Sum256(archive)
	h.ok("merge-request", "check-policy", "v0.9.0", server.URL+"/fettle.tar.gz", hex.EncodeToString(digest[:]))
	empty, itsSum := put("empty.tar.gz", "no archive")
	h.fails("there is no fettle in the archive", "check-policy", "v0.9.0", empty, itsSum)
}

// fails is a technical failure of an operation on a merge request.
func (h *host) fails(want string, args ...string) {
	h.t.Helper()
	if out, code := h.op("merge-request", args...); code != 3 || !strings.Contains(out, want) {
		h.t.Errorf("%v: exit %d, want a failure with %q\n%s", args, code, want, out)
	}
}

func (h *host) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}
