package gen

import "github.com/fettle-ci/fettle/flow"

// Start is how a person starts a flow on a target, with every field of its form
// filled in.
type Start struct {
	Command string // for a shell
	Button  string // where it is on the pages of the system
}

// Field is a field of a form, and what is typed into it.
type Field struct {
	*flow.Input
	Value string
}

// Fields are those of a flow's form, with values by the name of the field. What
// nobody has a value for is left out, where it may be empty; else it is named in
// capitals, for the person who starts it.
func Fields(f *flow.Flow, values map[string]string) []Field {
	var out []Field
	for _, t := range f.Triggers {
		d, ok := t.(flow.Dispatch)
		if !ok {
			continue
		}
		for _, in := range d.Inputs {
			value := values[in.Name]
			if value == "" {
				value = in.Default
			}
			if value == "" && in.Required {
				value = "THE " + in.Name
			}
			if value != "" {
				out = append(out, Field{in, value})
			}
		}
	}
	return out
}
