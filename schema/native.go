package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/language"
)

// Native is a part of one system's file as the policy writes it.
type Native struct {
	Target      string
	Setup       Value[string] // of an environment: before the guards
	Steps, Keys Value[string]
	Range       hcl.Range
}

func (d *decoder) natives(n *node) []*Native {
	var out []*Native
	for _, b := range n.of("native") {
		b := *b
		b.matrix = n.matrix
		switch all := d.targetNames(); {
		case !slices.Contains(language.Targets, b.label):
			d.report(unknownEnum("native", b.label, language.Targets, b.labelRange))
			continue
		case len(all) > 0 && !slices.Contains(all, b.label):
			d.report(optionWithoutTarget(b.label, all, b.labelRange))
			continue
		}
		x := &Native{Target: b.label, Setup: d.str(&b, "setup", ""), Steps: d.str(&b, "steps", ""), Keys: d.str(&b, "keys", ""), Range: b.header}
		if b.attributes["setup"] == nil && b.attributes["steps"] == nil && b.attributes["keys"] == nil {
			d.report(missingAttribute("steps", b.title(), "The steps, as the files of "+b.label+" have them.", b.header))
		}
		if n.spec == language.EnvironmentBlock && x.Keys.Set {
			d.report(nativeKeysOfDeployment(x.Keys.Range))
		}
		out = append(out, x)
	}
	return out
}
