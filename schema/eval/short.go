package eval

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/json"
)

const maxShown = 120 // characters of a value in a message

// Short is a value as messages print it, short.
func Short(v cty.Value) string {
	out, err := json.SimpleJSONValue{Value: v}.MarshalJSON()
	if err != nil {
		return "a value"
	}
	if text := []rune(string(out)); len(text) > maxShown {
		return string(text[:maxShown]) + "…"
	}
	return string(out)
}
