package script_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// host is a bare repository that takes no forced push, with a clone in which
// the script runs as the jobs of a CI system do.
type host struct {
	t                  *testing.T
	remote, work, file string
	path               string // of the programs that the script finds
	run                int
	out                map[string]string // what operations handed on
	asked              map[string]string // more of the environment
	past               *past             // nil where it shares nothing
}

func settings() script.Config {
	return script.Config{
		Header: "# test\n", Policy: "shop", Mainline: "main", Ledger: "fettle/ledger", Active: "github", Version: "sequence", Forge: "none", MergeBackPrefix: "merge-back/",
		Candidate: script.Pattern{Prefix: "candidate/"}, Release: script.Pattern{Prefix: "release/"}, Line: script.Pattern{Prefix: "hotfix/"},
		Script: ".fettle/release.sh", HotfixCandidate: script.Pattern{Prefix: "candidate/"}, HotfixRelease: script.Pattern{Prefix: "release/"},
		Environments:   []script.Environment{{ID: "ci", Tier: "development"}, {ID: "production", Tier: "production"}},
		DeliveryChecks: []string{"unit"}, HotfixChecks: []string{"unit"},
		MergeBack: script.MergeBack{Mode: "merge", OnConflict: "draft"}, Corrections: true, Redeployable: []string{"production"},
	}
}

