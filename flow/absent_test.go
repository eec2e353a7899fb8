package flow

import "testing"

// Every flow that a policy may lack says why.
func TestEveryAbsentFlowSaysWhy(t *testing.T) {
	for _, p := range []*Plan{{}, {Environments: []*Environment{{Tier: Production}}}} {
		for _, k := range Kinds {
			if k != Delivery && k != Operate && k != Schedule && p.Absent(k) == "" { // a policy that compiles has the first two, and names schedules itself
				t.Errorf("%s", k)
			}
		}
	}
}
