package gen

import (
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// A quoted text, read back by another parser, is the text: as a value, as a
// key, in a flow list, and as a block.
func TestYAMLReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { yamlReadsBack(t, rapid.StringOf(rapid.SampledFrom(yamlRunes)).Draw(t, "text")) })
}

func FuzzYAML(f *testing.F) {
	for _, s := range []string{"", "yes", "1:30", "a: b", "- x", "#", "it's", `\`, "\ttab", " lead", "trail ", "a\nb\n", "\n", "\n\na", "a\n\n\n", "  a\nb", "a\n \nb", "$[ a['b'] ]", "${{ a, b }}", "[", "a?b", `a\"b`, "\u2028", "é", "=", "<<", "~", "0x1f", "null"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 900 {
			t.Skip("YAML reads no key of more than 1,024 characters; ours are names")
		}
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\ufffe\uffff") {
			t.Skip("refused when the policy is read")
		}
		yamlReadsBack(t, s)
	})
}

type failer interface {
	Fatalf(format string, args ...any)
}

func yamlReadsBack(t failer, s string) {
	document := "value: " + YAML(s) + "\n" + YAML("k"+s) + ": key\nflow: [" + YAML(s) + ", " + YAML(s) + "]\nblock:\n  run: " + yamlBlock(4, s) + "\nitem:\n  - " + YAMLValue(s) + "\nonly: " + YAMLValue(s) + "\nlast: end\n"
	var got struct {
		Value string
		Flow  []string
		Block struct{ Run string }
		Item  []string
		Only  string
		Last  string
	}
	var keys map[string]any
	if err := yaml.Unmarshal([]byte(document), &got); err != nil {
		t.Fatalf("%q: %v in\n%s", s, err, document)
	}
	if err := yaml.Unmarshal([]byte(document), &keys); err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if got.Value != s || len(got.Flow) != 2 || got.Flow[1] != s || got.Block.Run != s || len(got.Item) != 1 || got.Item[0] != s || got.Only != s || got.Last != "end" || keys["k"+s] != "key" {
		t.Fatalf("%q came back as %q, %q, %q in\n%s", s, got.Value, got.Flow, got.Block.Run, document)
	}
}

var yamlRunes = []rune("ab1 \t\n'\"\\:#-[]{},&*!|>%@`~=?<yn.é日\u0085\u2028\ufeff\x07\x7f")

// What stays plain is what a person would write plain.
func TestYAMLPlain(t *testing.T) {
	for _, s := range []string{"main", "build/junit", "Deploy to production", "a.b-c", "always()", "./deploy.sh \"$X\"", "https://example.com", "hotfix/*"} {
		if YAML(s) != s {
			t.Errorf("%q is quoted: %s", s, YAML(s))
		}
	}
	for _, s := range []string{"${{ needs.identify.outputs.version }}", "$[ stageDependencies.a.b.outputs['c.d'] ]", "$(System.AccessToken)", `if [ "$X" != a ]; then sh x.sh, y; fi`} {
		if YAMLValue(s) != s {
			t.Errorf("%q is quoted: %s", s, YAMLValue(s))
		}
	}
	for s, want := range map[string]string{`C:\a: "b"`: `'C:\a: "b"'`, `"it's"`: `"\"it's\""`, "$[[ inputs.version ]]": `"$[[ inputs.version ]]"`, "a: b": `"a: b"`} {
		if YAMLValue(s) != want {
			t.Errorf("%q is %s", s, YAMLValue(s))
		}
	}
	for _, s := range []string{"yes", "No", "on", "null", "1", "017", "1:30", "", "a: b", "x #y", "*", "a,b", "a:", "- a"} {
		if YAML(s) == s {
			t.Errorf("%q is not quoted", s)
		}
	}
}
