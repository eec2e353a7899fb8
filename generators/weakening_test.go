package generators_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// weakened is one way to make a policy weaker. It tells whether it could: not
// every policy has what it takes away.
type weakened struct {
	name string
	code diag.Code
	make func(t *rapid.T, w *wanted) bool
}

var weakenings = []weakened{
	{"a check informs", "HF010", func(_ *rapid.T, w *wanted) bool {
		return changeCheck(w, func(c *wantedCheck) bool {
			was := c.informs
			c.informs = true
			return !was && slices.Contains(w.checked, c.name) && w.waived != c.name
		})
	}},
	{"a check leaves its environment", "HF010", func(_ *rapid.T, w *wanted) bool {
		for i, e := range w.environments {
			if len(e.requires) > 0 && e.requires[0] != w.waived {
				w.environments[i].requires = e.requires[1:]
				return true
			}
		}
		return false
	}},
	{"no report", "HF014", func(_ *rapid.T, w *wanted) bool {
		return changeCheck(w, func(c *wantedCheck) bool {
			was := c.report
			c.report = false
			return was
		})
	}},
	{"an approval goes", "HF020", func(_ *rapid.T, w *wanted) bool {
		for i, e := range w.environments {
			if n := len(e.approvals); n > 1 {
				w.environments[i].approvals = e.approvals[:n-1]
				return true
			}
		}
		return false
	}},
	{"an environment leaves the way", "HF010", func(_ *rapid.T, w *wanted) bool {
		if w.environments[0].production() {
			return false
		}
		w.environments = w.environments[1:]
		return true
	}},
	{"production is none", "HF079", func(_ *rapid.T, w *wanted) bool {
		last := len(w.environments) - 1
		if last == 0 || !w.environments[last-1].production() || w.freeze {
			return false // the only one, or one whose freeze goes with the tier
		}
		w.environments[last].tier = "staging"
		return true
	}},
	{"nothing is irreversible", "HF043", func(_ *rapid.T, w *wanted) bool {
		was := w.irreversible
		w.irreversible = false
		return was
	}},
	{"no redeployment", "HF078", func(_ *rapid.T, w *wanted) bool {
		was := w.redeploy
		w.redeploy = false
		return was
	}},
	{"a break glass", "HF024", func(_ *rapid.T, w *wanted) bool {
		was := w.glass
		w.glass = true
		return !was
	}},
	{"no freeze", "HF070", func(_ *rapid.T, w *wanted) bool {
		was := w.freeze
		w.freeze = false
		return was
	}},
	{"no release branches", "HF031", func(_ *rapid.T, w *wanted) bool {
		was := w.branches
		w.branches = ""
		return was != "" && w.hotfix && !w.from // with it they come from another branch, which is a finding of its own
	}},
}

func changeCheck(w *wanted, change func(c *wantedCheck) bool) bool {
	w.checks = slices.Clone(w.checks)
	for i := range w.checks {
		c := w.checks[i]
		if change(&c) {
			w.checks[i] = c
			return true
		}
	}
	return false
}

// No policy is weaker than itself; each of the weakenings of a random policy is
// found, and undoing it weakens nothing.
func TestEveryWeakeningIsFound(t *testing.T) {
	t.Parallel()
	made := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := randomPolicies().Draw(t, "policy")
		before := passOf(t, w.String())
		demandCodes(t, "itself", weakening.Compare(before, passOf(t, w.String())))
		for _, m := range weakenings {
			changed := w
			changed.environments = slices.Clone(w.environments)
			if !m.make(t, &changed) {
				continue
			}
			made[m.name]++
			now := passOf(t, changed.String())
			demandCodes(t, m.name, weakening.Compare(before, now), m.code)
			demandCodes(t, m.name+", undone", weakening.Compare(now, before))
		}
	})
	for _, m := range weakenings {
		if made[m.name] == 0 {
			t.Errorf("%s: no policy was weakened so", m.name)
		}
	}
}

// The same of the cases, with what they extend.
func TestNoCaseIsWeakerThanItself(t *testing.T) {
	cases := glob(t, "../testdata/cases/*/policy.hcl")
	for _, file := range cases {
		src, err := os.ReadFile(file)
		must(t, err)
		in := schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: src}}, Files: os.DirFS(filepath.Dir(file))}
		before, diags := generators.Lower(in)
		now, _ := generators.Lower(in)
		if diags.HasErrors() {
			t.Fatalf("%s: %s", file, diagnosticsText(diags))
		}
		found := weakening.Compare(&lint.Pass{Policy: before.Policy, Plan: before.Plan}, &lint.Pass{Policy: now.Policy, Plan: now.Plan})
		if len(found) > 0 {
			t.Errorf("%s: %s", file, diagnosticsText(found))
		}
	}
	if len(cases) < 20 {
		t.Errorf("only %d cases", len(cases))
	}
}

// demandCodes demands that nothing is found, or nothing but one code.
func demandCodes(t *rapid.T, what string, found diag.Diagnostics, want ...diag.Code) {
	var codes []diag.Code
	for _, d := range found {
		if !slices.Contains(codes, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	if !slices.Equal(codes, want) {
		t.Fatalf("%s: found %v, want %v:\n%s", what, codes, want, diagnosticsText(found))
	}
}

func passOf(t *rapid.T, policy string) *lint.Pass {
	p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}})
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", policy, diagnosticsText(diags))
	}
	plan, diags := flow.Lower(p)
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", policy, diagnosticsText(diags))
	}
	return &lint.Pass{Policy: p, Plan: plan}
}
