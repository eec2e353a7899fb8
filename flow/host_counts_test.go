package flow

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
)

// exactly makes, for each limit that a plan is judged by, plans that have so
// many of what it counts.
var exactly = map[string]func(n int) []*Plan{
	"github environment names": environmentOf,
	"github inputs": func(n int) []*Plan {
		return planOf(&Flow{Kind: Operate, Triggers: []Trigger{Dispatch{Inputs: inputsOf(n)}}})
	},
	"gitlab environment names": environmentOf,
	"gitlab pipeline names":    func(n int) []*Plan { return []*Plan{{Policy: strings.Repeat("p", n)}} },
	"gitlab inputs": func(n int) []*Plan {
		return planOf(&Flow{Kind: Operate, Triggers: []Trigger{Dispatch{Inputs: inputsOf(n - 1)}}}) // one says what to start
	},
	"gitlab needs": func(n int) []*Plan {
		j := &Job{Title: "Record"}
		for range n - 1 {
			j.Needs = append(j.Needs, &Job{})
		}
		j.Inputs = []Datum{{From: &Job{}}, {From: j.Needs[0]}} // who hands a value on is needed too, and each once
		return planOf(&Flow{Kind: Delivery, Jobs: []*Job{j}})
	},
	"gitlab includes": func(n int) []*Plan {
		flows := make([]*Flow, n-1)
		for i := range flows {
			flows[i] = &Flow{Kind: Schedule}
		}
		return append(planOf(flows...), planOf(&Flow{Kind: Delivery})...)
	},
	"gitlab changes": func(n int) []*Plan { return []*Plan{{Paths: make([]string, n)}} },
	"gitlab dotenv variables": func(n int) []*Plan {
		return planOf(&Flow{Kind: Delivery, Jobs: []*Job{{Kind: JobRequest, Outputs: make([]string, n-1)}}}) // and who asked
	},
	"gitlab deployments": func(n int) []*Plan {
		var jobs []*Job
		for range n - 1 {
			jobs = append(jobs, &Job{Kind: JobDeploy})
		}
		other := planOf(&Flow{Kind: Delivery, Jobs: []*Job{{Kind: JobMirror}}})
		return append(planOf(&Flow{Kind: Delivery, Jobs: jobs}, &Flow{Kind: Hotfix, Jobs: jobs}), other...)
	},
	"gitlab tags": func(n int) []*Plan {
		return planOf(&Flow{Kind: Delivery, Jobs: []*Job{{Agent: &Agent{GitLab: GitLabAgent{Tags: make([]string, n)}}}}})
	},
}

func planOf(flows ...*Flow) []*Plan { return []*Plan{{Flows: flows}} }

func environmentOf(n int) []*Plan {
	return []*Plan{{Environments: []*Environment{{ID: "e", Name: strings.Repeat("e", n)}}}}
}

func inputsOf(n int) []*Input {
	var out []*Input
	for i := range n {
		out = append(out, &Input{Name: strings.Repeat("i", i+1)})
	}
	return out
}

// What a host takes passes, and one more is refused, with the number and what
// to do.
func TestHostCounts(t *testing.T) {
	for i := range HostCounts {
		c := &HostCounts[i]
		name := c.Target + " " + string(c.Kind)
		judge := func(plans []*Plan) string {
			var said strings.Builder
			for _, p := range plans {
				if c.count != nil {
					for _, d := range c.beyond(c.count(p)) {
						said.WriteString(d.Detail)
					}
				}
			}
			if c.shared != nil {
				for _, d := range c.beyond(c.shared(plans)) {
					said.WriteString(d.Detail)
				}
			}
			return said.String()
		}
		switch make := exactly[name]; {
		case make == nil && (c.count != nil || c.shared != nil):
			t.Errorf("%s: no plan shows it", name)
		case make == nil && c.Note == "" && TooMuch(c.Target, c.Kind, "it", c.Most, hcl.Range{}) != nil:
			t.Errorf("%s: %d is refused", name, c.Most)
		case make == nil && c.Note == "" && TooMuch(c.Target, c.Kind, "it", c.Most+1, hcl.Range{}) == nil:
			t.Errorf("%s: %d is not refused", name, c.Most+1)
		case make == nil:
		case judge(make(c.Most)) != "":
			t.Errorf("%s: %d is refused: %s", name, c.Most, judge(make(c.Most)))
		case !strings.Contains(judge(make(c.Most+1)), c.Mend):
			t.Errorf("%s: %d says %q", name, c.Most+1, judge(make(c.Most+1)))
		}
		if c.Source == "" || (c.Note == "") == (c.Mend == "") && c.Kind != JobNames {
			t.Errorf("%s: no source, or neither what keeps it nor what mends it", name)
		}
	}
}
