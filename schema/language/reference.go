package language

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
		r.Kinds = append(r.Kinds, Word{k.Name, k.Doc})
	}
	for _, b := range Root.Blocks {
		r.Blocks = append(r.Blocks, entryOf(b, ""))
	}
	for _, f := range Functions {
		r.Functions = append(r.Functions, FunctionEntry{f.Signature, f.Doc, f.Example, f.Result})
	}
	for _, v := range runDocs {
		r.RunValues = append(r.RunValues, Word{v.path(), v.doc})
	}
	for _, f := range facts {
		r.Facts = append(r.Facts, FactEntry{f.path, f.kind, f.doc})
	}
	return r
}

func entryOf(b *Block, inside string) *BlockEntry {
	e := &BlockEntry{Path: strings.TrimPrefix(inside+"."+b.Name, "."), Doc: b.Doc, Labels: b.Labels, Label: b.Label, Once: b.Once, Free: b.Free, Example: b.Example}
	for _, a := range b.Attributes {
		e.Attributes = append(e.Attributes, AttributeEntry{
			Name: a.Name, Kind: a.Kind.Name, Doc: a.Doc, Required: a.Required, Fallback: a.Fallback, Example: a.Example, Values: slices.Clone(a.Values),
		})
	}
	for _, c := range b.Blocks {
		e.Blocks = append(e.Blocks, entryOf(c, e.Path))
	}
	return e
}
