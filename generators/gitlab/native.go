package gitlab

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// nativeItem is such a part of a job. The credential that may push is not for
// it: it goes, and comes back where operations follow.
func (w *writer) nativeItem(j *flow.Job, after []flow.Step, n flow.Native, windows bool, v *jobView) {
	if n.Target != "gitlab" {
		return
	}
	switch follows := slices.ContainsFunc(after, pushes); {
	case j.Writes && follows:
		v.Script = append(v.Script, w.aside(windows), w.withoutToken(windows))
		w.native(n, v)
		v.Script = append(v.Script, w.back(windows))
	case j.Writes:
		v.Script = append(v.Script, w.withoutToken(windows))
		w.native(n, v)
	default:
		w.native(n, v)
	}
	if !windows && len(after) > 0 {
		v.Script = append(v.Script, failAgain)
	}
}

// failAgain: the items are one shell. What one of the policy sets would let the
// operations after it fail unseen; PowerShell is asked after each item.
const failAgain = "set -e"

// pushes tells whether a step of the job's own shell needs that credential.
func pushes(s flow.Step) bool {
	op, ok := s.(flow.Operation)
	return ok && op.Pushes() && op.Phase == flow.Normal
}

// native are items of the script as the policy has them.
func (w *writer) native(n flow.Native, v *jobView) {
	d := gen.NativeSteps(n, func(s *yaml.Node) string {
		if s.Kind != yaml.ScalarNode || s.Tag != "!!str" {
			return "an item of `script` is a text"
		}
		return ""
	})
	if d != nil {
		w.diags = append(w.diags, d)
		return
	}
	if v.natives == nil {
		v.natives = map[int]string{}
	}
	v.natives[len(v.Script)] = gen.BetweenComments("#", 4, n.Text)
	v.Script = append(v.Script, "") // its place
}

// items are the script with what is native in its place.
func (v *jobView) items() []scriptItem {
	var out []scriptItem
	for i, s := range v.Script {
		out = append(out, scriptItem{Text: s, Native: v.natives[i]})
	}
	return out
}

// keys are keys of the job as the policy has them.
func (w *writer) keys(j *flow.Job) []string {
	var out []string
	for _, k := range j.Keys {
		if k.Target != "gitlab" {
			continue
		}
		if d := gen.NativeKeys(k, "cache", "coverage", "services"); d != nil {
			w.diags = append(w.diags, d)
			continue
		}
		out = append(out, gen.BetweenComments("#", 2, k.Text))
	}
	return out
}
