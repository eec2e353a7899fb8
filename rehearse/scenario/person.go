package scenario

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// person does one thing after another with git, until one fails.
type person struct {
	*World
	err error
}

func (w *World) person() *person { return &person{World: w} }

func (p *person) git(dir string, args ...string) string {
	if p.err != nil {
		return ""
	}
	out, err := p.TryGit(dir, args...)
	if err != nil {
		p.err = fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (p *person) try(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *person) fail(format string, args ...any) { p.try(fmt.Errorf(format, args...)) }

func (p *person) write(path, content string) { p.try(p.Write(path, content)) }

// On brings the developer's clone to a branch as the host has it.
func (w *World) On(branch string) error {
	p := w.person()
	p.on(branch)
	return p.err
}

func (p *person) on(branch string) {
	p.git(p.Dev, "fetch", "--quiet", "--prune", "--tags", "--force", "origin", "+refs/heads/*:refs/remotes/origin/*")
	if head, err := p.TryGit(p.Dev, "symbolic-ref", "--short", "HEAD"); err == nil && head == branch {
		// it is there already, perhaps without a commit
	} else if _, err := p.TryGit(p.Dev, "checkout", "--quiet", branch); err != nil {
		p.git(p.Dev, "checkout", "--quiet", "-b", branch, "refs/remotes/origin/"+branch)
	}
	_, _ = p.TryGit(p.Dev, "merge", "--quiet", "--ff-only", "refs/remotes/origin/"+branch) // not possible where this clone is ahead; by its full name, since a tag may be called so
}

// Adopt fills the host with what a clone of a real repository has of its remote, or
// has itself where it has none, and brings the clone's branch to the developer. The
// clone is read, and no more.
func (w *World) Adopt(clone, branch string) error {
	p := w.person()
	refs := "refs/remotes/origin/"
	if out := p.git(clone, "for-each-ref", "--count=1", refs); out == "" {
		refs = "refs/heads/"
	}
	p.git(w.Bare, "fetch", "--quiet", "--no-tags", clone, "+"+refs+"*:refs/heads/*", "+refs/tags/*:refs/tags/*", "^refs/remotes/origin/HEAD")
	p.git(w.Dev, "fetch", "--quiet", clone, "refs/heads/"+branch)
	p.git(w.Dev, "checkout", "--quiet", "--force", "-B", branch, "FETCH_HEAD")
	return p.err
}

var slug = regexp.MustCompile(`[^A-Za-z0-9]+`)

// commits makes one on a branch: a file named after the subject, unless files
// are given.
func (w *World) commits(f []string) error {
	p := w.person()
	p.on(f[1])
	subject, files, body := f[2], 0, ""
	for _, f := range f[3:] {
		name, text, _ := strings.Cut(f, "=")
		if name == "body" {
			body = text
			continue
		}
		if f != "empty" {
			p.write(name, text+"\n")
		}
		files++
	}
	if files == 0 {
		p.write(strings.Trim(slug.ReplaceAllString(strings.ToLower(subject), "-"), "-")+".txt", subject+"\n")
	}
	p.git(p.Dev, "add", "--all")
	p.git(p.Dev, "commit", "--quiet", "--allow-empty", "-m", strings.TrimSpace(subject+"\n\n"+body))
	return p.err
}

// history is what moves commits between branches.
func (w *World) history(f []string) error {
	p := w.person()
	if f[0] == "branch" {
		p.on(f[2])
		p.git(p.Dev, "checkout", "--quiet", "-B", f[1])
		return p.err
	}
	p.on(f[1])
	switch f[0] {
	case "submodule":
		p.submodule(f[2])
	case "merge":
		p.merge(f)
	case "pick":
		p.git(p.Dev, "cherry-pick", p.find(f[2]))
	case "revert":
		p.git(p.Dev, "revert", "--no-edit", p.find(f[2]))
	}
	return p.err
}

// find is the first commit with a subject.
func (p *person) find(subject string) string {
	for line := range strings.Lines(p.git(p.Dev, "log", "--all", "--no-merges", "--reverse", "--format=%H %s")) {
		if id, s, _ := strings.Cut(strings.TrimSpace(line), " "); s == subject {
			return id
		}
	}
	p.fail("there is no commit %q", subject)
	return ""
}

func (p *person) merge(f []string) {
	from := f[2]
	if _, err := p.TryGit(p.Dev, "rev-parse", "--verify", "refs/remotes/origin/"+from); err == nil {
		from = "origin/" + from
	}
	if len(f) > 4 && f[3] == "squash" {
		p.squash(from, f[4], f[5:])
		return
	}
	p.git(p.Dev, "merge", "--quiet", "--no-ff", "-m", "Merge "+f[2], from)
}

// squash is what a host's button does. Where it conflicts, the files say how a
// person solved it, and the message holds what the request said.
func (p *person) squash(from, subject string, files []string) {
	if len(files) == 0 {
		p.git(p.Dev, "merge", "--quiet", "--squash", from)
		p.git(p.Dev, "commit", "--quiet", "-m", subject)
		return
	}
	if out, err := p.TryGit(p.Dev, "merge", "--quiet", "--squash", from); err == nil {
		p.fail("%s does not conflict: %s", from, out)
	}
	for _, f := range files {
		name, text, _ := strings.Cut(f, "=")
		p.write(name, text+"\n")
	}
	body := ""
	for _, q := range p.openRequests(strings.TrimPrefix(from, "origin/"), p.Mainline) {
		body = q.Body
	}
	p.git(p.Dev, "add", "--all")
	p.git(p.Dev, "commit", "--quiet", "-m", subject+"\n\n"+body)
}

// submodule gives the branch a new commit of the repository beside the shop's.
func (p *person) submodule(subject string) {
	bare, own, lib := filepath.Join(filepath.Dir(p.Bare), "lib.git"), filepath.Join(p.Dir, "lib"), filepath.Join(p.Dev, "lib")
	first := false
	if _, err := os.Stat(bare); err != nil {
		first = true
		p.git("", "init", "--quiet", "--bare", "--initial-branch=main", bare)
		p.git("", "init", "--quiet", "--initial-branch=main", own)
	}
	p.try(os.WriteFile(filepath.Join(own, "lib.txt"), []byte(subject+"\n"), 0o644))
	p.git(own, "add", "--all")
	p.git(own, "commit", "--quiet", "-m", subject)
	p.git(own, "push", "--quiet", bare, "main")
	if first {
		p.git(p.Dev, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib.git", "lib")
	}
	p.git(lib, "fetch", "--quiet", "origin")
	p.git(lib, "checkout", "--quiet", "--detach", "origin/main")
	p.git(p.Dev, "add", "--all")
	p.git(p.Dev, "commit", "--quiet", "-m", subject)
}

func (w *World) push(f []string) error {
	w.Before, _ = w.TryGit(w.Bare, "rev-parse", "--verify", "--quiet", "refs/heads/"+f[1])
	p := w.person()
	p.git(w.Dev, "push", "--quiet", "origin", "refs/heads/"+f[1]+":refs/heads/"+f[1])
	if p.err != nil || len(f) > 2 && f[2] == "quietly" {
		return p.err
	}
	actor := "dev"
	if len(f) > 3 && f[2] == "as" {
		actor = f[3]
	}
	_, err := w.Start(Event{Kind: "push", Ref: f[1], Actor: actor})
	return err
}

// tamper changes what was kept of every build.
func (w *World) tamper([]string) error {
	changed := 0
	err := filepath.WalkDir(w.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !slices.Contains(strings.Split(filepath.ToSlash(path), "/"), "artifacts") {
			return err
		}
		changed++
		return spoil(path)
	})
	if err == nil && changed == 0 {
		err = fmt.Errorf("no artifact was kept")
	}
	return err
}

// spoil changes the last byte that says something.
func spoil(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	end := bytes.TrimRight(content, "\x00\n") // what a tar ends with says nothing
	if len(end) == 0 {
		return nil
	}
	end[len(end)-1] ^= 1
	return os.WriteFile(path, content, 0o644)
}
