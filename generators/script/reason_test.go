package script_test

import (
	"strings"
	"testing"
)

// A redeployment says why, and for which incident, where somebody named one: the
// form asks, who approves reads it, and both entries have it. An incident of
// another form is refused before anybody is asked.
func TestReasonOfRedeployment(t *testing.T) {
	t.Parallel()
	s := settings()
	s.IncidentPattern = "INC-[0-9]+"
	h := newHost(t, s)
	h.two()
	h.asked["RELEASE_REASON"], h.asked["RELEASE_INCIDENT"] = "44 is slow", "slow"
	h.refused("the incident 'slow' is not of the form INC-[0-9]+", "redeploy", "resolve", "production", "43")
	h.asked["RELEASE_INCIDENT"] = "INC-9"
	h.ok("redeploy", "resolve", "production", "43")
	h.ok("redeploy", "payload")
	if out := h.ok("redeploy", "request", "production"); !strings.Contains(out, "Reason: 44 is slow Incident: INC-9") || !strings.Contains(out, "Leaves production, commits: 1\n- ") || !strings.Contains(out, ": second\n") {
		t.Error(out)
	}
	h.deploy("redeploy")
	for _, entry := range []string{"production: 43 begins", "production: 43 passed"} {
		if said := h.git(h.remote, "log", "-1", "--grep="+entry, "--format=%B", "fettle/ledger"); !strings.Contains(said, "\nReason: 44 is slow\n") || !strings.Contains(said, "\nIncident: INC-9\n") {
			t.Errorf("%s:\n%s", entry, said)
		}
	}
	h.asked = map[string]string{}
	h.ok("operate", "status")
}