func newHost(t *testing.T, s script.Config) *host {
	t.Helper()
	longIfNamed(t)
	dir := t.TempDir()
	repositories := filepath.Join(dir, "repositories")
	h := &host{t: t, remote: filepath.Join(repositories, "remote.git"), work: filepath.Join(repositories, "work"), file: filepath.Join(dir, "release.sh"),
		path: os.Getenv("PATH"), run: 42, out: map[string]string{}, asked: map[string]string{}}
	if err := os.Mkdir(repositories, 0o755); err != nil {
		t.Fatal(err)
	}
	h.past = &past{dir: repositories, looks: looks(repositories)}
	h.step([]string{"new host"}, func() (string, int) {
		h.git("", "init", "--quiet", "--template=", "--bare", "--initial-branch=main", h.remote)
		h.git(h.remote, "config", "receive.denyNonFastForwards", "true")
		h.git(h.remote, "config", "receive.denyDeletes", "true")
		h.git("", "clone", "--quiet", "--template=", h.remote, h.work)
		for _, d := range []string{h.remote + "/hooks", h.work + "/.git/info"} {
			if err := os.Mkdir(d, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		h.commit("first", "app.txt", "one")
		h.push("main")
		return "", 0
	})
	write(t, h.file, string(script.Render(s)), 0o755)
	return h
}

// looking are the commands of git that change nothing.
var looking = []string{"rev-parse", "show", "log", "ls-tree", "for-each-ref", "cat-file", "diff", "merge-base", "rev-list"}

func (h *host) git(dir string, args ...string) string {
	h.t.Helper()
	if dir == "" || dir != h.remote && dir != h.work || slices.Contains(looking, args[0]) {
		return h.runGit(dir, args)
	}
	out, _ := h.step(append([]string{"git", filepath.Base(dir)}, args...), func() (string, int) { return h.runGit(dir, args), 0 })
	return out
}

func (h *host) runGit(dir string, args []string) string {
	h.t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=Pat", "-c", "user.email=pat@example.com"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+memory.home, "GIT_CONFIG_GLOBAL="+filepath.Join(memory.home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1")
	out, err := c.CombinedOutput()
	if err != nil {
		h.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (h *host) commit(message, file, text string) string {
	h.t.Helper()
	id, _ := h.step([]string{"commit", message, file, text}, func() (string, int) {
		h.t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(h.work, file)), 0o755); err != nil {
			h.t.Fatal(err)
		}
		write(h.t, filepath.Join(h.work, file), text+"\n", 0o644)
		h.git(h.work, "add", "--all")
		h.git(h.work, "commit", "--quiet", "--allow-empty", "-m", message)
		return h.git(h.work, "rev-parse", "HEAD"), 0
	})
	return id
}

func (h *host) push(branch string) {
	h.t.Helper()
	h.git(h.work, "push", "--quiet", "origin", "HEAD:refs/heads/"+branch)
}

// on checks out a branch of the repository, as a person does.
func (h *host) on(branch string) {
	h.t.Helper()
	h.step([]string{"on", branch}, func() (string, int) {
		h.t.Helper()
		h.git(h.work, "fetch", "--quiet", "origin")
		h.git(h.work, "checkout", "--quiet", "--force", "-B", branch, "origin/"+branch)
		return "", 0
	})
}

// op runs an operation and returns what it said and its exit code.
func (h *host) op(flow string, args ...string) (string, int) {
	h.t.Helper()
	return h.step(append([]string{"op", flow}, args...), func() (string, int) {
		h.t.Helper()
		return h.runOp(flow, args)
	})
}

func (h *host) runOp(flow string, args []string) (string, int) {
	h.t.Helper()
	output := h.work + ".output"
	if err := os.RemoveAll(output); err != nil {
		h.t.Fatal(err)
	}
	c := exec.Command("sh", append([]string{h.file}, asGenerated(args)...)...)
	c.Dir = h.work
	c.Env = []string{"PATH=" + h.path, "HOME=" + memory.home, "TMPDIR=" + os.TempDir(), "GIT_CONFIG_NOSYSTEM=1", "RELEASE_TARGET=github", "RELEASE_FLOW=" + flow,
		fmt.Sprintf("RELEASE_RUN_ID=run-%d", h.run), fmt.Sprintf("RELEASE_RUN_NUMBER=%d", h.run), "RELEASE_ACTOR=pat", "RELEASE_OUTPUT=" + output,
		"RELEASE_REF=refs/heads/" + h.branchName()}
	for k, v := range h.out {
		c.Env = append(c.Env, "RELEASE_"+strings.ToUpper(k)+"="+v)
	}
	if args[0] == "candidate" {
		for _, check := range args[1:] { // what their jobs handed on
			c.Env = append(c.Env, "RELEASE_EVIDENCE_"+strings.ToUpper(check)+"=exit-code", "RELEASE_RESULT_"+strings.ToUpper(check)+"=success")
		}
	}
	for k, v := range h.asked {
		c.Env = append(c.Env, k+"="+v)
	}
	out, _ := c.CombinedOutput()
	if b, err := os.ReadFile(output); err == nil {
		for line := range strings.Lines(string(b)) {
			k, v, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
			h.out[k] = v
		}
	}
	return string(out), c.ProcessState.ExitCode()
}

// asGenerated calls the candidate as the pipelines do, whose checks handed their
// outcomes on; "older" calls it as those of before did.
func asGenerated(args []string) []string {
	if args[0] != "candidate" {
		return args
	}
	if args[1] == "older" {
		return append([]string{"candidate"}, args[2:]...)
	}
	return append([]string{"candidate", "--outcomes"}, args[1:]...)
}

// branchName is the branch that is checked out, or HEAD, as git abbreviates it.
func (h *host) branchName() string {
	h.t.Helper()
	head, err := os.ReadFile(filepath.Join(h.work, ".git", "HEAD"))
	if err != nil {
		h.t.Fatal(err)
	}
	if name, ok := strings.CutPrefix(strings.TrimSpace(string(head)), "ref: refs/heads/"); ok {
		return name
	}
	return "HEAD"
}

func (h *host) ok(flow string, args ...string) string {
	h.t.Helper()
	out, code := h.op(flow, args...)
	if code != 0 {
		h.t.Fatalf("%s %v: exit %d\n%s", flow, args, code, out)
	}
	return out
}

func (h *host) refused(want, flow string, args ...string) {
	h.t.Helper()
	out, code := h.op(flow, args...)
	if code != 1 || !strings.Contains(out, want) {
		h.t.Fatalf("%s %v: exit %d, want a refusal with %q\n%s", flow, args, code, want, out)
	}
}

// begin is a run as far as the guards of production: identify, candidate.
func (h *host) candidate(flow string) string {
	h.t.Helper()
	h.step([]string{"candidate", flow}, func() (string, int) {
		h.t.Helper()
		h.run++
		h.out = map[string]string{}
		h.ok(flow, "identify", flow)
		h.ok(flow, "candidate", "unit")
		return "", 0
	})
	return h.out["version"]
}

func (h *host) deploy(flow string) {
	h.t.Helper()
	h.step([]string{"deploy", flow}, func() (string, int) {
		h.t.Helper()
		h.ok(flow, "begin", "production")
		h.ok(flow, "deployed", "production")
		h.ok(flow, "passed", "production")
		return "", 0
	})
}

func (h *host) release(flow string) string {
	h.t.Helper()
	v := h.candidate(flow)
	h.deploy(flow)
	return v
}

func (h *host) redeploy(version string) {
	h.t.Helper()
	h.beginRedeploy(version)
	h.ok("redeploy", "deployed", "production")
	h.ok("redeploy", "passed", "production")
}

// correct is a correction that somebody else approves.
func (h *host) correct(version, decision string) string {
	h.t.Helper()
	h.run++
	h.out = map[string]string{}
	asked := h.asked
	defer func() { h.asked = asked }()
	h.asked = maps.Clone(asked)
	h.asked["RELEASE_REASON"] = "Looked"
	said := h.ok("correction", "request", "production", version, decision)
	h.asked["RELEASE_APPROVERS"] = "release=lead"
	return said + h.ok("correction", "correct", "production", version, decision)
}

// two releases: 43, and 44 with one commit more.
func (h *host) two() {
	h.t.Helper()
	h.release("delivery")
	h.more("second", "b.txt")
	h.release("delivery")
}

// more is a commit on the mainline, pushed.
func (h *host) more(message, file string) {
	h.t.Helper()
	h.step([]string{"more", message, file}, func() (string, int) {
		h.t.Helper()
		h.on("main")
		h.commit(message, file, file)
		h.push("main")
		return "", 0
	})
}

// beginRedeploy is a redeployment that does not end.
func (h *host) beginRedeploy(version string) {
	h.t.Helper()
	h.step([]string{"begin redeploy", version}, func() (string, int) {
		h.t.Helper()
		h.run++
		h.out = map[string]string{}
		h.ok("redeploy", "resolve", "production", version)
		h.ok("redeploy", "payload")
		h.ok("redeploy", "begin", "production")
		return "", 0
	})
}

func (h *host) state() string {
	h.t.Helper()
	return h.git(h.remote, "show", "fettle/ledger:environments/production") + "\n" + h.git(h.remote, "show", "fettle/ledger:state")
}

func (h *host) refs() string { return h.git(h.remote, "for-each-ref", "--format=%(refname)") }

// fixOn commits a fix to a line and pushes it.
func (h *host) fixOn(line, file string) {
	h.t.Helper()
	h.step([]string{"fix on", line, file}, func() (string, int) {
		h.t.Helper()
		h.on(line)
		h.commit("Repair "+file+"\n\nIncident: INC1", file, "repaired")
		h.push(line)
		return "", 0
	})
}

func TestDeliveryAndHotfix(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	if v := h.release("delivery"); v != "43" {
		t.Fatalf("version %s", v)
	}
	h.fixOn("hotfix/43", "fix.txt")
	if v := h.release("hotfix"); v != "43.1" {
		t.Fatalf("version %s", v)
	}
	for _, ref := range []string{"refs/heads/hotfix/43.1", "refs/tags/release/43.1", "refs/tags/candidate/43", "refs/heads/fettle/ledger"} {
		if !strings.Contains(h.refs(), ref) {
			t.Errorf("no %s in\n%s", ref, h.refs())
		}
	}
	h.on("main")
	h.commit("more", "more.txt", "more")
	h.push("main")
	h.candidate("delivery")
	h.refused("a merge-back is missing", "delivery", "begin", "production")
	h.ok("hotfix", "merge-back")
	h.on("main")
	h.git(h.work, "merge", "--quiet", "--squash", "origin/merge-back/43.1")
	h.commit("Squashed", "other.txt", "x")
	h.push("main")
	h.release("delivery") // a squash with another change in it: what it holds counts
}

func TestContainment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		home func(h *host)
		want string // "" when the delivery may go
	}{
		{"nothing", func(h *host) {}, "a merge-back is missing"},
		{"merge", func(h *host) { h.git(h.work, "merge", "--quiet", "--no-edit", "origin/hotfix/43") }, ""},
		{"cherry-pick", func(h *host) { h.git(h.work, "cherry-pick", "origin/hotfix/43~1", "origin/hotfix/43") }, ""},
		{"half of it", func(h *host) { h.git(h.work, "cherry-pick", "origin/hotfix/43") }, "a merge-back is missing"},
		{"squash", func(h *host) {
			h.git(h.work, "merge", "--quiet", "--squash", "origin/hotfix/43")
			h.git(h.work, "commit", "-qm", "Squash")
		}, ""},
		{"trailer", func(h *host) { h.commit("Do it again\n\nReapplies: 43.1\n\nand more text", "x.txt", "x") }, ""},
		{"another version's trailer", func(h *host) { h.commit("Do it again\n\nReapplies: 43.11", "x.txt", "x") }, "a merge-back is missing"},
		{"dropped", func(h *host) { h.commit("Not needed\n\nDrops: 43.1", "x.txt", "x") }, ""},
		{"merged and reverted", func(h *host) {
			h.git(h.work, "merge", "--quiet", "--no-edit", "--no-ff", "origin/hotfix/43")
			h.git(h.work, "revert", "--no-edit", "-m", "1", "HEAD")
		}, "the fix was taken out again"},
		{"picked, and reverted by the name that it has on its line", func(h *host) {
			h.git(h.work, "cherry-pick", "origin/hotfix/43~1", "origin/hotfix/43")
			h.git(h.work, "revert", "--no-edit", "origin/hotfix/43")
		}, "the fix was taken out again"},
		{"merged and taken out by hand", func(h *host) {
			h.git(h.work, "merge", "--quiet", "--no-edit", "origin/hotfix/43")
			h.git(h.work, "rm", "--quiet", "one.txt", "two.txt")
			h.git(h.work, "commit", "--quiet", "-m", "Clean up")
		}, "the fix was taken out again"},
		{"merged with nothing of it", func(h *host) {
			h.git(h.work, "merge", "--quiet", "--no-edit", "-s", "ours", "origin/hotfix/43")
		}, "the fix was taken out again"},
		{"one of two picks reverted and picked again", func(h *host) {
			h.git(h.work, "cherry-pick", "origin/hotfix/43~1", "origin/hotfix/43")
			h.git(h.work, "revert", "--no-edit", "origin/hotfix/43")
			h.git(h.work, "cherry-pick", "origin/hotfix/43")
		}, ""},
		{"picked, reverted, revert reverted", func(h *host) {
			h.git(h.work, "cherry-pick", "origin/hotfix/43~1", "origin/hotfix/43")
			h.git(h.work, "revert", "--no-edit", "HEAD")
			h.git(h.work, "revert", "--no-edit", "HEAD")
		}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, settings())
			h.release("delivery")
			h.fixOn("hotfix/43", "one.txt")
			h.fixOn("hotfix/43", "two.txt")
			h.release("hotfix")
			h.on("main")
			h.commit("more", "more.txt", "more")
			tt.home(h)
			h.push("main")
			h.candidate("delivery")
			if tt.want != "" {
				h.refused(tt.want, "delivery", "begin", "production")
				return
			}
			h.deploy("delivery")
		})
	}
}

