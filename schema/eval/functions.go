package eval

import (
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/regex"
)

// What a function gives must be bounded by what it gets, since evaluation
// cannot be stopped: a call takes at most maxValue, and the few functions that
// multiply are asked before how much they would give.

const (
	MaxLocal    = 64 << 10  // of one local
	maxValue    = 256 << 10 // of what a call takes or gives, and of a for expression
	maxPut      = 1 << 20   // of what one template or list puts together
	maxDistinct = 1000      // elements, each compared with each
	maxBits     = 1024      // of a number
)

// excess says why a call would need too much, or "".
func excess(name string, args []cty.Value) string {
	total := 0
	for _, a := range args {
		total += Size(a)
	}
	if total > maxValue || resultOf(name, args) > maxValue {
		return fmt.Sprintf("%s() would work on more than 256 KiB here", name)
	}
	if name == "distinct" && args[0].LengthInt() > maxDistinct {
		return "distinct() takes 1,000 elements at most"
	}
	if strings.HasPrefix(name, "format") && wide().MatchString(args[0].AsString()) {
		return name + "() takes widths of three digits at most"
	}
	return ""
}

var wide = regex.New(`%[^a-zA-Z%]*[0-9]{4}`)

// resultOf is the most that a function which multiplies can give.
func resultOf(name string, args []cty.Value) int {
	switch name {
	case "join":
		n := 0
		for _, a := range args[1:] {
			n += a.LengthInt()
		}
		return n * len(args[0].AsString())
	case "replace":
		return (strings.Count(args[0].AsString(), args[1].AsString()) + 1) * len(args[2].AsString())
	case "indent":
		spaces, _ := args[0].AsBigFloat().Int64()
		return int(min(max(spaces, 0), maxValue+1)) * (strings.Count(args[1].AsString(), "\n") + 1)
	case "format", "formatlist":
		return formatSize(args)
	default:
		return 0
	}
}

// formatSize: a verb can name any argument, any number of times.
func formatSize(args []cty.Value) int {
	largest, rows := 0, 1
	for _, a := range args[1:] {
		if !a.CanIterateElements() {
			largest = max(largest, Size(a))
			continue
		}
		rows = max(rows, a.LengthInt())
		for it := a.ElementIterator(); it.Next(); {
			_, x := it.Element()
			largest = max(largest, Size(x))
		}
	}
	pattern := args[0].AsString()
	return rows*len(pattern) + rows*strings.Count(pattern, "%")*min(largest, maxValue+1)
}

// plainNumber is a text that may become a number: 1e999999999 would fill the
// memory with zeros.
var plainNumber = regex.New(`^\s*[+-]?[0-9]{0,32}(\.[0-9]{0,32})?\s*$`)

// fitsNumber tells whether a text that stands for a number may be read as one.
func fitsNumber(v cty.Value) bool {
	return v.Type() != cty.String || !v.IsKnown() || v.IsNull() || plainNumber().MatchString(v.AsString())
}
