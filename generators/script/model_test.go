package script_test

import (
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

	"pgregory.net/rapid"
)

// The script against the release model: random histories on real repositories.
// What was promised is judged by what the commits hold and by what was put on
// the machine, and not by asking the script or its ledger:
//
//   - nothing leaves production but by redeployment or by a revert that a
//     person made;
//   - nothing that was withdrawn returns unanswered;
//   - nothing is deployed that was not tested as it is;
//   - a run that is run again ends the same;
//   - at the end a former version can be put back, or a person is told what to
//     settle; and after it a hotfix can go, or is told what to revert.
//
// Every commit of a history has a file of its own, so that a change is there
// when its file is. FETTLE_HISTORIES says how many; a failing one is printed.
// Without FETTLE_LONG there are two short ones.
func TestModel(t *testing.T) {
	t.Parallel()
	n := 8
	if s := os.Getenv("FETTLE_HISTORIES"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	first, _ := strconv.Atoi(os.Getenv("FETTLE_HISTORY"))
	for seed := first; seed < first+n; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if seed != 2 && os.Getenv("FETTLE_HISTORIES") == "" {
				long(t)
			}
			t.Parallel()
			m := newModel(t)
			m.mutate()
			for _, e := range events.Example(seed) {
				m.did = append(m.did, e.String())
				m.step(e)
			}
			m.isRead()
			if os.Getenv("FETTLE_LONG") != "" {
				m.agrees("production")
			}
			m.somethingIsOpen()
		})
	}
}

// event is something that happens.
type event struct {
	what  string
	which int    // among those that could be meant
	fault string // of a run
}

func (e event) String() string { return fmt.Sprintf("%s %d %s", e.what, e.which, e.fault) }

var events = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) event {
	return event{
		rapid.SampledFrom([]string{"commit", "commit", "deliver", "deliver", "deliver", "fix", "fix and release", "fix and release", "release line", "bring home", "bring home", "revert",
			"candidate", "late", "late", "redeploy", "redeploy", "roll back", "answer", "settle", "untested", "race", "hold", "again",
			"damage", "damage", "by hand", "by hand", "other"}).Draw(t, "what"),
		rapid.IntRange(0, 19).Draw(t, "which"),
		rapid.SampledFrom([]string{"", "", "", "", "", "dies before", "dies after", "fails", "killed"}).Draw(t, "fault"),
	}
}), 6, 14)

// model is a host, and what must be true of it.
type model struct {
	*host
	did       []string
	machine   string            // the commit that is on the production machine, or ""
	version   string            // its version
	versions  map[string]string // by commit
	tested    map[string]bool   // commits whose checks ran
	files     int
	hotfix    map[string]bool // files that came by a hotfix branch
	reverted  map[string]bool // files that a person took out on the mainline
	withdrawn []withdrawal
	waiting   []candidate
	last      *candidate // the last run that went through

	harmed    bool            // somebody's work by hand stands, and is refused
	held      bool            // a person holds deliveries
	lost      map[string]bool // commits whose version the ledger has lost
	taken     map[string]bool // versions that a redeployment began to take out, or a correction
	kept      map[string]bool // files that a person left due
	pay       *host           // another component
	otherLost bool
}

type withdrawal struct {
	version  string
	files    []string
	answered bool
}

// candidate is a run that has passed its checks.
type candidate struct {
	flow, commit string
	run          int
	out          map[string]string
}

func newModel(t *testing.T) *model {
	t.Helper()
	return &model{host: newHost(t, settings()), versions: map[string]string{}, tested: map[string]bool{}, hotfix: map[string]bool{}, reverted: map[string]bool{}, lost: map[string]bool{}, taken: map[string]bool{}, kept: map[string]bool{}}
}

func (m *model) fatalf(format string, args ...any) {
	m.t.Helper()
	m.t.Fatalf("%s\n\nThe history:\n  %s\n\n%s", fmt.Sprintf(format, args...), strings.Join(m.did, "\n  "), m.git(m.remote, "log", "--all", "--graph", "--format=%h %d %s"))
}

func (m *model) try(args ...string) error {
	c := exec.Command("git", append([]string{"-c", "user.name=Pat", "-c", "user.email=pat@example.com"}, args...)...)
	c.Dir = m.work
	c.Env = append(os.Environ(), "GIT_EDITOR=true")
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%v: %w: %s", args, err, out)
	}
	return nil
}

// holds are the files of a commit.
func (m *model) holds(commit string) map[string]bool {
	out := map[string]bool{}
	if commit != "" {
		for f := range strings.FieldsSeq(m.git(m.remote, "ls-tree", "-r", "--name-only", commit)) {
			out[f] = true
		}
	}
	return out
}

