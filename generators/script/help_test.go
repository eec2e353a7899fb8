package script_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/script"
)

// The help lists every operation that the script carries out, and no other; each
// has an entry, and an error of use says how it is called. None of it needs a
// repository.
func TestHelp(t *testing.T) {
	t.Parallel()
	s := settings()
	s.Version, s.VersionCommand = "command", "echo 1"
	s.PolicyCheck = true
	s.Freezes, s.BreakGlass = []script.Freeze{{Name: "year-end", Environments: []string{"production"}}}, &script.BreakGlass{}
	h := newHost(t, s)
	said := func(want int, args ...string) string {
		t.Helper()
		c := exec.Command("sh", append([]string{h.file}, args...)...)
		c.Dir, c.Env = t.TempDir(), []string{"PATH=" + h.path}
		out, _ := c.CombinedOutput()
		if code := c.ProcessState.ExitCode(); code != want {
			t.Fatalf("%q: exit %d, want %d\n%s", args, code, want, out)
		}
		return string(out)
	}
	list := said(0, "help")
	if none := said(2); none != list || said(0, "--help") != list {
		t.Errorf("without arguments it says\n%s", none)
	}
	text, err := os.ReadFile(h.file)
	if err != nil {
		t.Fatal(err)
	}
	_, dispatch, _ := strings.Cut(string(text), "\nmain() {\n")
	for _, u := range flow.Usages {
		if !strings.Contains(list, "\n  "+u.Name+" ") {
			t.Errorf("the help does not list %s", u.Name)
		}
		entry := said(0, "help", u.Name)
		if !strings.Contains(entry, u.Call()) || !strings.Contains(entry, u.Does) || !strings.Contains(entry, u.Example) {
			t.Errorf("the help of %s says\n%s", u.Name, entry)
		}
		if !regexp.MustCompile(`(?m)^    (\S+ \| )*` + u.Name + `( \| \S+)*\)`).MatchString(dispatch) {
			t.Errorf("%s is listed, and nothing carries it out", u.Name)
		}
		if u.Least > 0 {
			if wrong := said(2, u.Name); !strings.HasPrefix(wrong, "usage: ") || !strings.Contains(wrong, u.Call()) || !strings.Contains(wrong, u.Example) {
				t.Errorf("%s without arguments says\n%s", u.Name, wrong)
			}
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^    ([a-z][a-z |-]*)\)`).FindAllStringSubmatch(dispatch, -1) {
		for name := range strings.SplitSeq(m[1], " | ") {
			if flow.UsageNamed(name) == nil {
				t.Errorf("%s is carried out, and the help does not list it", name)
			}
		}
	}
	if wrong := said(2, "deploy"); !strings.Contains(wrong, "there is no operation 'deploy'") || !strings.Contains(wrong, "help") {
		t.Error(wrong)
	}
}

// What status says to somebody who comes to it at night: what runs, since when
// and by what, what stops what, and what can be done about it. For programs it
// is a line for each thing.
func TestStatus(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	if out := h.ok("operate", "status"); !strings.Contains(out, "production: nothing") {
		t.Error(out)
	}
	h.two()
	h.ok("operate", "hold", "production", "Look at the data first")
	h.fixOn("hotfix/44", "b.txt")
	h.release("hotfix")
	h.on("main")
	h.beginRedeploy("43")
	has := func(said string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("status does not say %q:\n%s", want, said)
			}
		}
	}
	has(h.ok("operate", "status"), "ci: nothing", "production: 44.1 (", ", by the flow hotfix, since 2",
		"UNSETTLED: the deployment of 43 (", "Retry it, redeploy, or find out what runs there and settle.",
		"HELD by hold-1, pat, since 2", ": Look at the data first. Deliveries are refused", "Not merged back: main does not contain 44.1.",
		"Ran here before: 44 43\n", "Withdrawn from production: what 44.1 brought since ")
	has(h.ok("operate", "status", "--porcelain"), "runs production 44.1 "+h.git(h.remote, "rev-parse", "release/44.1^{commit}")+" hotfix 2",
		"intent production 43 ", "hold hold-1 production\n", "withdrawn production ")
	// In somebody's clone there is nothing of a CI system.
	c := exec.Command("sh", h.file, "status")
	c.Dir, c.Env = h.work, []string{"PATH=" + h.path, "HOME=" + h.t.TempDir()}
	if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "production: 44.1 (") {
		t.Errorf("%v: %s", err, out)
	}
	h.ok("operate", "resume", "production", "hold-1", "It is right")
	if out := h.ok("operate", "status"); strings.Contains(out, "HELD") {
		t.Error(out)
	}
	if out, code := h.op("operate", "status", "--json"); code != 2 || !strings.Contains(out, "--porcelain") {
		t.Error(code, out)
	}
}

// An operation is found in the script that has it, and in no other.
func TestScriptHasItsOperations(t *testing.T) {
	t.Parallel()
	s := settings()
	s.Version, s.VersionCommand = "command", "echo 1"
	s.Freezes, s.BreakGlass = []script.Freeze{{Name: "year-end", Environments: []string{"production"}}}, &script.BreakGlass{}
	s.PolicyCheck = true
	code := script.Render(s)
	for _, u := range flow.Usages {
		if !script.Has(code, u.Name) {
			t.Errorf("the script has no %s", u.Name)
		}
	}
	if script.Has(script.Render(settings()), "review") || script.Has(code, "advis") {
		t.Error("an operation is found that is not there")
	}
}
