package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A scenario is a text: what happens, line by line, and the state at its end.
// It is written once and carried out on every engine; CONTRIBUTING.md says what
// the lines mean.
//
//	only github gitlab              the other targets cannot have it, which the compiler says
//	before                          the repository of testdata/before, as an older fettle left it; then policy shop is the upgrade
//	policy shop ["FROM" "TO"]…      generates the pipelines into the repository
//	components pay shop             the same for several policies of it, all from policy/component.hcl
//	commit main "Subject" [FILE=TEXT]… [empty] [body=TEXT]
//	branch fix main                 merge main fix [squash "Subject" [FILE=TEXT]…]
//	pick main "Subject"             revert main "Subject"
//	submodule main "Subject"        the folder lib is a repository of its own, and gets a new commit
//	push main                       starts what the files say; the run is numbered from 43
//	push main quietly               starts nothing
//	push main as lead               somebody else than dev does
//	dispatch redeploy version=43    starts a pipeline by hand; as=lead says who does
//	schedule nightly                the hour of a schedule has come
//	request fix merge-request [hotfix/43]   opens a merge request, to the mainline or another branch
//	break check unit                lose report unit    break deploy production
//	overrun check unit              it does not end before the time of its job
//	notified 43 "WHY" [github="WHY"]…   all that policy/notify.hcl names were notified of the version, once, with these words; a system may have other ones
//	spoil report unit               it says that a test failed; with cut, suite or skipped it is wrong in another way
//	kill before production          the machine goes away, once, before or after it was changed
//	kill push "ENTRY OR REF"        the only machine that runs goes away when this has arrived at the host
//	break host production           git answers nothing more once production was changed
//	mend                            everything
//	clock 2026-10-24T22:00:00Z      it is so late: the script's clock, and no other
//	tamper                          with every artifact that was kept
//	remove check/unit               somebody takes a job out of the generated pipelines
//	script                          the mainline gets a release script that speaks
//	43 waits production/release     43 succeeds    43 fails "text"    43 prints "text"
//	43 approved by lead             43 refused by lead     43 times out     43 is run again
//	production runs 43.1            nothing runs in production
//	tags 300                        so many tags were there before, one a commit of the mainline
//	by hand 45                      a person deploys it, as docs/when-a-guard-is-wrong.md says
//	remote "ARGUMENTS OF GIT"       a person does something to the host's repository
//	state                           the rest of the file is what it must be
type scenario struct {
	name  string
	lines []string
	state string
}

func scenarios(t *testing.T) []scenario {
	t.Helper()
	files, err := filepath.Glob("../testdata/scenarios/*.txt")
	must(t, err)
	var out []scenario
	for _, f := range files {
		src, err := os.ReadFile(f)
		must(t, err)
		script, state, _ := strings.Cut(string(src), "\nstate\n")
		out = append(out, scenario{strings.TrimSuffix(filepath.Base(f), ".txt"), strings.Split(script, "\n"), state})
	}
	if len(out) == 0 {
		t.Fatal("no scenarios")
	}
	return out
}

func TestAzure(t *testing.T) { carryOut(t, func() engine { return azure{} }) }

// carryOut runs every scenario on an engine. FETTLE_E2E=required makes an
// engine that is not installed a failure.
func carryOut(t *testing.T, engineOf func() engine) {
	t.Parallel()
	if missing := engineOf().missing(); missing != "" {
		if os.Getenv("FETTLE_E2E") == "required" {
			t.Fatalf("%s is not installed", missing)
		}
		t.Skipf("%s is not installed", missing)
	}
	all := scenarios(t)
	b := newBeginnings(t, all)
	if os.Getenv("FETTLE_E2E") != "" {
		t.Run("beginnings", func(t *testing.T) { b.makeAll(t, engineOf()) })
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			if os.Getenv("FETTLE_E2E") == "" && !strings.HasPrefix(s.name, "04-") {
				t.Skip("make e2e runs all scenarios")
			}
			if line := s.lines[1]; strings.HasPrefix(line, "only ") && !slices.Contains(strings.Fields(line), engineOf().name()) {
				t.Skip("the target cannot have it")
			}
			t.Parallel()
			t.Cleanup(func() { results.add(s, engineOf().name(), t) })
			w, done := b.begun(t, engineOf(), s)
			for i, line := range s.lines[done:] {
				w.line(t, fmt.Sprintf("%s.txt:%d", s.name, done+i+1), line)
			}
			w.everythingEnded(t)
			w.compare(t, s)
			w.noToken(t)
		})
	}
}

