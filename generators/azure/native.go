package azure

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// native are steps of the policy as they are.
func (w *writer) native(j *flow.Job, n flow.Native) []stepView {
	if n.Target != "azure" {
		return nil
	}
	ids := gen.NewIDs(j.StepIDs())
	if d := gen.NativeSteps(n, func(s *yaml.Node) string { return wrongStep(s, ids) }); d != nil {
		w.diags = append(w.diags, d)
		return nil
	}
	return []stepView{{Native: gen.BetweenComments("#", indent(j), n.Text)}}
}

func wrongStep(s *yaml.Node, ids gen.IDs) string {
	if s.Kind != yaml.MappingNode {
		return "a step is an object, such as `- task: …` or `- bash: …`"
	}
	for i, k := range gen.Keys(s) {
		switch {
		case strings.HasPrefix(k, "${{"):
			return "an expression that makes steps could make any"
		case k == "checkout":
			return "a second checkout moves the first one, where the release script stands"
		case k == "name" && ids.Taken(s.Content[2*i+1].Value):
			return fmt.Sprintf("the name %q is that of another step of the job", s.Content[2*i+1].Value)
		}
	}
	return ""
}

// keys are keys of the job as the policy has them.
func (w *writer) keys(j *flow.Job) []string {
	var out []string
	for _, k := range j.Keys {
		if k.Target != "azure" {
			continue
		}
		if d := gen.NativeKeys(k, "cancelTimeoutInMinutes", "workspace"); d != nil {
			w.diags = append(w.diags, d)
			continue
		}
		out = append(out, gen.BetweenComments("#", 4, k.Text))
	}
	return out
}
