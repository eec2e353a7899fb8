package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// pushed shows what a push of the branch that is checked out would start, on a
// copy of what the clone has of its remote.
func (r *rehearsal) pushed() error {
	clone, branch, err := r.clone()
	if err != nil {
		return err
	}
	r.files = nil
	return r.in("", func(_ string, w *scenario.World, e *rehearse.Engine) error { return r.push(w, e, clone, branch) })
}

func (r *rehearsal) push(w *scenario.World, e *rehearse.Engine, clone, branch string) error {
	if err := w.Adopt(clone, branch); err != nil {
		return err
	}
	if _, err := w.Show("refs/heads/"+r.plan.Mainline, r.plan.Script); err != nil {
		return usage("--from: %s has no %s on %s: run fettle generate, commit and push it, then git fetch", r.from, r.plan.Script, r.plan.Mainline)
	}
	if head, err := git(clone, "rev-parse", "HEAD"); err == nil && w.Refs()["branch "+branch] == strings.TrimSpace(head) {
		if known, err := git(clone, "for-each-ref", "--count=1", "refs/remotes/origin"); err == nil && known == "" {
			return usage("--from: %s has nothing of a remote called origin, so there is nothing that a push could be compared with. Before the first push, fettle rehearse without --from shows it; otherwise run git fetch", r.from)
		}
		return usage("--from: the remote has %s as it is here: a push would start nothing. Commit first", branch)
	}
	if len(w.Ledger()) == 0 {
		fmt.Fprintf(r.stdout, "The clone has no branch %s of its remote, so nothing was released as far as this rehearsal knows. git fetch brings it.\n", r.plan.Names.Ledger)
	}
	fmt.Fprintf(r.stdout, "Rehearsing a push of %s on a copy of what %s has of its remote. The remote is not asked and nothing is written to it.\n", branch, r.from)
	return r.played(r.newStory(w, e).Push(branch))
}

// clone is the folder that --from names, and its branch.
func (r *rehearsal) clone() (dir, branch string, err error) {
	dir = r.from
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.dir, dir)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", "", err
	}
	if _, err := git(dir, "rev-parse", "--git-dir"); err != nil {
		return "", "", usage("--from: %s is in no repository of git", r.from)
	}
	if branch, err = git(dir, "symbolic-ref", "--short", "HEAD"); err != nil {
		return "", "", usage("--from: no branch is checked out in %s; what would be pushed is a branch", r.from)
	}
	return dir, strings.TrimSpace(branch), nil
}
