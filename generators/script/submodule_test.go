package script_test

import (
	"os"
	"path/filepath"
	"testing"
)

// A step populated the submodules of the workspace. What is put back has those
// of its own commit, and none that it does not have.
func TestSubmodulesFollowThePayload(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery") // 43, without
	config := filepath.Join(t.TempDir(), "config")
	write(t, config, "[protocol \"file\"]\n\tallow = always\n", 0o644)
	h.asked["GIT_CONFIG_GLOBAL"] = config
	part := filepath.Join(t.TempDir(), "part")
	h.git("", "init", "--quiet", "--initial-branch=main", part)
	inPart := func(text string) {
		write(t, filepath.Join(part, "part.txt"), text, 0o644)
		h.git(part, "add", "--all")
		h.git(part, "commit", "--quiet", "-m", text)
	}
	inPart("one")
	h.on("main")
	h.git(h.work, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", part, "part")
	h.git(h.work, "commit", "--quiet", "-m", "With a part")
	h.push("main")
	with := h.release("delivery")
	inPart("two")
	h.git(filepath.Join(h.work, "part"), "fetch", "--quiet")
	h.git(filepath.Join(h.work, "part"), "checkout", "--quiet", "origin/main")
	h.git(h.work, "commit", "--quiet", "--all", "-m", "Another part")
	h.push("main")
	h.release("delivery")
	has := func(want string) {
		t.Helper()
		got, _ := os.ReadFile(filepath.Join(h.work, "part", "part.txt"))
		if string(got) != want {
			t.Errorf("the part is %q, not %q", got, want)
		}
	}
	has("two")
	h.redeploy(with)
	has("one")
	h.redeploy("43")
	has("")
}
