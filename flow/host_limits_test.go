package flow

import (
	"testing"
	"time"
)

func TestHostedOn(t *testing.T) {
	for _, c := range []struct {
		target string
		agent  Agent
		want   bool
	}{
		{"github", hosted[Linux], true},
		{"github", hosted[Windows], true},
		{"github", hosted[MacOS], true},
		{"github", Agent{GitHub: []string{"ubuntu-24.04-arm"}}, true},
		{"github", Agent{GitHub: []string{"self-hosted", "ubuntu-24.04"}}, false},
		{"github", Agent{GitHub: []string{"ubuntu-big"}}, false},
		{"gitlab", hosted[Linux], false}, // the default runner of the instance is whoever's
		{"gitlab", hosted[MacOS], true},
		{"gitlab", Agent{GitLab: GitLabAgent{Tags: []string{"lab"}}}, false},
		{"azure", hosted[Linux], true},
		{"azure", Agent{Azure: AzureAgent{Pool: "lab"}}, false},
		{"jenkins", hosted[Linux], false},
	} {
		if got := c.agent.HostedOn(c.target); got != c.want {
			t.Errorf("%s, %+v: %t", c.target, c.agent, got)
		}
	}
}

// What stands side by side takes as long as the longest of it.
func TestLongest(t *testing.T) {
	a, b, c := &Job{Timeout: time.Hour}, &Job{Timeout: 2 * time.Hour}, &Job{Timeout: 3 * time.Hour}
	c.Needs = []*Job{a, b}
	if got := (&Flow{Jobs: []*Job{a, b, c}}).Longest(); got != 5*time.Hour {
		t.Error(got)
	}
}
