package schema

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// The table of functions: evaluation, the help in messages and the reference
// documentation follow from it, and every example is a test. All are pure, and
// what they give is bounded by what they get (functions_bounded.go). Left out
// on purpose: setproduct, range and pow, whose results have no such bound, and
// everything that knows a clock.

// callable is a function that expressions may call.
type callable struct {
	signature string // join(separator, list): messages use the names of the parameters
	doc       string
	example   string
	result    string // what the example gives, as a policy writes it
	call      function.Function
	lazy      bool // try and can: the arguments are evaluated one by one
}

func (f *callable) name() string {
	name, _, _ := strings.Cut(f.signature, "(")
	return name
}

// parameter is the name of an argument in the signature; one that repeats is
// the last.
func (f *callable) parameter(i int) string {
	_, inside, _ := strings.Cut(strings.TrimSuffix(f.signature, ")"), "(")
	names := strings.Split(inside, ", ")
	return strings.TrimSuffix(names[min(i, len(names)-1)], "…")
}

// functions are all functions, in the order of the alphabet.
var functions = []*callable{
	{signature: "abs(number)", doc: "The number without its sign.", example: `abs(-3)`, result: `3`, call: stdlib.AbsoluteFunc},
	{signature: "alltrue(list)", doc: "Are all true? Yes, where the list is empty.", example: `alltrue([true, false])`, result: `false`, call: allTrue},
	{signature: "anytrue(list)", doc: "Is one of them true?", example: `anytrue([true, false])`, result: `true`, call: anyTrue},
	{signature: "can(value)", doc: "Can this be evaluated? A run-time value that is needed too early, and a name that nothing has, stay errors.", example: `can({ a = 1 }.b)`, result: `false`, lazy: true},
	{signature: "ceil(number)", doc: "The next whole number that is not less.", example: `ceil(1.2)`, result: `2`, call: stdlib.CeilFunc},
	{signature: "chomp(text)", doc: "The text without the newlines at its end.", example: `chomp("a\n")`, result: `"a"`, call: stdlib.ChompFunc},
	{signature: "chunklist(list, size)", doc: "The list, cut into lists of this size.", example: `chunklist(["a", "b", "c"], 2)`, result: `[["a", "b"], ["c"]]`, call: stdlib.ChunklistFunc},
	{signature: "coalesce(value…)", doc: "The first that is not null.", example: `coalesce(null, "a", "b")`, result: `"a"`, call: stdlib.CoalesceFunc},
	{signature: "coalescelist(list…)", doc: "The first list that is not empty.", example: `coalescelist([], ["a"])`, result: `["a"]`, call: stdlib.CoalesceListFunc},
	{signature: "compact(list)", doc: "The list without empty texts and nulls.", example: `compact(["a", "", "b"])`, result: `["a", "b"]`, call: stdlib.CompactFunc},
	{signature: "concat(list…)", doc: "The lists, one after the other.", example: `concat(["a"], ["b", "c"])`, result: `["a", "b", "c"]`, call: stdlib.ConcatFunc},
	{signature: "contains(list, value)", doc: "Is the value in the list?", example: `contains(["a", "b"], "b")`, result: `true`, call: stdlib.ContainsFunc},
	{signature: "distinct(list)", doc: "Each of its values once, in order.", example: `distinct(["a", "b", "a"])`, result: `["a", "b"]`, call: stdlib.DistinctFunc},
	{signature: "element(list, index)", doc: "The element at an index, which begins again behind the last.", example: `element(["a", "b"], 3)`, result: `"b"`, call: stdlib.ElementFunc},
	{signature: "endswith(text, suffix)", doc: "Does the text end so?", example: `endswith("main.go", ".go")`, result: `true`, call: endsWith},
	{signature: "flatten(list)", doc: "The list with what the lists in it hold.", example: `flatten([["a"], ["b", ["c"]]])`, result: `["a", "b", "c"]`, call: stdlib.FlattenFunc},
	{signature: "floor(number)", doc: "The next whole number that is not more.", example: `floor(1.8)`, result: `1`, call: stdlib.FloorFunc},
	{signature: "format(pattern, value…)", doc: "The pattern with values in the places of %s, %d, %05d, %q, … A width has three digits at most.", example: `format("%s-%03d", "rc", 7)`, result: `"rc-007"`, call: stdlib.FormatFunc},
	{signature: "formatlist(pattern, value…)", doc: "format for each element of lists of one length.", example: `formatlist("%s.xml", ["a", "b"])`, result: `["a.xml", "b.xml"]`, call: stdlib.FormatListFunc},
	{signature: "indent(spaces, text)", doc: "The text with blanks before every line but the first.", example: `indent(2, "a\nb")`, result: `"a\n  b"`, call: stdlib.IndentFunc},
	{signature: "index(list, value)", doc: "The position of the value in the list, from 0.", example: `index(["a", "b"], "b")`, result: `1`, call: indexOf},
	{signature: "int(number)", doc: "The number without what stands behind its point.", example: `int(1.8)`, result: `1`, call: stdlib.IntFunc},
	{signature: "join(separator, list…)", doc: "The texts of lists, with the separator between them.", example: `join(", ", ["a", "b"])`, result: `"a, b"`, call: stdlib.JoinFunc},
	{signature: "jsondecode(text)", doc: "The value that a JSON text holds.", example: `jsondecode("{\"a\": 1}")`, result: `{ a = 1 }`, call: stdlib.JSONDecodeFunc},
	{signature: "jsonencode(value)", doc: "The value as a JSON text.", example: `jsonencode({ a = [1, true] })`, result: `"{\"a\":[1,true]}"`, call: stdlib.JSONEncodeFunc},
	{signature: "keys(object)", doc: "Its keys, in the order of the alphabet.", example: `keys({ b = 1, a = 2 })`, result: `["a", "b"]`, call: stdlib.KeysFunc},
	{signature: "length(value)", doc: "How many elements a list or an object has, or characters a text.", example: `length(["a", "b"])`, result: `2`, call: lengthOf},
	{signature: "lookup(object, key, default)", doc: "What the object has under a key, or the default.", example: `lookup({ a = "x" }, "b", "y")`, result: `"y"`, call: stdlib.LookupFunc},
	{signature: "lower(text)", doc: "The text in lower case.", example: `lower("Main")`, result: `"main"`, call: stdlib.LowerFunc},
	{signature: "max(number…)", doc: "The largest.", example: `max(1, 3, 2)`, result: `3`, call: stdlib.MaxFunc},
	{signature: "merge(object…)", doc: "One object of several; of two values under one key the later one counts.", example: `merge({ a = 1, b = 2 }, { b = 3 })`, result: `{ a = 1, b = 3 }`, call: stdlib.MergeFunc},
	{signature: "min(number…)", doc: "The smallest.", example: `min(1, 3, 2)`, result: `1`, call: stdlib.MinFunc},
	{signature: "parseint(text, base)", doc: "The whole number that a text holds, in a base.", example: `parseint("ff", 16)`, result: `255`, call: stdlib.ParseIntFunc},
	{signature: "regex(pattern, text)", doc: "What the first match captures: a text, a list for several groups, an object for named ones. No match is an error.", example: `regex("[0-9]+", "v12")`, result: `"12"`, call: stdlib.RegexFunc},
	{signature: "regexall(pattern, text)", doc: "What every match captures.", example: `regexall("[0-9]+", "1.22")`, result: `["1", "22"]`, call: stdlib.RegexAllFunc},
	{signature: "replace(text, old, new)", doc: "The text with every old one replaced.", example: `replace("a_b_c", "_", "-")`, result: `"a-b-c"`, call: stdlib.ReplaceFunc},
	{signature: "reverse(list)", doc: "The list from its end.", example: `reverse(["a", "b"])`, result: `["b", "a"]`, call: stdlib.ReverseListFunc},
	{signature: "slice(list, from, to)", doc: "The elements from an index up to the one before another.", example: `slice(["a", "b", "c"], 0, 2)`, result: `["a", "b"]`, call: stdlib.SliceFunc},
	{signature: "sort(list)", doc: "The texts in order.", example: `sort(["b", "a"])`, result: `["a", "b"]`, call: stdlib.SortFunc},
	{signature: "split(separator, text)", doc: "The parts of a text between separators.", example: `split(",", "a,b")`, result: `["a", "b"]`, call: stdlib.SplitFunc},
	{signature: "startswith(text, prefix)", doc: "Does the text begin so?", example: `startswith("release/1", "release/")`, result: `true`, call: startsWith},
	{signature: "strrev(text)", doc: "The text from its end.", example: `strrev("abc")`, result: `"cba"`, call: stdlib.ReverseFunc},
	{signature: "substr(text, offset, length)", doc: "A part of a text, in characters; -1 is a length up to its end.", example: `substr("release", 0, 3)`, result: `"rel"`, call: stdlib.SubstrFunc},
	{signature: "sum(list)", doc: "What the numbers make together.", example: `sum([1, 2, 3])`, result: `6`, call: sumOf},
	{signature: "title(text)", doc: "The text with every word in upper case at its beginning.", example: `title("two words")`, result: `"Two Words"`, call: stdlib.TitleFunc},
	{signature: "tobool(value)", doc: "true or false of a text.", example: `tobool("true")`, result: `true`, call: stdlib.MakeToFunc(cty.Bool)},
	{signature: "tolist(value)", doc: "A list whose elements are of one type.", example: `tolist(["a", 1])`, result: `["a", "1"]`, call: stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType))},
	{signature: "tomap(value)", doc: "An object whose values are of one type.", example: `tomap({ a = "x", b = 1 })`, result: `{ a = "x", b = "1" }`, call: stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType))},
	{signature: "tonumber(value)", doc: "The number that a text holds.", example: `tonumber("12")`, result: `12`, call: stdlib.MakeToFunc(cty.Number)},
	{signature: "toset(value)", doc: "Each of the values once, in order of the alphabet.", example: `toset(["b", "a", "b"])`, result: `["a", "b"]`, call: stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType))},
	{signature: "tostring(value)", doc: "The text of a number, or of true or false.", example: `tostring(12)`, result: `"12"`, call: stdlib.MakeToFunc(cty.String)},
	{signature: "trim(text, characters)", doc: "The text without these characters at both ends.", example: `trim("--a--", "-")`, result: `"a"`, call: stdlib.TrimFunc},
	{signature: "trimprefix(text, prefix)", doc: "The text without this beginning.", example: `trimprefix("v1.2", "v")`, result: `"1.2"`, call: stdlib.TrimPrefixFunc},
	{signature: "trimspace(text)", doc: "The text without blanks and newlines at both ends.", example: `trimspace(" a\n")`, result: `"a"`, call: stdlib.TrimSpaceFunc},
	{signature: "trimsuffix(text, suffix)", doc: "The text without this end.", example: `trimsuffix("main.go", ".go")`, result: `"main"`, call: stdlib.TrimSuffixFunc},
	{signature: "try(value…)", doc: "The first that can be evaluated. A run-time value that is needed too early, and a name that nothing has, stay errors.", example: `try({ a = 1 }.b, "none")`, result: `"none"`, lazy: true},
	{signature: "upper(text)", doc: "The text in upper case.", example: `upper("qa")`, result: `"QA"`, call: stdlib.UpperFunc},
	{signature: "values(object)", doc: "Its values, in the order of its keys.", example: `values({ b = 1, a = 2 })`, result: `[2, 1]`, call: stdlib.ValuesFunc},
	{signature: "zipmap(keys, values)", doc: "An object of a list of keys and a list of values.", example: `zipmap(["a", "b"], [1, 2])`, result: `{ a = 1, b = 2 }`, call: stdlib.ZipmapFunc},
}

func functionNamed(name string) *callable {
	i := slices.IndexFunc(functions, func(f *callable) bool { return f.name() == name })
	if i < 0 {
		return nil
	}
	return functions[i]
}

func functionNames() []string {
	var out []string
	for _, f := range functions {
		out = append(out, f.name())
	}
	return out
}
