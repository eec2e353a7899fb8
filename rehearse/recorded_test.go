package rehearse_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// decisions is a policy with everything that a person may ask for.
const decisions = `policy "shop" {
  targets             = ["github"]
  approved_operations = true
  timezone            = "UTC"
}
check "unit" { run = "true" }
environment "ci" {
  tier   = "development"
  deploy = "true"
}
environment "production" {
  deploy = "true"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {}
redeploy {}
break_glass {
  approvers = [group.managers]
  may_skip  = [approval, freeze, hold]
  review    = "48h"
}
notify "everybody" {
  on  = [break_glass]
  run = "true"
}
freeze "march" {
  from = "2026-03-05"
  to   = "2026-03-05"
}
`

// recorded are the fields of each form, and how the entry of the ledger has them that
// the run writes. What a field is not used for, such as the version of a hold, no entry
// has.
var recorded = []struct {
	flow, kind string
	says       map[string]string // by field
}{
	{"delivery", "begin", map[string]string{"incident": "Incident: INC-1"}},
	{"redeploy", "begin", map[string]string{"environment": "Environment: production", "version": "Version: 43", "reason": "Reason: It was worse", "incident": "Incident: INC-2"}},
	{"operate", "hold", map[string]string{"operation": "Kind: hold", "environment": "Environment: production", "reason": "Reason: It counts"}},
	{"operate", "adopt", map[string]string{"operation": "Kind: adopt", "environment": "Environment: ci", "version": "Version: 41", "subject": "Commit: ", "reason": "Reason: It ran before"}},
	{"operate", "review", map[string]string{"operation": "Kind: review", "subject": "Break-Glass: glass-1", "reason": "Reason: Read it all"}},
	{"exception", "exception", map[string]string{"environment": "Environment: production", "version": "Version: 44", "reason": "Reason: It is small"}},
	{"break-glass", "break-glass", map[string]string{"environment": "Environment: production", "version": "Version: 44", "incident": "Incident: INC-3", "reason": "Reason: Nobody answers"}},
	{"correction", "correction", map[string]string{"environment": "Environment: production", "decision": "Decision: keep", "version": "Version: 43", "reason": "Reason: It answers as 43", "incident": "Incident: INC-4"}},
	{"correction", "resume", map[string]string{"environment": "Environment: production", "decision": "Kind: resume", "subject": "Hold: hold-1", "reason": "Reason: Counted", "incident": "Incident: INC-5"}},
}

// Whatever a person types into a form is in the ledger afterwards, with the run that it
// started.
func TestFormsAreRecorded(t *testing.T) {
	t.Parallel()
	w, _, plan := world(t, t.Context(), decisions, false)
	must(t, play(t, w, "clock 2026-03-01T12:00:00Z", `commit main "First"`, "push main", "43 approved by lead", "43 succeeds",
		`commit main "Second" body="Incident: INC-1"`, "push main quietly", "dispatch delivery incident=INC-1", "44 approved by lead", "44 succeeds",
		`dispatch redeploy environment=production version=43 reason="It was worse" incident=INC-2`, "45 approved by lead", "45 succeeds",
		`dispatch operate operation=hold environment=production reason="It counts"`, "46 succeeds",
		`dispatch operate operation=adopt environment=ci version=41 subject=main reason="It ran before"`, "47 succeeds",
		`dispatch correction environment=production decision=resume subject=hold-1 reason="Counted" incident=INC-5`, "48 approved by lead", "48 succeeds",
		`dispatch correction environment=production decision=keep version=43 reason="It answers as 43" incident=INC-4`, "49 approved by lead", "49 succeeds",
		"clock 2026-03-05T12:00:00Z",
		`dispatch exception environment=production version=44 reason="It is small"`, "50 approved by board for production/freeze", "50 succeeds",
		`dispatch correction environment=production decision=resume subject=--ship-again version=44 reason="Again"`, "51 approved by lead", "51 succeeds",
		`dispatch break-glass environment=production version=44 incident=INC-3 reason="Nobody answers"`, "52 approved by board for production/break-glass", "52 succeeds",
		`dispatch operate operation=review environment=production subject=glass-1 reason="Read it all" as=lead`, "53 succeeds"))
	out, err := exec.Command("git", "-C", w.Bare, "log", "--format=%x00%B", "fettle/ledger").CombinedOutput()
	must(t, err)
	asked := map[string]bool{}
	for _, r := range recorded {
		i := slices.IndexFunc(strings.Split(string(out), "\x00"), func(entry string) bool {
			said := strings.Contains(entry, "Kind: "+r.kind+"\n") && strings.Contains(entry, "Flow: "+r.flow+"\n")
			for _, text := range r.says {
				said = said && strings.Contains(entry, "\n"+text)
			}
			return said
		})
		if i < 0 {
			t.Errorf("no entry %s of %s says %v", r.kind, r.flow, r.says)
		}
		for field := range r.says {
			asked[r.flow+" "+field] = true
		}
	}
	for _, f := range plan.Flows {
		if d := f.OnDemand(); d != nil {
			for _, in := range d.Inputs {
				if !asked[f.ID()+" "+in.Name] {
					t.Errorf("nothing shows that the ledger gets the field %s of %s", in.Name, f.ID())
				}
			}
		}
	}
	if t.Failed() {
		t.Log(string(out))
	}
}
