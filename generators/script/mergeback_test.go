package script_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// core stands in for the rest of the script: a ledger of plain files, and
// containment by ancestry, by the trailer, and by patch, each reopened by a revert.
const core = `
remote=origin
scratch=$(mktemp -d)
MAINLINE=main
MERGE_BACK_PREFIX=merge-back/
full() { printf '%s' "$1"; }
say() { printf '%s\n' "$*" | sanitise; }
summary() { printf '%s\n' "$*" | sanitise >>"$SUMMARY"; }
refuse() { printf 'refused: %s\nbecause %s\n%s\n' "$1" "$2" "$3" | sanitise >&2; exit 1; }
fail() { printf 'failed: %s\n' "$1" | sanitise >&2; exit 3; }
git() { command git -c core.quotePath=false "$@"; }
commit_tree() { git commit-tree "$@"; }
git_remote() { git "$@"; }
ledger_open() { git fetch --quiet --tags origin; }
environment_value() { cat "$LEDGER/$1.$2" 2>/dev/null || true; }
family_before() { cat "$LEDGER/family.$1" 2>/dev/null || true; }
is_abandoned() { [ -e "$LEDGER/abandoned.$1" ]; }
line_of() { printf 'hotfix/%s' "$1"; }
remote_tip() {
  tip_code=0
  git ls-remote --exit-code "$remote" "refs/heads/$1" >/dev/null || tip_code=$?
  case $tip_code in 0) ;; 2) return 0 ;; *) return 3 ;; esac
  git fetch --quiet --no-tags "$remote" "refs/heads/$1" && git rev-parse FETCH_HEAD
}
is_ancestor() { git merge-base --is-ancestor "$1" "$2"; }
reverts() { git log --format=%B "$1" | sed -n 's/^This reverts commit \([0-9a-f]*\).*/\1/p'; }
# brought REVERTED COMMIT: whether undoing REVERTED undoes COMMIT.
brought() {
  [ "$1" = "$2" ] && return 0
  git merge-base --is-ancestor "$2" "$1" && ! git merge-base --is-ancestor "$2" "$1^1" 2>/dev/null
}
stands() {
  for reverted in $(reverts "$1"); do brought "$reverted" "$2" && return 1; done
  return 0
}
contains() {
  for trailer in $(git log --format=%H --grep="^\(Reapplies\|Drops\): $2\$" "$1"); do stands "$1" "$trailer" && return 0; done
  earlier=$(family_before "$2" | sed -n '1s/.* //p')
  if git merge-base --is-ancestor "$3" "$1"; then
    [ -n "$earlier" ] || return 0
    for change in $(git rev-list "$earlier..$3"); do stands "$1" "$change" || return 1; done
    return 0
  fi
  [ -n "$earlier" ] && git merge-base --is-ancestor "$earlier" "$1" || return 1
  [ "$(git rev-parse "$earlier^{tree}")" != "$(git rev-parse "$3^{tree}")" ] || return 0
  git cherry "$1" "$3" "$earlier" | grep -q '^+' && return 1
  for change in $(git rev-list "$earlier..$1"); do stands "$1" "$change" || return 1; done
}
`

// world is a repository with people, a CI system and a forge around it.
type world struct {
	*forge
	remote, people, ci, ledger string
	policy                     map[string]string
}

const lines = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n"

// newWorld is a repository whose mainline was released as 43, with a hotfix
// 43.1 of line five in production, and one more commit on the mainline. Its
// history is made once.
func newWorld(t *testing.T, forgeName string, policy map[string]string) *world {
	t.Helper()
	longIfNamed(t)
	t.Parallel()
	dir := t.TempDir()
	w := &world{remote: filepath.Join(dir, "remote"), people: filepath.Join(dir, "people"), ci: filepath.Join(dir, "ci"), ledger: filepath.Join(dir, "ledger")}
	w.policy = map[string]string{"PRODUCTION": "production", "MERGE_BACK_MODE": "merge", "ON_CONFLICT": "draft", "OWNER": "@acme/claims", "WITHIN": "72h", "UNMERGEABLE": ""}
	for k, v := range policy {
		w.policy[k] = v
	}
	w.forge = newForge(t, forgeName, "GITHUB_REPOSITORY=acme/shop", "LEDGER="+w.ledger, "SUMMARY="+filepath.Join(w.ledger, "summary"),
		"GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=fettle", "GIT_AUTHOR_EMAIL=fettle@localhost", "GIT_COMMITTER_NAME=fettle", "GIT_COMMITTER_EMAIL=fettle@localhost",
		"GIT_CONFIG_GLOBAL="+filepath.Join(memory.home, ".gitconfig"))
	w.fake("gh", ghFake)
	settings := ""
	for k, v := range w.policy {
		settings += k + "='" + v + "'\n"
	}
	write(t, w.script, settings+core+strings.Replace(ports, "scratch=$TMPDIR", "", 1)+part(t, "forge_"+forgeName+".sh.tmpl")+part(t, "merge_back.sh.tmpl")+"\n\"$@\"\n", 0o644)
	mine := false
	firstWorld.once.Do(func() {
		mine = true
		w.begin()
		firstWorld.dir = filepath.Join(memory.moments, "world")
		follow(t, dir, firstWorld.dir)
	})
	if !mine {
		if firstWorld.dir == "" {
			t.Fatal("the world that all begin with could not be made")
		}
		follow(t, firstWorld.dir, dir)
	}
	return w
}

