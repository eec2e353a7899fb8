package schema

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// asHCL is an expression as a policy in the native syntax would write it.
func (w terms) asHCL(at hcl.Range) string {
	src := w.policy.source(at)
	if !syntax.IsJSON(at.Filename) {
		return src
	}
	var v any
	if json.Unmarshal([]byte(src), &v) == nil {
		return hclOfJSON(v)
	}
	before := at
	before.Start.Byte, before.End.Byte = at.Start.Byte-1, at.Start.Byte
	if w.policy.source(before) == `"` { // a template without escapes
		return hclOfJSON(src)
	}
	return src // what stands in ${…}
}

// hclOfJSON writes a value of a policy in JSON, where texts are templates, in
// the native syntax.
func hclOfJSON(v any) string {
	switch v := v.(type) {
	case string:
		if x, diags := hclsyntax.ParseTemplate([]byte(v), "", hcl.InitialPos); !diags.HasErrors() {
			if w, ok := x.(*hclsyntax.TemplateWrapExpr); ok {
				return string(w.Wrapped.Range().SliceBytes([]byte(v)))
			}
		}
		return `"` + requote(v) + `"`
	case []any:
		var items []string
		for _, i := range v {
			items = append(items, hclOfJSON(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		var items []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			items = append(items, `"`+eval.Quote(name)+`" = `+hclOfJSON(v[name]))
		}
		return "{ " + strings.Join(items, ", ") + " }"
	}
	out, err := json.Marshal(v)
	if err != nil {
		panic("schema: a value of JSON that is none: " + err.Error())
	}
	return string(out)
}

// requote escapes the literal parts of a template for quotation marks.
func requote(template string) string {
	var b strings.Builder
	tokens, _ := hclsyntax.LexTemplate([]byte(template), "", hcl.InitialPos)
	end := 0
	for _, t := range tokens {
		b.WriteString(template[end:t.Range.Start.Byte])
		end = t.Range.End.Byte
		if t.Type == hclsyntax.TokenStringLit {
			b.WriteString(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(string(t.Bytes)))
		} else {
			b.Write(t.Bytes)
		}
	}
	return b.String()
}