// words splits a line; a text in double quotes is one word.
var words = regexp.MustCompile(`[A-Za-z./-]+="(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.)*"|\S+`)

func fields(line string) []string {
	var out []string
	for _, word := range words.FindAllString(line, -1) {
		key, quoted, found := strings.Cut(word, `="`)
		switch {
		case strings.HasPrefix(word, `"`):
			text, err := strconv.Unquote(word)
			if err != nil {
				text = word
			}
			out = append(out, text)
		case found:
			text, err := strconv.Unquote(`"` + quoted)
			if err != nil {
				text = quoted
			}
			out = append(out, key+"="+text)
		default:
			out = append(out, word)
		}
	}
	return out
}

func (w *world) line(t *testing.T, place, line string) {
	t.Helper()
	if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
		return
	}
	f := fields(line)
	if n, err := strconv.Atoi(f[0]); err == nil {
		w.ofRun(t, place, n, f[1:])
		return
	}
	switch f[0] {
	case "policy":
		replace := map[string]string{}
		for i := 2; i+1 < len(f); i += 2 {
			replace[f[i]] = f[i+1]
		}
		w.install(f[1], replace)
	case "before":
		w.importBefore()
	case "tags":
		w.olderTags(f[1])
	case "components":
		w.installAll(f[1:])
	case "only":
	case "commit":
		w.commit(f[1], f[2], f[3:])
	case "submodule":
		w.submodule(f[1], f[2])
	case "branch", "merge", "pick", "revert":
		w.history(f)
	case "push":
		w.push(t, place, f)
	case "dispatch":
		inputs := map[string]string{}
		for _, in := range f[2:] {
			k, v, _ := strings.Cut(in, "=")
			if branch, ok := strings.CutPrefix(v, "HEAD-OF-"); ok {
				v = w.git(w.bare, "rev-parse", branch)
			}
			inputs[k] = v
		}
		actor := "dev"
		if person, ok := inputs["as"]; ok {
			actor = person
			delete(inputs, "as")
		}
		if r := w.start("dispatch", "main", actor, f[1], inputs); r == nil {
			t.Fatalf("%s: nothing starts", place)
		}
	case "schedule":
		if r := w.start("schedule", "main", "dev", "schedule-"+f[1], nil); r == nil {
			t.Fatalf("%s: nothing starts", place)
		}
	case "request":
		w.base = "main"
		if len(f) > 3 {
			w.base = f[3]
		}
		if r := w.start("request", f[1], "dev", f[2], nil); r == nil {
			t.Fatalf("%s: nothing starts", place)
		}
	case "notified": // everybody, once
		w.notified(t, place, f)
	case "break", "kill", "lose", "spoil", "overrun":
		if f[1] == "push" {
			must(t, os.WriteFile(filepath.Join(w.bare, "hooks", "post-receive"), []byte(dying), 0o755))
			must(t, os.WriteFile(filepath.Join(w.state, "faults", "kill-push"), []byte(f[2]), 0o644))
			return
		}
		must(t, os.WriteFile(filepath.Join(w.state, "faults", strings.Join(f, "-")), nil, 0o644))
	case "mend":
		must(t, os.RemoveAll(filepath.Join(w.state, "faults")))
		must(t, os.Mkdir(filepath.Join(w.state, "faults"), 0o755))
		must(t, os.RemoveAll(filepath.Join(w.state, "host-is-away")))
	case "clock":
		now, err := time.Parse(time.RFC3339, f[1])
		must(t, err)
		must(t, os.WriteFile(filepath.Join(w.state, "clock"), fmt.Appendln(nil, now.Unix()), 0o644))
	case "tamper":
		w.tamper()
	case "script":
		w.newerScript()
	case "remove":
		w.remove(f[1])
	case "by":
		w.byHand(f[2])
	case "ledger": // ledger SUBJECT says TRAILER…
		entry := w.git(w.bare, "log", "-1", "--fixed-strings", "--grep="+f[1], "--format=%B", "refs/heads/fettle/ledger")
		for _, line := range f[3:] {
			if !strings.Contains(entry+"\n", "\n"+line+"\n") {
				t.Fatalf("%s: the entry does not say %q:\n%s", place, line, entry)
			}
		}
	case "remote":
		w.git(w.bare, f[1:]...)
	case "nothing":
		if got := w.runsIn(f[len(f)-1]); got != "" {
			t.Fatalf("%s: %q runs", place, got)
		}
	default:
		if len(f) == 3 && f[1] == "runs" {
			if got, _, _ := strings.Cut(w.runsIn(f[0]), " "); got != f[2] {
				t.Fatalf("%s: %q runs", place, got)
			}
			return
		}
		t.Fatalf("%s: unknown: %s", place, line)
	}
}

