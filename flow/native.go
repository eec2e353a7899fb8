package flow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
)

// natives are the native steps of a build, a check or an environment. Where
// they stand is the lowering's: before the commands, or after the recorded
// success, and never between a gate and what it guards.
func natives(all []*schema.Native) []Step {
	var out []Step
	for _, n := range all {
		out = append(out, nativeSteps(n, n.Steps)...)
	}
	return out
}

// nativeSetups are those that prepare a deployment: before its guards, so that
// nothing of them stands between a guard and what it is for.
func nativeSetups(all []*schema.Native) []Step {
	var out []Step
	for _, n := range all {
		out = append(out, nativeSteps(n, n.Setup)...)
	}
	return out
}

func nativeSteps(of *schema.Native, text schema.Value[string]) []Step {
	if text.V == "" {
		return nil
	}
	return []Step{Native{Target: of.Target, Text: strings.Trim(text.V, "\n"), Origin: text.Range}}
}

func nativeKeys(all []*schema.Native) []Native {
	var out []Native
	for _, n := range all {
		if n.Keys.V != "" {
			out = append(out, Native{Target: n.Target, Text: strings.Trim(n.Keys.V, "\n"), Origin: n.Keys.Range})
		}
	}
	return out
}

// noNatives refuses a check with native parts in a deployment: they would stand
// between the guards and the record of what was done.
func (b *builder) noNatives(c *schema.Check, environment string, at hcl.Range) {
	if len(c.Natives) > 0 {
		b.report(nativeInDeployment(c.Block, environment, at, c.Natives[0].Range))
	}
}

// Natives are the targets for which a job has native parts.
func (j *Job) Natives() []string {
	var out []string
	for _, k := range j.Keys {
		out = append(out, k.Target)
	}
	for _, s := range j.Steps {
		if n, ok := s.(Native); ok {
			out = append(out, n.Target)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// NativeBefore tells whether a native step of a target stands before a call of
// the release script: what it sets for the job's commands must not reach that.
func (j *Job) NativeBefore(target string) bool {
	native := false
	for _, s := range j.Steps {
		switch s := s.(type) {
		case Native:
			native = native || s.Target == target
		case Operation, ClearReport, Evidence, Publish, Fetch:
			if native && j.Script != "" {
				return true
			}
		}
	}
	return false
}

// Outside says which jobs of a flow have native parts for a target, for the
// first lines of its file; nothing where there are none.
func (f *Flow) Outside(target string) []string {
	var jobs []string
	for _, j := range f.Jobs {
		if slices.Contains(j.Natives(), target) {
			jobs = append(jobs, j.ID())
		}
	}
	if len(jobs) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Parts of %s are native: from the policy as they are, outside fettle's guarantees.", strings.Join(jobs, ", "))}
}
