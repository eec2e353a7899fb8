package schema

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/schema/language"
)

// hclOf writes a term in the native syntax.
func hclOf(t term) string {
	switch t := t.(type) {
	case nil:
		return "null"
	case wordTerm:
		return string(t)
	case sourceTerm:
		return string(t)
	case callTerm:
		if len(t.arguments.names) == 0 {
			return t.name + "()"
		}
		return t.name + "(" + hclObject(t.arguments) + ")"
	case plainTerm:
		return string(hclwrite.TokensForValue(t.Value).Bytes())
	case textTerm:
		return `"` + templateOf(t, quoted) + `"`
	case listTerm:
		var items []string
		for _, i := range t {
			items = append(items, hclOf(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case objectTerm:
		return hclObject(t)
	default:
		panic("schema: a term of no kind")
	}
}

func hclObject(t objectTerm) string {
	if len(t.names) == 0 {
		return "{}"
	}
	var items []string
	for _, name := range t.names {
		key := name
		if !hclsyntax.ValidIdentifier(name) {
			key = `"` + quoted(name) + `"`
		}
		items = append(items, key+" = "+hclOf(t.terms[name]))
	}
	return "{ " + strings.Join(items, ", ") + " }"
}

// quoted escapes a literal for a text in quotation marks, templates included.
func quoted(literal string) string {
	b := hclwrite.TokensForValue(cty.StringVal(literal)).Bytes()
	return string(b[1 : len(b)-1])
}

// unquoted escapes a literal for a template that stands in JSON, where only
// the signs of templates mean something.
func unquoted(literal string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(literal)
}

// templateOf writes a text as a template. A sign before a run-time value would
// make it literal, so it becomes a piece of its own.
func templateOf(t textTerm, escape func(string) string) string {
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

// jsonOf is a term as encoding/json writes it: a text is a template, a
// reference and a bare word are texts.
func jsonOf(t term) any {
	switch t := t.(type) {
	case nil:
		return nil
	case wordTerm:
		return string(t)
	case sourceTerm, callTerm:
		return "${" + hclOf(t) + "}"
	case plainTerm:
		return jsonPlain(t.Value)
	case textTerm:
		return templateOf(t, unquoted)
	case listTerm:
		out := []any{}
		for _, i := range t {
			out = append(out, jsonOf(i))
		}
		return out
	case objectTerm:
		out := language.Members{}
		for _, name := range t.names {
			out = append(out, language.Member{Name: name, Value: jsonOf(t.terms[name])})
		}
		return out
	default:
		panic("schema: a term of no kind")
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
