package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// A commit is a file system like any other, with what a disk would show.
func TestCommitIsAFileSystem(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	top := t.TempDir()
	for name, text := range map[string]string{"release.hcl": "policy \"shop\" {}\n", "services/pay/release.hcl": "", "a file/with\na line.txt": "x"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(top, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(top, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"current": "services/pay", "services/top.hcl": "../release.hcl"} {
		if err := os.Symlink(to, filepath.Join(top, link)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	for _, args := range [][]string{
		{"init", "--quiet"},
		{"add", "."},
		{"-c", "user.name=Dev", "-c", "user.email=dev@example.com", "commit", "--quiet", "-m", "Files"},
	} {
		if out, err := git(top, args...); err != nil {
			t.Fatal(out, err)
		}
	}
	h := openHistory(top)
	defer h.close()
	c, err := h.commitNamed("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(c, "release.hcl", "services/pay/release.hcl", "services/top.hcl", "a file/with\na line.txt", "current"); err != nil {
		t.Error(err)
	}
	for _, refused := range []string{"HEAD\nHEAD", "nowhere", "HEAD^{tree}", ""} {
		if _, err := h.commitNamed(refused); err == nil {
			t.Errorf("%q is a revision", refused)
		}
	}
	if _, err := h.commitNamed("HEAD@{0}"); err != nil { // a name that git alone understands, and the process still answers
		t.Error(err)
	}
}