var firstWorld struct {
	once sync.Once
	dir  string
}

func (w *world) begin() {
	w.t.Helper()
	for _, d := range []string{w.remote, w.people, w.ci, w.ledger} {
		if err := os.Mkdir(d, 0o755); err != nil {
			w.t.Fatal(err)
		}
	}
	w.git(w.remote, "init", "--quiet", "--template=", "--bare", "--initial-branch=main")
	w.git(w.remote, "config", "receive.denyNonFastForwards", "true")
	w.git(w.remote, "config", "receive.denyDeletes", "true")
	if err := os.Mkdir(filepath.Join(w.remote, "hooks"), 0o755); err != nil {
		w.t.Fatal(err)
	}
	w.git(w.people, "init", "--quiet", "--template=", "--initial-branch=main")
	w.git(w.people, "remote", "add", "origin", w.remote)
	w.commit("main", "a.txt", lines, "release 43")
	w.git(w.people, "branch", "hotfix/43")
	w.git(w.people, "push", "--quiet", "origin", "hotfix/43")
	w.runs("production", "43.1", w.commit("hotfix/43", "a.txt", strings.Replace(lines, "five", "FIVE", 1), "Fix line five"))
	w.family("43.1", "43 "+w.rev("main"))
	w.commit("main", "b.txt", "more\n", "More")
	w.git(w.ci, "clone", "--quiet", "--template=", w.remote, ".")
	w.git(w.ci, "checkout", "--quiet", "--detach", "origin/hotfix/43")
	write(w.t, filepath.Join(w.ci, "left.over"), "of a former build", 0o644)
}