// notified demands one notice for each who is told, and its words.
func (w *world) notified(t *testing.T, place string, f []string) {
	t.Helper()
	why := f[2]
	for _, other := range f[3:] {
		if words, found := strings.CutPrefix(other, w.eng.name()+"="); found {
			why = words
		}
	}
	told, _ := os.ReadFile(filepath.Join(w.state, "notices"))
	for _, who := range []string{"chat", "pager"} {
		begins := who + " " + f[1] + " "
		if strings.Count("\n"+string(told), "\n"+begins) != 1 || !strings.Contains("\n"+string(told), "\n"+begins+why+"\n") {
			t.Fatalf("%s: %s was not notified of %s once with %q:\n%s\n%s", place, who, f[1], why, told, w.log(w.runs[len(w.runs)-1]))
		}
	}
}

// ofRun is a line that begins with the number of a run.
func (w *world) ofRun(t *testing.T, place string, number int, f []string) {
	t.Helper()
	var r *run
	for _, o := range w.runs {
		if o.number == number {
			r = o
		}
	}
	if r == nil {
		t.Fatalf("%s: there is no run %d", place, number)
	}
	gate := "production/release"
	if i := slices.Index(f, "for"); i > 0 {
		gate, f = f[i+1], f[:i]
	}
	switch strings.Join(f[:min(2, len(f))], " ") {
	case "approved by":
		w.decide(r, gate, decision{person: f[2], approved: true})
	case "refused by":
		w.decide(r, gate, decision{person: f[2]})
	case "times out":
		w.decide(r, gate, decision{timeout: true})
	case "is run":
		w.ends(r)
		w.carry(r)
	case "is killed":
		w.ends(r)
		if !r.killed {
			t.Fatalf("%s: run %d was not killed:\n%s", place, number, w.log(r))
		}
	case "succeeds":
		if w.ends(r); r.err != nil {
			t.Fatalf("%s: run %d failed: %v\n%s", place, number, r.err, w.log(r))
		}
	default:
		switch f[0] {
		case "waits":
			w.waits(r, append(f, gate)[1])
		case "fails", "prints":
			w.ends(r)
			if log := w.log(r); f[0] == "fails" && r.err == nil || len(f) > 1 && !strings.Contains(log, f[1]) {
				t.Fatalf("%s: run %d (%v) does not say %q:\n%s", place, number, r.err, f[1:], log)
			}
		default:
			t.Fatalf("%s: unknown: %v", place, f)
		}
	}
}

var slug = regexp.MustCompile(`[^A-Za-z0-9]+`)

// commit makes one on a branch: a file named after the subject, unless files
// are given.
func (w *world) commit(branch, subject string, rest []string) {
	w.t.Helper()
	w.on(branch)
	files, body := 0, ""
	for _, f := range rest {
		name, text, _ := strings.Cut(f, "=")
		if name == "body" {
			body = text
			continue
		}
		if f == "empty" {
			files++
			continue
		}
		w.write(name, text+"\n")
		files++
	}
	if files == 0 {
		w.write(strings.Trim(slug.ReplaceAllString(strings.ToLower(subject), "-"), "-")+".txt", subject+"\n")
	}
	w.git(w.dev, "add", "--all")
	w.git(w.dev, "commit", "--quiet", "--allow-empty", "-m", strings.TrimSpace(subject+"\n\n"+body))
}

