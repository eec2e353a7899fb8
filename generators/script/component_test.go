package script_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// component is the settings of one of several policies of a repository.
func component(name string) script.Config {
	s := settings()
	s.Policy, s.Component, s.MergeBackPrefix = name, name, name+"/merge-back/"
	for _, p := range []*script.Pattern{&s.Candidate, &s.Release, &s.Line, &s.HotfixCandidate, &s.HotfixRelease} {
		p.Prefix = name + "/" + p.Prefix
	}
	return s
}

// beside is the same repository, as the jobs of another component see it.
func (h *host) beside(s script.Config) *host {
	h.t.Helper()
	o := *h
	o.file, o.work = filepath.Join(h.t.TempDir(), "release.sh"), filepath.Join(h.t.TempDir(), "work")
	o.out, o.asked = map[string]string{}, map[string]string{}
	h.past, o.past = nil, nil // each changes what the other one has
	write(h.t, o.file, string(script.Render(s)), 0o755)
	h.git("", "clone", "--quiet", h.remote, o.work)
	return &o
}

func (h *host) ledger(path string) string {
	h.t.Helper()
	return h.git(h.remote, "show", "fettle/ledger:"+path)
}

// Two components and a policy without one share a repository, a mainline and a
// ledger, and know nothing of each other's versions, lines and environments.
func TestComponents(t *testing.T) {
	t.Parallel()
	pay := newHost(t, component("pay"))
	shop, whole := pay.beside(component("shop")), pay.beside(settings())
	pay.run, shop.run, whole.run = 9, 19, 29

	if v := pay.release("delivery"); v != "10" {
		t.Fatalf("pay has %s", v)
	}
	if v := shop.release("delivery"); v != "20" {
		t.Fatalf("shop has %s", v)
	}
	if v := whole.release("delivery"); v != "30" {
		t.Fatalf("the policy without a component has %s", v)
	}
	if v := pay.release("delivery"); v != "10" { // the same commit
		t.Fatalf("pay has %s", v)
	}

	pay.fixOn("pay/hotfix/10", "fix.txt")
	if v := pay.release("hotfix"); v != "10.1" {
		t.Fatalf("the hotfix of pay is %s", v)
	}
	for path, want := range map[string]string{"environments/pay/production": "version 10.1\n", "environments/shop/production": "version 20\n", "environments/production": "version 30\n"} {
		if got := pay.ledger(path); !strings.Contains(got+"\n", want) {
			t.Errorf("%s: %s", path, got)
		}
	}
	for _, ref := range []string{"refs/tags/pay/candidate/10.1", "refs/tags/pay/release/10.1", "refs/heads/pay/hotfix/10.1", "refs/tags/shop/release/20", "refs/heads/hotfix/30"} {
		if !strings.Contains(pay.refs()+"\n", ref+"\n") {
			t.Errorf("%s is missing in\n%s", ref, pay.refs())
		}
	}

	// What pay owes, shop does not: only a delivery of pay would take its hotfix out.
	for _, h := range []*host{pay, shop} {
		h.on("main")
	}
	pay.commit("more", "app.txt", "two")
	pay.push("main")
	pay.candidate("delivery")
	pay.refused("Reapplies: pay/10.1", "delivery", "begin", "production")
	shop.on("main")
	shop.release("delivery")

	// The trailer of another component answers nothing.
	pay.commit("shop has it\n\nReapplies: shop/10.1\nReapplies: 10.1", "app.txt", "three")
	pay.push("main")
	pay.candidate("delivery")
	pay.refused("does not contain 10.1", "delivery", "begin", "production")
	pay.commit("pay has it\n\nReapplies: pay/10.1", "app.txt", "four")
	pay.push("main")
	pay.release("delivery")

	// A redeployment of one withdraws what it takes out of its own environment.
	pay.on("main")
	pay.redeploy("10")
	if got := pay.ledger("components/pay"); !strings.Contains(got, "withdrawn production ") {
		t.Errorf("pay withdrew nothing:\n%s", got)
	}
	if got := pay.ledger("components/shop"); strings.Contains(got, "withdrawn") {
		t.Errorf("shop: %s", got)
	}
	shop.on("main")
	shop.release("delivery")

	// A hold is a component's own, and so is its reason.
	shop.ok("operate", "hold", "production", "shop counts stock")
	pay.ok("operate", "hold", "production", "pay closes the books")
	shop.candidate("delivery")
	shop.refused("shop counts stock", "delivery", "begin", "production")
	shop.ok("operate", "resume", "production", "shop-hold-1", "counted")
	shop.deploy("delivery")
	if log := pay.git(pay.remote, "log", "--format=%B", "fettle/ledger"); !strings.Contains(log, "Component: pay\n") || !strings.Contains(log, "Environment: pay/production\n") || !strings.Contains(log, "pay/production: 10.1 passed\n") {
		t.Errorf("the entries do not say whose they are:\n%s", log)
	}
}