func (w *world) git(dir string, args ...string) string {
	w.t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=Pat", "-c", "user.email=pat@example.com"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+filepath.Join(memory.home, ".gitconfig"))
	out, err := c.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// rev is where a branch stands in the remote repository; "" if it is not there.
func (w *world) rev(branch string) string { return ref(w.remote, "refs/heads/"+branch) }

// commit is a person's commit of one file onto a branch, pushed.
func (w *world) commit(branch, file, text string, message ...string) string {
	w.t.Helper()
	if w.rev(branch) != "" {
		w.git(w.people, "fetch", "--quiet", "origin")
		w.git(w.people, "checkout", "--quiet", "-B", branch, "origin/"+branch)
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Join(w.people, file)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	write(w.t, filepath.Join(w.people, file), text, 0o644)
	w.git(w.people, "add", "--", file)
	return w.push(branch, message...)
}

// push commits what is staged, if a message is given, and pushes.
func (w *world) push(branch string, message ...string) string {
	w.t.Helper()
	if len(message) > 0 {
		args := []string{"commit", "--quiet"}
		for _, m := range message {
			args = append(args, "-m", m)
		}
		w.git(w.people, args...)
	}
	w.git(w.people, "push", "--quiet", "origin", "HEAD:refs/heads/"+branch)
	return w.rev(branch)
}

// on lets a person run git on a branch of the remote, and pushes it.
func (w *world) on(branch string, commands ...[]string) string {
	w.t.Helper()
	w.git(w.people, "fetch", "--quiet", "origin")
	w.git(w.people, "checkout", "--quiet", "-B", branch, "origin/"+branch)
	for _, c := range commands {
		w.git(w.people, c...)
	}
	return w.push(branch)
}

func (w *world) runs(environment, version, commit string) {
	for k, v := range map[string]string{"version": version, "commit": commit, "time": "2026-11-24T01:02:03Z", "incident": "INC0000001"} {
		write(w.t, filepath.Join(w.ledger, environment+"."+k), v, 0o644)
	}
}

// family says which releases of its family, "VERSION COMMIT", are before a version, newest first.
func (w *world) family(version string, before ...string) {
	write(w.t, filepath.Join(w.ledger, "family."+version), strings.Join(before, "\n")+"\n", 0o644)
}

// mergeBack runs the operation as a CI job does, and judges what holds whatever happens.
func (w *world) mergeBack(want int) string {
	w.t.Helper()
	before := refsOf(w.t, w.ci, "HEAD", "refs/heads") + w.git(w.ci, "status", "--porcelain")
	c := exec.Command("sh", w.script, "merge_back")
	c.Dir, c.Env = w.ci, w.env
	out, err := c.CombinedOutput()
	if code := c.ProcessState.ExitCode(); code != want {
		w.t.Errorf("exit %d (%v), want %d\n%s", code, err, want, out)
	}
	after := refsOf(w.t, w.ci, "HEAD", "refs/heads") + w.git(w.ci, "status", "--porcelain")
	if before != after {
		w.t.Errorf("the working tree or a local branch changed:\n%s\n%s", before, after)
	}
	if _, err := os.Stat(filepath.Join(w.ci, "pwned")); err == nil {
		w.t.Error("hostile text was executed")
	}
	for _, line := range strings.Split(string(out), "\n") {
		if strings.HasPrefix(line, "::") || strings.Contains(line, "##vso[") {
			w.t.Errorf("a stranger speaks to the CI system: %s", line)
		}
	}
	w.noToken(string(out))
	return string(out)
}

// again runs it once more and expects nothing to change.
func (w *world) again(want int) {
	w.t.Helper()
	before := w.end()
	w.mergeBack(want)
	if after := w.end(); after != before {
		w.t.Errorf("run again, it ends otherwise:\n%s\n--\n%s", before, after)
	}
}

// end is all that a run leaves behind outside of its agent.
func (w *world) end() string {
	return w.git(w.remote, "for-each-ref") + "\n" + w.state("prs") + w.state("issues") + w.state("body")
}

// owed says whether a branch still lacks what an environment runs.
func (w *world) owed(branch, environment string) bool {
	w.t.Helper()
	c := exec.Command("sh", w.script, "eval", fmt.Sprintf(
		`ledger_open; contains origin/%s "$(environment_value %s version)" "$(environment_value %s commit)"`, branch, environment, environment))
	c.Dir, c.Env = w.ci, w.env
	var errs bytes.Buffer
	c.Stderr = &errs
	if err := c.Run(); err != nil && c.ProcessState.ExitCode() != 1 {
		w.t.Fatalf("%v\n%s", err, errs.String())
	}
	return c.ProcessState.ExitCode() == 1
}

func (w *world) expect(what, got, want string) {
	w.t.Helper()
	if !strings.Contains(got, want) {
		w.t.Errorf("%s: no %q in:\n%s", what, want, got)
	}
}

func (w *world) file(commit, name string) string {
	w.t.Helper()
	return w.git(w.remote, "show", commit+":"+name) + "\n"
}

const merged = "one\ntwo\nthree\nfour\nFIVE\nsix\nseven\neight\nnine\n"

func TestMergeBackClean(t *testing.T) {
	w := newWorld(t, "github", nil)
	main := w.rev("main")
	w.expect("output", w.mergeBack(0), "request https://github.com/acme/shop/pull/1")
	if w.rev("main") != main {
		t.Error("the mainline was pushed to")
	}
	if got := w.state("prs"); got != "1 merge-back/43.1 main false Merge hotfix 43.1 back to main\n" {
		t.Errorf("requests: %q", got)
	}
	result := w.rev("merge-back/43.1")
	if got := w.git(w.remote, "log", "-1", "--format=%P", result); got != main+" "+w.rev("hotfix/43") {
		t.Errorf("parents %s", got)
	}
	if w.file(result, "a.txt") != merged || w.file(result, "b.txt") != "more\n" {
		t.Error("not the merge of both")
	}
	w.expect("commit", w.git(w.remote, "log", "-1", "--format=%B", result)+"\n", "\nReapplies: 43.1\n")
	for _, want := range []string{"\nReapplies: 43.1\n", "Owner: @acme/claims", "Due: within 72h of the deployment (2026-11-24T01:02:03Z)", "`INC0000001`", "Fix line five`", "- `a.txt`"} {
		w.expect("request", w.state("body"), want)
	}
	w.expect("summary", w.read("summary"), "merges without conflict")
	w.again(0)

	// Merged by a person, with a merge commit, it is owed no more.
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 1", "origin/merge-back/43.1"})
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
	w.again(0)
}

func (w *world) read(name string) string {
	b, _ := os.ReadFile(filepath.Join(w.ledger, name))
	return string(b)
}

// The branch stays while the mainline moves on without a conflict: a review is not thrown away.
func TestMergeBackMainlineMovesOn(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	result := w.rev("merge-back/43.1")
	w.commit("main", "c.txt", "c\n", "Still more")
	w.mergeBack(0)
	if w.rev("merge-back/43.1") != result {
		t.Error("the branch was changed without a need")
	}
	// With a conflict, the request becomes a draft that says so; the branch is the person's starting point.
	w.commit("main", "a.txt", strings.Replace(lines, "five", "5", 1), "Five as a number")
	w.mergeBack(0)
	if w.rev("merge-back/43.1") != result {
		t.Error("the branch was changed")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main true ")
	w.expect("request", w.state("body"), "git merge origin/main")
	w.again(0)
}

func TestMergeBackSquashed(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	w.on("main", []string{"merge", "--quiet", "--squash", "origin/merge-back/43.1"}, []string{"commit", "--quiet", "-m", "Merge hotfix 43.1 (#1)"})
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
}

const ours = "one\ntwo\nthree\nfour\n5\nsix\nseven\neight\nnine\n"

func conflicting(t *testing.T, policy map[string]string) *world {
	w := newWorld(t, "github", policy)
	w.commit("main", "a.txt", ours, "Five as a number")
	return w
}

func TestMergeBackConflictDraft(t *testing.T) {
	w := conflicting(t, nil)
	main := w.rev("main")
	w.mergeBack(0)
	if w.rev("main") != main || w.rev("merge-back/43.1") != w.rev("hotfix/43") {
		t.Error("the branch is not the hotfix itself")
	}
	if got := w.state("prs"); got != "1 merge-back/43.1 main true Merge hotfix 43.1 back to main\n" {
		t.Errorf("requests: %q", got)
	}
	for _, want := range []string{"### Conflicts", "- `a.txt`", "    git checkout -B merge-back/43.1 origin/merge-back/43.1\n    git merge origin/main\n", "\nReapplies: 43.1\n"} {
		w.expect("request", w.state("body"), want)
	}
	w.expect("summary", w.read("summary"), "CONFLICT")
	w.again(0)

	// A person resolves as told; the branch is theirs from then on.
	w.git(w.people, "fetch", "--quiet", "origin")
	w.git(w.people, "checkout", "--quiet", "-B", "merge-back/43.1", "origin/merge-back/43.1")
	if exec.Command("git", "-C", w.people, "merge", "origin/main").Run() == nil {
		t.Fatal("no conflict")
	}
	write(t, filepath.Join(w.people, "a.txt"), strings.Replace(lines, "five", "FIVE (5)", 1), 0o644)
	w.git(w.people, "add", "a.txt")
	resolved := w.push("merge-back/43.1", "Merge main")
	w.expect("output", w.mergeBack(0), "commits of a person")
	if w.rev("merge-back/43.1") != resolved {
		t.Error("a person's commit was lost")
	}
	w.again(0)

	// Squashed with the request's text as the message, as hosts do, it is owed no more: the patch alone would not tell.
	w.on("main", []string{"merge", "--quiet", "--squash", "origin/merge-back/43.1"}, []string{"commit", "--quiet", "-m", "Merge hotfix (#1)", "-m", w.state("body")})
	if w.owed("main", "production") {
		t.Error("owed after a squash with the trailer")
	}
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
}

// When the mainline changes so that there is no conflict any more, the draft becomes a result.
func TestMergeBackConflictGoesAway(t *testing.T) {
	w := conflicting(t, nil)
	w.mergeBack(0)
	w.commit("main", "a.txt", lines, "Five as before")
	w.mergeBack(0)
	if w.file("merge-back/43.1", "a.txt") != merged {
		t.Error("no merge")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
	w.again(0)
}

func TestMergeBackConflictIssue(t *testing.T) {
	w := conflicting(t, map[string]string{"ON_CONFLICT": "issue"})
	w.mergeBack(0)
	if w.rev("merge-back/43.1") != "" || w.state("prs") != "" {
		t.Error("more than an issue")
	}
	w.expect("issues", w.state("issues"), "Hotfix 43.1 does not merge into main")
	for _, want := range []string{"- `a.txt`", "git checkout -b merge-back/43.1 origin/main", "git merge " + w.rev("hotfix/43"), "\nReapplies: 43.1\n"} {
		w.expect("issue", w.state("body"), want)
	}
	w.again(0)
}

func TestMergeBackConflictFail(t *testing.T) {
	w := conflicting(t, map[string]string{"ON_CONFLICT": "fail"})
	before := w.end()
	out := w.mergeBack(1)
	for _, want := range []string{"conflicts in a.txt", "git merge " + w.rev("hotfix/43"), "Nothing was pushed"} {
		w.expect("output", out, want)
	}
	if w.end() != before {
		t.Error("something was left behind")
	}
}

// A forge without issues gets a draft request instead; with none at all, people are told everything.
func TestMergeBackConflictIssueWithoutForge(t *testing.T) {
	w := newWorld(t, "none", map[string]string{"ON_CONFLICT": "issue"})
	w.commit("main", "a.txt", ours, "Five as a number")
	out := w.mergeBack(0)
	for _, want := range []string{"no issue can be opened", "a DRAFT request", "git merge origin/main", "Reapplies: 43.1", "- `a.txt`"} {
		w.expect("output", out, want)
	}
	if w.rev("merge-back/43.1") != w.rev("hotfix/43") {
		t.Error("the branch is not there")
	}
	w.again(0)
}

func TestMergeBackWithoutForge(t *testing.T) {
	w := newWorld(t, "none", nil)
	w.expect("output", w.mergeBack(0), "merge-back/43.1 is pushed; this policy names no forge")
	if w.file("merge-back/43.1", "a.txt") != merged {
		t.Error("no merge")
	}
	w.again(0)
}

func TestMergeBackPersonOnBranch(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	person := w.commit("merge-back/43.1", "test.txt", "a test\n", "And a test")
	w.commit("main", "c.txt", "c\n", "Still more")
	w.expect("output", w.mergeBack(0), "commits of a person")
	if w.rev("merge-back/43.1") != person {
		t.Error("a person's commit was lost")
	}
	// The request was closed: what is owed needs one.
	write(t, filepath.Join(w.bin, "prs"), "", 0o644)
	w.mergeBack(0)
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
	w.again(0)
}

func TestMergeBackForward(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"MERGE_BACK_MODE": "ff-only", "UNMERGEABLE": "**/*.txt"})
	w.git(w.remote, "update-ref", "refs/heads/main", w.rev("main")+"^")
	w.expect("output", w.mergeBack(0), "main went forward to 43.1")
	if w.rev("main") != w.rev("hotfix/43") || w.rev("merge-back/43.1") != "" || w.state("prs") != "" {
		t.Error("not a bare step forward")
	}
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
}

func TestMergeBackForwardNotPossible(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"MERGE_BACK_MODE": "ff-only"})
	main := w.rev("main")
	w.mergeBack(0)
	if w.rev("main") != main || w.file("merge-back/43.1", "a.txt") != merged {
		t.Error("no request in its place")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
	w.again(0)
}

func TestMergeBackForwardProtected(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"MERGE_BACK_MODE": "ff-only"})
	w.git(w.remote, "update-ref", "refs/heads/main", w.rev("main")+"^")
	w.hook(`[ "$1" != refs/heads/main ] || { echo "GH006: Protected branch ##vso[x]" >&2; exit 1; }`)
	w.expect("output", w.mergeBack(0), "GH006: Protected branch")
	if w.file("merge-back/43.1", "a.txt") != merged {
		t.Error("no request in its place")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
	w.again(0)
}

