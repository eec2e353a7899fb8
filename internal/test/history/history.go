// Package history makes repositories that have released for years, and runs the
// operations of the release script on them to say what each costs.
//
// A few versions are released by the script itself; what it wrote about the last
// of them is learned, and written again for as many versions as are wanted. So
// the format is the script's own, whatever it is.
package history

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

const (
	mainline = "main"
	ledger   = "fettle/ledger"

	first  = 1001 // the first version: a number that stands for nothing else
	lived  = 4    // versions that the script itself releases, where many are wanted
	daily  = 25   // commits for each version
	dawn   = 1577836800
	period = 6 * 3600 // seconds from one version to the next
)

//go:embed policy.hcl
var policy []byte

//go:embed plain.sh
var plain []byte

// Size is how much a repository has seen.
type Size struct {
	Versions int   // 2, or 5 and more
	Bytes    int64 // of files that do not compress, in all commits together
}

// Place is where repositories are made: a folder of its own, with the script
// and the configuration of git.
type Place struct {
	dir    string
	script string
	files  []gen.File // of the policy
}

// NewPlace prepares an empty folder.
func NewPlace(dir string) (*Place, error) {
	p := &Place{dir: dir, script: filepath.Join(dir, "release.sh")}
	repository, diags := generators.CompileAll([]schema.Input{{Sources: []syntax.Source{{Name: "release.hcl", Bytes: policy}}}}, nil)
	if diags.HasErrors() {
		return nil, fmt.Errorf("%s: %s", diags[0].Summary, diags[0].Detail)
	}
	p.files = repository.Files
	written := map[string][]byte{"plain.sh": plain, "home/.gitconfig": []byte(quickGit)}
	for _, f := range repository.Files {
		if strings.HasSuffix(f.Path, "/release.sh") {
			written["release.sh"] = f.Content
		}
	}
	for name, content := range written {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o755); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// UseScript measures another script than the one that is generated now.
func (p *Place) UseScript(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(p.script, content, 0o755)
}

// quickGit keeps git from tidying and securing repositories that live for seconds.
const quickGit = "[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n[core]\n\tfsync = none\n[user]\n\tname = Pat\n\temail = pat@example.com\n[protocol]\n\tversion = 2\n"

func (p *Place) env(at int) []string {
	date := fmt.Sprintf("%d +0000", at)
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(p.dir, "home"), "TMPDIR=" + p.dir, "GIT_CONFIG_GLOBAL=" + filepath.Join(p.dir, "home", ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_DATE=" + date, "GIT_COMMITTER_DATE=" + date}
}

// git is what a person or a host does, at a second of the history's clock.
func (p *Place) git(at int, dir string, input io.Reader, args ...string) (string, error) {
	c := exec.Command("git", args...)
	c.Dir, c.Env, c.Stdin = dir, p.env(at), input
	var problems bytes.Buffer
	c.Stderr = &problems
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("git %v: %w\n%s", args, err, problems.String())
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// timeOf is when a version is released.
func timeOf(version int) int { return dawn + (version-first)*period }

// Make is a bare repository of that size, in the folder of its name below hosts/,
// or in a cache that it is taken from the next time.
func (p *Place) Make(size Size, cache string) (string, error) {
	if size.Versions != 2 && size.Versions <= lived {
		return "", fmt.Errorf("a history has 2 versions or more than %d", lived)
	}
	bare := filepath.Join(p.dir, "made", fmt.Sprintf("%d-%d.git", size.Versions, size.Bytes))
	if err := os.MkdirAll(filepath.Dir(bare), 0o755); err != nil {
		return "", err
	}
	l, err := p.live(bare, min(size.Versions, lived), size)
	if err != nil || size.Versions <= lived {
		return bare, err
	}
	g, err := l.learn()
	if err != nil {
		return "", err
	}
	kept := ""
	if cache != "" {
		kept = filepath.Join(cache, fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%+v %+v %+v", *g, size, p.files)))[:16]+".git")
		if _, err := os.Stat(kept); err == nil {
			return kept, nil
		}
	}
	if err := l.grow(g, size); err != nil {
		return "", err
	}
	if kept == "" {
		return bare, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	if err := Copy(bare, kept+".new"); err != nil {
		return "", err
	}
	return kept, os.Rename(kept+".new", kept)
}

// Copy is the folder once more. Git replaces files and does not write into them,
// so both share each file, where they lie on one disk.
func Copy(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := to + strings.TrimPrefix(path, from)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if os.Link(path, target) == nil {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, info.Mode())
	})
}