// Each guard refuses, and what answers it is let through.
func TestGuards(t *testing.T) {
	t.Parallel()
	for _, tt := range guardTests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, settings())
			h.t = t
			s := &guardStory{host: h}
			for line := range strings.Lines(tt.steps) {
				line, _, _ = strings.Cut(line, "  //")
				if words := quotedWords(t, line); len(words) > 0 {
					step, known := guardSteps[words[0]]
					if !known {
						t.Fatalf("no step %q", words[0])
					}
					step(s, words[1:])
				}
			}
		})
	}
}

// guardStory is a host, and what a run had been handed on that is told again.
type guardStory struct {
	*host
	kept map[string]string
}

// guardSteps are the words of the table below.
var guardSteps = map[string]func(s *guardStory, args []string){
	"correct": func(s *guardStory, args []string) { // by another run
		out, run := s.out, s.run
		s.correct(args[0], args[1])
		s.out, s.run = out, run
	},
	"release":       func(s *guardStory, args []string) { s.release(args[0]) },
	"candidate":     func(s *guardStory, args []string) { s.candidate(args[0]) },
	"deploy":        func(s *guardStory, args []string) { s.deploy(args[0]) },
	"two":           func(s *guardStory, _ []string) { s.two() },
	"more":          func(s *guardStory, args []string) { s.more(args[0], args[1]) },
	"fix":           func(s *guardStory, args []string) { s.fixOn(args[0], args[1]) },
	"on":            func(s *guardStory, args []string) { s.on(args[0]) },
	"commit":        func(s *guardStory, args []string) { s.commit(args[0], args[1], args[2]) },
	"push":          func(s *guardStory, args []string) { s.push(args[0]) },
	"redeploy":      func(s *guardStory, args []string) { s.redeploy(args[0]) },
	"beginRedeploy": func(s *guardStory, args []string) { s.beginRedeploy(args[0]) },
	"ok":            func(s *guardStory, args []string) { s.ok(args[0], args[1:]...) },
	"refused":       func(s *guardStory, args []string) { s.refused(args[0], args[1], args[2:]...) },
	"asked":         func(s *guardStory, args []string) { s.host.asked[args[0]] = args[1] },
	"git":           func(s *guardStory, args []string) { s.git(s.work, args...) },
	"remote":        func(s *guardStory, args []string) { s.git(s.remote, args...) },
	"next":          func(s *guardStory, _ []string) { s.run++ },
	"forget":        func(s *guardStory, _ []string) { s.out = map[string]string{} },
	"keep":          func(s *guardStory, _ []string) { s.kept = s.out },
	"back":          func(s *guardStory, _ []string) { s.back() },
	"again":         func(s *guardStory, _ []string) { s.back(); s.run++ },
	"handed":        func(s *guardStory, args []string) { s.out[args[1]] = s.kept[args[1]] },
	"found": func(s *guardStory, args []string) {
		if s.out[args[0]] != args[1] {
			s.t.Errorf("%s is %s, want %s", args[0], s.out[args[0]], args[1])
		}
	},
	"moveTag": func(s *guardStory, args []string) {
		s.git(s.remote, "fetch", "--quiet", s.work, "HEAD")
		s.git(s.remote, "update-ref", "refs/tags/"+args[0], "FETCH_HEAD")
	},
	"revert": func(s *guardStory, _ []string) {
		s.git(s.work, "revert", "--no-edit", "HEAD")
		s.git(s.work, "commit", "--quiet", "--amend", "-m", "Revert it", "-m", "This reverts commit "+s.git(s.work, "rev-parse", "HEAD~1")+".", "-m", "Incident: INC2")
	},
}

