package language

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// The functions that the standard library lacks, or has for lists alone.

func parameter(name string, t cty.Type) function.Parameter {
	return function.Parameter{Name: name, Type: t}
}

var (
	startsWith = twoTexts(strings.HasPrefix)
	endsWith   = twoTexts(strings.HasSuffix)
	allTrue    = ofBools(true)
	anyTrue    = ofBools(false)
)

func twoTexts(holds func(a, b string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{parameter("text", cty.String), parameter("part", cty.String)},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(holds(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

// ofBools is true for all, or false for any: what decides is the first value
// that differs.
func ofBools(all bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{parameter("list", cty.List(cty.Bool))},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			for it := args[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				if v.IsNull() || v.True() != all {
					return cty.BoolVal(!all), nil
				}
			}
			return cty.BoolVal(all), nil
		},
	})
}

var sumOf = function.New(&function.Spec{
	Params: []function.Parameter{parameter("list", cty.List(cty.Number))},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		sum := cty.Zero
		for it := args[0].ElementIterator(); it.Next(); {
			_, v := it.Element()
			if v.IsNull() {
				return cty.NilVal, errors.New("one of the numbers is null")
			}
			sum = sum.Add(v)
		}
		return sum, nil
	},
})

var lengthOf = function.New(&function.Spec{
	Params: []function.Parameter{parameter("value", cty.DynamicPseudoType)},
	Type: func(args []cty.Value) (cty.Type, error) {
		t := args[0].Type()
		if t != cty.String && !t.IsCollectionType() && !t.IsTupleType() && !t.IsObjectType() {
			return cty.NilType, function.NewArgErrorf(0, "a list, an object or a text has a length")
		}
		return cty.Number, nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if args[0].Type() == cty.String {
			return cty.NumberIntVal(int64(utf8.RuneCountInString(args[0].AsString()))), nil
		}
		return cty.NumberIntVal(int64(args[0].LengthInt())), nil
	},
})

// indexOf: the standard library's index is for keys.
var indexOf = function.New(&function.Spec{
	Params: []function.Parameter{parameter("list", cty.DynamicPseudoType), parameter("value", cty.DynamicPseudoType)},
	Type: func(args []cty.Value) (cty.Type, error) {
		if t := args[0].Type(); !t.IsListType() && !t.IsTupleType() {
			return cty.NilType, function.NewArgErrorf(0, "it must be a list")
		}
		return cty.Number, nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		for it := args[0].ElementIterator(); it.Next(); {
			i, v := it.Element()
			if same, err := stdlib.Equal(v, args[1]); err == nil && same.IsKnown() && same.True() {
				return i, nil
			}
		}
		return cty.NilVal, function.NewArgErrorf(1, "it is not in the list")
	},
})
