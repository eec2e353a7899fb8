package script_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// answer is what advise says of one answer: a redeployment, a hotfix, a delivery.
type advised struct {
	kind, name, commit string
	guard              string // that closes it; "" when it is open
	why                string
}

// advice is what the script advises for production; with a refusal of the ledger,
// which closes everything, it is in all of them.
func (h *host) advice(args ...string) []advised {
	h.t.Helper()
	out, code := h.op("advise", append([]string{"advise", "--porcelain", "--all"}, args...)...)
	if code == 1 {
		guard, why := refusedBy(out)
		return []advised{{kind: "all", guard: guard, why: why}}
	}
	if code != 0 {
		h.t.Fatalf("advise: exit %d\n%s", code, out)
	}
	var all []advised
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "\t"):
			if _, why, ok := strings.Cut(line, "  Why:  "); ok {
				all[len(all)-1].why = strings.TrimSpace(why)
			}
		case f[0] == "environment" || f[0] == "merge-back":
		case len(f) < 4:
			h.t.Fatalf("advise says %q", line)
		case f[3] == "open":
			all = append(all, advised{kind: f[0], name: f[1], commit: f[2]})
		default:
			all = append(all, advised{kind: f[0], name: f[1], commit: f[2], guard: f[4]})
		}
	}
	return all
}

var refusedWhy = regexp.MustCompile(`(?m)^Refused(?: \(([a-z-]+)\))?: (?:.|\n)*?^  Why:  (.*)$`)

// refusedBy is the guard of a refusal, and its reason.
func refusedBy(out string) (guard, why string) {
	m := refusedWhy.FindStringSubmatch(out)
	if m == nil {
		return "none", out
	}
	if m[1] == "" {
		m[1] = "-"
	}
	return m[1], strings.TrimSpace(m[2])
}

// agrees: what advise calls open the script lets begin, and what it calls closed is
// refused by the same guard, for the same reason. Each is tried on a copy.
func (h *host) agrees(environment string) {
	h.t.Helper()
	before := h.git(h.remote, "for-each-ref")
	all := h.advice(environment)
	if now := h.git(h.remote, "for-each-ref"); now != before {
		h.t.Fatalf("advise changes\n%s\nto\n%s", before, now)
	}
	if all[0].kind == "all" {
		closed := all[0]
		all = []advised{{kind: "hotfix", name: "hotfix/43"}, {kind: "delivery", name: "main"}, {kind: "redeploy", name: "43"}}
		for i := range all {
			all[i].guard, all[i].why = closed.guard, closed.why
		}
	}
	for _, a := range all {
		if a.name == "-" {
			continue // a hotfix of nothing has no branch
		}
		h.agree(a, func(o *host) (string, int) { return o.tried(a, environment) })
	}
}

func (h *host) agree(a advised, try func(*host) (string, int)) {
	h.t.Helper()
	out, code := try(h.copied())
	guard, why := "", ""
	if code != 0 {
		guard, why = refusedBy(out)
	}
	if guard != a.guard || why != a.why {
		h.t.Errorf("%s %s: advise says %q %q, and the script %q %q\n%s", a.kind, a.name, a.guard, a.why, guard, why, out)
	}
}

// starts: what advise calls open for a flow that starts now, without an incident, gets
// as far as its request for an approval; what it calls closed is refused there.
func (h *host) starts(environment string) {
	h.t.Helper()
	for _, a := range h.advice("--start", environment) {
		if a.kind != "delivery" {
			continue
		}
		h.agree(a, func(o *host) (string, int) {
			o.git(o.work, "fetch", "--quiet", "origin")
			o.git(o.work, "checkout", "--quiet", "--force", "-B", a.name, "origin/"+a.name)
			for _, step := range [][]string{{"identify", a.kind}, {"candidate", "unit"}, {"request", environment}} {
				if out, code := o.op(a.kind, step...); code != 0 {
					return out, code
				}
			}
			return "", 0
		})
	}
}

// copied is the host once more: what happens to it happens to nobody else.
func (h *host) copied() *host {
	h.t.Helper()
	dir := h.t.TempDir()
	o := *h
	o.past, o.out, o.asked, o.run = nil, map[string]string{}, map[string]string{}, h.run+100
	o.remote, o.work = filepath.Join(dir, "remote.git"), filepath.Join(dir, "work")
	follow(h.t, h.remote, o.remote)
	follow(h.t, h.work, o.work)
	o.git(o.work, "remote", "set-url", "origin", o.remote)
	return &o
}

// tried carries an answer out up to its deployment, which begins or is refused.
func (h *host) tried(a advised, environment string) (string, int) {
	h.t.Helper()
	flow := a.kind
	steps := [][]string{{"identify", flow}, {"candidate", "unit"}}
	h.git(h.work, "fetch", "--quiet", "origin")
	switch a.kind {
	case "redeploy":
		steps = [][]string{{"resolve", environment, a.name}}
		if a.commit != "" {
			h.git(h.work, "checkout", "--quiet", "--force", "--detach", a.commit)
		}
	case "hotfix":
		if from := ref(h.remote, "refs/heads/"+a.name); from != "" || a.commit != "" && a.commit != "-" {
			if from == "" {
				from = a.commit
			}
			h.git(h.work, "checkout", "--quiet", "--force", "-B", a.name, from)
		} else {
			h.git(h.work, "checkout", "--quiet", "--force", "-B", a.name, "origin/main")
		}
		h.commit("Repair it\n\nIncident: INC77", "advised.txt", "repaired")
		h.push(a.name)
	case "delivery":
		h.git(h.work, "checkout", "--quiet", "--force", "-B", a.name, "origin/"+a.name)
		h.asked["RELEASE_INCIDENT"] = "INC77"
	}
	for _, step := range append(steps, []string{"begin", environment}) {
		if out, code := h.op(flow, step...); code != 0 {
			return out, code
		}
	}
	return "", 0
}

