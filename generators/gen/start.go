package gen

import (
	"encoding/json"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// Start is how a person starts a flow on a target, with every field of its form
// filled in.
type Start struct {
	Command string // for a shell
	Button  string // where it is on the pages of the system
	Request Request
}

// Request is the call of the host's REST interface that does the same, by POST.
type Request struct {
	Path string // below the address of the interface; a name in braces is what is known of the place
	Type string // of the body
	Body string
}

// JSON is a request with a body in JSON: maps have their keys in order.
func JSON(path string, body map[string]any) Request {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(body); err != nil {
		panic("gen: " + err.Error()) // texts only
	}
	return Request{path, "application/json", strings.TrimSpace(b.String())}
}

// Values are the fields by their names.
func Values(fields []Field) map[string]any {
	out := map[string]any{}
	for _, f := range fields {
		out[f.Name] = f.Value
	}
	return out
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
	d := f.OnDemand()
	if d == nil {
		return nil
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
	return out
}
