package language

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Every entry of the table says all that the documentation needs, and its
// example is one.
func TestTableIsComplete(t *testing.T) {
	used := map[*Kind]bool{}
	Root.Each(func(path string, b *Block) {
		if b.Doc == "" || b.Labels == 1 && b.Label == "" || b.Free && b.Example == "" {
			t.Errorf("%s lacks doc, label or example", path)
		}
		for _, a := range b.Attributes {
			checkAttribute(t, path+"."+a.Name, a)
			used[a.Kind] = true
		}
	})
	for _, k := range kinds {
		if !used[k] {
			t.Errorf("no attribute is of the kind %q", k.Name)
		}
	}
}

func checkAttribute(t *testing.T, path string, a Attribute) {
	t.Helper()
	if !slices.Contains(kinds, a.Kind) {
		t.Errorf("%s: its kind is not in the list", path)
	}
	if a.Doc == "" || a.Example == "" {
		t.Errorf("%s lacks doc or example", path)
	}
	if a.Required && a.Fallback != "" {
		t.Errorf("%s is required and has a default", path)
	}
	if _, diags := hclsyntax.ParseExpression([]byte(a.Example), path, hcl.InitialPos); diags.HasErrors() {
		t.Errorf("%s: the example is no expression: %v", path, diags)
	}
	if a.Values != nil && a.Kind != kindWords && a.Kind != kindTexts && !slices.Contains(a.Values, strings.Trim(a.Example, `"`)) {
		t.Errorf("%s: the example %s is none of its values", path, a.Example)
	}
}

// A kind that is added is described to programs too: those that are plain
// texts are listed here.
func TestEveryKindHasASchema(t *testing.T) {
	texts := []string{
		"text", "native", "image", "cron", "moment", "glob", "artifact", "path", "relative path", "regular expression", "name pattern", "branches", "name", "word", "condition", "type",
	}
	for _, k := range kinds {
		shape := k.schemaOf(nil)
		if (shape == nil) != slices.Contains(texts, k.Name) {
			t.Errorf("%s: described as %v", k.Name, shape)
		}
	}
}