// What advise calls open begins, and what it calls closed is refused for the reason that it gives.
func TestAdviceAgrees(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		with func(*script.Config)
		run  func(h *host)
	}{
		{"nothing was released", nil, func(*host) {}},
		{"two releases", nil, func(h *host) { h.two() }},
		{"commits that name no incident", nil, func(h *host) {
			h.release("delivery")
			h.more("second", "b.txt")
		}},
		{"a hotfix that is not merged back", nil, func(h *host) {
			h.release("delivery")
			h.fixOn("hotfix/43", "fix.txt")
			h.release("hotfix")
		}},
		{"held", nil, func(h *host) {
			h.release("delivery")
			h.ok("operate", "hold", "production", "Look first")
		}},
		{"a deployment did not end", nil, func(h *host) {
			h.release("delivery")
			h.more("second", "b.txt")
			h.candidate("delivery")
			h.ok("delivery", "begin", "production")
		}},
		{"withdrawn", nil, func(h *host) {
			h.two()
			h.redeploy("43")
		}},
		{"withdrawn, and may go again", nil, func(h *host) {
			h.two()
			h.redeploy("43")
			h.ok("operate", "resume", "production", "--ship-again", "44", "It was the database")
		}},
		{"irreversible", func(s *script.Config) { s.Irreversible = []string{"migrations/**"} }, func(h *host) {
			h.release("delivery")
			h.more("second", "migrations/1.sql")
			h.release("delivery")
		}},
		{"frozen", func(s *script.Config) { *s = frozen("block", "approve", "allow") }, func(h *host) {
			h.at(50)
			h.two()
			h.at(1500)
		}},
		{"a review is overdue", func(s *script.Config) { *s = withGlass("approval", "freeze", "hold") }, func(h *host) {
			h.at(50)
			h.release("delivery")
			h.more("second", "b.txt")
			h.glass(h.candidate("delivery"))
			h.deploy("break-glass")
			h.asked = map[string]string{}
			h.on("main")
			h.at(990)
		}},
		{"the mainline is merged into the hotfix branch", nil, func(h *host) {
			h.release("delivery")
			h.more("second", "b.txt")
			h.on("hotfix/43")
			h.git(h.work, "merge", "--quiet", "--no-edit", "--no-ff", "origin/main")
			h.push("hotfix/43")
		}},
		{"a release tag was moved", nil, func(h *host) {
			h.two()
			h.git(h.remote, "tag", "--force", "release/43", "release/44")
		}},
		{"the ledger was put back", nil, func(h *host) {
			h.two()
			h.git(h.remote, "update-ref", "refs/heads/fettle/ledger", "fettle/ledger~3")
		}},
		{"the hotfix branch is gone", nil, func(h *host) {
			h.two()
			h.git(h.remote, "update-ref", "-d", "refs/heads/hotfix/44")
		}},
		{"a check is new, and a hotfix went without it", nil, func(h *host) {
			h.past = nil
			h.carries("main", "unit", "production/release")
			h.requires("unit", "production/release")
			h.release("delivery")
			h.requires("unit sast", "production/release")
			h.fixOn("hotfix/43", "fix.txt")
			h.release("hotfix")
		}},
		{"an image was not recorded", func(s *script.Config) { s.Image = true }, func(h *host) {
			h.release("delivery")
			h.more("second", "b.txt")
			h.asked["RELEASE_ARTIFACT"] = "registry.example.com/shop@sha256:" + strings.Repeat("a", 64)
			h.release("delivery")
			h.asked = map[string]string{}
		}},
		{"a component", func(s *script.Config) { *s = component("pay") }, func(h *host) {
			h.run = 9
			h.release("delivery")
			h.fixOn("pay/hotfix/10", "fix.txt")
			h.release("hotfix")
		}},
		{"two production environments", func(s *script.Config) {
			s.Environments = append(s.Environments, script.Environment{ID: "us", Tier: "production"})
			s.Redeployable = append(s.Redeployable, "us")
		}, func(h *host) {
			h.candidate("delivery")
			h.deploy("delivery")
			h.ok("delivery", "begin", "us")
			h.ok("delivery", "passed", "us")
			h.more("second", "b.txt")
			h.release("delivery")
		}},
		{"release branches", func(s *script.Config) { *s = branched(true) }, func(h *host) {
			h.branch("stable/1", "main")
			h.on("stable/1")
			h.release("delivery")
			h.branch("stable/2", "stable/1")
			h.commitOn("stable/2", "second", "b.txt")
			h.on("stable/2")
			h.release("delivery")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := settings()
			if tt.with != nil {
				tt.with(&s)
			}
			h := newHost(t, s)
			tt.run(h)
			for _, e := range strings.Fields(s.ProductionIDs()) {
				h.agrees(e)
				h.starts(e)
			}
		})
	}
}
