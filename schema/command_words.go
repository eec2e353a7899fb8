package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

// A value of a call is a word: a text that the shell reads as one argument. The
// quotes are those of the lowering, which knows the shell.

func parameterValue(name string) language.RunValue { return language.RunValue("parameter." + name) }

// argumentWords is the value of a parameter as `run` sees it: words of the shell; a
// bool stays one, for conditions.
func argumentWords(p *Parameter, v eval.Val, at hcl.Range) eval.Val {
	switch v := v.(type) {
	case eval.Later:
		return eval.Later{Segs: []eval.Seg{word(p, v.Segs, at)}}
	case eval.List:
		out := eval.List{}
		for _, i := range v.Items {
			out.Items = append(out.Items, argumentWords(p, i, at))
		}
		return out
	case eval.Known:
		switch {
		case v.V.IsNull() || !v.V.IsKnown() || v.V.Type() == cty.Bool:
			return v
		case v.V.CanIterateElements():
			out := eval.List{}
			for it := v.V.ElementIterator(); it.Next(); {
				_, i := it.Element()
				out.Items = append(out.Items, argumentWords(p, eval.Known{V: i}, at))
			}
			return out
		}
		text, err := convert.Convert(v.V, cty.String)
		if err != nil {
			return eval.Known{V: cty.NullVal(cty.String)}
		}
		return eval.Later{Segs: []eval.Seg{word(p, []eval.Seg{{Lit: text.AsString(), Range: at}}, at)}}
	default:
		return eval.Known{V: cty.NullVal(cty.String)}
	}
}

func word(p *Parameter, segs []eval.Seg, at hcl.Range) eval.Seg {
	segs = flat(segs)
	if p.Secret {
		for i := range segs {
			segs[i].Secret = segs[i].Ref == language.EnvValue
		}
	}
	return eval.Seg{Ref: parameterValue(p.Label), Word: segs, Range: at}
}

// markNeeds marks the variables of a default: a call that does not give the value
// needs them.
func markNeeds(v eval.Val) eval.Val {
	l, ok := v.(eval.Later)
	if !ok {
		return v
	}
	out := slices.Clone(l.Segs)
	for i := range out {
		out[i].Needed = out[i].Ref == language.EnvValue
	}
	return eval.Later{Segs: out}
}

// pieces counts what a value is made of.
func pieces(v eval.Val) int {
	n := 0
	switch v := v.(type) {
	case eval.Later:
		n = count(v.Segs)
	case eval.List:
		for _, i := range v.Items {
			n += pieces(i)
		}
	}
	return n
}

// count is how many segments there are, those in words too.
func count(segs []eval.Seg) int {
	n := 0
	for _, s := range segs {
		if s.Word == nil {
			n++
		}
		n += count(s.Word)
	}
	return n
}

// flat takes words apart: a word that holds words is one word.
func flat(segs []eval.Seg) []eval.Seg {
	out := []eval.Seg{} // not nil: an empty word is a word
	for _, s := range segs {
		if s.Word == nil {
			out = append(out, s)
			continue
		}
		out = append(out, flat(s.Word)...)
	}
	return out
}

// option is how a parameter stands in ${options}: once, or once for each value
// of a list.
func option(p *Parameter, v eval.Val) [][]eval.Seg {
	if !p.Option.Set {
		return nil
	}
	switch v := v.(type) {
	case eval.Later:
		return [][]eval.Seg{append([]eval.Seg{{Lit: p.Option.V + " "}}, v.Segs...)}
	case eval.Known:
		if v.V.IsKnown() && !v.V.IsNull() && v.V.Type() == cty.Bool && v.V.True() {
			return [][]eval.Seg{{{Lit: p.Option.V}}}
		}
	case eval.List:
		return optionList(p, v)
	}
	return nil
}

func optionList(p *Parameter, v eval.List) [][]eval.Seg {
	var out [][]eval.Seg
	var joined []eval.Seg
	for i, item := range v.Items {
		segs := item.(eval.Later).Segs
		if p.Separator.V == "" {
			out = append(out, append([]eval.Seg{{Lit: p.Option.V + " "}}, segs...))
			continue
		}
		if i > 0 {
			joined = append(joined, eval.Seg{Lit: p.Separator.V})
		}
		joined = append(joined, flat(segs)...)
	}
	if len(joined) > 0 {
		out = append(out, []eval.Seg{{Lit: p.Option.V + " "}, {Ref: parameterValue(p.Label), Word: joined, Range: v.Items[0].(eval.Later).Segs[0].Range}})
	}
	return out
}
