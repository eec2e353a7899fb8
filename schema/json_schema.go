package schema

import (
	"bytes"
	"encoding/json"
)

// JSONSchema describes a policy as JSON, by the table of the language: what
// Effective.JSON prints, and what a program writes.
func JSONSchema() []byte {
	properties := members{{"format_version", members{{"const", formatVersion}}}}
	for _, b := range root.blocks {
		properties = append(properties, member{b.name, blocksSchema(b)})
	}
	text, err := json.Marshal(members{
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
		panic("schema: the schema is no JSON: " + err.Error())
	}
	return append(b.Bytes(), '\n')
}

// blocksSchema describes all blocks of one type: by label, or the only one, or
// a list.
func blocksSchema(b *block) members {
	switch {
	case b.labels > 0:
		out := members{
			{"description", b.doc}, {"type", "object"},
			{"patternProperties", members{{labelPattern().String(), blockSchema(b)}}}, {"additionalProperties", false},
		}
		if b.once {
			out = append(out, member{"minProperties", 1}, member{"maxProperties", 1})
		}
		return out
	case b.once || b.free:
		return append(members{{"description", b.doc}}, blockSchema(b)...)
	default:
		return members{{"description", b.doc}, {"type", "array"}, {"items", blockSchema(b)}}
	}
}

func blockSchema(b *block) members {
	if b.free {
		return members{{"type", "object"}}
	}
	properties, required := members{}, []string{}
	for _, a := range b.attributes {
		properties = append(properties, member{a.name, attributeSchema(a)})
		if a.required {
			required = append(required, a.name)
		}
	}
	for _, c := range b.blocks {
		properties = append(properties, member{c.name, blocksSchema(c)})
	}
	return members{{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}}
}

func attributeSchema(a attribute) members {
	text := members{{"type", "string"}}
	if a.values != nil {
		text = members{{"enum", a.values}}
	}
	return append(members{{"description", a.doc}}, kindSchema(a.kind, text)...)
}

// kindSchema describes the values of a kind; text is one that stands in it.
func kindSchema(kind string, text members) members {
	many := func(items members) members { return members{{"type", "array"}, {"items", items}} }
	either := func(all ...members) members { return members{{"anyOf", all}} }
	switch kind {
	case "number":
		return members{{"type", "integer"}, {"minimum", 1}, {"maximum", 6}}
	case "duration":
		return members{{"type", "string"}, {"pattern", durationPattern().String()}}
	case "true or false":
		return members{{"type", "boolean"}}
	case "texts", "globs", "words":
		return many(text)
	case "command":
		return either(text, many(text))
	case "lock":
		return either(members{{"const", true}}, many(text))
	case "run-time texts", "text objects":
		return members{{"type", "object"}, {"additionalProperties", members{{"type", []string{"string", "number", "boolean"}}}}}
	case "secrets":
		return members{{"type", "object"}, {"additionalProperties", referenceSchema("secret")}}
	case "matrix":
		return members{{"type", "object"}, {"additionalProperties", many(text)}}
	case "target options":
		return members{{"type", "object"}}
	case "program":
		return members{{"type", []string{"string", "object"}}}
	case "agent", "check", "environment", "group":
		return referenceSchema(kind)
	case "checks", "environments", "groups":
		return many(referenceSchema(kind[:len(kind)-1]))
	case "value", "default":
		return members{}
	default: // texts of some kind; a test knows them all
		return text
	}
}

func referenceSchema(kind string) members {
	return members{{"type", "string"}, {"pattern", `^` + kind + `\.[a-z][a-z0-9_-]*$`}}
}

// formatVersion is that of a policy as JSON. It rises when a program that
// reads one would read another one wrongly.
const formatVersion = 1