// back is where the run was that is kept.
func (s *guardStory) back() {
	s.git(s.work, "checkout", "--quiet", s.kept["commit"])
	s.out = s.kept
}

// quotedWords are the words of a line; one in quotes may hold blanks.
func quotedWords(t *testing.T, line string) []string {
	t.Helper()
	var out []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		if quoted, err := strconv.QuotedPrefix(line); err == nil {
			word, err := strconv.Unquote(quoted)
			if err != nil {
				t.Fatal(err)
			}
			out, line = append(out, word), line[len(quoted):]
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		out, line = append(out, word), rest
	}
	return out
}

var guardTests = []struct{ name, steps string }{
	{"stale line", `
		release delivery
		fix hotfix/43 a.txt
		release hotfix
		on hotfix/43
		git checkout --quiet --force -B hotfix/43x release/43
		git checkout --quiet -B hotfix/43 HEAD
		commit "Another\n\nIncident: INC2" b.txt b
		candidate hotfix
		refused "the hotfix branch is stale" hotfix begin production
	`},
	{"a hotfix that is reverted on its line", `
		release delivery
		fix hotfix/43 a.txt
		release hotfix
		on hotfix/43.1
		revert
		push hotfix/43.1
		release hotfix
		on main
		commit more m.txt m
		push main
		release delivery
	`},
	{"older version", `
		candidate delivery
		keep
		commit second b.txt b
		push main
		release delivery
		back
		refused "is older than" delivery begin production
	`},
	{"another family", `
		release delivery
		on main
		commit second b.txt b
		push main
		release delivery
		fix hotfix/43 a.txt
		candidate hotfix
		refused "does not contain" hotfix begin production
	`},
	{"strangers", `
		release delivery
		on main
		commit second b.txt b
		push main
		fix hotfix/43 a.txt
		git merge --quiet --no-edit origin/main
		push hotfix/43
		candidate hotfix
		refused "commits of main that production lacks" hotfix begin production
	`},
	{"no incident", `
		release delivery
		on hotfix/43
		commit Repair a.txt a
		push hotfix/43
		next run
		forget
		refused "no incident is named" hotfix identify hotfix
	`},
	{"nothing to release", `
		release delivery
		on hotfix/43
		forget
		ok hotfix identify hotfix
		found proceed false
	`},
	{"hold", `
		release delivery
		ok operate hold production "The database is being moved"
		on main
		commit second b.txt b
		push main
		candidate delivery
		refused "The database is being moved" delivery begin production
		ok operate resume production hold-1 Moved
		deploy delivery
	`},
	{"withdrawn", `
		two
		redeploy 43
		more third c.txt
		candidate delivery
		refused "were withdrawn with 44" delivery begin production
		commit "Repaired\n\nAnswers: 44" b.txt good
		push main
		release delivery
	`},
	{"withdrawn, shipped again", `
		release delivery
		on main
		commit bad b.txt b
		push main
		candidate delivery
		keep
		deploy delivery
		redeploy 43
		again
		refused "were withdrawn with 44" delivery begin production
		ok operate resume production --ship-again 44 "It was the database"
		deploy delivery
	`},
	{"shipped again, and withdrawn again", `
		release delivery
		on main
		commit bad b.txt b
		push main
		candidate delivery
		keep
		deploy delivery
		redeploy 43
		ok operate resume production --ship-again 44 "It was the database"
		again
		deploy delivery
		redeploy 43
		again
		refused "were withdrawn with 44" delivery begin production
	`},
	{"a redeployment that did not end", `
		two
		beginRedeploy 43
		redeploy 44  // back to what the ledger says is there
		more third c.txt
		release delivery
	`},
	{"settled to what was about to be withdrawn", `
		two
		beginRedeploy 43
		refused "a redeployment is open" operate settle production 44 "Looked: nothing was changed"
		correct 44 settle
		more third c.txt
		candidate delivery
		refused "were withdrawn with 44" delivery begin production
		ok operate resume production --ship-again 44 "Nothing was wrong with it"
		deploy delivery
	`},
	{"unsettled", `
		release delivery
		on main
		commit second b.txt b
		push main
		candidate delivery
		ok delivery begin production
		ok delivery failed production
		fix hotfix/43 a.txt
		candidate hotfix
		refused "production is unsettled" hotfix begin production
		refused "43 does not contain 44" operate settle production 43 "Looked: nothing was changed"
		correct 43 settle
		deploy hotfix
	`},
	{"settled to what had only begun", `
		release delivery
		more second b.txt
		candidate delivery
		ok delivery begin production
		ok operate settle production 44 "Looked: it is there"
		more third c.txt
		release delivery
		redeploy 44  // it was in production
	`},
	{"another CI system", `
		candidate delivery
		asked RELEASE_TARGET jenkins
		refused "this runs on jenkins" delivery begin production
	`},
	{"approval of something else", `
		candidate delivery
		ok delivery request production
		keep
		commit second b.txt b
		push main
		release delivery
		commit third c.txt c
		push main
		candidate delivery
		handed on asked
		refused "changed since the approval was asked" delivery begin production
	`},
	{"one person for two approvals", `
		candidate delivery
		asked RELEASE_APPROVERS "release=kim change=kim"
		refused "kim gave more than one" delivery begin production
	`},
	{"a lost ledger", `
		release delivery
		remote update-ref -d refs/heads/fettle/ledger
		next run
		refused "there is no ledger" delivery identify delivery
		ok operate adopt production 43 release/43 "The ledger was lost"
		release delivery
	`},
	{"fix forward", `
		release delivery
		on main
		commit "Repair it, INC7" b.txt b
		commit "Something else" c.txt c
		push main
		asked RELEASE_INCIDENT INC7
		candidate delivery
		refused "Something else" delivery begin production
	`},
	{"fix forward over a move that production runs", `
		commit "A file to move" data/a.txt "one of several lines that are long enough to be found again"
		push main
		release delivery
		on hotfix/43
		git mv data/a.txt data/b.txt
		git commit --quiet --message "Move it" --message "Incident: INC1"
		push hotfix/43
		release hotfix
		on main
		git cherry-pick hotfix/43
		git commit --quiet --amend --message "Moved, as in production"
		commit "Repair it, INC7" c.txt c
		push main
		asked RELEASE_INCIDENT INC7
		candidate delivery
		deploy delivery
	`},
	{"never there", `
		release delivery
		refused "was never in production" redeploy resolve production 7
	`},
	{"moved tag", `
		release delivery
		commit evil e.txt e
		moveTag release/43
		refused "a tag that moved" redeploy resolve production 43
	`},
}

