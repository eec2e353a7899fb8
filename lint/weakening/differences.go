package weakening

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
)

// What is only different, and what a reader must judge. Each is a sentence
// without an end: who prints it says so.

// name adds to what is named, each sentence once.
func (c *comparison) name(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.notes, text) {
		c.notes = append(c.notes, text)
	}
}

// parts: a block whose commands are others than before, or get other variables,
// or run in another shell, on another machine, with other tools or native parts.
func (c *comparison) parts() {
	other := map[string][]string{} // by block
	var order []string
	differs := func(block, what string) {
		if block == "" || slices.Contains(other[block], what) {
			return
		}
		if other[block] == nil {
			order = append(order, block)
		}
		other[block] = append(other[block], what)
	}
	c.jobs(func(before, now *flow.Job) {
		c.commandsOf(before, now, differs)
		block := c.source(c.now, now)
		if !slices.EqualFunc(before.Options.Tools, now.Options.Tools, sameName) {
			differs(block, "tools")
		}
		if !slices.EqualFunc(before.Options.IDTokens, now.Options.IDTokens, func(a, b schema.Named) bool { return a.Name == b.Name }) {
			differs(block, "variables")
		}
		if !before.Informs && now.Informs && !c.gate(before) {
			c.name("%s only informs, and had to pass at %s", cmp.Or(block, now.Name), c.revision)
		}
		for _, n := range natives(now) {
			if was := nativeFor(before, n.Target); was != nil && was.Text != n.Text {
				differs(block, "native parts for "+n.Target)
			}
		}
		switch {
		case before.Agent == nil || now.Agent == nil || operates(now) || sameMachine(before.Agent, now.Agent):
		case before.Agent.ID == now.Agent.ID && now.Agent.ID != "hosted":
			c.name("agent %q is another machine than at %s", now.Agent.ID, c.revision)
		default:
			c.name("%s runs on another machine than at %s", block, c.revision)
		}
	})
	for _, block := range order {
		c.name("%s has other %s than at %s", block, and(other[block]), c.revision)
	}
}

// gate tells whether a job of before is a check that production or a merge request
// waited for: that it only informs now is a finding there.
func (c *comparison) gate(j *flow.Job) bool {
	if j.Kind != flow.JobCheck {
		return false
	}
	if f := c.before.Plan.Flow(string(flow.MergeRequest)); f != nil && slices.Contains(f.Jobs, j) {
		return true
	}
	return c.passed(j)
}

// passed tells whether production waited for a job of before.
func (c *comparison) passed(j *flow.Job) bool {
	return slices.ContainsFunc(ways(c.before.Plan), func(w way) bool { return slices.Contains(w.waitsFor(), j) })
}

// quieter: a check that nothing waited for, in a delivery or at a time, and that
// runs no more.
func (c *comparison) quieter() {
	still := map[*flow.Job]bool{}
	c.jobs(func(before, _ *flow.Job) { still[before] = true })
	for _, f := range c.before.Plan.Flows {
		if f.Kind == flow.Schedule && c.now.Plan.Flow(f.ID()) == nil {
			c.name("the schedule %q is gone since %s", f.Label, c.revision)
			continue
		}
		for _, j := range f.Jobs {
			if j.Kind == flow.JobCheck && !still[j] && c.now.Plan.Flow(f.ID()) != nil && !c.gate(j) {
				c.name("%s no longer runs in the flow %s, as at %s", c.source(c.before, j), f.ID(), c.revision)
			}
		}
	}
}

// commandsOf compares the commands of one job, block by block.
func (c *comparison) commandsOf(before, now *flow.Job, differs func(block, what string)) {
	was, old := c.byPart(c.before, before)
	is, order := c.byPart(c.now, now)
	for _, part := range old {
		switch {
		case is[part] != nil:
		case part.block == c.source(c.before, before):
			differs(part.block, "commands")
		case strings.HasPrefix(part.block, "check ") && !c.passed(before):
			c.name("%s no longer runs in %s, as at %s", part.block, now.Name, c.revision)
		}
	}
	for _, part := range order {
		block, runs := part.block, is[part]
		if len(was[part]) != len(runs) {
			if len(was[part]) > 0 {
				differs(block, "commands")
			}
			continue
		}
		for i, r := range runs {
			b := was[part][i]
			if b.Script != r.Script {
				differs(block, "commands")
			}
			if b.Shell != r.Shell {
				differs(block, "shells")
			}
			if !slices.EqualFunc(b.Env, r.Env, sameVariable) || !sameCarriers(b.Secrets, r.Secrets) {
				differs(block, "variables")
			}
		}
	}
}

// part are the commands of one block between two operations of a job: a check
// may stand before the deployment and after it.
type part struct{ block, after string }

// byPart are the commands of a job by part, and the parts in their order.
func (c *comparison) byPart(p *lint.Pass, j *flow.Job) (runs map[part][]flow.Run, order []part) {
	runs = map[part][]flow.Run{}
	after := ""
	for _, s := range j.Steps {
		switch s := s.(type) {
		case flow.Operation:
			after = s.Name
		case flow.Run:
			in := part{c.sourceOf(p, j, s), after}
			if runs[in] == nil {
				order = append(order, in)
			}
			runs[in] = append(runs[in], s)
		}
	}
	return runs, order
}

func sameName(a, b schema.Named) bool { return a.Name == b.Name && a.Text == b.Text }

func sameVariable(a, b flow.EnvVar) bool { return a.Name == b.Name && slices.Equal(a.Parts, b.Parts) }

// sameCarriers tells whether variables carry the secrets that they did. One that
// carries what the commands were not given at all is a finding, and not named too.
func sameCarriers(before, now []flow.SecretVar) bool {
	for _, n := range now {
		had := slices.ContainsFunc(before, func(b flow.SecretVar) bool { return b.Secret.ID == n.Secret.ID })
		if had && !slices.ContainsFunc(before, func(b flow.SecretVar) bool { return b.Name == n.Name && b.Secret.ID == n.Secret.ID }) {
			return false
		}
	}
	return !slices.ContainsFunc(before, func(b flow.SecretVar) bool {
		return !slices.ContainsFunc(now, func(n flow.SecretVar) bool { return n.Name == b.Name })
	})
}

// sameMachine compares agents without their labels.
func sameMachine(a, b *flow.Agent) bool {
	return a.OS == b.OS && a.Jenkins == b.Jenkins && a.Container == b.Container && slices.Equal(a.GitHub, b.GitHub) &&
		reflect.DeepEqual(a.GitLab, b.GitLab) && reflect.DeepEqual(a.Azure, b.Azure)
}

// and joins words in a sentence.
func and(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
