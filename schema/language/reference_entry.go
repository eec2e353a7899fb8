package language

import (
	"fmt"
	"strings"
)

// Entry is what the reference says of one word, for a terminal: a block, an
// attribute of one (environment.deploy), a function, a run-time value, or what
// a rule may ask.
func (r *Reference) Entry(word string) (string, bool) {
	for _, e := range r.Blocks {
		if text, ok := e.entry(word); ok {
			return text, true
		}
	}
	for _, f := range r.Functions {
		if name, _, _ := strings.Cut(f.Signature, "("); name == strings.TrimSuffix(word, "()") {
			return fmt.Sprintf("%s\n  %s\n\n  %s gives %s\n", f.Signature, f.Doc, f.Example, f.Result), true
		}
	}
	for _, v := range r.RunValues {
		if v.Name == word {
			return fmt.Sprintf("%s, a run-time value\n  %s\n", v.Name, v.Doc), true
		}
	}
	for _, f := range r.Facts {
		if f.Path == word {
			return fmt.Sprintf("%s, in rules: %s\n  %s\n", f.Path, f.Kind, f.Doc), true
		}
	}
	return "", false
}

// Words are all that Entry knows, for suggestions.
func (r *Reference) Words() []string {
	var out []string
	for _, e := range r.Blocks {
		out = append(out, e.words()...)
	}
	for _, f := range r.Functions {
		name, _, _ := strings.Cut(f.Signature, "(")
		out = append(out, name)
	}
	for _, v := range r.RunValues {
		out = append(out, v.Name)
	}
	return out
}

func (e *BlockEntry) words() []string {
	out := []string{e.Path}
	for _, a := range e.Attributes {
		out = append(out, e.Path+"."+a.Name)
	}
	for _, c := range e.Blocks {
		out = append(out, c.words()...)
	}
	return out
}

func (e *BlockEntry) entry(word string) (string, bool) {
	if e.Path == word {
		return e.text(), true
	}
	for _, a := range e.Attributes {
		if e.Path+"."+a.Name == word {
			return a.text(e.Path), true
		}
	}
	for _, c := range e.Blocks {
		if text, ok := c.entry(word); ok {
			return text, true
		}
	}
	return "", false
}

func (e *BlockEntry) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, a block\n  %s\n\n%s", e.Path, e.summary(), e.small("  "))
	if len(e.Attributes) > 0 {
		b.WriteString("\n")
	}
	for _, a := range e.Attributes {
		fmt.Fprintf(&b, "  %-14s %s\n", a.Name, a.meaning())
	}
	for _, c := range e.Blocks {
		fmt.Fprintf(&b, "  %-14s %s\n", strings.TrimPrefix(c.Path, e.Path+".")+" { }", c.Doc)
	}
	return b.String()
}

func (a AttributeEntry) text(of string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.%s, an attribute: %s\n  %s\n\n", of, a.Name, a.Kind, a.meaning())
	switch {
	case a.Required:
		b.WriteString("  It must be there.\n")
	case a.Fallback != "":
		fmt.Fprintf(&b, "  Left out, it is %s.\n", a.Fallback)
	}
	fmt.Fprintf(&b, "  For example: %s = %s\n", a.Name, a.Example)
	return b.String()
}
