package eval

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/language"
)

// HCL writes a term in the native syntax.
func HCL(t Term) string {
	switch t := t.(type) {
	case nil:
		return "null"
	case WordTerm:
		return string(t)
	case SourceTerm:
		return string(t)
	case callTerm:
		if len(t.arguments.Names) == 0 {
			return t.name + "()"
		}
		return t.name + "(" + hclObject(t.arguments) + ")"
	case PlainTerm:
		return string(hclwrite.TokensForValue(t.Value).Bytes())
	case TextTerm:
		return `"` + templateOf(t, Quote) + `"`
	case ListTerm:
		var items []string
		for _, i := range t {
			items = append(items, HCL(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case ObjectTerm:
		return hclObject(t)
	default:
		panic("eval: a term of no kind")
	}
}

func hclObject(t ObjectTerm) string {
	if len(t.Names) == 0 {
		return "{}"
	}
	var items []string
	for _, name := range t.Names {
		key := name
		if !hclsyntax.ValidIdentifier(name) {
			key = `"` + Quote(name) + `"`
		}
		items = append(items, key+" = "+HCL(t.Terms[name]))
	}
	return "{ " + strings.Join(items, ", ") + " }"
}

// Quote escapes a literal for a text in quotation marks, templates included.
func Quote(literal string) string {
	b := hclwrite.TokensForValue(cty.StringVal(literal)).Bytes()
	return string(b[1 : len(b)-1])
}

// escapeTemplate escapes a literal for a template that stands in JSON, where only
// the signs of templates mean something.
func escapeTemplate(literal string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(literal)
}

// templateOf writes a text as a template. A sign before a run-time value would
// make it literal, so it becomes a piece of its own.
func templateOf(t TextTerm, escape func(string) string) string {
	var b strings.Builder
	literal := ""
	flush := func(before bool) {
		last := literal[max(0, len(literal)-1):]
		if before && (last == "$" || last == "%") {
			b.WriteString(escape(literal[:len(literal)-1]) + `${"` + last + `"}`)
		} else {
			b.WriteString(escape(literal))
		}
		literal = ""
	}
	for _, s := range t {
		if s.Ref == "" {
			literal += s.Lit
			continue
		}
		flush(true)
		name := string(s.Ref)
		if s.Key != "" {
			name += "." + s.Key
		}
		b.WriteString("${" + name + "}")
	}
	flush(false)
	return b.String()
}

// JSON is a term as encoding/json writes it: a text is a template, a
// reference and a bare word are texts.
func JSON(t Term) any {
	switch t := t.(type) {
	case nil:
		return nil
	case WordTerm:
		return string(t)
	case SourceTerm, callTerm:
		return "${" + HCL(t) + "}"
	case PlainTerm:
		return jsonPlain(t.Value)
	case TextTerm:
		return templateOf(t, escapeTemplate)
	case ListTerm:
		out := []any{}
		for _, i := range t {
			out = append(out, JSON(i))
		}
		return out
	case ObjectTerm:
		out := language.Members{}
		for _, name := range t.Names {
			out = append(out, language.Member{Name: name, Value: JSON(t.Terms[name])})
		}
		return out
	default:
		panic("eval: a term of no kind")
	}
}

func jsonPlain(v cty.Value) any {
	switch {
	case v.IsNull():
		return nil
	case v.Type() == cty.Bool:
		return v.True()
	default:
		return json.Number(v.AsBigFloat().Text('f', -1))
	}
}
