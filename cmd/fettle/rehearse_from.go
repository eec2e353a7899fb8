package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/rehearse"
)

// pushed shows what a push of the branch that is checked out would start, on a
// copy of what the clone has of its remote.
func (r *rehearsal) pushed() error {
	clone, branch, err := r.clone()
	if err != nil {
		return err
	}
	dir, remove, err := r.folder("")
	if err != nil {
		return err
	}
	defer remove()
	r.files = nil
	w, e, end, err := r.world(dir)
	if err != nil {
		return err
	}
	defer end()
	if err := w.Adopt(clone, branch); err != nil {
		return err
	}
	if _, err := w.Show("refs/heads/"+r.plan.Mainline, r.plan.Script); err != nil {
		return usage("--from: %s has no %s on %s: run fettle generate, commit and push it, then git fetch", r.from, r.plan.Script, r.plan.Mainline)
	}
	if head, err := git(clone, "rev-parse", "HEAD"); err == nil && w.Refs()["branch "+branch] == strings.TrimSpace(head) {
		return usage("--from: the remote has %s as it is here: a push would start nothing. Commit first", branch)
	}
	if len(w.Ledger()) == 0 {
		fmt.Fprintf(r.stdout, "The clone has no branch %s of its remote, so nothing was released as far as this rehearsal knows. git fetch brings it.\n", r.plan.Names.Ledger)
	}
	t := r.newTeller()
	s := &rehearse.Story{World: w, Engine: e, Plan: r.plan, Now: time.Now(), Tell: t.tell}
	if r.interactive {
		s.Asked = r.asks
	}
	fmt.Fprintf(r.stdout, "Rehearsing a push of %s on a copy of what %s has of its remote. The remote is not asked and nothing is written to it.\n", branch, r.from)
	return r.played(s.Push(branch))
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
