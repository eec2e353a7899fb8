package language

import (
	"bytes"
	"encoding/json"
)

// JSONSchema describes a policy as JSON, by the table of the language: what
// Effective.JSON prints, and what a program writes.
func JSONSchema() []byte {
	properties := Members{{"format_version", Members{{"const", FormatVersion}}}}
	for _, b := range Root.Blocks {
		properties = append(properties, Member{b.Name, blocksSchema(b)})
	}
	text, err := json.Marshal(Members{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "A release policy of fettle"},
		{"type", "object"},
		{"properties", properties},
		{"required", []string{"format_version", "policy", "delivery"}},
		{"additionalProperties", false},
	})
	var b bytes.Buffer
	if err == nil {
		err = json.Indent(&b, text, "", "  ")
	}
	if err != nil {
		panic("language: the schema is no JSON: " + err.Error())
	}
	return append(b.Bytes(), '\n')
}

// blocksSchema describes all blocks of one type: by label, or the only one, or
// a list.
func blocksSchema(b *Block) Members {
	switch {
	case b.Labels > 0:
		out := Members{
			{"description", b.Doc}, {"type", "object"},
			{"patternProperties", Members{{labelPattern().String(), blockSchema(b)}}}, {"additionalProperties", false},
		}
		if b.Once {
			out = append(out, Member{"minProperties", 1}, Member{"maxProperties", 1})
		}
		return out
	case b.Once || b.Free:
		return append(Members{{"description", b.Doc}}, blockSchema(b)...)
	default:
		return Members{{"description", b.Doc}, {"type", "array"}, {"items", blockSchema(b)}}
	}
}

func blockSchema(b *Block) Members {
	if b.Free {
		return Members{{"type", "object"}}
	}
	properties, required := Members{}, []string{}
	for _, a := range b.Attributes {
		properties = append(properties, Member{a.Name, attributeSchema(a)})
		if a.Required {
			required = append(required, a.Name)
		}
	}
	for _, c := range b.Blocks {
		properties = append(properties, Member{c.Name, blocksSchema(c)})
	}
	return Members{{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}}
}

func attributeSchema(a Attribute) Members {
	text := Members{{"type", "string"}}
	if a.Values != nil {
		text = Members{{"enum", a.Values}}
	}
	return append(Members{{"description", a.Doc}}, a.Kind.schemaOf(text)...)
}

// schemaOf describes the values of a kind; text is one that stands in it.
func (k *Kind) schemaOf(text Members) Members {
	switch {
	case k.schema != nil:
		return k.schema(text)
	case k.Many:
		return manyOf(referenceSchema(k.Block))
	case k.Block != "":
		return referenceSchema(k.Block)
	default:
		return text
	}
}

func manyOf(items Members) Members { return Members{{"type", "array"}, {"items", items}} }

func eitherOf(all ...Members) Members { return Members{{"anyOf", all}} }

func objectOf(values Members) Members {
	return Members{{"type", "object"}, {"additionalProperties", values}}
}

func referenceSchema(block string) Members {
	return Members{{"type", "string"}, {"pattern", `^` + block + `\.[a-z][a-z0-9_-]*$`}}
}

// The schemas of kinds that are neither texts nor references.

func anySchema(Members) Members         { return Members{} }
func boolSchema(Members) Members        { return Members{{"type", "boolean"}} }
func optionsSchema(Members) Members     { return Members{{"type", "object"}} }
func programSchema(Members) Members     { return Members{{"type", []string{"string", "object"}}} }
func manyTexts(text Members) Members    { return manyOf(text) }
func matrixSchema(text Members) Members { return objectOf(manyOf(text)) }
func secretsSchema(Members) Members     { return objectOf(referenceSchema("secret")) }

func numberSchema(Members) Members {
	return Members{{"type", "integer"}, {"minimum", 1}, {"maximum", 6}}
}

func durationSchema(Members) Members {
	return Members{{"type", "string"}, {"pattern", DurationPattern().String()}}
}

func commandSchema(text Members) Members { return eitherOf(text, manyOf(text)) }

func lockSchema(text Members) Members {
	return eitherOf(Members{{"const", true}}, manyOf(text))
}

func objectSchema(Members) Members {
	return objectOf(Members{{"type", []string{"string", "number", "boolean"}}})
}

// FormatVersion is that of a policy as JSON. It rises when a program that
// reads one would read another one wrongly.
const FormatVersion = 1
