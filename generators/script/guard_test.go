package script_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/script"
)

// A victim is a run as far as the guards of an environment: everything lets it pass.
type victim struct {
	*host
	policy            script.Config
	kind, environment string
	clock             int
}

// violations bring about what a guard refuses, the same for a run of any flow.
var violations = map[string]func(v *victim){
	"active":           func(v *victim) { v.asked["RELEASE_TARGET"] = "gitlab" },
	"ledger":           func(v *victim) { v.says("environments/"+v.environment, "version 45") },
	"mainline":         func(v *victim) { v.history(reset("refs/heads/main", v.side())) },
	"payload-identity": func(v *victim) { v.commit("Not it", "other.txt", "x") },
	"requirements": func(v *victim) { // today's approval is new, and the one that was recorded is gone
		v.policy.HotfixApprovals = []string{"production/security"}
		v.says("state", "requires 44 check:unit approval:production/release")
	},
	"evidence":            func(v *victim) { v.entry("Kind: candidate\nVersion: " + v.out["version"] + "\n") },
	"preflight-names":     func(v *victim) { v.history(reset("refs/tags/release/"+v.out["version"], v.side())) },
	"contains-production": func(v *victim) { v.runs(v.environment, "44.2", v.side()) },
	"no-strangers": func(v *victim) { // what the payload brings is what the mainline has
		if v.kind == "hotfix" {
			v.history(reset("refs/heads/main", v.out["commit"]))
		}
	},
	"same-family":  func(v *victim) { v.runs("production", "99", v.git(v.remote, "rev-parse", "release/44^{commit}")) },
	"unsettled":    func(v *victim) { v.says("environments/"+v.environment, "intent 77 "+v.side()+" run-7 delivery") },
	"irreversible": func(v *victim) { v.policy.Irreversible = []string{"**"} },
	"withdrawn": func(v *victim) {
		before := v.git(v.work, "rev-parse", v.out["commit"]+"~1")
		v.says("state", "withdrawn "+v.environment+" "+before+" "+v.out["commit"]+" 77")
		if v.kind == "redeploy" { // what runs there has it: that counts while a deployment is open
			v.says("environments/"+v.environment, "intent 77 "+v.side()+" run-7 delivery")
		}
	},
	"hold":        func(v *victim) { v.says("state", "hold hold-1 "+v.environment) },
	"review":      func(v *victim) { v.says("state", "opened glass-7 5 then "+v.environment+" 40") },
	"fix-forward": func(v *victim) { v.asked["RELEASE_INCIDENT"] = "INC8" },
	"freeze":      func(v *victim) { v.clock = 1500 },
	"incident":    func(v *victim) { v.asked["RELEASE_INCIDENT"] = "" },
	"approvals":   func(v *victim) { v.asked["RELEASE_APPROVERS"] = "one=lead two=lead" },
}

// judging is a policy that has everything that a guard needs, and an environment of each tier.
func judging(skips ...string) script.Config {
	s := frozen("block", "block", "block")
	s.Environments = []script.Environment{{ID: "ci", Tier: "development"}, {ID: "test", Tier: "staging"}, {ID: "production", Tier: "production"}}
	s.Freezes[1].Environments = []string{"ci", "test", "production"}
	s.BreakGlass = &script.BreakGlass{MaySkip: append(skips, "approval"), ReviewSeconds: 500}
	s.Irreversible = []string{"migrations/**"}
	s.IncidentPattern = "INC[0-9]+"
	return s
}

var tiers = map[string]flow.Tier{"ci": flow.Development, "test": flow.Staging, "production": flow.Production}

