package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Native is a part of one system's file as the policy writes it.
type Native struct {
	Target      string
	Setup       Value[string] // of an environment: before the guards
	Steps, Keys Value[string]
	Range       hcl.Range
}

func (d *decoder) natives(n *syntax.Node) []*Native {
	var out []*Native
	for _, b := range n.Of("native") {
		b := *b
		b.Matrix = n.Matrix
		switch all := d.targetNames(); {
		case !slices.Contains(language.Targets, b.Label):
			d.report(unknownEnum("native", b.Label, language.Targets, b.LabelRange))
			continue
		case len(all) > 0 && !slices.Contains(all, b.Label):
			d.report(optionWithoutTarget(b.Label, all, b.LabelRange))
			continue
		}
		x := &Native{Target: b.Label, Setup: d.str(&b, "setup", ""), Steps: d.str(&b, "steps", ""), Keys: d.str(&b, "keys", ""), Range: b.Header}
		if b.Attributes["setup"] == nil && b.Attributes["steps"] == nil && b.Attributes["keys"] == nil {
			d.report(syntax.MissingAttribute("steps", b.Title(), "The steps, as the files of "+b.Label+" have them.", b.Header))
		}
		if n.Spec == language.EnvironmentBlock && x.Keys.Set {
			d.report(nativeKeysOfDeployment(x.Keys.Range))
		}
		out = append(out, x)
	}
	return out
}