// Two runs that identify at the same time get two versions, and no entry is lost.
func TestRace(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	var wg sync.WaitGroup
	versions := make([]string, 4)
	for i := range versions {
		clone := filepath.Join(t.TempDir(), "clone")
		h.git("", "clone", "--quiet", h.remote, clone)
		other := &host{t: t, remote: h.remote, work: clone, file: h.file, path: h.path, run: 100 + i, out: map[string]string{}, asked: map[string]string{}}
		other.git(clone, "checkout", "--quiet", "-B", "hotfix/43", "origin/hotfix/43")
		other.commit(fmt.Sprintf("Fix %d\n\nIncident: INC%d", i, i), fmt.Sprintf("f%d.txt", i), "x")
		wg.Go(func() {
			out, code := other.op("hotfix", "identify", "hotfix")
			if code != 0 {
				t.Errorf("exit %d\n%s", code, out)
			}
			versions[i] = other.out["version"]
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, v := range versions {
		if v == "" || seen[v] || !strings.Contains(h.state(), "reserved "+v+" ") {
			t.Errorf("versions %v\n%s", versions, h.state())
		}
		seen[v] = true
	}
}

// A run that is killed at any of its writes, and run again, ends as one that
// was not: nothing is doubled and nothing is missing.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	whole := newHost(t, settings())
	whole.release("delivery")
	want := whole.refs()
	for n := 1; n <= 12; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			if n != 2 && n != 7 { // after the first write, and under the lock
				long(t)
			}
			t.Parallel()
			h := newHost(t, settings())
			h.run++
			steps := [][]string{{"identify", "delivery"}, {"candidate", "unit"}, {"begin", "production"}, {"deployed", "production"}, {"passed", "production"}}
			counter := filepath.Join(t.TempDir(), "count")
			h.path = killer(t, counter, n) + ":" + h.path
			for _, s := range steps {
				if _, code := h.op("delivery", s...); code != 0 {
					h.ok("delivery", s...) // the killer strikes once
				}
			}
			if h.refs() != want {
				t.Errorf("refs\n%s\nwant\n%s", h.refs(), want)
			}
			if s := h.state(); strings.Count(s, "reserved ") != 1 || strings.Count(s, "past ") != 1 || strings.Contains(s, "intent ") || !strings.Contains(s, "version 43\n") {
				t.Errorf("ledger\n%s", s)
			}
		})
	}
}