// Each guard refuses each flow in each environment where the table says so, by its name, and lets pass the same elsewhere; early and
// under the lock, and in a break glass but for what that opens. FETTLE_LONG looks at all of it; else each guard judges one flow that
// it is for, and one that it is not for, in production under the lock.
func TestEveryGuardJudges(t *testing.T) {
	t.Parallel()
	long := os.Getenv("FETTLE_LONG") == "yes"
	for kind, start := range beginnings(t) {
		cells := []cell{{kind: kind, operation: "begin", environment: "production"}}
		if long {
			cells = nil
			for _, operation := range []string{"begin", "request"} {
				for environment := range tiers {
					cells = append(cells, cell{kind: kind, operation: operation, environment: environment})
				}
				if kind != "redeploy" {
					cells = append(cells, cell{kind: kind, operation: operation, environment: "production", glass: true},
						cell{kind: kind, operation: operation, environment: "production", glass: true, skips: []string{"freeze", "hold"}})
				}
			}
		}
		for _, c := range cells {
			c.start = start
			t.Run(c.String(), func(t *testing.T) {
				t.Parallel()
				c.judge(t, nil)
				for _, g := range flow.Guards {
					if long || slices.Contains(examples(g), c.kind) {
						c.judge(t, g)
					}
				}
			})
		}
	}
}

// examples are a flow that a guard is for, and one that it is not for, where there is one.
func examples(g *flow.Guard) []string {
	out := []string{string(g.Flows[0])}
	for _, k := range []flow.Kind{flow.Redeploy, flow.Hotfix, flow.Delivery} {
		if !slices.Contains(g.Flows, k) {
			return append(out, string(k))
		}
	}
	return out
}

// A cell is where guards may judge: a flow, an environment, when, and in a break glass what that may skip.
type cell struct {
	start                        *host
	kind, operation, environment string
	glass                        bool
	skips                        []string
}

func (c cell) String() string {
	return fmt.Sprintf("%s %s %s glass=%t%v", c.kind, c.operation, c.environment, c.glass, c.skips)
}

// refuses tells by the table whether a guard says no there.
func (c cell) refuses(g *flow.Guard) bool {
	opened := c.glass && (g.Opened == flow.AlwaysOpened || slices.Contains(c.skips, string(g.Opened)))
	// The early look is taken before what is put back is checked out.
	early := g.Name == "payload-identity" && c.operation == "request" && (c.glass || c.kind == "redeploy")
	return g.Judges(flow.Kind(c.kind), tiers[c.environment]) && !opened && !early
}

// judge is one run that violates what a guard demands, or nothing.
func (c cell) judge(t *testing.T, g *flow.Guard) {
	t.Helper()
	v := &victim{host: c.start.twin(t), policy: judging(c.skips...), kind: c.kind, environment: c.environment, clock: 50}
	in, want, name := c.kind, "", "nothing"
	if c.glass {
		in, v.out["incident"] = "break-glass", "INC1"
	}
	if g != nil {
		name = g.Name
		violations[name](v)
		if c.refuses(g) {
			want = "Refused (" + name + "): "
		}
	}
	write(t, v.file, string(script.Render(v.policy)), 0o755)
	v.at(v.clock)
	out, code := v.op(in, c.operation, c.environment)
	why := ""
	if c.glass && want != "" && g.Kept != "" {
		why = "Break glass: does not skip this: " + g.Kept
	}
	if want == "" && code != 0 || want != "" && (code != 1 || !strings.Contains(out, want) || !strings.Contains(out, why)) {
		t.Errorf("%s, violating %s: exit %d, want %q\n%s", c, name, code, want, out)
	}
}

// beginnings are runs of each flow that everything lets pass, on 43 and 44 in every environment.
func beginnings(t *testing.T) map[string]*host {
	t.Helper()
	base := newHost(t, judging())
	base.git(base.work, "remote", "set-url", "origin", "../remote.git")
	base.on("main")
	base.commit("before", ".fettle/release.sh", "HOTFIX_CHECKS=unit\nHOTFIX_APPROVALS=''")
	base.push("main")
	base.two()
	there := base.git(base.remote, "show", "fettle/ledger:environments/production")
	base.says("environments/ci", there)
	base.says("environments/test", there)
	out := map[string]*host{}
	for kind, prepare := range map[string]func(h *host){
		"delivery": func(h *host) { h.more("third", "c.txt"); h.candidate("delivery") },
		"hotfix":   func(h *host) { h.fixOn("hotfix/44", "fix.txt"); h.candidate("hotfix") },
		"redeploy": func(h *host) {
			h.run, h.out = h.run+1, map[string]string{}
			h.ok("redeploy", "resolve", "production", "43")
			h.ok("redeploy", "payload")
		},
	} {
		h := base.twin(t)
		prepare(h)
		h.says("state", fmt.Sprintf("glass glass-1 run-%d production %s INC1", h.run, h.out["version"]), "openedby glass-1 somebody")
		out[kind] = h
	}
	return out
}

