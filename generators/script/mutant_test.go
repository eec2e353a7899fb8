package script_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// mutant is the script without one of its guards.
type mutant struct {
	name     string
	from, to string // of the script's text
	history  int    // one that finds it
}

var mutants = []mutant{
	{"the ledger is not judged", "  run_guard ledger guard_ledger\n", "", 117},
	{"tags are no memory of the ledger", "  ledger_remembered\n", "", 6},
	{"a candidate is what its tag says", `; then guard_recorded; fi`, `; then :; fi`, 79},
	{"no evidence is asked for", "guard_evidence \"$1\"", ":", 87},
	{"every commit is on the mainline", `  is_ancestor "$commit" "refs/fettle/heads/$MAINLINE" ||`, "  true ||", 9},
	{"names are not looked at before", "guard_preflight_names \"$1\"", ":", 14},
	{"nothing need be contained", "guard_contains_production \"$1\"", ":", 1135},
	{"what history says is contained", "  contains_root=$(tail -n 1 \"$scratch/bases\") ||", "  ! is_ancestor \"$3\" \"$1\" || return 0\n  contains_root=$(tail -n 1 \"$scratch/bases\") ||", 23726},
	{"over what is open anything goes", "guard_unsettled \"$1\"", ":", 7314},
	{"a redeployment withdraws nothing", "  record_withdrawal \"$1\"\n", "", 39322},
	{"what failed is not withdrawn", "    intents \"$1\" | cut -d' ' -f1,2 || broken\n    sed", "    sed", 2005},
	{"what is withdrawn may return", "guard_withdrawn \"$1\"", ":", 2005},
	{"a hold holds nothing", "guard_hold \"$1\"", ":", 2},
	{"strangers may come by a hotfix branch", "guard_no_strangers \"$1\"", ":", 6973},
}

// Random histories find a guard that is gone: each by the history that is named.
func TestModelFindsMutants(t *testing.T) {
	t.Parallel()
	if os.Getenv("FETTLE_LONG") != "nightly" {
		t.Skip("FETTLE_LONG=nightly runs it, as .ci/nightly does")
	}
	for _, mutant := range mutants {
		t.Run(mutant.name, func(t *testing.T) {
			t.Parallel()
			ctx, end := context.WithTimeout(t.Context(), 5*time.Minute)
			defer end()
			c := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestModel$")
			c.Env = append(os.Environ(), "FETTLE_MUTANT="+mutant.name, "FETTLE_HISTORIES=1", fmt.Sprintf("FETTLE_HISTORY=%d", mutant.history))
			if out, err := c.CombinedOutput(); err == nil || !strings.Contains(string(out), "The history:") {
				t.Errorf("history %d does not find it: %v\n%s\n(FETTLE_MUTANT='%s' FETTLE_HISTORIES=100 go test ./generators/script -run TestModel -failfast tells which one does)", mutant.history, err, out, mutant.name)
			}
		})
	}
}

// mutate takes a guard out of the script of a history, where that is asked for.
func (m *model) mutate() {
	m.t.Helper()
	name := os.Getenv("FETTLE_MUTANT")
	if name == "" {
		return
	}
	text, err := os.ReadFile(m.file)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, mutant := range mutants {
		if mutant.name == name && strings.Contains(string(text), mutant.from) {
			write(m.t, m.file, strings.ReplaceAll(string(text), mutant.from, mutant.to), 0o755)
			return
		}
	}
	m.t.Fatalf("no part of the script is the mutant %q", name)
}