// hook is an update hook of the remote repository: arguments REF OLD NEW.
func (w *world) hook(body string) {
	write(w.t, filepath.Join(w.remote, "hooks", "update"), "#!/bin/sh\n"+body+"\n", 0o755)
}

func TestMergeBackBranchRefused(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.hook(`echo "no right for $1" >&2; exit 1`)
	w.expect("output", w.mergeBack(3), "did not take the branch merge-back/43.1")
}

func TestMergeBackCherryPick(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"MERGE_BACK_MODE": "cherry-pick"})
	w.commit("hotfix/43", "d.txt", "d\n", "A "+hostile[:24], "Second paragraph\n---\nof it\n\nChange-Id: I1\nSigned-off-by: Pat")
	w.runs("production", "43.2", w.rev("hotfix/43"))
	w.family("43.2", "43.1 "+w.rev("hotfix/43")+"^", "43 "+w.rev("main")+"^")
	w.mergeBack(0)
	log := w.git(w.remote, "log", "--reverse", "--format=%an|%cn|%B", "main..merge-back/43.2")
	first, second, _ := strings.Cut(w.git(w.remote, "log", "--reverse", "--format=%H", "main..hotfix/43"), "\n")
	for _, want := range []string{"Pat|fettle|Fix line five", "(cherry picked from commit " + first + ")", "(cherry picked from commit " + second + ")", "Signed-off-by: Pat", "\nReapplies: 43.2"} {
		w.expect("commits", log, want)
	}
	// What the commit had as trailers git still reads as trailers, and ours beside them.
	trailers := w.git(w.remote, "log", "-1", "--format=%(trailers:only,unfold)", "merge-back/43.2")
	if trailers != "Change-Id: I1\nSigned-off-by: Pat\nMerge-Back: 43.2\nReapplies: 43.2" {
		t.Errorf("the trailers of the last pick are:\n%s", trailers)
	}
	if first := w.git(w.remote, "log", "-1", "--format=%(trailers:only)", "merge-back/43.2^"); first != "Merge-Back: 43.2" {
		t.Errorf("the trailers of the first pick are:\n%s", first)
	}
	if n := strings.Count(log, "cherry picked"); n != 2 || strings.Count(log, "Reapplies:") != 1 {
		t.Errorf("%d picks:\n%s", n, log)
	}
	if w.file("merge-back/43.2", "a.txt") != merged || w.file("merge-back/43.2", "d.txt") != "d\n" {
		t.Error("not all of it")
	}
	w.again(0)
	w.on("main", []string{"merge", "--quiet", "--ff-only", "origin/merge-back/43.2"})
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
}

