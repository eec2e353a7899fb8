package script_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// pointer is what git keeps of a file in Git LFS; the file itself is put where
// git-lfs looks for it at a remote that is a folder.
func (h *host) pointer(content string) string {
	h.t.Helper()
	oid := fmt.Sprintf("%x", sha256.Sum256([]byte(content)))
	at := filepath.Join(h.remote, "lfs", "objects", oid[:2], oid[2:4], oid)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		h.t.Fatal(err)
	}
	write(h.t, at, content, 0o644)
	return fmt.Sprintf("version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d", oid, len(content))
}

// keptInLFS is a commit of the mainline with one file there.
func (h *host) keptInLFS(message, content string) {
	h.t.Helper()
	h.on("main")
	write(h.t, filepath.Join(h.work, ".gitattributes"), "*.bin filter=lfs -text\n", 0o644)
	h.commit(message, "assets/-a logo.bin", h.pointer(content))
	h.push("main")
}

func (h *host) logo() string {
	h.t.Helper()
	b, err := os.ReadFile(filepath.Join(h.work, "assets/-a logo.bin"))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(b)
}

func needsLFS(t *testing.T) {
	t.Helper()
	longIfNamed(t)
	if _, err := exec.LookPath("git-lfs"); err != nil {
		if os.Getenv("FETTLE_E2E") == "required" {
			t.Fatal("git-lfs is not installed")
		}
		t.Skip("git-lfs is not installed")
	}
}

// Hosts differ in what they check out of such a file, and the script's own
// checkout would differ from theirs. So the policy decides before anything is
// reserved.
func TestLFSIsDecided(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.on("main")
	write(t, filepath.Join(h.work, ".gitattributes"), "*.bin filter=lfs -text\n", 0o644)
	h.commit("A file that is only called so", "small.bin", "no pointer")
	h.push("main")
	h.candidate("delivery")
	h.keptInLFS("A logo", "the logo")
	h.run, h.out = h.run+1, map[string]string{}
	h.refused("keeps files in Git LFS (assets/-a logo.bin)", "delivery", "identify", "delivery")
	s := settings()
	s.LFS = "left"
	write(t, h.file, string(script.Render(s)), 0o755)
	h.release("delivery")
}

// What a job checked out without the files is neither packed nor deployed.
func TestLFSPointersGoNowhere(t *testing.T) {
	t.Parallel()
	s := settings()
	s.LFS = "fetched"
	h := newHost(t, s)
	h.keptInLFS("A logo", "the logo")
	h.candidate("delivery")
	const want = "there is only the pointer: assets/-a logo.bin"
	for _, op := range [][]string{{"begin", "production"}, {"pack", "assets"}, {"checksum", "assets"}, {"image", "registry.example.com/shop", "digest"}} {
		h.refused(want, "delivery", op...)
	}
	write(t, filepath.Join(h.work, "assets/-a logo.bin"), "the logo", 0o644) // as a host that fetches leaves it
	h.deploy("delivery")
}

// A redeployment fetches the files of its own commit, whether or not the machine
// has the filters of git-lfs.
func TestLFSFollowsThePayload(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"without filters": "",
		"with filters":    "[filter \"lfs\"]\n\tclean = git-lfs clean -- %f\n\tsmudge = git-lfs smudge -- %f\n\tprocess = git-lfs filter-process\n\trequired = true\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			needsLFS(t)
			s := settings()
			s.LFS = "fetched"
			h := newHost(t, s)
			file := filepath.Join(t.TempDir(), "config")
			write(t, file, config, 0o644)
			h.asked["GIT_CONFIG_GLOBAL"] = file
			h.asked["GIT_LFS_SKIP_SMUDGE"] = "1" // as GitLab's jobs that check out by the script have it
			deliver := func(content string) string {
				h.keptInLFS(content, content)
				version := h.candidate("delivery")
				write(t, filepath.Join(h.work, "assets/-a logo.bin"), content, 0o644)
				h.deploy("delivery")
				return version
			}
			first := deliver("the logo")
			deliver("another logo")
			h.redeploy(first)
			if got := h.logo(); got != "the logo" {
				t.Errorf("the file is %q", got)
			}
		})
	}
}

// What cannot be fetched is not deployed, and the message says why.
func TestLFSIsNotFetched(t *testing.T) {
	t.Parallel()
	needsLFS(t)
	s := settings()
	s.LFS = "fetched"
	h := newHost(t, s)
	h.keptInLFS("A logo", "the logo")
	h.candidate("delivery")
	write(t, filepath.Join(h.work, "assets/-a logo.bin"), "the logo", 0o644)
	h.deploy("delivery")
	h.run, h.out = h.run+1, map[string]string{}
	h.ok("redeploy", "resolve", "production", "43")
	if err := os.RemoveAll(filepath.Join(h.remote, "lfs")); err != nil {
		t.Fatal(err)
	}
	out, code := h.op("redeploy", "payload")
	if code != 3 || !strings.Contains(out, "keeps in Git LFS could not be fetched") {
		t.Errorf("without the object: exit %d\n%s", code, out)
	}
	h.inPlaceOf("git-lfs", "#!/bin/sh\nexit 127\n")
	h.refused("git-lfs is not installed here", "redeploy", "payload")
}

// The commit may name another server: the credential that pushes is not for it.
func TestLFSServerOfTheCommitGetsNoCredential(t *testing.T) {
	t.Parallel()
	needsLFS(t)
	var asked, given int
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if _, _, ok := r.BasicAuth(); ok {
			given++
		}
		w.Header().Set("LFS-Authenticate", `Basic realm="other"`)
		w.Header().Set("WWW-Authenticate", `Basic realm="other"`)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer other.Close()
	s := settings()
	s.LFS = "fetched"
	h := newHost(t, s)
	write(t, filepath.Join(h.work, ".lfsconfig"), "[lfs]\n\turl = "+other.URL+"/lfs\n", 0o644)
	h.keptInLFS("A logo", "the logo")
	h.candidate("delivery")
	write(t, filepath.Join(h.work, "assets/-a logo.bin"), "the logo", 0o644)
	h.deploy("delivery")
	h.run, h.out = h.run+1, map[string]string{}
	h.ok("redeploy", "resolve", "production", "43")
	h.asked["FETTLE_TOKEN"] = "secret"
	out, code := h.op("redeploy", "payload")
	if code != 3 || asked == 0 || given != 0 {
		t.Errorf("exit %d, asked %d times, %d of them with a credential\n%s", code, asked, given, out)
	}
	// The host of the repository itself gets it.
	h.asked["FETTLE_REMOTE"] = other.URL + "/shop.git"
	if _, code := h.op("redeploy", "payload"); code != 3 || given == 0 {
		t.Errorf("exit %d, %d requests with the credential", code, given)
	}
}
