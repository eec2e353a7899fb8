package generators_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A stage begins as on a new machine, whatever an earlier build left in the
// workspace: files that git ignores, a repository in it, changed files, and
// submodules that it populated, at an older commit, with changed files.
func TestStagesBeginClean(t *testing.T) {
	dir := t.TempDir()
	git := func(in string, args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-c", "protocol.file.allow=always", "-c", "user.name=ann", "-c", "user.email=ann@example.com"}, args...)...)
		c.Dir = filepath.Join(dir, in)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	write := func(path, text string) {
		t.Helper()
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, path), []byte(text), 0o644))
	}
	commit := func(in, subject string) {
		t.Helper()
		git(in, "add", "--all")
		git(in, "commit", "--quiet", "-m", subject)
	}
	for _, repository := range []string{"part", "shop"} {
		git("", "init", "--quiet", "--initial-branch=main", repository)
		write(repository+"/file", "1")
		commit(repository, "First")
	}
	write("shop/.gitignore", "dist/\n")
	git("shop", "submodule", "--quiet", "add", filepath.Join(dir, "part"), "part")
	git("shop", "submodule", "--quiet", "add", filepath.Join(dir, "part"), "gone")
	commit("shop", "Parts")

	begin := func(workspace string) string {
		t.Helper()
		must(t, os.MkdirAll(filepath.Join(dir, workspace), 0o755))
		for _, s := range startOfStage(t) {
			if s != "checkout scm" {
				c := exec.Command("sh", "-xec", s)
				c.Dir = filepath.Join(dir, workspace)
				if out, err := c.CombinedOutput(); err != nil {
					t.Fatalf("%s: %v\n%s", s, err, out)
				}
				continue
			}
			git("", "init", "--quiet", workspace) // what the plugin git does, without its extension for submodules
			git(workspace, "fetch", "--quiet", filepath.Join(dir, "shop"), "+refs/heads/*:refs/remotes/origin/*")
			git(workspace, "checkout", "--quiet", "--force", "--detach", "refs/remotes/origin/main")
		}
		return tree(t, filepath.Join(dir, workspace))
	}
	begin("used")
	git("used", "submodule", "--quiet", "update", "--init") // a build populates them
	write("used/dist/shop.tar", "built")
	write("used/part/file", "changed")
	write("used/part/built", "built")
	write("used/file", "changed")
	git("", "init", "--quiet", "used/nested")
	write("used/nested/file", "cloned")

	write("part/file", "2")
	commit("part", "Second")
	git("shop", "submodule", "--quiet", "update", "--remote", "part")
	git("shop", "rm", "--quiet", "gone")
	commit("shop", "A newer part")
	if used, fresh := begin("used"), begin("fresh"); used != fresh {
		t.Errorf("a stage begins with\n%son a new machine with\n%s", used, fresh)
	}
}

// startOfStage is what a stage does first, in a generated file.
func startOfStage(t *testing.T) []string {
	t.Helper()
	for _, f := range caseNamed(t, "minimal").Files {
		if f.Path != ".jenkins/delivery.Jenkinsfile" {
			continue
		}
		root, err := readGroovy(string(f.Content))
		must(t, err)
		var out []string
		for _, d := range inOrder(root.find("pipeline").find("stages").body[0], "", false) {
			if strings.Contains(d.text, "release.sh") {
				return out
			}
			out = append(out, strings.TrimPrefix(d.text, "sh "))
		}
	}
	t.Fatal("there is no delivery")
	return nil
}

// tree are the paths and contents of a folder, without git's own.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == filepath.Join(dir, ".git"):
			return filepath.SkipDir
		case d.IsDir():
			b.WriteString(strings.TrimPrefix(path, dir) + "/\n")
			return nil
		}
		text, err := os.ReadFile(path)
		b.WriteString(strings.TrimPrefix(path, dir) + ": " + string(text) + "\n")
		return err
	}))
	return b.String()
}
