package generators_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const digestsFile = casesDir + "/digests.txt"

// digests are those of every generated file of every case, one a line.
func digests(t *testing.T) string {
	t.Helper()
	var lines []string
	for _, c := range cases(t) {
		for _, f := range c.repository.Files {
			lines = append(lines, digestLine(f.Content, c.name+"/"+f.Path))
		}
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(pathIn(a), pathIn(b)) })
	return strings.Join(lines, "")
}

func digestLine(content []byte, path string) string {
	return fmt.Sprintf("%x  %s\n", sha256.Sum256(content), path)
}

func pathIn(line string) string {
	_, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
	return path
}

// Every file that a case generates has the digest that is kept. What changed is
// named, and printed when DIFF names the revision to compare with.
func TestDigests(t *testing.T) {
	now := digests(t)
	if rev := os.Getenv("DIFF"); rev != "" {
		t.Log(difference(t, rev))
	}
	if update() {
		must(t, os.WriteFile(digestsFile, []byte(now), 0o644))
		return
	}
	kept, err := os.ReadFile(digestsFile)
	must(t, err)
	if changed := changedPaths(string(kept), now); len(changed) > 0 {
		t.Errorf("%d files are not what they were:\n  %s\nDIFF=HEAD go test ./generators -run TestDigests prints what changed in them, and UPDATE=1 (make golden) keeps it.", len(changed), strings.Join(changed, "\n  "))
	}
}

// changedPaths are the paths whose lines are not the same in both, or are in one
// alone.
func changedPaths(kept, now string) []string {
	count := map[string]int{}
	for _, text := range []string{kept, now} {
		for line := range strings.Lines(text) {
			count[line]++
		}
	}
	var out []string
	for line, n := range count {
		if n != 2 {
			out = append(out, pathIn(line))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// difference is the unified diff between what the cases of a revision became
// with its own compiler, and what those of today become. Only digests are kept,
// so the former are made again, from a copy of that revision.
func difference(t *testing.T, rev string) string {
	t.Helper()
	root := t.TempDir()
	worktree := filepath.Join(root, "worktree")
	out, err := exec.Command("git", "worktree", "add", "--quiet", "--detach", worktree, rev).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	defer exec.Command("git", "worktree", "remove", "--force", worktree).Run()
	render(t, worktree, filepath.Join(root, "before"))
	for _, c := range cases(t) {
		for _, f := range c.repository.Files {
			path := filepath.Join(root, "now", c.name, filepath.FromSlash(f.Path))
			must(t, os.MkdirAll(filepath.Dir(path), 0o755))
			must(t, os.WriteFile(path, f.Content, 0o644))
		}
	}
	diff := exec.Command("git", "diff", "--no-index", "before", "now")
	diff.Dir = root
	out, err = diff.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		t.Fatalf("git diff: %v", err)
	}
	return string(out)
}

// render has the compiler of a checkout write what its cases become. The program
// is that of today, so that a revision which has none can be asked as well.
func render(t *testing.T, checkout, into string) {
	t.Helper()
	const program = "internal/test/render/main.go"
	src, err := os.ReadFile("../" + program)
	must(t, err)
	must(t, os.MkdirAll(filepath.Dir(filepath.Join(checkout, program)), 0o755))
	must(t, os.WriteFile(filepath.Join(checkout, program), src, 0o644))
	run := exec.Command("go", "run", "./internal/test/render", "testdata/cases", into)
	run.Dir = checkout
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// The program that makes the former files makes those of today.
func TestRender(t *testing.T) {
	if !long() {
		t.Skip("it builds a program: FETTLE_LONG=yes go test ./generators -run TestRender")
	}
	into := t.TempDir()
	render(t, "..", into)
	var lines []string
	for _, path := range filesUnder(t, into) {
		content, err := os.ReadFile(filepath.Join(into, path))
		must(t, err)
		lines = append(lines, digestLine(content, path))
	}
	if changed := changedPaths(strings.Join(lines, ""), digests(t)); len(changed) > 0 {
		t.Errorf("it makes something else of %q", changed)
	}
}

// A change of one step is seen in few files: of each step that most jobs have,
// at most twenty are kept.
func TestAStepIsKeptInFewFiles(t *testing.T) {
	const most = 20
	steps := []string{
		"- uses: actions/checkout@", "        uses: actions/create-github-app-token@", "- name: Hand on the outcome",
		"- checkout: self", "checkout scm", "        startClean()", "startWithScript()\n  ", "withCredentials([string(credentialsId: 'fettle'", "dotenv: release.env",
	}
	for _, step := range steps {
		var files []string
		for _, dir := range []string{casesDir, "../examples"} {
			for _, path := range filesUnder(t, dir) {
				content, err := os.ReadFile(filepath.Join(dir, path))
				must(t, err)
				if strings.Contains(string(content), step) && !strings.HasSuffix(path, ".txt") {
					files = append(files, path)
				}
			}
		}
		if len(files) == 0 || len(files) > most {
			t.Errorf("%q is kept in %d files, and at most %d are read:\n  %s", step, len(files), most, strings.Join(files, "\n  "))
		}
	}
}
