package flow

import "testing"

// An example has the form that the policy asks for: the usual one where it has.
func TestExampleIncident(t *testing.T) {
	for pattern, want := range map[string]string{
		"": "INC0001", "INC[0-9]+": "INC0001", ".+": "INC0001", "INC-[0-9]+": "INC-0", "(INC|CHG)-[0-9]{7}": "INC-0000000", "[A-Z]{2,}-[1-9][0-9]*": "AA-1",
		"[A-Z]{2,5}-[0-9]+": "AA-0", "(OPS|SEC)-[0-9]{3}": "OPS-000", "x|y": "x", "x?y*z": "z", "INC-[0-9]+ ?": "INC-0", "[": "INC0001",
	} {
		p := &Plan{Incident: pattern}
		got := p.ExampleIncident("INC0001")
		if got != want {
			t.Errorf("%q: %q and not %q", pattern, got, want)
		}
		if !p.TakesIncident(got) {
			t.Errorf("%q does not take %q", pattern, got)
		}
	}
	if p := (&Plan{Incident: "INC-[0-9]+"}); p.TakesIncident("INC-1, INC-2") || p.TakesIncident("xINC-1") {
		t.Error("a part of an incident counts as one")
	}
}