// twin is a copy of a host, for a test of its own.
func (h *host) twin(t *testing.T) *host {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Dir(h.file))); err != nil {
		t.Fatal(err)
	}
	out := *h
	for _, path := range []*string{&out.remote, &out.work, &out.file} {
		*path = dir + strings.TrimPrefix(*path, filepath.Dir(h.file))
	}
	out.t, out.out, out.asked = t, maps.Clone(h.out), maps.Clone(h.asked)
	out.past = nil // its own from here on
	return &out
}

// history feeds the remote repository with commits and refs as they are.
func (h *host) history(stream string) {
	h.t.Helper()
	c := exec.Command("git", "fast-import", "--quiet", "--force")
	c.Dir, c.Stdin = h.remote, strings.NewReader(stream)
	if out, err := c.CombinedOutput(); err != nil {
		h.t.Fatalf("git fast-import: %v\n%s\n%s", err, out, stream)
	}
}

func reset(ref, commit string) string { return "reset " + ref + "\nfrom " + commit + "\n\n" }

// says adds lines to a file of the ledger.
func (h *host) says(file string, lines ...string) {
	h.t.Helper()
	c := exec.Command("git", "show", "fettle/ledger:"+file)
	c.Dir = h.remote
	before, _ := c.Output() // nothing, where there is no such file yet
	h.writes(file, strings.TrimLeft(string(bytes.TrimSpace(before))+"\n"+strings.Join(lines, "\n")+"\n", "\n"))
}

// writes makes an entry that gives a file of the ledger a text.
func (h *host) writes(file, text string) {
	h.t.Helper()
	h.history(fmt.Sprintf("commit refs/heads/fettle/ledger\ncommitter Pat <pat@example.com> 1 +0000\ndata 14\nBrought about\n\nfrom refs/heads/fettle/ledger^0\nM 100644 inline %s\ndata %d\n%s\n", file, len(text), text))
}

// entry makes one that changes no file of the ledger.
func (h *host) entry(message string) {
	h.t.Helper()
	h.history(fmt.Sprintf("commit refs/heads/fettle/ledger\ncommitter Pat <pat@example.com> 1 +0000\ndata %d\n%s\nfrom refs/heads/fettle/ledger^0\n\n", len(message), message))
}

// side is a commit on top of what production runs that no payload has.
func (v *victim) side() string {
	v.history("commit refs/heads/side\ncommitter Pat <pat@example.com> 1 +0000\ndata 7\nBeside\n\nfrom refs/tags/release/44^0\nM 100644 inline side.txt\ndata 5\nside\n\n")
	return v.git(v.remote, "rev-parse", "side")
}

// runs says that an environment runs something else, with the refs that a success would have made. The last line of a key counts.
func (v *victim) runs(environment, version, commit string) {
	v.t.Helper()
	file := "environments/" + environment
	kept := without(without(v.shown(file), "version "), "commit ")
	v.writes(file, strings.TrimSpace(kept)+"\nversion "+version+"\ncommit "+commit+"\n")
	v.history(reset("refs/heads/hotfix/"+version, commit) + reset("refs/tags/release/"+version, commit))
}

