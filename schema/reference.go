package schema

import (
	"slices"
	"strings"
)

// Reference is the language as its own tables have it: what the documentation
// is made of.
type Reference struct {
	Kinds     []Word // what attributes take
	Blocks    []*BlockEntry
	Functions []FunctionEntry
	RunValues []Word
	Facts     []FactEntry
}

// Word is a word of the language and what it means.
type Word struct{ Name, Doc string }

// BlockEntry is one block.
type BlockEntry struct {
	Path       string // environment.approval
	Doc        string
	Labels     int
	Label      string // of the example
	Once       bool
	Free       bool   // any attribute may stand in it
	Example    string // of the inside of a free block
	Attributes []AttributeEntry
	Blocks     []*BlockEntry
}

// AttributeEntry is one attribute of a block.
type AttributeEntry struct {
	Name, Kind, Doc   string
	Required          bool
	Fallback, Example string
	Values            []string
}

// FunctionEntry is one function.
type FunctionEntry struct{ Signature, Doc, Example, Result string }

// FactEntry is something that a rule may ask.
type FactEntry struct{ Path, Kind, Doc string }

// NewReference reads the tables.
func NewReference() *Reference {
	r := &Reference{}
	for _, k := range kinds {
		r.Kinds = append(r.Kinds, Word{k.name, k.doc})
	}
	for _, b := range root.blocks {
		r.Blocks = append(r.Blocks, entryOf(b, ""))
	}
	for _, f := range functions {
		r.Functions = append(r.Functions, FunctionEntry{f.signature, f.doc, f.example, f.result})
	}
	for _, v := range runDocs {
		r.RunValues = append(r.RunValues, Word{v.path(), v.doc})
	}
	for _, f := range facts {
		r.Facts = append(r.Facts, FactEntry{f.path, f.kind, f.doc})
	}
	return r
}

func entryOf(b *block, inside string) *BlockEntry {
	e := &BlockEntry{Path: strings.TrimPrefix(inside+"."+b.name, "."), Doc: b.doc, Labels: b.labels, Label: b.label, Once: b.once, Free: b.free, Example: b.example}
	for _, a := range b.attributes {
		e.Attributes = append(e.Attributes, AttributeEntry{
			Name: a.name, Kind: a.kind, Doc: a.doc, Required: a.required, Fallback: a.fallback, Example: a.example, Values: slices.Clone(a.values),
		})
	}
	for _, c := range b.blocks {
		e.Blocks = append(e.Blocks, entryOf(c, e.Path))
	}
	return e
}
