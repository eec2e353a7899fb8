package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/fettle-ci/fettle/schema/language"
)

// A value of a call is a word: a text that the shell reads as one argument. The
// quotes are those of the lowering, which knows the shell.

func parameterValue(name string) language.RunValue { return language.RunValue("parameter." + name) }

// argumentWords is the value of a parameter as `run` sees it: words of the shell; a
// bool stays one, for conditions.
func argumentWords(p *Parameter, v Val, at hcl.Range) Val {
	switch v := v.(type) {
	case Later:
		return Later{Segs: []Seg{word(p, v.Segs, at)}}
	case List:
		out := List{}
		for _, i := range v.Items {
			out.Items = append(out.Items, argumentWords(p, i, at))
		}
		return out
	case Known:
		switch {
		case v.V.IsNull() || !v.V.IsKnown() || v.V.Type() == cty.Bool:
			return v
		case v.V.CanIterateElements():
			out := List{}
			for it := v.V.ElementIterator(); it.Next(); {
				_, i := it.Element()
				out.Items = append(out.Items, argumentWords(p, Known{V: i}, at))
			}
			return out
		}
		text, err := convert.Convert(v.V, cty.String)
		if err != nil {
			return Known{V: cty.NullVal(cty.String)}
		}
		return Later{Segs: []Seg{word(p, []Seg{{Lit: text.AsString(), Range: at}}, at)}}
	default:
		return Known{V: cty.NullVal(cty.String)}
	}
}

func word(p *Parameter, segs []Seg, at hcl.Range) Seg {
	segs = flat(segs)
	if p.Secret {
		for i := range segs {
			segs[i].Secret = segs[i].Ref == language.EnvValue
		}
	}
	return Seg{Ref: parameterValue(p.Label), Word: segs, Range: at}
}

// needed marks the variables of a default: a call that does not give the value
// needs them.
func needed(v Val) Val {
	l, ok := v.(Later)
	if !ok {
		return v
	}
	out := slices.Clone(l.Segs)
	for i := range out {
		out[i].Needed = out[i].Ref == language.EnvValue
	}
	return Later{Segs: out}
}

// pieces counts what a value is made of.
func pieces(v Val) int {
	n := 0
	switch v := v.(type) {
	case Later:
		n = count(v.Segs)
	case List:
		for _, i := range v.Items {
			n += pieces(i)
		}
	}
	return n
}

// count is how many segments there are, those in words too.
func count(segs []Seg) int {
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
func flat(segs []Seg) []Seg {
	out := []Seg{} // not nil: an empty word is a word
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
func option(p *Parameter, v Val) [][]Seg {
	if !p.Option.Set {
		return nil
	}
	switch v := v.(type) {
	case Later:
		return [][]Seg{append([]Seg{{Lit: p.Option.V + " "}}, v.Segs...)}
	case Known:
		if v.V.IsKnown() && !v.V.IsNull() && v.V.Type() == cty.Bool && v.V.True() {
			return [][]Seg{{{Lit: p.Option.V}}}
		}
	case List:
		return optionList(p, v)
	}
	return nil
}

func optionList(p *Parameter, v List) [][]Seg {
	var out [][]Seg
	var joined []Seg
	for i, item := range v.Items {
		segs := item.(Later).Segs
		if p.Separator.V == "" {
			out = append(out, append([]Seg{{Lit: p.Option.V + " "}}, segs...))
			continue
		}
		if i > 0 {
			joined = append(joined, Seg{Lit: p.Separator.V})
		}
		joined = append(joined, flat(segs)...)
	}
	if len(joined) > 0 {
		out = append(out, []Seg{{Lit: p.Option.V + " "}, {Ref: parameterValue(p.Label), Word: joined, Range: v.Items[0].(Later).Segs[0].Range}})
	}
	return out
}