// killer is a git that kills the script before or after its nth push.
func killer(t *testing.T, counter string, n int) string {
	t.Helper()
	bin := t.TempDir()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(bin, "git"), fmt.Sprintf(`#!/bin/sh
case " $* " in
  *" push "*)
    count=$(($(cat %[1]s 2>/dev/null || echo 0) + 1))
    echo $count >%[1]s
    if [ $count = %[2]d ]; then kill -9 $PPID; exit 1; fi
    %[3]s "$@"; code=$?
    count=$((count + 1))
    echo $count >%[1]s
    if [ $count = %[2]d ]; then kill -9 $PPID; exit 1; fi
    exit $code ;;
esac
exec %[3]s "$@"
`, counter, n, real), 0o755)
	return bin
}

// What others write is text: it is carried or refused, and never executed.
func TestHostileText(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.release("delivery")
	h.on("main")
	hostile := "$(touch pwned) `touch pwned` '; touch pwned; ' \"quoted\" ${HOME} ::error::x ##vso[task.complete]"
	h.commit(hostile, "b.txt", "b")
	h.commit("::set-output name=x::y", "c.txt", "c")
	h.push("main")
	h.candidate("delivery")
	h.asked["RELEASE_ACTOR"] = hostile + "\n::error::z"
	h.asked["RELEASE_REASON"] = hostile
	out := h.ok("delivery", "request", "production")
	for _, bad := range []string{"##vso[", "\n::"} {
		if strings.Contains(out, bad) {
			t.Errorf("%q reaches the log:\n%s", bad, out)
		}
	}
	h.deploy("delivery")
	if _, err := os.Stat(filepath.Join(h.work, "pwned")); err == nil {
		t.Error("a commit's subject was executed")
	}
	h.git(h.work, "checkout", "--quiet", "-B", "hotfix/$(touch${IFS}pwned)")
	h.refused("is no hotfix branch", "hotfix", "identify", "hotfix")
}

func TestChecksum(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	write(t, filepath.Join(h.work, "artifact"), "one", 0o644)
	h.ok("delivery", "checksum", "artifact")
	h.ok("delivery", "compare", "artifact")
	write(t, filepath.Join(h.work, "artifact"), "two", 0o644)
	h.refused("it is not what was tested", "delivery", "compare", "artifact")
}

// The schemes of versions, and the vendor's names for branches and tags.
func TestVersions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		version       string
		names         [3]string // candidate, release, line
		first, hotfix string
	}{
		{"height", [3]string{"candidate/", "release/", "hotfix/"}, `^1$`, `^1\.1$`},
		{"semver", [3]string{"v-c", "v", "hotfix/"}, `^0\.1\.0$`, `^0\.1\.1$`},
		{"calendar", [3]string{"hf_ci.", "prod.", "hotfix/hf."}, `^20[0-9]{6}\.1$`, `^20[0-9]{6}\.1\.1$`},
		{"sequence", [3]string{"ci-", "prod-", "Hotfix-"}, `^43$`, `^43\.1$`},
		{"command", [3]string{"ci-hf-", "prod-hf-", "hotfix/hf-"}, `^abc$`, `^abc\.1$`},
	}
	for _, tt := range tests {
		t.Run(tt.version, func(t *testing.T) {
			t.Parallel()
			s := settings()
			s.Version, s.VersionCommand = tt.version, "echo abc"
			s.Candidate.Prefix, s.HotfixCandidate.Prefix = tt.names[0], tt.names[0]
			s.Release.Prefix, s.HotfixRelease.Prefix, s.Line.Prefix = tt.names[1], tt.names[1], tt.names[2]
			h := newHost(t, s)
			if tt.version == "command" {
				h.ok("delivery", "make-version")
			}
			first := h.release("delivery")
			h.fixOn(tt.names[2]+first, "fix.txt")
			hotfix := h.release("hotfix")
			if !matches(tt.first, first) || !matches(tt.hotfix, hotfix) {
				t.Errorf("versions %s and %s", first, hotfix)
			}
			if again := h.candidate("hotfix"); again != hotfix {
				t.Errorf("the same commit got %s and %s", hotfix, again)
			}
		})
	}
}