// A run that has deployed its commit already is judged again by the guards that come first, and by no other.
func TestRunAgainIsJudged(t *testing.T) {
	t.Parallel()
	h := newHost(t, judging())
	h.at(50)
	h.release("delivery")
	h.asked["RELEASE_TARGET"] = "gitlab"
	h.refused("Refused (active): ", "delivery", "begin", "production")
	delete(h.asked, "RELEASE_TARGET")
	h.says("state", "hold hold-1 production")
	h.ok("delivery", "begin", "production")
	first := true
	for _, g := range flow.Guards {
		if g.Again && !first {
			t.Errorf("%s judges a run again, and stands behind one that does not", g.Name)
		}
		first = g.Again
	}
}

// The script calls the guards of the table, in its order, each by a function that it has; and what else judges one is an operation
// of the table. With nothing in the policy that some guards need, it has the others.
func TestGuardsAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	call := regexp.MustCompile(`\brun_guard ([a-z-]+) guard_`)
	for _, s := range []script.Config{judging(), settings()} {
		src := string(script.Render(s))
		var want, got []string
		for _, g := range flow.Guards {
			if g.Needs == flow.NoProvision || s.BreakGlass != nil {
				want = append(want, g.Name)
			}
			if _, ok := violations[g.Name]; !ok {
				t.Errorf("nothing violates %s", g.Name)
			}
		}
		for _, m := range call.FindAllStringSubmatch(body(src, "guards"), -1) {
			got = append(got, m[1])
			if function := "guard_" + strings.ReplaceAll(m[1], "-", "_"); strings.Count(src, "\n"+function+"() {") != 1 {
				t.Errorf("the script has not one %s", function)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("the script judges\n%v\nwant\n%v", got, want)
		}
		for function, operation := range map[string]string{"reserve_hotfix": "identify", "reserve_delivery": "identify", "record_glass": "open", "record_exception": "exception"} {
			for _, m := range call.FindAllStringSubmatch(body(src, function), -1) {
				if g := flow.GuardNamed(m[1]); g == nil || !slices.Contains(g.Also, operation) {
					t.Errorf("%s judges %s, and the table does not say it", operation, m[1])
				}
			}
		}
	}
	if len(violations) != len(flow.Guards) {
		t.Errorf("%d guards and %d violations", len(flow.Guards), len(violations))
	}
}

// body is a function of a script.
func body(src, function string) string {
	_, after, _ := strings.Cut(src, "\n"+function+"() {\n")
	out, _, _ := strings.Cut(after, "\n}\n")
	return out
}

// What was adopted has no evidence, and may come back: it is said to who approves, and afterwards.
func TestAdoptedIsSaid(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.ok("operate", "adopt", "production", "1", "main", "It ran before")
	h.more("second", "b.txt")
	released := h.release("delivery")
	if out := h.ok("delivery", "begin", "production"); strings.Contains(out, "no record") {
		t.Errorf("a delivery says\n%s", out)
	}
	again := func(version string) string {
		h.run, h.out = h.run+1, map[string]string{}
		h.ok("redeploy", "resolve", "production", version)
		return h.ok("redeploy", "request", "production")
	}
	// What was delivered has evidence: in the ledger, also where somebody removed the tag.
	if out := again(released); strings.Contains(out, "no record") {
		t.Errorf("of a version with its evidence it says\n%s", out)
	}
	h.git(h.remote, "update-ref", "-d", "refs/tags/candidate/"+released)
	if out := again(released); strings.Contains(out, "no record") {
		t.Errorf("of a version whose candidate the ledger has it says\n%s", out)
	}
	summary := filepath.Join(t.TempDir(), "summary")
	h.asked["RELEASE_SUMMARY"] = summary
	said := []string{again("1")}
	h.ok("redeploy", "payload")
	for _, out := range append(said, h.ok("redeploy", "begin", "production")) {
		if !strings.Contains(out, "1 was adopted: there is no record of which checks passed on it.") {
			t.Errorf("it does not say that there is no evidence:\n%s", out)
		}
	}
	if text, err := os.ReadFile(summary); err != nil || strings.Count(string(text), "**1 was adopted**: there is no record of which checks passed on it") != 2 {
		t.Errorf("%v: the summary says\n%s", err, text)
	}
	h.ok("redeploy", "deployed", "production")
	h.ok("redeploy", "passed", "production")
}