func TestMergeBackCherryPickConflict(t *testing.T) {
	w := conflicting(t, map[string]string{"MERGE_BACK_MODE": "cherry-pick"})
	w.mergeBack(0)
	if w.rev("merge-back/43.1") != w.rev("hotfix/43") {
		t.Error("the branch is not the hotfix itself")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main true ")
	w.again(0)
}

func TestMergeBackReapply(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"MERGE_BACK_MODE": "reapply"})
	w.mergeBack(0)
	if w.file("merge-back/43.1", "a.txt") != lines {
		t.Error("content was merged")
	}
	if got := w.state("prs"); got != "1 merge-back/43.1 main true Do hotfix 43.1 again on main\n" {
		t.Errorf("requests: %q", got)
	}
	for _, want := range []string{"No file was merged: the policy says", "\nReapplies: 43.1\n", `git commit -m "Do hotfix 43.1 again" -m "Reapplies: 43.1"`} {
		w.expect("request", w.state("body"), want)
	}
	w.again(0)

	// Merged without any work, it claims nothing.
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge too early", "origin/merge-back/43.1"})
	if !w.owed("main", "production") {
		t.Fatal("an empty branch paid the debt")
	}
	w.mergeBack(0)
	w.again(0)

	// Done again, as told.
	w.commit("merge-back/43.1", "a.txt", strings.Replace(lines, "five", "five, fixed", 1), "Do hotfix 43.1 again", "Reapplies: 43.1")
	w.expect("output", w.mergeBack(0), "commits of a person")
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request", "origin/merge-back/43.1"})
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
}

func TestMergeBackReapplyIssue(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"MERGE_BACK_MODE": "reapply", "ON_CONFLICT": "issue"})
	w.mergeBack(0)
	w.expect("issues", w.state("issues"), "Do hotfix 43.1 again on main")
	if w.rev("merge-back/43.1") != "" {
		t.Error("more than an issue")
	}
	w.again(0)
}

func TestMergeBackUnmergeable(t *testing.T) {
	const globs = "other/*.bin\ndatastage/**/*.isx"
	w := newWorld(t, "github", map[string]string{"UNMERGEABLE": globs})
	commit := w.commit("hotfix/43", "datastage/jobs/deep/load é.isx", "<isx/>\n", "A job")
	w.runs("production", "43.2", commit)
	w.family("43.2", "43.1 "+commit+"^", "43 "+commit+"^^")
	w.mergeBack(0)
	if got := w.git(w.remote, "diff", "--name-only", "main", "merge-back/43.2"); got != "" {
		t.Errorf("content was merged: %s", got)
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.2 main true Do hotfix 43.2 again on main")
	w.expect("request", w.state("body"), "Files that git cannot merge:\n\n- `datastage/jobs/deep/load é.isx`\n")
	w.again(0)
}

// The glob is of whole paths: a hotfix that only touches other files is merged.
func TestMergeBackMergeable(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"UNMERGEABLE": "datastage/**/*.txt\n*.isx"})
	w.mergeBack(0)
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false Merge hotfix 43.1 back to main")
}

