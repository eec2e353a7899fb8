package weakening

import (
	"reflect"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/language"
)

// hosts: another CI system deploys, or there is one more or one less: who
// approves on it was not compared before, and cannot be later. The system that
// deploys now is one finding, also where it is new or the other one is gone.
func (c *comparison) hosts() {
	before, now := c.before.Plan, c.now.Plan
	changed := before.Active != now.Active
	if changed {
		c.report(activeChanged(before.Active, now.Active, c.policyAt("active")))
	}
	for _, t := range missingNames(now.Targets, before.Targets) {
		if !changed || t != now.Active {
			c.report(targetAdded(t, c.policyAt("targets")))
		}
	}
	for _, t := range missingNames(before.Targets, now.Targets) {
		if !changed || t != before.Active {
			c.report(targetGone(t, c.policyAt("targets")))
		}
	}
	if !changed && before.Forge != now.Forge && now.Forge == "none" {
		c.report(forgeGone(before.Forge, c.policyAt("forge")))
	}
	if before.GitLabRoot != now.GitLabRoot && slices.Contains(before.Targets, "gitlab") && slices.Contains(now.Targets, "gitlab") {
		c.report(rootMoved(before.GitLabRoot, now.GitLabRoot, c.policyAt("gitlab")))
	}
}

// forge: where merge requests are opened, if that does not follow from the
// system that deploys.
func (c *comparison) forge() {
	before, now := c.before.Plan, c.now.Plan
	if before.Active == now.Active && before.Forge != now.Forge && now.Forge != "none" {
		c.name("merge requests are opened on %s, and were on %s at %s", now.Forge, before.Forge, c.revision)
	}
}

// operationsMachine: the machine on which the release script judges, and has the
// credential that pushes.
func (c *comparison) operationsMachine() {
	done := false
	c.jobs(func(before, now *flow.Job) {
		if done || !operates(before) || !operates(now) || sameMachine(before.Agent, now.Agent) {
			return
		}
		done = true
		c.report(operationsElsewhere(c.agentAt(before.Agent, now.Agent)))
	})
}

// agentAt is where an agent says that it is another machine.
func (c *comparison) agentAt(before, now *flow.Agent) hcl.Range {
	for _, a := range c.now.Policy.Agents {
		if language.ID(a.Label) != now.ID {
			continue
		}
		for _, part := range []struct {
			attribute string
			same      bool
		}{
			{"os", before.OS == now.OS},
			{"github", slices.Equal(before.GitHub, now.GitHub)},
			{"gitlab", reflect.DeepEqual(before.GitLab, now.GitLab)},
			{"azure", reflect.DeepEqual(before.Azure, now.Azure)},
			{"jenkins", before.Jenkins == now.Jenkins},
		} {
			if at := c.at(a.Range, "agent", a.Label, part.attribute); !part.same && at != a.Range {
				return at
			}
		}
		return a.Range
	}
	return c.now.Policy.Range
}
