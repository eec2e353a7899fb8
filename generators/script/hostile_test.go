package script_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostileConfig is a configuration with which git says everything differently, asks
// for keys and hooks that are not there, and prunes.
const hostileConfig = `
[color]
	ui = always
	diff = always
[core]
	hooksPath = HOOKS
	quotePath = true
	pager = false
	editor = false
	autocrlf = true
	eol = crlf
	abbrev = 4
	attributesFile = ATTRIBUTES
	excludesFile = ATTRIBUTES
	commentChar = "4"
[diff]
	noprefix = true
	mnemonicPrefix = true
	external = false
	algorithm = patience
	renames = copies
	context = 0
	interHunkContext = 9
	relative = true
	ignoreSubmodules = all
	colorMoved = zebra
	indentHeuristic = false
	orderFile = ATTRIBUTES
	wsErrorHighlight = all
[diff "other"]
	textconv = false
	command = false
[log]
	showSignature = true
	abbrevCommit = true
	decorate = full
	date = relative
	follow = true
	showRoot = false
	mailmap = true
	diffMerges = combined
[format]
	pretty = oneline
[notes]
	displayRef = refs/notes/*
[commit]
	gpgSign = true
	cleanup = scissors
	template = ATTRIBUTES
[tag]
	gpgSign = true
	forceSignAnnotated = true
	sort = -refname
[gpg]
	program = false
[fetch]
	prune = true
	pruneTags = true
	recurseSubmodules = true
	fsckObjects = true
[push]
	default = nothing
	followTags = true
	gpgSign = true
	recurseSubmodules = check
	autoSetupRemote = true
[init]
	defaultBranch = trunk
[merge]
	ff = only
	conflictStyle = diff3
	renames = false
	directoryRenames = true
	verifySignatures = true
[rerere]
	enabled = true
	autoUpdate = true
[status]
	short = true
	showUntrackedFiles = all
[grep]
	lineNumber = true
	column = true
	patternType = fixed
	fullName = true
[i18n]
	commitEncoding = ISO-8859-1
	logOutputEncoding = ISO-8859-1
[trailer]
	separators = "="
	ifexists = replace
[user]
	useConfigOnly = true
	signingKey = none
[submodule]
	recurse = true
[patchid]
	stable = false
	verbatim = true
[column]
	ui = always
[branch]
	sort = -committerdate
[alias]
	log = "!false"
	rev-parse = "!false"
`

// A machine's git may be set up in any way: a delivery, a hotfix, its squashed
// merge-back and a redeployment end as they do elsewhere.
func TestHostileConfiguration(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	folder := t.TempDir()
	config := filepath.Join(folder, "config")
	write(t, filepath.Join(folder, "attributes"), "* diff=other text eol=crlf\n", 0o644)
	write(t, config, strings.NewReplacer("HOOKS", filepath.Join(folder, "hooks"), "ATTRIBUTES", filepath.Join(folder, "attributes")).Replace(hostileConfig), 0o644)
	if err := os.Mkdir(filepath.Join(folder, "hooks"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, hook := range []string{"pre-push", "post-checkout", "commit-msg"} {
		write(t, filepath.Join(folder, "hooks", hook), "#!/bin/sh\nexit 1\n", 0o755)
	}
	h.asked["GIT_CONFIG_GLOBAL"] = config
	first := h.git(h.work, "rev-parse", "HEAD")
	h.fixOn("hotfix/43", "fïx.txt")
	h.git(h.work, "replace", "--force", first, "HEAD") // what was deployed looks as if it had the fix
	if v := h.release("hotfix"); v != "43.1" {
		t.Fatalf("the hotfix is %s", v)
	}
	h.ok("hotfix", "merge-back")
	h.git(h.work, "replace", "-d", first)
	h.on("main")
	h.commit("second", "b.txt", "b")
	h.push("main")
	h.run++
	h.ok("delivery", "identify", "delivery")
	h.ok("delivery", "candidate", "unit")
	h.refused("does not contain 43.1", "delivery", "begin", "production")
	h.git(h.work, "fetch", "--quiet", "origin")
	h.git(h.work, "merge", "--quiet", "--squash", "origin/merge-back/43.1")
	h.git(h.work, "commit", "--quiet", "-m", "Squash of the fix")
	h.push("main")
	second := h.release("delivery")
	h.redeploy("43.1")
	if got := h.git(h.remote, "show", "fettle/ledger:environments/production"); !strings.Contains(got, "version 43.1\n") {
		t.Errorf("after the redeployment: %s", got)
	}
	h.on("main")
	h.commit("third", "c.txt", "c")
	h.push("main")
	h.run++
	h.ok("delivery", "identify", "delivery")
	h.ok("delivery", "candidate", "unit")
	h.refused("withdrawn with "+second, "delivery", "begin", "production")
	if got := h.git(h.remote, "show", "hotfix/43.1:fïx.txt"); strings.Contains(got, "\r") {
		t.Errorf("a file got other ends of lines: %q", got)
	}
}