// Production in two places: each hotfix goes to the mainline and to the other's line.
func TestMergeBackTwoProductions(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"PRODUCTION": "eu us asia"})
	eu, us := w.rev("hotfix/43"), w.rev("main")
	w.git(w.people, "push", "--quiet", "origin", us+":refs/heads/hotfix/44", eu+":refs/heads/hotfix/43.1")
	w.runs("eu", "43.1", eu)
	w.runs("us", "44", us)
	w.mergeBack(0)
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false Merge hotfix 43.1 back to main\n2 merge-back/43.1-to-44 hotfix/44 false Merge hotfix 43.1 back to hotfix/44\n")
	if w.rev("hotfix/44") != us || w.file("merge-back/43.1-to-44", "a.txt") != merged {
		t.Error("the line was pushed to, or the copy is wrong")
	}
	w.again(0)

	// A hotfix of the newer release goes to the older line alone, without the mainline that lies between.
	fixed := w.commit("hotfix/44", "e.txt", "e\n", "Fix of 44")
	w.git(w.people, "push", "--quiet", "origin", fixed+":refs/heads/hotfix/44.1")
	w.runs("us", "44.1", fixed)
	w.family("44.1", "44 "+us)
	w.mergeBack(0)
	older := w.rev("merge-back/44.1-to-43.1")
	if got := w.git(w.remote, "diff", "--name-only", "hotfix/43.1", older); got != "e.txt" {
		t.Errorf("brought to the older line: %s", got)
	}
	w.expect("commits", w.git(w.remote, "log", "--format=%B", "hotfix/43.1.."+older)+"\n", "\nReapplies: 44.1\n")
	if exec.Command("git", "-C", w.remote, "merge-base", "--is-ancestor", us, older).Run() == nil {
		t.Error("the mainline came along")
	}
	w.again(0)
	w.on("hotfix/43.1", []string{"merge", "--quiet", "--no-ff", "-m", "Merge", "origin/merge-back/44.1-to-43.1"})
	if w.owed("hotfix/43.1", "us") {
		t.Error("still owed to the older line")
	}
}

func TestMergeBackOlderLineConflict(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"PRODUCTION": "eu us"})
	eu := w.rev("hotfix/43")
	us := w.commit("main", "a.txt", ours, "Five as a number")
	w.git(w.people, "push", "--quiet", "origin", us+":refs/heads/hotfix/44", eu+":refs/heads/hotfix/43.1")
	fixed := w.commit("hotfix/44", "a.txt", strings.Replace(lines, "five", "5.0", 1), "Five more exactly")
	w.git(w.people, "push", "--quiet", "origin", fixed+":refs/heads/hotfix/44.1")
	w.runs("eu", "43.1", eu)
	w.runs("us", "44.1", fixed)
	w.family("44.1", "44 "+us)
	w.mergeBack(0)
	w.expect("requests", w.state("prs"), " merge-back/44.1-to-43.1 hotfix/43.1 true Merge hotfix 44.1 back to hotfix/43.1\n")
	w.expect("request", w.state("body"), "git cherry-pick -x "+us+".."+fixed)
	if exec.Command("git", "-C", w.remote, "merge-base", "--is-ancestor", us, "merge-back/44.1-to-43.1").Run() == nil {
		t.Error("the mainline would come along")
	}
	w.again(0)
}

