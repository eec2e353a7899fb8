package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tutorialBlock is a command of the tutorial, and what is seen after it.
var tutorialBlock = regexp.MustCompile("(?s)```(sh|text)\n(.*?)```")

// TestTutorial does what docs/tutorial.md says, in its order, and demands what it
// shows: each part of it (… cuts), in that order.
func TestTutorial(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/tutorial.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := tutorialBlock.FindAllSubmatch(page, -1)
	if len(blocks) < 15 {
		t.Fatalf("the tutorial has %d blocks", len(blocks))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin, folder, said := t.TempDir(), t.TempDir(), ""
	if err := os.Symlink(self, filepath.Join(bin, "fettle")); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if string(b[1]) == "text" {
			demandParts(t, said, string(b[2]))
			continue
		}
		c := exec.CommandContext(t.Context(), "sh", "-euc", string(b[2]))
		c.Dir = folder
		c.Env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + bin, "TMPDIR=" + os.TempDir(), "GIT_CONFIG_NOSYSTEM=1"}
		out, err := c.CombinedOutput()
		if said = string(out); err != nil {
			t.Fatalf("%s%v\n%s", b[2], err, out)
		}
	}
}

func demandParts(t *testing.T, said, shown string) {
	t.Helper()
	rest := said
	for part := range strings.SplitSeq(strings.TrimSuffix(shown, "\n"), "\n…\n") {
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			t.Errorf("the tutorial shows\n%s\nand this was printed:\n%s", part, said)
			return
		}
		rest = after
	}
}