// past are the versions that were in production, the newest last.
func (m *model) past() []string {
	var out []string
	for line := range strings.Lines(m.ledger()) {
		if v, ok := strings.CutPrefix(line, "past "); ok {
			out = append(out, strings.Fields(v)[0])
		}
	}
	return out
}

func (m *model) ledger() string {
	c := exec.Command("git", "show", "fettle/ledger:environments/production")
	c.Dir = m.remote
	out, _ := c.Output() // nothing before the first deployment
	return string(out)
}

// standing is what the ledger says of production, but for when it was said.
func (m *model) standing() string {
	var out strings.Builder
	for line := range strings.Lines(m.ledger()) {
		if !strings.HasPrefix(line, "time ") && !strings.HasPrefix(line, "entry ") {
			out.WriteString(line)
		}
	}
	return out.String()
}

func (m *model) runs() string {
	for line := range strings.Lines(m.ledger()) {
		if v, ok := strings.CutPrefix(line, "version "); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

func (m *model) unsettled() bool { return strings.Contains("\n"+m.ledger(), "\nintent ") }

// --- What happens -------------------------------------------------------------------

func (m *model) step(e event) {
	m.t.Helper()
	switch e.what {
	case "commit":
		m.on("main")
		m.change("main")
	case "deliver":
		m.on("main")
		m.through(m.prepare("delivery"), e)
	case "candidate":
		m.on("main")
		if c := m.prepare("delivery"); c != nil {
			m.waiting = append(m.waiting, *c)
		}
	case "late":
		if len(m.waiting) > 0 {
			m.through(&m.waiting[e.which%len(m.waiting)], e)
		}
	case "fix", "fix and release", "release line":
		m.line(e)
	case "bring home":
		m.bringHome(e.which)
	case "revert":
		m.revert(e.which)
	case "redeploy":
		if past := m.past(); len(past) > 0 {
			m.putBack(past[e.which%len(past)], e)
		}
	case "roll back":
		m.rollBack(e)
	case "answer":
		m.answer(e.which)
	case "settle":
		m.settle()
	case "untested":
		m.untested(e.which)
	case "race":
		m.race()
	case "damage":
		m.damage(e)
	case "by hand":
		byHand[e.which%len(byHand)](m, e)
	case "other":
		m.other()
	case "hold":
		m.held = true
		defer func() { m.held = false }()
		m.run++
		if out, _ := m.op("operate", "hold", "production", "Wait"); strings.Contains(out, "hold-") {
			id := "hold-" + strings.FieldsFunc(out[strings.Index(out, "hold-")+5:], func(r rune) bool { return r < '0' || r > '9' })[0]
			m.on("main")
			if c := m.prepare("delivery"); c != nil {
				m.asRun(c)
				if out, code := m.op("delivery", "begin", "production"); code == 0 {
					m.fatalf("a delivery goes while %s stands\n%s", id, out)
				}
			}
			m.run++
			m.ok("operate", "resume", "production", id, "Go on")
		}
	case "again":
		if m.last != nil {
			m.again(*m.last)
		}
	}
}

// rollBack is a delivery that fails on the machine, and what ran before put back.
func (m *model) rollBack(e event) {
	m.t.Helper()
	runs := m.runs()
	if runs == "" {
		return
	}
	m.on("main")
	m.change("main")
	m.through(m.prepare("delivery"), event{which: e.which, fault: "fails"})
	m.putBack(runs, e)
}

// settle is a person who looked: alone where that is enough, and with an
// approval where it is not.
func (m *model) settle() {
	m.t.Helper()
	v := m.version
	if !m.unsettled() || v == "" {
		return
	}
	m.run++
	if out, code := m.op("operate", "settle", "production", v, "Looked"); code == 0 {
		return
	} else if code != 1 || !strings.Contains(out, "Refused") {
		m.fatalf("settle: exit %d\n%s", code, out)
	}
	m.keeps()
	m.correct(v, "settle")
}

// keeps notes what a person leaves due: of what may be there, what is not on the
// machine, unless it is withdrawn.
func (m *model) keeps() {
	now := m.holds(m.machine)
	for version, commit := range m.there() {
		if m.taken[version] {
			continue
		}
		for f := range m.holds(commit) {
			if !now[f] {
				m.kept[f] = true
			}
		}
	}
}

// change commits a file that nothing else touches, and pushes it.
func (m *model) change(branch string) string {
	m.files++
	file := fmt.Sprintf("c%d.txt", m.files)
	m.commit(fmt.Sprintf("Change %d\n\nIncident: INC%d", m.files, m.files), file, file)
	m.push(branch)
	if branch != "main" {
		m.hotfix[file] = true
	}
	return file
}

// line is a fix on the line of what runs, or on an older one.
func (m *model) line(e event) {
	m.t.Helper()
	version := m.runs()
	if past := m.past(); e.which > 14 && len(past) > 0 {
		version = past[e.which%len(past)]
	}
	if version == "" || ref(m.remote, "refs/heads/hotfix/"+version) == "" {
		return
	}
	m.on("hotfix/" + version)
	if e.what != "release line" {
		m.change("hotfix/" + version)
	}
	if e.what != "fix" {
		m.through(m.prepare("hotfix"), e)
	}
}

// bringHome is a person who merges back what runs: in one of the ways that people have.
func (m *model) bringHome(how int) {
	m.t.Helper()
	version := m.runs()
	if !strings.Contains(version, ".") {
		return
	}
	m.run++
	if out, code := m.op("hotfix", "merge-back"); code > 1 {
		m.fatalf("merge-back: exit %d\n%s", code, out)
	}
	m.on("main")
	release, base := "refs/tags/release/"+version, "refs/tags/release/"+strings.Split(version, ".")[0]
	m.git(m.work, "fetch", "--quiet", "--tags", "origin")
	before := m.git(m.work, "rev-parse", "HEAD")
	var err error
	switch how % 4 {
	case 0:
		err = m.try("merge", "--quiet", "--no-ff", "--no-edit", release)
	case 1:
		if err = m.try("merge", "--quiet", "--squash", release); err == nil {
			err = m.try("commit", "--quiet", "-m", "Squash "+version)
		}
	case 2:
		err = m.try("cherry-pick", base+".."+release)
	case 3: // it looks as if it came home
		err = m.try("merge", "--quiet", "--no-ff", "--no-edit", "-s", "ours", release)
	}
	if err != nil { // it is there already, or a revert is in the way: nothing is pushed
		_ = m.try("cherry-pick", "--abort")
		m.git(m.work, "reset", "--quiet", "--hard", before)
		return
	}
	m.push("main")
	for file := range m.holds("refs/heads/main") {
		delete(m.reverted, file) // it came again
	}
}

// revert takes a change out on the mainline.
func (m *model) revert(which int) {
	m.t.Helper()
	m.on("main")
	var commits []string
	for line := range strings.Lines(m.git(m.work, "log", "--first-parent", "--no-merges", "--format=%H %s", "-8")) {
		id, subject, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.HasPrefix(subject, "Change ") || strings.HasPrefix(subject, "Squash ") {
			commits = append(commits, id)
		}
	}
	if len(commits) == 0 {
		return
	}
	before := m.holds("refs/heads/main")
	if err := m.try("revert", "--no-edit", commits[which%len(commits)]); err != nil {
		_ = m.try("revert", "--abort")
		m.git(m.work, "reset", "--quiet", "--hard", "refs/remotes/origin/main")
		return
	}
	switch which % 3 {
	case 1:
		m.git(m.work, "commit", "--quiet", "--amend", "-m", "Clean up") // by hand, for all that anybody can see
	case 2:
		m.git(m.work, "commit", "--quiet", "--amend", "-m", "Revert two things (#12)", "-m", "This reverts merge request !7")
	}
	m.push("main")
	now := m.holds("refs/heads/main")
	for f := range before {
		if !now[f] {
			m.reverted[f] = true
		}
	}
}

// answer is a person who says that a withdrawn version may go again.
func (m *model) answer(which int) {
	m.t.Helper()
	if len(m.withdrawn) == 0 {
		return
	}
	w := &m.withdrawn[which%len(m.withdrawn)]
	m.run++
	if out, code := m.op("operate", "resume", "production", "--ship-again", w.version, "It was the database"); code == 0 {
		for i := range m.withdrawn {
			m.withdrawn[i].answered = m.withdrawn[i].answered || m.withdrawn[i].version == w.version
		}
	} else if code != 1 {
		m.fatalf("resume: exit %d\n%s", code, out)
	}
}

// race is two runs that are numbered and make their candidates at the same time.
func (m *model) race() {
	m.t.Helper()
	var wg sync.WaitGroup
	others := make([]*host, 2)
	failed := make([]string, 2)
	for i := range others {
		clone := filepath.Join(m.t.TempDir(), "clone")
		m.git("", "clone", "--quiet", m.remote, clone)
		m.run++
		o := &host{t: m.t, remote: m.remote, work: clone, file: m.file, path: m.path, run: m.run, out: map[string]string{}, asked: map[string]string{}}
		others[i] = o
		wg.Go(func() {
			for _, args := range [][]string{{"identify", "delivery"}, {"candidate", "unit"}} {
				if out, code := o.op("delivery", args...); code != 0 {
					failed[i] = fmt.Sprintf("%v: exit %d\n%s", args, code, out)
					return
				}
			}
		})
	}
	wg.Wait()
	for i, o := range others {
		if failed[i] != "" {
			m.fatalf("%s", failed[i])
		}
		if o.out["version"] != others[0].out["version"] {
			m.fatalf("one commit has two versions: %v and %v", others[0].out, o.out)
		}
		m.tested[o.out["commit"]] = failed[i] == "" || m.tested[o.out["commit"]]
	}
	m.git(m.work, "fetch", "--quiet", "origin")
}

// untested goes to production without having passed a check.
func (m *model) untested(which int) {
	m.t.Helper()
	m.on("main")
	m.change("main")
	m.run++
	m.out = map[string]string{}
	if _, code := m.op("delivery", "identify", "delivery"); code != 0 {
		return
	}
	if which%2 == 1 { // another check ran
		m.ok("delivery", "candidate", "lint")
	}
	if out, code := m.op("delivery", "begin", "production"); code != 1 {
		m.fatalf("what nobody tested begins: exit %d\n%s", code, out)
	}
	m.change("main") // it is delivered with the next one
}

// --- Runs ---------------------------------------------------------------------------

// prepare is a run up to its candidate; nil when it is refused or has nothing to do.
func (m *model) prepare(flow string) *candidate {
	m.t.Helper()
	m.run++
	m.out = map[string]string{}
	for _, args := range [][]string{{"identify", flow}, {"candidate", "unit"}} {
		out, code := m.op(flow, args...)
		if code == 1 && strings.Contains(out, "Refused") || m.out["proceed"] == "false" {
			return nil
		}
		if code != 0 {
			m.fatalf("%s %v: exit %d\n%s", flow, args, code, out)
		}
	}
	commit := m.git(m.work, "rev-parse", "HEAD")
	m.tested[commit] = true
	if v := m.versions[commit]; v != "" && v != m.out["version"] {
		m.fatalf("%s was %s and is %s", commit, v, m.out["version"])
	}
	m.versions[commit] = m.out["version"]
	return &candidate{flow, commit, m.run, maps.Clone(m.out)}
}

func (m *model) asRun(c *candidate) {
	m.git(m.work, "checkout", "--quiet", "--force", "--detach", c.commit)
	m.out, m.run = maps.Clone(c.out), c.run
}

// through is the part of a run under the lock.
func (m *model) through(c *candidate, e event) {
	m.t.Helper()
	if c == nil {
		return
	}
	m.asRun(c)
	if e.fault == "killed" {
		path := m.path
		m.path = killer(m.t, filepath.Join(m.t.TempDir(), "count"), 1+e.which%8) + ":" + path
		defer func() { m.path = path }()
	}
	there := m.there()
	out, code := m.op(c.flow, "begin", "production")
	if code != 0 {
		if code == 1 && !strings.Contains(out, "Refused") {
			m.fatalf("%s begin: exit %d\n%s", c.flow, code, out)
		}
		m.did = append(m.did, "  "+strings.SplitN(out, "\n", 2)[0])
		return
	}
	m.did = append(m.did, "  begins "+c.out["version"])
	if c.flow != "redeploy" {
		m.nothingLeaves(c)
		m.nothingReturns(c)
	}
	if !m.tested[c.commit] {
		m.fatalf("%s is deployed, and nobody tested it", c.commit)
	}
	if c.flow == "redeploy" {
		for version := range there {
			m.taken[version] = true
		}
	}
	if e.fault == "dies before" {
		return
	}
	m.machine, m.version = c.commit, c.out["version"]
	if c.flow == "redeploy" {
		m.takesOut(there, c.commit)
	}
	switch e.fault {
	case "dies after":
		return
	case "fails":
		m.ok(c.flow, "failed", "production")
		return
	}
	for _, op := range []string{"deployed", "passed"} {
		if out, code := m.op(c.flow, op, "production"); code != 0 {
			if e.fault != "killed" {
				m.fatalf("%s %s: exit %d\n%s", c.flow, op, code, out)
			}
			return
		}
	}
	if got := m.runs(); got != c.out["version"] {
		m.fatalf("the ledger says that %s runs, and %s does", got, c.out["version"])
	}
	for _, name := range []string{"refs/tags/release/", "refs/heads/hotfix/"} {
		if ref(m.remote, name+c.out["version"]) == "" {
			m.fatalf("there is no %s%s", name, c.out["version"])
		}
	}
	m.last = c
	if c.flow != "hotfix" {
		clear(m.kept)
	}
}

func (m *model) putBack(version string, e event) {
	m.t.Helper()
	m.on("main")
	m.run++
	m.out = map[string]string{}
	if out, code := m.op("redeploy", "resolve", "production", version); code != 0 {
		m.fatalf("%s cannot be resolved: exit %d\n%s", version, code, out)
	}
	m.ok("redeploy", "payload")
	m.through(&candidate{"redeploy", m.git(m.work, "rev-parse", "HEAD"), m.run, maps.Clone(m.out)}, e)
}

// again carries a run that went through out once more: it changes nothing.
func (m *model) again(c candidate) {
	m.t.Helper()
	if m.machine != c.commit || m.unsettled() || !strings.Contains(m.ledger(), fmt.Sprintf("\nrun_id run-%d\n", c.run)) {
		return // something came after it
	}
	m.asRun(&c)
	refs, ledger := m.refs(), m.standing()
	for _, op := range []string{"begin", "deployed", "passed"} {
		m.ok(c.flow, op, "production")
	}
	if m.refs() != refs || m.standing() != ledger {
		m.fatalf("run again, it ends otherwise:\n%s\n%s\nand before\n%s\n%s", m.refs(), m.standing(), refs, ledger)
	}
}

// --- What was promised --------------------------------------------------------------

func (m *model) nothingLeaves(c *candidate) {
	m.t.Helper()
	now, hotfixRuns := m.holds(c.commit), strings.Contains(m.version, ".")
	for f := range m.holds(m.machine) {
		if !now[f] && (!m.reverted[f] || m.hotfix[f] && hotfixRuns) {
			m.fatalf("%s leaves production with %s", f, c.out["version"])
		}
	}
	for f := range m.kept {
		if c.flow == "delivery" && !now[f] && !m.reverted[f] {
			m.fatalf("%s is due, and %s goes without it", f, c.out["version"])
		}
	}
}

func (m *model) nothingReturns(c *candidate) {
	m.t.Helper()
	now, before := m.holds(c.commit), m.holds(m.machine)
	missing := func(of map[string]bool) func(string) bool { return func(f string) bool { return !of[f] } }
	for _, w := range m.withdrawn {
		if !w.answered && !slices.ContainsFunc(w.files, missing(now)) && slices.ContainsFunc(w.files, missing(before)) {
			m.fatalf("%v was withdrawn with %s, and returns with %s unanswered", w.files, w.version, c.out["version"])
		}
	}
}

// there are the versions that may be in production, or must come back to it:
// what the ledger says, each deployment that is open, and what is due.
func (m *model) there() map[string]string {
	out := map[string]string{}
	if v := m.runs(); v != "" {
		out[v] = "refs/tags/release/" + v
	}
	for line := range strings.Lines(m.ledger()) {
		if f := strings.Fields(line); len(f) > 2 && f[0] == "intent" {
			out[f[1]] = f[2]
		}
	}
	for _, owed := range m.due() {
		out[owed[0]] = owed[1]
	}
	return out
}

// takesOut notes what a redeployment withdraws: of all that may have been there.
func (m *model) takesOut(there map[string]string, now string) {
	holds := m.holds(now)
	for version, commit := range there {
		w := withdrawal{version: version}
		for f := range m.holds(commit) {
			if !holds[f] {
				w.files = append(w.files, f)
			}
		}
		if len(w.files) > 0 {
			m.withdrawn = append(m.withdrawn, w)
		}
	}
}

// somethingIsOpen: whatever happened, production can be mended.
func (m *model) somethingIsOpen() {
	m.t.Helper()
	past := m.past()
	if len(past) == 0 {
		return
	}
	m.did = append(m.did, "at the end")
	version := past[len(past)-1]
	if v := m.runs(); v != "" {
		version = v // what was put back is back, whatever was withdrawn
	}
	m.putBack(version, event{})
	if m.runs() != version || m.unsettled() {
		m.fatalf("%s cannot be put back, and %q runs", version, m.runs())
	}
	m.on("hotfix/" + version)
	m.change("hotfix/" + version)
	c := m.prepare("hotfix")
	if c == nil {
		m.fatalf("the line of what runs has no candidate")
	}
	m.asRun(c)
	out, code := m.op("hotfix", "begin", "production")
	if code != 0 && !strings.Contains(out, "withdrawn") {
		m.fatalf("a hotfix of what runs does not go: exit %d\n%s", code, out)
	}
}
