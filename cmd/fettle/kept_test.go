package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/fettle-ci/fettle/generators/gen"
)

// Whatever of the files is kept in memory, on the disk, or not at all, what is
// written in the end is the same; also where somebody writes to one meanwhile.
func TestKept(t *testing.T) {
	for name, meanwhile := range map[string]func(top string) error{
		"nothing": func(string) error { return nil },
		"changed": func(top string) error {
			return os.WriteFile(filepath.Join(top, "a/same.yml"), []byte("# "+gen.Mark+"\nsomething else\n"), 0o644)
		},
		"gone": func(top string) error { return os.Remove(filepath.Join(top, "a/same.yml")) },
	} {
		for held, spills := range map[int]bool{0: false, maxHeld: true} {
			t.Run(name, func(t *testing.T) {
				files := generated("2", ".fettle/release.sh", "b/new.yml", "c/d/e/new.sh")
				files = append(files[:3:3], generated("1", "a/same.yml")[0], files[3])
				want, top := t.TempDir(), t.TempDir()
				demandPut(t, want, files)
				demandPut(t, top, generated("1", ".fettle/release.sh", "a/same.yml"))
				k := &kept{changed: true, top: top, held: held, again: func() []gen.File { return files }}
				defer k.close()
				var taken []gen.File
				for _, f := range files {
					f.Content = bytes.Clone(f.Content)
					taken = append(taken, k.take(f))
				}
				if len(k.same) != 1 || (len(k.spill.parts) == 3) != spills {
					t.Fatalf("%d are the same, %d are spilled", len(k.same), len(k.spill.parts))
				}
				if err := meanwhile(top); err != nil {
					t.Fatal(err)
				}
				var said bytes.Buffer
				c := &command{stdout: &said, stderr: &said, top: top, disk: realDisk{}, kept: k}
				if _, err := c.put(taken); err != nil {
					t.Fatal(said.String(), err)
				}
				if got := tree(t, top, false); !maps.Equal(got, tree(t, want, false)) {
					t.Errorf("written: %v", got)
				}
			})
		}
	}
}
