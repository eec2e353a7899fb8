package fettle_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	findingHead = regexp.MustCompile(`^#!/bin/sh\n# Tool: .*\d.*\n(#   .*\n)*# Behaviour: .+\n(#   .*\n)*# Expected: .+\n(#   .*\n)*# Matters: .+\n(#   .*\n)*# Seen:\n(#   .+\n)+set -eu\n`)
	findingRow  = regexp.MustCompile(`(?m)^\| \[([a-z0-9-]+)\]\(([a-z0-9-]+\.sh)\) \| [^|]+ \| [^|]+ \|$`)
)

// What the scripts show of other programs is run by hand: it needs the network,
// and says nothing of this one. Held is that each is complete, can be run, and
// stands in the table.
func TestFindings(t *testing.T) {
	paths, err := filepath.Glob("findings/*.sh")
	if err != nil || len(paths) == 0 {
		t.Fatal("there are no findings", err)
	}
	rows := findingRows(t)
	for _, path := range paths {
		name := filepath.Base(path)
		if !rows[name] {
			t.Errorf("%s is not in the table of findings/README.md", path)
		}
		delete(rows, name)
		checkFinding(t, path)
	}
	if len(rows) > 0 {
		t.Errorf("findings/README.md lists what is not there: %v", slices.Sorted(maps.Keys(rows)))
	}
}

func findingRows(t *testing.T) map[string]bool {
	t.Helper()
	page, err := os.ReadFile("findings/README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, m := range findingRow.FindAllStringSubmatch(string(page), -1) {
		if m[1]+".sh" != m[2] || rows[m[2]] {
			t.Errorf("findings/README.md: the row of %s is wrong, or there twice", m[1])
		}
		rows[m[2]] = true
	}
	return rows
}

func checkFinding(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode()&0o111 == 0 {
		t.Errorf("%s is not executable", path)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(source)
	if !findingHead.MatchString(text) {
		t.Errorf("%s: its head must say Tool (with a version), Behaviour, Expected, Matters and Seen, in that order", path)
	}
	for _, part := range []string{"trap 'rm -rf \"$tmp\"' EXIT\n", "changed \"", "\necho \"as described\"\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("%s: there is no %q", path, part)
		}
	}
	if strings.Contains(strings.ToLower(text), "fettle") {
		t.Errorf("%s calls, or is about, this program", path)
	}
}