// The ledger is one: who is slower judges again, and nobody's entry is lost.
func TestComponentsRace(t *testing.T) {
	t.Parallel()
	pay := newHost(t, component("pay"))
	shop := pay.beside(component("shop"))
	pay.run, shop.run = 9, 19
	var done sync.WaitGroup
	for _, h := range []*host{pay, shop} {
		done.Go(func() { h.release("delivery") })
	}
	done.Wait()
	for path, want := range map[string]string{"environments/pay/production": "version 10", "environments/shop/production": "version 20", "state": "format 2"} {
		if got := pay.ledger(path); !strings.Contains(got, want) {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// A ledger that others began again after it was lost lacks what tags of a
// component name: nobody goes on before that is adopted.
func TestComponentLost(t *testing.T) {
	t.Parallel()
	pay := newHost(t, component("pay"))
	shop := pay.beside(component("shop"))
	pay.run, shop.run = 9, 19
	pay.release("delivery")
	pay.git(pay.remote, "update-ref", "-d", "refs/heads/fettle/ledger")
	shop.run++
	shop.ok("delivery", "identify", "delivery")
	shop.refused("the tag pay/", "delivery", "candidate", "unit")
	pay.refused("which the ledger fettle/ledger lacks", "delivery", "identify", "delivery")
	pay.ok("operate", "adopt", "production", "10", "pay/release/10", "the ledger was lost")
	pay.release("delivery")
	if v := shop.release("delivery"); v != "20" {
		t.Errorf("adopt took out what shop wrote: its version is %s", v)
	}
}

// pathed is a component with paths, in a repository with other things.
func pathed(t *testing.T) *host {
	t.Helper()
	s := component("pay")
	s.Paths = []string{"services/pay/**", ".fettle/pay/**"}
	h := newHost(t, s)
	h.run = 9
	if err := os.MkdirAll(filepath.Join(h.work, "services/pay"), 0o755); err != nil {
		t.Fatal(err)
	}
	h.commit("pay begins", "services/pay/app.txt", "one")
	h.push("main")
	h.release("delivery")
	return h
}

func (h *host) ofPay(message, text string) {
	h.t.Helper()
	h.on("main")
	h.commit(message, "services/pay/app.txt", text)
	h.push("main")
}

// Strangers are commits of the component: what others changed meanwhile is
// none of a line's business, and none of a fix forward's.
func TestPathsAndStrangers(t *testing.T) {
	t.Parallel()
	h := pathed(t)
	h.more("others go on", "other.txt")
	h.fixOn("pay/hotfix/10", "services/pay/fix.txt")
	h.git(h.work, "merge", "--quiet", "--no-edit", "origin/main")
	h.push("pay/hotfix/10")
	h.release("hotfix")

	h.on("main")
	h.git(h.work, "merge", "--quiet", "--no-edit", "origin/pay/hotfix/10")
	h.push("main")
	h.asked["RELEASE_INCIDENT"] = "INC2"
	h.ofPay("Repair it\n\nIncident: INC2", "two")
	h.more("others go on", "third.txt")
	h.release("delivery")

	h.asked = map[string]string{}
	h.ofPay("pay goes on", "three")
	h.fixOn("pay/hotfix/"+h.out["version"], "services/pay/fix2.txt")
	h.git(h.work, "merge", "--quiet", "--no-edit", "origin/main")
	h.push(h.git(h.work, "rev-parse", "--abbrev-ref", "HEAD"))
	h.candidate("hotfix")
	h.refused("pay goes on", "hotfix", "begin", "production")
}

// A system without a filter of its own asks the script whether a push changes
// anything of the component. Who starts by hand, and what was never delivered,
// gets a delivery; a revert to what was delivered before is a change.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	h := pathed(t)
	h.asked["RELEASE_SKIP_UNCHANGED"] = "true"
	identify := func(want string) {
		t.Helper()
		h.run++
		h.out = map[string]string{}
		h.ok("delivery", "identify", "delivery")
		if h.out["proceed"] != want {
			t.Errorf("proceed is %q, want %q", h.out["proceed"], want)
		}
	}
	identify("true") // the same commit once more
	h.more("others go on", "other.txt")
	identify("false")
	h.asked["RELEASE_SKIP_UNCHANGED"] = "false"
	identify("true")
	h.asked["RELEASE_SKIP_UNCHANGED"] = "true"
	h.ofPay("pay goes on", "two")
	h.more("others go on", "third.txt")
	identify("true") // of two commits, the first is of pay
	h.ofPay("back", "one")
	identify("true")
	h.more("others go on", "fourth.txt")
	h.asked["RELEASE_INCIDENT"] = "INC1"
	identify("true")
}

// The checks of a merge request are skipped only where it is known that nothing
// of the component changed.
func TestRequestChanges(t *testing.T) {
	t.Parallel()
	h := pathed(t)
	changes := func(base, want string) {
		t.Helper()
		h.asked["GITHUB_BASE_REF"] = base
		h.out = map[string]string{}
		h.ok("merge-request", "changes")
		if h.out["proceed"] != want {
			t.Errorf("to %q: proceed is %q, want %q", base, h.out["proceed"], want)
		}
	}
	h.on("main")
	h.git(h.work, "checkout", "--quiet", "-b", "feature")
	h.commit("others", "other.txt", "two")
	changes("main", "false")
	changes("", "true")
	changes("nowhere", "true")
	h.commit("pay", "services/pay/app.txt", "two")
	changes("main", "true")
	h.git(h.work, "reset", "--quiet", "--hard", "HEAD~1")
	h.ofPay("pay goes on, on main", "three")
	h.git(h.work, "checkout", "--quiet", "feature")
	changes("main", "false") // what the mainline has meanwhile is not of the request
}

// A supported line is a component with a mainline of its own: it is delivered,
// repaired and brought home there, whatever the mainline of the product does.
func TestSupportedLine(t *testing.T) {
	t.Parallel()
	pay := newHost(t, component("pay"))
	pay.run = 9
	pay.release("delivery")
	pay.git(pay.work, "push", "--quiet", "origin", "HEAD:refs/heads/lts/pay-2")

	s := component("pay-2")
	s.Mainline = "lts/pay-2"
	lts := pay.beside(s)
	lts.run = 19
	lts.on("lts/pay-2")
	if v := lts.release("delivery"); v != "20" {
		t.Fatalf("the supported line has %s", v)
	}
	pay.more("pay goes on", "app.txt")
	pay.release("delivery")

	lts.fixOn("pay-2/hotfix/20", "fix.txt")
	lts.release("hotfix")
	lts.on("lts/pay-2")
	lts.commit("the line goes on", "other.txt", "two")
	lts.push("lts/pay-2")
	lts.candidate("delivery")
	lts.refused("Merge the branch pay-2/merge-back/20.1 into lts/pay-2", "delivery", "begin", "production")
	lts.ok("hotfix", "merge-back")
	if refs := lts.refs(); !strings.Contains(refs, "refs/heads/pay-2/merge-back/20.1") || strings.Contains(refs, "refs/heads/pay/merge-back") {
		t.Errorf("the hotfix went elsewhere:\n%s", refs)
	}
	lts.git(lts.work, "fetch", "--quiet", "origin")
	lts.git(lts.work, "merge", "--quiet", "--no-edit", "origin/pay-2/merge-back/20.1")
	lts.push("lts/pay-2")
	lts.release("delivery")

	// The product owes nothing of it.
	pay.more("pay goes on again", "app2.txt")
	pay.release("delivery")
}