// submodule gives a branch a new commit of the repository beside the shop's.
func (w *world) submodule(branch, subject string) {
	w.t.Helper()
	w.on(branch)
	bare, own, lib := filepath.Join(filepath.Dir(w.bare), "lib.git"), filepath.Join(w.dir, "lib"), filepath.Join(w.dev, "lib")
	first := false
	if _, err := os.Stat(bare); err != nil {
		first = true
		w.git("", "init", "--quiet", "--bare", "--initial-branch=main", bare)
		w.git("", "init", "--quiet", "--initial-branch=main", own)
	}
	must(w.t, os.WriteFile(filepath.Join(own, "lib.txt"), []byte(subject+"\n"), 0o644))
	w.git(own, "add", "--all")
	w.git(own, "commit", "--quiet", "-m", subject)
	w.git(own, "push", "--quiet", bare, "main")
	if first {
		w.git(w.dev, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib.git", "lib")
	}
	w.git(lib, "fetch", "--quiet", "origin")
	w.git(lib, "checkout", "--quiet", "--detach", "origin/main")
	w.git(w.dev, "add", "--all")
	w.git(w.dev, "commit", "--quiet", "-m", subject)
}

// tamper changes what was kept of every build.
func (w *world) tamper() {
	w.t.Helper()
	changed := 0
	must(w.t, filepath.WalkDir(w.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.Contains(path, "/artifacts/") {
			return err
		}
		changed++
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
	}))
	if changed == 0 {
		w.t.Fatal("no artifact was kept")
	}
}

// newerScript is a change of fettle that a line from before does not have.
func (w *world) newerScript() {
	w.t.Helper()
	w.on("main")
	script, err := os.ReadFile(filepath.Join(w.dev, ".fettle/release.sh"))
	must(w.t, err)
	w.write(".fettle/release.sh", strings.Replace(string(script), "\nset -eu\n", "\nset -eu\necho the newer script speaks\n", 1))
	w.git(w.dev, "commit", "--quiet", "--all", "-m", "A newer script")
}

// importBefore puts the repository of testdata/before on the host: what runs in
// production is what its ledger says.
func (w *world) importBefore() {
	w.t.Helper()
	stream, err := os.ReadFile("../testdata/before/repository.stream")
	must(w.t, err)
	w.importStream(string(stream))
	w.on("main")
	commit := w.git(w.bare, "rev-parse", "release/41.1^{commit}")
	must(w.t, os.WriteFile(filepath.Join(w.state, "environments", "production"), []byte("41.1 "+commit+"\n"), 0o644))
}

// olderTags are what a repository had before fettle: tags called like releases
// of ours, and like nothing of ours.
func (w *world) olderTags(number string) {
	w.t.Helper()
	n, err := strconv.Atoi(number)
	must(w.t, err)
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "commit refs/heads/main\nmark :%d\ncommitter Dev <dev@example.com> %d +0000\ndata <<.\nOld %d\n.\n", i+1, 1600000000+i, i)
		if i == 0 {
			b.WriteString("from refs/heads/main^0\n")
		}
		fmt.Fprintf(&b, "M 644 inline old.txt\ndata <<.\n%d\n.\n", i)
		name := []string{"v1.%d", "release/%d", "candidate/0%d"}[i%3]
		fmt.Fprintf(&b, "tag "+name+"\nfrom :%d\ntagger Dev <dev@example.com> %d +0000\ndata <<.\nCheck: unit=passed\n.\n", i, i+1, 1600000000+i)
	}
	w.importStream(b.String())
	w.on("main")
}

func (w *world) importStream(stream string) {
	w.t.Helper()
	c := exec.Command("git", "fast-import", "--quiet")
	c.Dir, c.Stdin = w.bare, strings.NewReader(stream)
	if out, err := c.CombinedOutput(); err != nil {
		w.t.Fatalf("git fast-import: %v\n%s", err, out)
	}
}

