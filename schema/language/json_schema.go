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
	return append(Members{{"description", a.Doc}}, kindSchema(a.Kind, text)...)
}

// kindSchema describes the values of a kind; text is one that stands in it.
func kindSchema(kind string, text Members) Members {
	many := func(items Members) Members { return Members{{"type", "array"}, {"items", items}} }
	either := func(all ...Members) Members { return Members{{"anyOf", all}} }
	switch kind {
	case "number":
		return Members{{"type", "integer"}, {"minimum", 1}, {"maximum", 6}}
	case "duration":
		return Members{{"type", "string"}, {"pattern", DurationPattern().String()}}
	case "true or false":
		return Members{{"type", "boolean"}}
	case "texts", "globs", "words":
		return many(text)
	case "command":
		return either(text, many(text))
	case "lock":
		return either(Members{{"const", true}}, many(text))
	case "run-time texts", "text objects":
		return Members{{"type", "object"}, {"additionalProperties", Members{{"type", []string{"string", "number", "boolean"}}}}}
	case "secrets":
		return Members{{"type", "object"}, {"additionalProperties", referenceSchema("secret")}}
	case "matrix":
		return Members{{"type", "object"}, {"additionalProperties", many(text)}}
	case "target options":
		return Members{{"type", "object"}}
	case "program":
		return Members{{"type", []string{"string", "object"}}}
	case "agent", "check", "environment", "group":
		return referenceSchema(kind)
	case "checks", "environments", "groups":
		return many(referenceSchema(kind[:len(kind)-1]))
	case "value", "default":
		return Members{}
	default: // texts of some kind; a test knows them all
		return text
	}
}

func referenceSchema(kind string) Members {
	return Members{{"type", "string"}, {"pattern", `^` + kind + `\.[a-z][a-z0-9_-]*$`}}
}

// FormatVersion is that of a policy as JSON. It rises when a program that
// reads one would read another one wrongly.
const FormatVersion = 1
