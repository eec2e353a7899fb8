package script_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What the host says of a push that it refuses is shown whole, first, and as
// words: its reason often stands before the last lines.
func TestHostWordsAreShown(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	hook := "#!/bin/sh\necho 'The rule for pushes: commits need a signature.' >&2\necho '##vso[task.complete]' >&2\n" +
		"for n in 1 2 3 4 5; do echo \"See the page $n.\" >&2; done\nexit 1\n"
	write(t, filepath.Join(h.remote, "hooks/pre-receive"), hook, 0o755)
	out, code := h.op("delivery", "identify", "delivery")
	if code != 3 {
		t.Fatalf("exit %d\n%s", code, out)
	}
	reason := strings.Index(out, "  The host says: The rule for pushes: commits need a signature.\n")
	if reason < 0 || reason > strings.Index(out, "git says: ") || !strings.Contains(out, "  The host says: See the page 5.\n") || strings.Contains(out, "##") {
		t.Errorf("the host's words are lost, or do harm:\n%s", out)
	}
}

// A folder of another user is no missing repository.
func TestOwnerIsNamed(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.asked["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
	out, code := h.op("delivery", "identify", "delivery")
	if code != 3 || !strings.Contains(out, "its folder belongs to another user") || !strings.Contains(out, "git config --global --add safe.directory '"+h.work+"'") {
		t.Errorf("exit %d\n%s", code, out)
	}
	delete(h.asked, "GIT_TEST_ASSUME_DIFFERENT_OWNER")
	h.work = t.TempDir()
	if err := os.Mkdir(filepath.Join(h.work, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(h.work, ".git/HEAD"), "ref: refs/heads/main\n", 0o644)
	if out, code := h.op("delivery", "status"); code != 3 || !strings.Contains(out, "there is no git repository in ") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// A checkout with the line ends of Windows says so, and does nothing.
func TestLineEndsOfWindows(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	src, err := os.ReadFile(h.file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, h.file, strings.ReplaceAll(string(src), "\n", "\r\n"), 0o755)
	out, code := h.op("delivery", "identify", "delivery")
	if code != 3 || !strings.Contains(out, "with the line ends of Windows (CRLF)") || !strings.Contains(out, "git checkout -- .fettle/release.sh") || strings.Count(out, "\n") != 2 {
		t.Errorf("exit %d\n%s", code, out)
	}
}