// byHand carries out the commands of the page, word by word, in a clone of a
// person.
func (w *world) byHand(version string) {
	w.t.Helper()
	page, err := os.ReadFile("../docs/when-a-guard-is-wrong.md")
	must(w.t, err)
	_, rest, found := strings.Cut(string(page), "```sh\n")
	commands, _, ended := strings.Cut(rest, "```")
	if !found || !ended || !strings.Contains(commands, "VERSION=45\n") {
		w.t.Fatal("the page has no commands")
	}
	clone := filepath.Join(w.dir, "by-hand-"+version)
	w.git(w.dir, "clone", "--quiet", w.bare, clone)
	c := exec.Command("sh", "-euc", strings.Replace(commands, "VERSION=45\n", "VERSION="+version+"\n", 1))
	c.Dir = clone
	c.Env = append(os.Environ(), "E2E_STATE="+w.state, "E2E_RUN=hand", "GIT_CONFIG_GLOBAL="+filepath.Join(w.home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1")
	if out, err := c.CombinedOutput(); err != nil {
		w.t.Fatalf("by hand: %v\n%s", err, out)
	}
}

func (w *world) history(f []string) {
	w.t.Helper()
	find := func(subject string) string {
		for line := range strings.Lines(w.git(w.dev, "log", "--all", "--no-merges", "--reverse", "--format=%H %s")) {
			if id, s, _ := strings.Cut(strings.TrimSpace(line), " "); s == subject {
				return id
			}
		}
		w.t.Fatalf("there is no commit %q", subject)
		return ""
	}
	if f[0] == "branch" {
		w.on(f[2])
		w.git(w.dev, "checkout", "--quiet", "-B", f[1])
		return
	}
	w.on(f[1])
	switch f[0] {
	case "merge":
		from := f[2]
		if _, err := w.tryGit(w.dev, "rev-parse", "--verify", "refs/remotes/origin/"+from); err == nil {
			from = "origin/" + from
		}
		if slices.Contains(f, "squash") {
			w.squash(from, f[4], f[5:])
			return
		}
		w.git(w.dev, "merge", "--quiet", "--no-ff", "-m", "Merge "+f[2], from)
	case "pick":
		w.git(w.dev, "cherry-pick", find(f[2]))
	case "revert":
		w.git(w.dev, "revert", "--no-edit", find(f[2]))
	}
}

// squash is what a host's button does. Where it conflicts, the files say how a
// person solved it, and the message holds what the request said.
func (w *world) squash(from, subject string, files []string) {
	w.t.Helper()
	if len(files) == 0 {
		w.git(w.dev, "merge", "--quiet", "--squash", from)
		w.git(w.dev, "commit", "--quiet", "-m", subject)
		return
	}
	if out, err := w.tryGit(w.dev, "merge", "--quiet", "--squash", from); err == nil {
		w.t.Fatalf("%s does not conflict: %s", from, out)
	}
	for _, f := range files {
		name, text, _ := strings.Cut(f, "=")
		w.write(name, text+"\n")
	}
	body := ""
	for _, q := range w.opened(strings.TrimPrefix(from, "origin/"), "main") {
		body = q.Body
	}
	w.git(w.dev, "add", "--all")
	w.git(w.dev, "commit", "--quiet", "-m", subject+"\n\n"+body)
}

func (w *world) push(t *testing.T, place string, f []string) {
	t.Helper()
	w.before, _ = w.tryGit(w.bare, "rev-parse", "--verify", "--quiet", "refs/heads/"+f[1])
	w.git(w.dev, "push", "--quiet", "origin", "refs/heads/"+f[1]+":refs/heads/"+f[1])
	if len(f) > 2 && f[2] == "quietly" {
		return
	}
	actor := "dev"
	if len(f) > 3 && f[2] == "as" {
		actor = f[3]
	}
	if r := w.start("push", f[1], actor, "", nil); r == nil {
		t.Fatalf("%s: nothing starts", place)
	}
}

func (w *world) runsIn(environment string) string {
	b, _ := os.ReadFile(filepath.Join(w.state, "environments", environment))
	return strings.TrimSpace(string(b))
}

func (w *world) everythingEnded(t *testing.T) {
	t.Helper()
	for _, r := range w.runs {
		w.mu.Lock()
		finished, waiting := r.finished, slices.Sorted(mapKeys(r.open))
		w.mu.Unlock()
		if !finished && len(waiting) == 0 {
			w.ends(r)
		}
	}
}

func mapKeys(m map[string]bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k, v := range m {
			if v && !yield(k) {
				return
			}
		}
	}
}

// compare is the demand: the same environments, refs, ledger and requests on
// every engine. UPDATE=1 with one engine rewrites it; then it has to be read.
func (w *world) compare(t *testing.T, s scenario) {
	t.Helper()
	got := w.print()
	if os.Getenv("UPDATE") == w.eng.name() {
		file := filepath.Join("../testdata/scenarios", s.name+".txt")
		must(t, os.WriteFile(file, []byte(strings.TrimRight(strings.Join(s.lines, "\n"), "\n")+"\n\nstate\n"+got), 0o644))
		return
	}
	if got != s.state {
		t.Errorf("the state is\n%s\nand must be\n%s", got, s.state)
		for _, r := range w.runs {
			t.Logf("--- run %d (%s, %v)\n%s", r.number, r.flow, r.err, w.log(r))
		}
	}
}

// print is the state, in words that are the same on every engine.
func (w *world) print() string {
	var b strings.Builder
	b.WriteString("environments\n")
	for _, e := range entries(filepath.Join(w.state, "environments")) {
		version, commit, _ := strings.Cut(w.runsIn(e), " ")
		fmt.Fprintf(&b, "  %s runs %s: %s\n", e, version, w.subject(commit))
	}
	for _, e := range entries(filepath.Join(w.state, "after")) {
		after, _ := os.ReadFile(filepath.Join(w.state, "after", e))
		fmt.Fprintf(&b, "  %s stands on %s\n", e, strings.TrimSpace(string(after)))
	}
	b.WriteString("refs\n")
	tags := 0
	// One look for all of them: a tag stands for the commit that it is of.
	const format = "--format=%(refname) %(if)%(*objectname)%(then)%(*subject)%(else)%(subject)%(end)"
	for line := range strings.Lines(w.git(w.bare, "for-each-ref", format, "refs/heads", "refs/tags")) {
		ref, subject, _ := strings.Cut(strings.TrimSpace(line), " ")
		if ref == "refs/heads/fettle/ledger" {
			continue
		}
		if older.MatchString(subject) && strings.HasPrefix(ref, "refs/tags/") && ref != "refs/tags/release/41" {
			tags++
			continue
		}
		fmt.Fprintf(&b, "  %s: %s\n", strings.TrimPrefix(strings.TrimPrefix(ref, "refs/"), "heads/"), subject)
	}
	if tags > 0 {
		fmt.Fprintf(&b, "  %d tags of before\n", tags)
	}
	b.WriteString("ledger\n")
	if _, err := w.tryGit(w.bare, "rev-parse", "--verify", "--quiet", "refs/heads/fettle/ledger"); err == nil {
		entries := strings.Split(w.git(w.bare, "log", "--reverse", "--format=%s", "refs/heads/fettle/ledger"), "\n")
		slices.SortStableFunc(entries, func(a, b string) int { return strings.Compare(ofComponent(a), ofComponent(b)) }) // they run side by side
		b.WriteString("  " + strings.Join(entries, "\n  ") + "\n")
	}
	if len(w.requests) > 0 {
		b.WriteString("requests\n")
	}
	for _, q := range w.requests {
		kind := map[bool]string{false: "", true: ", a draft"}[q.Draft]
		if q.Issue {
			fmt.Fprintf(&b, "  issue: %s\n", q.Title)
			continue
		}
		fmt.Fprintf(&b, "  %s to %s: %s%s\n", q.Head, q.Base, q.Title, kind)
	}
	return b.String()
}

// older is a commit of olderTags.
var older = regexp.MustCompile(`^Old [0-9]+$`)

var qualified = regexp.MustCompile(`([a-z-]+)/`)

// ofComponent is whose entry it is, or "".
func ofComponent(entry string) string {
	if m := qualified.FindStringSubmatch(entry); m != nil {
		return m[1]
	}
	return ""
}

func (w *world) subject(commit string) string {
	if out, err := w.tryGit(w.bare, "log", "-1", "--format=%s", commit); err == nil {
		return out
	}
	return commit
}

func entries(dir string) []string {
	all, _ := os.ReadDir(dir)
	var out []string
	for _, e := range all {
		out = append(out, e.Name())
	}
	slices.Sort(out)
	return out
}

// noToken: what the pipelines push with stands in no log, ref or ledger, and
// nothing hostile was executed.
func (w *world) noToken(t *testing.T) {
	t.Helper()
	for _, r := range w.runs {
		if strings.Contains(w.log(r), token) {
			t.Errorf("the token is in the log of run %d", r.number)
		}
	}
	if strings.Contains(w.git(w.bare, "for-each-ref", "--format=%(contents)")+w.git(w.bare, "log", "--all", "--format=%B"), token) {
		t.Error("the token is in a commit or a tag")
	}
	if _, err := os.Stat(filepath.Join(w.state, "pwned")); err == nil {
		t.Error("hostile text was executed")
	}
}
