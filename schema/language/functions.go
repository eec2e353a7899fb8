package language

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// The table of functions: evaluation, the help in messages and the reference
// documentation follow from it, and every example is a test. All are pure, and
// what they give is bounded by what they get (package eval). Left out
// on purpose: setproduct, range and pow, whose results have no such bound, and
// everything that knows a clock.

// Function is a function that expressions may call.
type Function struct {
	Signature string // join(separator, list): messages use the names of the parameters
	Doc       string
	Example   string
	Result    string // what the example gives, as a policy writes it
	Call      function.Function
	Lazy      bool // try and can: the arguments are evaluated one by one
}

func (f *Function) Name() string {
	name, _, _ := strings.Cut(f.Signature, "(")
	return name
}

// Parameter is the name of an argument in the signature; one that repeats is
// the last.
func (f *Function) Parameter(i int) string {
	_, inside, _ := strings.Cut(strings.TrimSuffix(f.Signature, ")"), "(")
	names := strings.Split(inside, ", ")
	return strings.TrimSuffix(names[min(i, len(names)-1)], "…")
}

// Functions are all functions, in the order of the alphabet.
var Functions = []*Function{
	{Signature: "abs(number)", Doc: "The number without its sign.", Example: `abs(-3)`, Result: `3`, Call: stdlib.AbsoluteFunc},
	{Signature: "alltrue(list)", Doc: "Are all true? Yes, where the list is empty.", Example: `alltrue([true, false])`, Result: `false`, Call: allTrue},
	{Signature: "anytrue(list)", Doc: "Is one of them true?", Example: `anytrue([true, false])`, Result: `true`, Call: anyTrue},
	{Signature: "can(value)", Doc: "Can this be evaluated? A run-time value that is needed too early, and a name that nothing has, stay errors.", Example: `can({ a = 1 }.b)`, Result: `false`, Lazy: true},
	{Signature: "ceil(number)", Doc: "The next whole number that is not less.", Example: `ceil(1.2)`, Result: `2`, Call: stdlib.CeilFunc},
	{Signature: "chomp(text)", Doc: "The text without the newlines at its end.", Example: `chomp("a\n")`, Result: `"a"`, Call: stdlib.ChompFunc},
	{Signature: "chunklist(list, size)", Doc: "The list, cut into lists of this size.", Example: `chunklist(["a", "b", "c"], 2)`, Result: `[["a", "b"], ["c"]]`, Call: stdlib.ChunklistFunc},
	{Signature: "coalesce(value…)", Doc: "The first that is not null.", Example: `coalesce(null, "a", "b")`, Result: `"a"`, Call: stdlib.CoalesceFunc},
	{Signature: "coalescelist(list…)", Doc: "The first list that is not empty.", Example: `coalescelist([], ["a"])`, Result: `["a"]`, Call: stdlib.CoalesceListFunc},
	{Signature: "compact(list)", Doc: "The list without empty texts and nulls.", Example: `compact(["a", "", "b"])`, Result: `["a", "b"]`, Call: stdlib.CompactFunc},
	{Signature: "concat(list…)", Doc: "The lists, one after the other.", Example: `concat(["a"], ["b", "c"])`, Result: `["a", "b", "c"]`, Call: stdlib.ConcatFunc},
	{Signature: "contains(list, value)", Doc: "Is the value in the list?", Example: `contains(["a", "b"], "b")`, Result: `true`, Call: stdlib.ContainsFunc},
	{Signature: "distinct(list)", Doc: "Each of its values once, in order.", Example: `distinct(["a", "b", "a"])`, Result: `["a", "b"]`, Call: stdlib.DistinctFunc},
	{Signature: "element(list, index)", Doc: "The element at an index, which begins again behind the last.", Example: `element(["a", "b"], 3)`, Result: `"b"`, Call: stdlib.ElementFunc},
	{Signature: "endswith(text, suffix)", Doc: "Does the text end so?", Example: `endswith("main.go", ".go")`, Result: `true`, Call: endsWith},
	{Signature: "flatten(list)", Doc: "The list with what the lists in it hold.", Example: `flatten([["a"], ["b", ["c"]]])`, Result: `["a", "b", "c"]`, Call: stdlib.FlattenFunc},
	{Signature: "floor(number)", Doc: "The next whole number that is not more.", Example: `floor(1.8)`, Result: `1`, Call: stdlib.FloorFunc},
	{Signature: "format(pattern, value…)", Doc: "The pattern with values in the places of %s, %d, %05d, %q, … A width has three digits at most.", Example: `format("%s-%03d", "rc", 7)`, Result: `"rc-007"`, Call: stdlib.FormatFunc},
	{Signature: "formatlist(pattern, value…)", Doc: "format for each element of lists of one length.", Example: `formatlist("%s.xml", ["a", "b"])`, Result: `["a.xml", "b.xml"]`, Call: stdlib.FormatListFunc},
	{Signature: "indent(spaces, text)", Doc: "The text with blanks before every line but the first.", Example: `indent(2, "a\nb")`, Result: `"a\n  b"`, Call: stdlib.IndentFunc},
	{Signature: "index(list, value)", Doc: "The position of the value in the list, from 0.", Example: `index(["a", "b"], "b")`, Result: `1`, Call: indexOf},
	{Signature: "int(number)", Doc: "The number without what stands behind its point.", Example: `int(1.8)`, Result: `1`, Call: stdlib.IntFunc},
	{Signature: "join(separator, list…)", Doc: "The texts of lists, with the separator between them.", Example: `join(", ", ["a", "b"])`, Result: `"a, b"`, Call: stdlib.JoinFunc},
	{Signature: "jsondecode(text)", Doc: "The value that a JSON text holds.", Example: `jsondecode("{\"a\": 1}")`, Result: `{ a = 1 }`, Call: stdlib.JSONDecodeFunc},
	{Signature: "jsonencode(value)", Doc: "The value as a JSON text.", Example: `jsonencode({ a = [1, true] })`, Result: `"{\"a\":[1,true]}"`, Call: stdlib.JSONEncodeFunc},
	{Signature: "keys(object)", Doc: "Its keys, in the order of the alphabet.", Example: `keys({ b = 1, a = 2 })`, Result: `["a", "b"]`, Call: stdlib.KeysFunc},
	{Signature: "length(value)", Doc: "How many elements a list or an object has, or characters a text.", Example: `length(["a", "b"])`, Result: `2`, Call: lengthOf},
	{Signature: "lookup(object, key, default)", Doc: "What the object has under a key, or the default.", Example: `lookup({ a = "x" }, "b", "y")`, Result: `"y"`, Call: stdlib.LookupFunc},
	{Signature: "lower(text)", Doc: "The text in lower case.", Example: `lower("Main")`, Result: `"main"`, Call: stdlib.LowerFunc},
	{Signature: "max(number…)", Doc: "The largest.", Example: `max(1, 3, 2)`, Result: `3`, Call: stdlib.MaxFunc},
	{Signature: "merge(object…)", Doc: "One object of several; of two values under one key the later one counts.", Example: `merge({ a = 1, b = 2 }, { b = 3 })`, Result: `{ a = 1, b = 3 }`, Call: stdlib.MergeFunc},
	{Signature: "min(number…)", Doc: "The smallest.", Example: `min(1, 3, 2)`, Result: `1`, Call: stdlib.MinFunc},
	{Signature: "parseint(text, base)", Doc: "The whole number that a text holds, in a base.", Example: `parseint("ff", 16)`, Result: `255`, Call: stdlib.ParseIntFunc},
	{Signature: "regex(pattern, text)", Doc: "What the first match captures: a text, a list for several groups, an object for named ones. No match is an error.", Example: `regex("[0-9]+", "v12")`, Result: `"12"`, Call: stdlib.RegexFunc},
	{Signature: "regexall(pattern, text)", Doc: "What every match captures.", Example: `regexall("[0-9]+", "1.22")`, Result: `["1", "22"]`, Call: stdlib.RegexAllFunc},
	{Signature: "replace(text, old, new)", Doc: "The text with every old one replaced.", Example: `replace("a_b_c", "_", "-")`, Result: `"a-b-c"`, Call: stdlib.ReplaceFunc},
	{Signature: "reverse(list)", Doc: "The list from its end.", Example: `reverse(["a", "b"])`, Result: `["b", "a"]`, Call: stdlib.ReverseListFunc},
	{Signature: "slice(list, from, to)", Doc: "The elements from an index up to the one before another.", Example: `slice(["a", "b", "c"], 0, 2)`, Result: `["a", "b"]`, Call: stdlib.SliceFunc},
	{Signature: "sort(list)", Doc: "The texts in order.", Example: `sort(["b", "a"])`, Result: `["a", "b"]`, Call: stdlib.SortFunc},
	{Signature: "split(separator, text)", Doc: "The parts of a text between separators.", Example: `split(",", "a,b")`, Result: `["a", "b"]`, Call: stdlib.SplitFunc},
	{Signature: "startswith(text, prefix)", Doc: "Does the text begin so?", Example: `startswith("release/1", "release/")`, Result: `true`, Call: startsWith},
	{Signature: "strrev(text)", Doc: "The text from its end.", Example: `strrev("abc")`, Result: `"cba"`, Call: stdlib.ReverseFunc},
	{Signature: "substr(text, offset, length)", Doc: "A part of a text, in characters; -1 is a length up to its end.", Example: `substr("release", 0, 3)`, Result: `"rel"`, Call: stdlib.SubstrFunc},
	{Signature: "sum(list)", Doc: "What the numbers make together.", Example: `sum([1, 2, 3])`, Result: `6`, Call: sumOf},
	{Signature: "title(text)", Doc: "The text with every word in upper case at its beginning.", Example: `title("two words")`, Result: `"Two Words"`, Call: stdlib.TitleFunc},
	{Signature: "tobool(value)", Doc: "true or false of a text.", Example: `tobool("true")`, Result: `true`, Call: stdlib.MakeToFunc(cty.Bool)},
	{Signature: "tolist(value)", Doc: "A list whose elements are of one type.", Example: `tolist(["a", 1])`, Result: `["a", "1"]`, Call: stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType))},
	{Signature: "tomap(value)", Doc: "An object whose values are of one type.", Example: `tomap({ a = "x", b = 1 })`, Result: `{ a = "x", b = "1" }`, Call: stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType))},
	{Signature: "tonumber(value)", Doc: "The number that a text holds.", Example: `tonumber("12")`, Result: `12`, Call: stdlib.MakeToFunc(cty.Number)},
	{Signature: "toset(value)", Doc: "Each of the values once, in order of the alphabet.", Example: `toset(["b", "a", "b"])`, Result: `["a", "b"]`, Call: stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType))},
	{Signature: "tostring(value)", Doc: "The text of a number, or of true or false.", Example: `tostring(12)`, Result: `"12"`, Call: stdlib.MakeToFunc(cty.String)},
	{Signature: "trim(text, characters)", Doc: "The text without these characters at both ends.", Example: `trim("--a--", "-")`, Result: `"a"`, Call: stdlib.TrimFunc},
	{Signature: "trimprefix(text, prefix)", Doc: "The text without this beginning.", Example: `trimprefix("v1.2", "v")`, Result: `"1.2"`, Call: stdlib.TrimPrefixFunc},
	{Signature: "trimspace(text)", Doc: "The text without blanks and newlines at both ends.", Example: `trimspace(" a\n")`, Result: `"a"`, Call: stdlib.TrimSpaceFunc},
	{Signature: "trimsuffix(text, suffix)", Doc: "The text without this end.", Example: `trimsuffix("main.go", ".go")`, Result: `"main"`, Call: stdlib.TrimSuffixFunc},
	{Signature: "try(value…)", Doc: "The first that can be evaluated. A run-time value that is needed too early, and a name that nothing has, stay errors.", Example: `try({ a = 1 }.b, "none")`, Result: `"none"`, Lazy: true},
	{Signature: "upper(text)", Doc: "The text in upper case.", Example: `upper("qa")`, Result: `"QA"`, Call: stdlib.UpperFunc},
	{Signature: "values(object)", Doc: "Its values, in the order of its keys.", Example: `values({ b = 1, a = 2 })`, Result: `[2, 1]`, Call: stdlib.ValuesFunc},
	{Signature: "zipmap(keys, values)", Doc: "An object of a list of keys and a list of values.", Example: `zipmap(["a", "b"], [1, 2])`, Result: `{ a = 1, b = 2 }`, Call: stdlib.ZipmapFunc},
}

func FunctionNamed(name string) *Function {
	i := slices.IndexFunc(Functions, func(f *Function) bool { return f.Name() == name })
	if i < 0 {
		return nil
	}
	return Functions[i]
}

func FunctionNames() []string {
	var out []string
	for _, f := range Functions {
		out = append(out, f.Name())
	}
	return out
}