func matches(pattern, s string) bool {
	c := exec.Command("grep", "-Eq", pattern)
	c.Stdin = bytes.NewBufferString(s)
	return c.Run() == nil
}

func migrating() script.Config {
	s := settings()
	s.Irreversible = []string{"migrations/**"}
	return s
}

// What changed a database stays changed: no older version goes under it. The
// range decides, also where a later commit took the file away again.
func TestIrreversible(t *testing.T) {
	t.Parallel()
	h := newHost(t, migrating())
	h.release("delivery")
	h.more("Add a column", "migrations/1.sql")
	h.release("delivery")
	h.on("main")
	h.git(h.work, "rm", "--quiet", "migrations/1.sql")
	h.commit("Tidy up", "b.txt", "b")
	h.push("main")
	h.release("delivery")
	h.more("Another page", "c.txt")
	h.release("delivery")

	h.out = map[string]string{}
	h.ok("redeploy", "resolve", "production", "43")
	h.refused("    migrations/1.sql", "redeploy", "request", "production")
	h.ok("redeploy", "payload")
	h.refused("cannot be taken back", "redeploy", "begin", "production")
	h.redeploy("45") // nothing of it lies between
	h.redeploy("45") // nor between it and itself
	if strings.Contains(h.state(), "version 46") {
		t.Fatal(h.state())
	}
}

// Of a deployment that began and did not end nobody knows what it changed.
func TestIrreversibleUnsettled(t *testing.T) {
	t.Parallel()
	h := newHost(t, migrating())
	h.release("delivery")
	h.more("Add a column", "migrations/1.sql")
	h.candidate("delivery")
	h.ok("delivery", "begin", "production")
	h.ok("delivery", "failed", "production")

	h.out = map[string]string{}
	h.ok("redeploy", "resolve", "production", "43")
	h.ok("redeploy", "payload")
	h.refused("pipeline Correction, decision settle", "redeploy", "begin", "production")
	h.correct("43", "settle")
	h.redeploy("43")
}

// Who approves is told.
func TestIrreversibleRequest(t *testing.T) {
	t.Parallel()
	h := newHost(t, migrating())
	h.release("delivery")
	h.more("Another page", "c.txt")
	h.candidate("delivery")
	if out := h.ok("delivery", "request", "production"); strings.Contains(out, "taken back") {
		t.Fatal(out)
	}
	h.more("Add a column", "migrations/1.sql")
	h.candidate("delivery")
	if out := h.ok("delivery", "request", "production"); !strings.Contains(out, "cannot be taken back: migrations/1.sql") {
		t.Fatal(out)
	}
}

func imaged() script.Config {
	s := settings()
	s.Image = true
	return s
}

const repository = "registry.example.com:5000/acme/pay"

func digest(n int) string { return "sha256:" + strings.Repeat(fmt.Sprintf("%x", n), 64) }

// built is a run as far as its candidate, with the image that the build left.
func (h *host) built(n int) {
	h.t.Helper()
	h.run++
	h.out = map[string]string{}
	h.ok("delivery", "identify", "delivery")
	h.ok("delivery", "clear", "digest")
	write(h.t, filepath.Join(h.work, "digest"), digest(n)+"\n", 0o644)
	h.ok("delivery", "image", repository, "digest")
	h.ok("delivery", "candidate", "unit")
}

// An image is its digest: in the candidate, in the ledger, and when it is put
// back. A run that builds once more deploys what was recorded first.
func TestImage(t *testing.T) {
	t.Parallel()
	h := newHost(t, imaged())
	write(t, filepath.Join(h.work, ".git", "info", "exclude"), "digest\n", 0o644)
	h.built(1)
	h.ok("delivery", "compare-image")
	h.deploy("delivery")
	h.more("second", "b.txt")
	h.built(2)
	h.ok("delivery", "compare-image")
	h.deploy("delivery")
	h.built(3) // the same commit, built again
	if h.out["artifact"] != repository+"@"+digest(2) {
		t.Fatal(h.out)
	}
	h.asked["RELEASE_ARTIFACT"] = repository + "@" + digest(3)
	h.refused("it is not what was checked", "delivery", "compare-image")
	h.asked["RELEASE_ENVIRONMENT"] = "ci" // which has it before there is a candidate
	h.ok("delivery", "compare-image")
	clear(h.asked)

	if tag := h.git(h.remote, "cat-file", "tag", "candidate/44"); !strings.Contains(tag, "\nArtifact: "+repository+"@"+digest(2)) {
		t.Fatal(tag)
	}
	if s := h.state(); !strings.Contains(s, " "+repository+"@"+digest(2)+" - -") {
		t.Fatal(s)
	}
	if entry := h.git(h.remote, "log", "-1", "--format=%B", "fettle/ledger"); !strings.Contains(entry, "\nArtifact: "+repository+"@"+digest(2)) {
		t.Fatal(entry)
	}
	h.run++
	h.out = map[string]string{}
	h.ok("redeploy", "resolve", "production", "43")
	if h.out["artifact"] != repository+"@"+digest(1) || h.out["checksum"] != "" {
		t.Fatal(h.out)
	}
	h.ok("redeploy", "payload")
	h.ok("redeploy", "compare-image")
	h.deploy("redeploy")
	if s := h.state(); !strings.Contains(s, "version 43\n") || strings.Count(s, repository+"@"+digest(1)+" - -") != 1 {
		t.Fatal(s)
	}
}

