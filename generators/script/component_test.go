package script_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// component is the settings of one of several policies of a repository.
func component(name string) script.Settings {
	s := settings()
	s.Policy, s.Component, s.MergeBackPrefix = name, name, name+"/merge-back/"
	for _, p := range []*script.Pattern{&s.Candidate, &s.Release, &s.Line, &s.HotfixCandidate, &s.HotfixRelease} {
		p.Prefix = name + "/" + p.Prefix
	}
	return s
}

// beside is the same repository, as the jobs of another component see it.
func (h *host) beside(s script.Settings) *host {
	h.t.Helper()
	o := *h
	o.file, o.work = filepath.Join(h.t.TempDir(), "release.sh"), filepath.Join(h.t.TempDir(), "work")
	o.out, o.asked = map[string]string{}, map[string]string{}
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

// A ledger that others began again after it was lost knows nothing of a
// component that has releases: that is a loss, and not a beginning.
func TestComponentLost(t *testing.T) {
	t.Parallel()
	pay := newHost(t, component("pay"))
	shop := pay.beside(component("shop"))
	pay.run, shop.run = 9, 19
	pay.release("delivery")
	pay.git(pay.remote, "update-ref", "-d", "refs/heads/fettle/ledger")
	shop.release("delivery")
	pay.refused("component pay", "delivery", "identify", "delivery")
	pay.ok("operate", "adopt", "production", "10", "pay/release/10", "the ledger was lost")
	pay.release("delivery")
	if got := pay.ledger("environments/shop/production"); !strings.Contains(got, "version 20") {
		t.Errorf("adopt took out what shop wrote:\n%s", got)
	}
}
