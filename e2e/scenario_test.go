package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// docs/rehearse.md has the language of scenarios. These lines are the suite's own:
//
//	before                          the repository of testdata/before, as an older fettle left it; then policy shop is the upgrade
//	policy shop ["FROM" "TO"]…      generates the pipelines into the repository
//	components pay shop             the same for several policies of it, all from policy/component.hcl
//	notified 43 "WHY" [github="WHY"]…   all that policy/notify.hcl names were notified of the version, once, with these words; a system may have other ones
//	remove check/unit               somebody takes a job out of the generated pipelines
//	script                          the mainline gets a release script that speaks
//	tags 300                        so many tags were there before, one a commit of the mainline
//	by hand 45                      a person deploys it, as docs/when-a-guard-is-wrong.md says

func scenarios(t *testing.T) []scenario.Scenario {
	t.Helper()
	files, err := filepath.Glob("../testdata/scenarios/*.txt")
	must(t, err)
	var out []scenario.Scenario
	for _, f := range files {
		src, err := os.ReadFile(f)
		must(t, err)
		out = append(out, scenario.Read(strings.TrimSuffix(filepath.Base(f), ".txt"), string(src)))
	}
	if len(out) == 0 {
		t.Fatal("no scenarios")
	}
	return out
}

func TestAzure(t *testing.T) { carryOut(t, func() engine { return azure{} }) }

// some are the scenarios that are carried out without FETTLE_E2E.
func some(engine, name string) bool {
	if engine == "rehearse" {
		return ordinary[name]
	}
	return strings.HasPrefix(name, "04-")
}

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
		t.Run(s.Name, func(t *testing.T) {
			if os.Getenv("FETTLE_E2E") == "" && !some(engineOf().name(), s.Name) {
				t.Skip("make e2e runs all scenarios")
			}
			if !s.For(engineOf().name()) {
				t.Skip("the engine cannot have it")
			}
			t.Parallel()
			t.Cleanup(func() { results.add(s, engineOf().name(), t) })
			w, done := b.begun(t, engineOf(), s)
			must(t, w.Play(s, done))
			w.compare(t, s)
			w.noToken(t)
			if engineOf().name() == "rehearse" && os.Getenv("FETTLE_E2E") != "" {
				w.advised(t)
			}
		})
	}
}

// line carries one out, outside of a scenario.
func (w *world) line(t *testing.T, place, line string) {
	t.Helper()
	if err := w.Line(line); err != nil {
		t.Fatalf("%s: %s: %v", place, line, err)
	}
}

// more are the lines of the suite.
func (w *world) more(f []string) (bool, error) {
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
	case "notified": // everybody, once
		return true, w.notified(f)
	case "script":
		w.newerScript()
	case "remove":
		w.remove(f[1])
	case "by":
		w.byHand(f[2])
	default:
		return false, nil
	}
	return true, nil
}

// notified demands one notice for each who is told, and its words.
func (w *world) notified(f []string) error {
	why := f[2]
	for _, other := range f[3:] {
		if words, found := strings.CutPrefix(other, w.eng.name()+"="); found {
			why = words
		}
	}
	told, _ := os.ReadFile(filepath.Join(w.State, "notices"))
	for _, who := range []string{"chat", "pager"} {
		begins := who + " " + f[1] + " "
		if strings.Count("\n"+string(told), "\n"+begins) != 1 || !strings.Contains("\n"+string(told), "\n"+begins+why+"\n") {
			runs := w.Runs()
			return fmt.Errorf("%s was not notified of %s once with %q:\n%s\n%s", who, f[1], why, told, runs[len(runs)-1].Log())
		}
	}
	return nil
}

// newerScript is a change of fettle that a line from before does not have.
func (w *world) newerScript() {
	w.t.Helper()
	must(w.t, w.On("main"))
	script, err := os.ReadFile(filepath.Join(w.Dev, ".fettle/release.sh"))
	must(w.t, err)
	w.write(".fettle/release.sh", strings.Replace(string(script), "\nset -eu\n", "\nset -eu\necho the newer script speaks\n", 1))
	w.git(w.Dev, "commit", "--quiet", "--all", "-m", "A newer script")
}

// importBefore puts the repository of testdata/before on the host: what runs in
// production is what its ledger says.
func (w *world) importBefore() {
	w.t.Helper()
	stream, err := os.ReadFile("../testdata/before/repository.stream")
	must(w.t, err)
	must(w.t, w.Import(string(stream)))
	must(w.t, w.On("main"))
	commit := w.git(w.Bare, "rev-parse", "release/41.1^{commit}")
	must(w.t, os.WriteFile(filepath.Join(w.State, "environments", "production"), []byte("41.1 "+commit+"\n"), 0o644))
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
	must(w.t, w.Import(b.String()))
	must(w.t, w.On("main"))
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
	clone := filepath.Join(w.Dir, "by-hand-"+version)
	w.git(w.Dir, "clone", "--quiet", w.Bare, clone)
	c := exec.Command("sh", "-euc", strings.Replace(commands, "VERSION=45\n", "VERSION="+version+"\n", 1))
	c.Dir = clone
	c.Env = append(os.Environ(), "E2E_STATE="+w.State, "E2E_RUN=hand", "GIT_CONFIG_GLOBAL="+filepath.Join(w.Home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1")
	if out, err := c.CombinedOutput(); err != nil {
		w.t.Fatalf("by hand: %v\n%s", err, out)
	}
}

// compare is the demand: the same environments, refs, ledger and requests on
// every engine. UPDATE=1 with one engine rewrites it; then it has to be read.
func (w *world) compare(t *testing.T, s scenario.Scenario) {
	t.Helper()
	got, err := w.Print()
	must(t, err)
	if os.Getenv("UPDATE") == w.eng.name() {
		must(t, os.WriteFile(filepath.Join("../testdata/scenarios", s.Name+".txt"), []byte(s.With(got)), 0o644))
		return
	}
	if got != s.State {
		t.Errorf("the state is\n%s\nand must be\n%s", got, s.State)
		for _, r := range w.Runs() {
			t.Logf("--- run %d (%s, %v)\n%s", r.Number, r.Flow, r.Err, r.Log())
		}
	}
}

// noToken: what the pipelines push with stands in no log, ref or ledger, and
// nothing hostile was executed.
func (w *world) noToken(t *testing.T) {
	t.Helper()
	for _, r := range w.Runs() {
		if strings.Contains(r.Log(), scenario.Token) {
			t.Errorf("the token is in the log of run %d", r.Number)
		}
	}
	if strings.Contains(w.git(w.Bare, "for-each-ref", "--format=%(contents)")+w.git(w.Bare, "log", "--all", "--format=%B"), scenario.Token) {
		t.Error("the token is in a commit or a tag")
	}
	if _, err := os.Stat(filepath.Join(w.State, "pwned")); err == nil {
		t.Error("hostile text was executed")
	}
}