// What stands in the file of the digest is a digest, or nothing is built.
func TestImageDigest(t *testing.T) {
	t.Parallel()
	h := newHost(t, imaged())
	for _, bad := range []string{"", "\n", "sha256:abc", digest(1) + "0", strings.ToUpper(digest(1)), "md5:" + digest(1), " " + digest(1), digest(1) + "\n\n" + digest(2), digest(1) + "\nx",
		digest(1)[:70] + "\x00", "\x00" + digest(1)[:70], "$(id)", "`id`", "latest", repository + "@" + digest(1), digest(1) + " ", strings.Repeat("a", 1<<20), "##vso[task.setvariable variable=x]y", "::set-output name=x::y"} {
		write(t, filepath.Join(h.work, "digest"), bad, 0o644)
		out, code := h.op("delivery", "image", repository, "digest")
		if code != 1 || h.out["artifact"] != "" || strings.Contains(out, "##vso") || len(out) > 1000 {
			t.Errorf("%.90q: exit %d\n%.500s", bad, code, out)
		}
	}
	for _, good := range []string{digest(1), digest(1) + "\n", digest(1) + "\r\n"} {
		write(t, filepath.Join(h.work, "digest"), good, 0o644)
		h.ok("delivery", "image", repository, "digest")
	}
	h.ok("delivery", "clear", "digest")
	h.refused("the build left no digest", "delivery", "image", repository, "digest")
	h.commit("A digest", "digest", digest(1))
	h.refused("is part of the repository", "delivery", "clear", "digest")
}

// Without a digest nothing goes on, and a version without an image does not
// come back: what would be deployed might be anything.
func TestImageUnknown(t *testing.T) {
	t.Parallel()
	h := newHost(t, imaged())
	h.release("delivery") // from before the policy built an image
	for _, bad := range []string{"", repository, repository + ":latest", repository + "@" + digest(1) + "\nx", "$(id)@" + digest(1)} {
		h.asked["RELEASE_ARTIFACT"] = bad
		h.refused("no image is known by its digest", "delivery", "compare-image")
	}
	clear(h.asked)
	h.refused("no image is recorded for 43", "redeploy", "resolve", "production", "43")
}

// A command of the policy never has the credential that pushes, also where a
// pipeline from before lets it run beside it.
func TestVersionCommandHasNoCredential(t *testing.T) {
	t.Parallel()
	s := settings()
	s.Version, s.VersionCommand = "command", `printf 'v-%s' "${FETTLE_TOKEN:-none}"`
	h := newHost(t, s)
	h.asked["FETTLE_TOKEN"] = "secret"
	h.ok("delivery", "identify", "delivery")
	if h.out["version"] != "v-none" {
		t.Errorf("the version is %s", h.out["version"])
	}
}

// The release tag and the hotfix branch go in one push. A host that takes one of them only names the other, and the next operation makes it.
func TestReleaseRefsOneByOne(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.candidate("delivery")
	h.ok("delivery", "begin", "production")
	h.ok("delivery", "deployed", "production")
	hook := filepath.Join(h.remote, "hooks/update")
	write(t, hook, "#!/bin/sh\ncase $1 in refs/heads/hotfix/*) echo 'No branch of that name.' >&2; exit 1 ;; esac\n", 0o755)
	if out, code := h.op("delivery", "passed", "production"); code != 3 || !strings.Contains(out, "refs/heads/hotfix/43 could not be created.\n  The host says: No branch of that name.\n") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if tag := h.git(h.remote, "tag", "--list", "release/*"); tag != "release/43" {
		t.Errorf("the tags are %q", tag)
	}
	if err := os.Remove(hook); err != nil {
		t.Fatal(err)
	}
	h.ok("operate", "status")
	h.run++
	h.ok("delivery", "identify", "delivery")
	if line := h.git(h.remote, "branch", "--list", "hotfix/*"); line != "hotfix/43" {
		t.Errorf("the branches are %q", line)
	}
}

// What a job recorded need not be fetched again by the job. Where somebody wrote since, the push is refused, and everything is judged anew.
func TestLedgerOfTheJobIsHere(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.candidate("delivery")
	h.ok("delivery", "begin", "production")
	other := h.twin(t)
	other.asked = map[string]string{"RELEASE_OPERATION": "hold", "RELEASE_ENVIRONMENT": "production", "RELEASE_REASON": "So"}
	other.run += 100
	other.ok("operate", "operate")
	if out := h.ok("delivery", "deployed", "production"); !strings.Contains(out, "Somebody else wrote into the ledger meanwhile") {
		t.Errorf("deployed says\n%s", out)
	}
	if out := h.ok("delivery", "passed", "production"); strings.Contains(out, "Somebody else") {
		t.Errorf("passed says\n%s", out)
	}
	if state := h.git(h.remote, "show", "fettle/ledger:state"); !strings.Contains(state, "\nhold ") {
		t.Errorf("the hold is lost:\n%s", state)
	}
}
