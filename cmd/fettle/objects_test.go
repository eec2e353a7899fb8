package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// An object that is larger than somebody wants is refused before it is read,
// and git, which waits to say it, is not waited for.
func TestLargeObject(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	top := t.TempDir()
	file := filepath.Join(top, "large")
	if err := os.WriteFile(file, []byte(strings.Repeat("x", 1<<20)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := git(top, "init", "--quiet"); err != nil {
		t.Fatal(out, err)
	}
	id, err := git(top, "hash-object", "-w", file)
	if err != nil {
		t.Fatal(err)
	}
	o := &objects{where: []string{"-C", top}, largest: 1 << 10}
	defer o.close()
	if _, _, err := o.read(strings.TrimSpace(id)); !errors.Is(err, errTooLarge) {
		t.Errorf("it is read: %v", err)
	}
	o.largest = 0
	if _, content, err := o.read(strings.TrimSpace(id)); err != nil || len(content) != 1<<20 { // the process begins anew
		t.Errorf("%d bytes, %v", len(content), err)
	}
}