func TestMergeBackReverted(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 1", "origin/merge-back/43.1"})
	write(t, filepath.Join(w.bin, "prs"), "", 0o644)
	w.on("main", []string{"revert", "--no-edit", "-m", "1", "HEAD"})
	if !w.owed("main", "production") {
		t.Fatal("a reverted merge-back is not owed again")
	}
	w.mergeBack(0)
	if w.file("merge-back/43.1", "a.txt") != merged {
		t.Error("an empty merge, as git makes it, brings nothing")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
	w.again(0)
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 2", "origin/merge-back/43.1"})
	if w.file("main", "a.txt") != merged || w.owed("main", "production") {
		t.Error("not brought again")
	}
}

// Reverted, and the mainline went its own way since: who resolves must not be led into a merge that brings nothing.
func TestMergeBackRevertedThenConflict(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 1", "origin/merge-back/43.1"}, []string{"revert", "--no-edit", "-m", "1", "HEAD"})
	write(t, filepath.Join(w.bin, "prs"), "", 0o644)
	w.commit("main", "a.txt", ours, "Five as a number")
	w.mergeBack(0)
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main true ")
	w.expect("request", w.state("body"), "git cherry-pick -x ")
	w.again(0)
	// The commands of the request do what they say.
	w.git(w.people, "fetch", "--quiet", "origin")
	w.git(w.people, "checkout", "--quiet", "-B", "merge-back/43.1", "origin/merge-back/43.1")
	if exec.Command("git", "-C", w.people, "cherry-pick", "-x", w.rev("hotfix/43")+"^.."+w.rev("hotfix/43")).Run() == nil {
		t.Fatal("no conflict")
	}
	write(t, filepath.Join(w.people, "a.txt"), merged, 0o644)
	w.git(w.people, "add", "a.txt")
	w.git(w.people, "-c", "core.editor=true", "cherry-pick", "--continue")
	w.git(w.people, "commit", "--quiet", "--amend", "--no-edit", "--trailer", "Reapplies: 43.1")
	w.push("merge-back/43.1")
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 2", "origin/merge-back/43.1"})
	w.expect("output", w.mergeBack(0), "no merge-back is needed")
}

// Squashed and reverted: the old branch is no ancestor of the mainline, and is still only pushed forward.
func TestMergeBackSquashedAndReverted(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	w.on("main", []string{"merge", "--quiet", "--squash", "origin/merge-back/43.1"}, []string{"commit", "--quiet", "-m", "Merge hotfix", "-m", "Reapplies: 43.1"},
		[]string{"revert", "--no-edit", "HEAD"})
	if !w.owed("main", "production") {
		t.Fatal("a reverted squash is not owed again")
	}
	w.mergeBack(0)
	w.again(0)
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 2", "origin/merge-back/43.1"})
	if w.file("main", "a.txt") != merged || w.owed("main", "production") {
		t.Error("not brought again")
	}
}

// The next hotfix stands on one that was merged and reverted: all of it is owed, not only the last step.
func TestMergeBackAfterRevertedPredecessor(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.mergeBack(0)
	w.on("main", []string{"merge", "--quiet", "--no-ff", "-m", "Merge pull request 1", "origin/merge-back/43.1"}, []string{"revert", "--no-edit", "-m", "1", "HEAD"})
	first := w.rev("hotfix/43")
	w.runs("production", "43.2", w.commit("hotfix/43", "d.txt", "d\n", "Second fix"))
	w.family("43.2", "43.1 "+first, "43 "+w.git(w.remote, "rev-parse", first+"^"))
	w.mergeBack(0)
	if w.file("merge-back/43.2", "a.txt") != merged || w.file("merge-back/43.2", "d.txt") != "d\n" {
		t.Error("the reverted part is lost")
	}
}

func TestMergeBackOwesNothing(t *testing.T) {
	w := newWorld(t, "github", nil)
	before := w.end()
	good := w.rev("hotfix/43")
	base := w.git(w.remote, "rev-parse", good+"^")

	// Reverted on its line, and that released: nothing is left of it.
	w.runs("production", "43.2", w.on("hotfix/43", []string{"revert", "--no-edit", "HEAD"}))
	w.family("43.2", "43 "+base)
	w.expect("reverted", w.mergeBack(0), "no merge-back is needed")
	// Withdrawn: production runs the release before it.
	w.runs("production", "43", base)
	w.expect("withdrawn", w.mergeBack(0), "no merge-back is needed")
	// Given up.
	w.runs("production", "43.1", good)
	write(t, filepath.Join(w.ledger, "abandoned.43.1"), "", 0o644)
	w.expect("abandoned", w.mergeBack(0), "abandoned: no merge-back to main is needed")
	// Nothing runs.
	w.runs("production", "", "")
	w.expect("empty", w.mergeBack(0), "nothing runs there yet")
	if w.rev("merge-back/43.1")+w.rev("merge-back/43.2")+w.rev("merge-back/43")+w.state("prs") != "" {
		t.Errorf("something was made:\n%s\n%s", before, w.end())
	}
	// Dropped on purpose.
	if err := os.Remove(filepath.Join(w.ledger, "abandoned.43.1")); err != nil {
		t.Fatal(err)
	}
	w.runs("production", "43.1", good)
	w.commit("main", "c.txt", "c\n", "Five is going away", "Drops: 43.1")
	w.expect("dropped", w.mergeBack(0), "no merge-back is needed")
}

func TestMergeBackHostileText(t *testing.T) {
	for _, forgeName := range []string{"github", "none"} {
		t.Run(forgeName, func(t *testing.T) {
			w := newWorld(t, forgeName, nil)
			w.git(w.people, "checkout", "--quiet", "-B", "hotfix/43", "origin/hotfix/43")
			name := "$(touch pwned)`touch pwned` ##vso[x] \"q\" {{ x }}.txt"
			commit := w.commit("hotfix/43", name, "x\n",
				"::error::$(touch pwned) `touch pwned` ##vso[task.complete] @everyone </code>|%s%n\x1b[31m", "Drops: 43\n\n/close\n::set-output name=x::y")
			w.runs("production", "43.2", commit)
			w.family("43.2", "43.1 "+commit+"^", "43 "+commit+"^^")
			write(t, filepath.Join(w.ledger, "production.incident"), "INC`$(touch pwned)`\x1b]0;x", 0o644)
			out := w.mergeBack(0)
			text := w.state("body") + out
			for _, bad := range []string{"##vso[", "\x1b", "\n::", "\n/close", "\nDrops: 43\n"} {
				if strings.Contains(text, bad) {
					t.Errorf("%q is in:\n%s", bad, text)
				}
			}
			for _, line := range strings.Split(text, "\n") {
				if strings.Contains(line, "@everyone") && strings.Count(line, "`") != 2 {
					t.Errorf("a mention outside of quotes: %s", line)
				}
			}
			w.again(0)
		})
	}
}

// A forge that refuses leaves the branch, says what is missing, is not green, and the next run finishes.
func TestMergeBackForgeRefuses(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.env = append(w.env, "GH_FAIL=HTTP 403: Resource not accessible by integration")
	out := w.mergeBack(3)
	for _, want := range []string{"HTTP 403", "Pull requests: write", "merge-back/43.1 is pushed, but its request into main could not be made"} {
		w.expect("output", out, want)
	}
	result := w.rev("merge-back/43.1")
	w.env = append(w.env, "GH_FAIL=")
	w.mergeBack(0)
	if w.rev("merge-back/43.1") != result {
		t.Error("another branch")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
}

// One target that fails does not keep the others waiting.
func TestMergeBackOneOfTwoFails(t *testing.T) {
	w := newWorld(t, "github", map[string]string{"PRODUCTION": "eu us", "ON_CONFLICT": "fail"})
	eu, us := w.rev("hotfix/43"), w.rev("main")
	w.git(w.people, "push", "--quiet", "origin", us+":refs/heads/hotfix/44")
	w.commit("main", "a.txt", ours, "Five as a number")
	w.runs("eu", "43.1", eu)
	w.runs("us", "44", us)
	w.expect("output", w.mergeBack(1), "does not merge into main")
	w.expect("requests", w.state("prs"), "merge-back/43.1-to-44 hotfix/44 false")
}

// Git before 2.38 cannot merge trees alone.
func TestMergeBackOldGit(t *testing.T) {
	old := func(w *world) {
		real, err := exec.LookPath("git")
		if err != nil {
			t.Fatal(err)
		}
		w.fake("git", `for a in "$@"; do [ "$a" != --write-tree ] || { echo "fatal: --write-tree: not a tree" >&2; exit 128; }; done
exec `+real+` "$@"`)
	}
	t.Run("clean", func(t *testing.T) {
		w := newWorld(t, "github", nil)
		old(w)
		w.mergeBack(0)
		if w.file("merge-back/43.1", "a.txt") != merged || w.file("merge-back/43.1", "b.txt") != "more\n" {
			t.Error("not the merge of both")
		}
		if got := w.git(w.ci, "worktree", "list"); strings.Contains(got, "\n") {
			t.Errorf("left behind: %s", got)
		}
		w.again(0)
	})
	t.Run("conflict", func(t *testing.T) {
		w := conflicting(t, nil)
		old(w)
		w.mergeBack(0)
		w.expect("request", w.state("body"), "- `a.txt`")
		w.expect("requests", w.state("prs"), "1 merge-back/43.1 main true ")
		w.again(0)
	})
}

// Killed before or after every step that somebody else can see, and run again, it ends as if nothing had happened.
func TestMergeBackKilled(t *testing.T) {
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	for _, conflict := range []bool{false, true} {
		for _, step := range []string{"push", "pr create", "fetch", "merge-tree", "pr list"} {
			for _, when := range []string{"before", "after"} {
				t.Run(fmt.Sprintf("%s %s conflict=%t", when, step, conflict), func(t *testing.T) {
					if when == "before" || (step != "push" || conflict) && (step != "pr create" || !conflict) { // what others see
						long(t)
					}
					w := newWorld(t, "github", nil)
					if conflict {
						w.commit("main", "a.txt", ours, "Five as a number")
					}
					gh := strings.Replace(ghFake, "\nverb=", "\n"+`[ "$1 $2 $KILL" != "`+step+` before" ] || kill -9 0`+"\nverb=", 1) +
						`[ "$verb $KILL" != "` + step + ` after" ] || kill -9 0`
					w.fake("gh", gh)
					w.fake("git", `hit=; for a in "$@"; do [ "$a" != "`+step+`" ] || hit=$KILL; done
[ "$hit" != before ] || kill -9 0
`+real+` "$@"; code=$?
[ "$hit" != after ] || kill -9 0
exit $code`)
					w.killed("KILL=" + when)
					w.mergeBack(0)
					if got, want := w.state("prs"), fmt.Sprintf("1 merge-back/43.1 main %t Merge hotfix 43.1 back to main\n", conflict); got != want {
						t.Errorf("requests %q, want %q", got, want)
					}
					if conflict && w.rev("merge-back/43.1") != w.rev("hotfix/43") || !conflict && w.file("merge-back/43.1", "a.txt") != merged {
						t.Error("another branch")
					}
					w.again(0)
				})
			}
		}
	}
}

// killed runs the operation in a process group of its own, which must not survive.
func (w *world) killed(env string) {
	w.t.Helper()
	c := exec.Command("sh", w.script, "merge_back")
	c.Dir, c.Env = w.ci, append(w.env, env)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if out, err := c.CombinedOutput(); c.ProcessState.ExitCode() != -1 {
		w.t.Fatalf("it was not killed: %v\n%s", err, out)
	}
}

// Somebody pushes the branch while it is made: everything is judged again, and nothing of theirs is lost.
func TestMergeBackRace(t *testing.T) {
	w := newWorld(t, "github", nil)
	w.git(w.people, "checkout", "--quiet", "-B", "merge-back/43.1", "origin/hotfix/43")
	write(t, filepath.Join(w.people, "mine.txt"), "mine\n", 0o644)
	w.git(w.people, "add", "mine.txt")
	w.git(w.people, "commit", "--quiet", "-m", "I began already")
	theirs := w.git(w.people, "rev-parse", "HEAD")
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	w.fake("git", `for a in "$@"; do
  if [ "$a" = push ] && [ ! -e "$BIN/raced" ]; then touch "$BIN/raced"; `+real+` -C '`+w.people+`' push --quiet origin HEAD:refs/heads/merge-back/43.1; fi
done
exec `+real+` "$@"`)
	w.expect("output", w.mergeBack(0), "judging again")
	if w.rev("merge-back/43.1") != theirs {
		t.Error("a person's commit was lost")
	}
	w.expect("requests", w.state("prs"), "1 merge-back/43.1 main false ")
}
