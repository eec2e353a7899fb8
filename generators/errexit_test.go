package generators_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/internal/test/errexit"
)

// errexitRules are what the release script is read with: who calls what one of
// its arguments names, what may not fail unseen at the head of a pipe, and what
// may fail, since it only speaks or tidies up.
var errexitRules = errexit.Rules{
	Callers:  map[string]int{"in_ledger": 1, "run_guard": 2, "advised": 4, "author_of": 2, "of_component": 1},
	Off:      []string{"in_ledger", "run_guard", "advised"},
	Watched:  []string{"git", "git_remote", "of_component"},
	Readers:  []string{"sanitise", "quoted"},
	Harmless: []string{"say", "summary", "sanitise", "sanitised", "rm", "sleep"},
}

// A function that is called under ||, &&, if or while runs on after a failure:
// in no script that is generated does one go unseen. The one that has every part
// and one of each forge have every function (TestWholeScript); with FETTLE_LONG
// all are read.
func TestNoFailureIsIgnored(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			if seen[r.Plan.Forge] && c.name != "everything" && !long() || r.Plan.Flow("hotfix") == nil {
				continue
			}
			seen[r.Plan.Forge] = true
			found, err := errexit.Find([]byte(contentOf(c.repository.Files)[r.Plan.Script]), errexitRules)
			must(t, err)
			for _, i := range found {
				t.Errorf("%s: %s", c.name, i)
			}
		}
	}
}

// Each kind of failure that nobody sees is found in the script that has every
// part, when what sees it is taken out.
func TestIgnoredFailureIsFound(t *testing.T) {
	script := contentOf(caseNamed(t, "everything").Files)[".fettle/pay/release.sh"]
	for what, loss := range map[string][2]string{
		"an assignment": {`END { print n + 1 }' "$scratch/state") || broken
  printf 'held`, `END { print n + 1 }' "$scratch/state")
  printf 'held`},
		"a function's call":         {`undone_events "$1" || broken`, `undone_events "$1"`},
		"a program":                 {`mv "$scratch/one.ids" "$scratch/undoing" || broken`, `mv "$scratch/one.ids" "$scratch/undoing"`},
		"git":                       {`git log -1 --format=%B "$forward_commit" >"$scratch/body" || broken`, `git log -1 --format=%B "$forward_commit" >"$scratch/body"`},
		"an argument of set --":     {"freeze_line=$(frozen \"$1\") || broken\n  # shellcheck disable=SC2086 # the fields of the line are what is wanted\n  set -- \"$1\" $freeze_line", `set -- "$1" $(frozen "$1")`},
		"a test's word":             {"lost_releases=$(releases_about) || broken\n  [ -z \"$lost_releases\" ]", `[ -z "$(releases_about)" ]`},
		"a sum":                     {`$((glass_time + REVIEW))`, `$(($(clock) + REVIEW))`},
		"a return":                  {`reserve || return`, `reserve`},
		"git at the head of a pipe": {`sed -n 's/^Incident: //p' "$scratch/bodies" | head -n 1`, `git log --format=%B "$hotfix_base..$commit" | head -n 1`},
		"git in a loop's list":      {`for heal_environment in $PRODUCTION`, `for heal_environment in $(git rev-list HEAD)`},
	} {
		if !strings.Contains(script, loss[0]) {
			t.Errorf("%s: the script has no %q", what, loss[0])
		}
		found, err := errexit.Find([]byte(strings.Replace(script, loss[0], loss[1], 1)), errexitRules)
		must(t, err)
		if len(found) == 0 {
			t.Errorf("%s whose failure is ignored is not found: %s", what, loss[1])
		}
	}
}
