package script_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ref is where a name of a bare repository stands; "" if it is not there. git
// itself would be a process for each.
func ref(bare, name string) string {
	if b, err := os.ReadFile(filepath.Join(bare, name)); err == nil {
		return strings.TrimSpace(string(b))
	}
	packed, _ := os.ReadFile(filepath.Join(bare, "packed-refs"))
	for line := range strings.Lines(string(packed)) {
		if id, packedName, _ := strings.Cut(strings.TrimSpace(line), " "); packedName == name {
			return id
		}
	}
	return ""
}

// refsOf are the files in which some names of a clone stand.
func refsOf(t *testing.T, clone string, names ...string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range append(names, "packed-refs") {
		err := filepath.WalkDir(filepath.Join(clone, ".git", name), func(path string, d fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			b.WriteString(path + " " + string(content) + "\n")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
