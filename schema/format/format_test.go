package format

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

func TestFormat(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"attributes in the order of the table, with their comments": {
			`check "unit" {
  # How long.
  timeout = "10m" # ten
  run="make test"
}`, `check "unit" {
  run = "make test"
  # How long.
  timeout = "10m" # ten
}
`},
		"nested blocks behind the attributes": {
			`environment "production" {
  approval "b" {
    timeout   = "4h"
    approvers = [group.managers]
  }
  approval "a" {
    approvers = [group.managers]
  }
  deploy = <<-EOT
    # not a comment
    timeout = 1
  EOT
  url = "https://example.com"
}`, `environment "production" {
  url    = "https://example.com"
  deploy = <<-EOT
    # not a comment
    timeout = 1
  EOT

  approval "b" {
    approvers = [group.managers]
    timeout   = "4h"
  }

  approval "a" {
    approvers = [group.managers]
  }
}
`},
		"the policy first, the others where they are": {
			`# What this is.

delivery {
}


# Who.
group "a" {}
/* The policy
   itself. */
policy "p" {}
`, `# What this is.

/* The policy
   itself. */
policy "p" {}

delivery {
}

# Who.
group "a" {}
`},
		"nothing moves across a heading": {
			`check "unit" {
  timeout = "10m"

  # What it does:

  run = "make"
  # the end
}
`, `check "unit" {
  timeout = "10m"

  # What it does:

  run = "make"
  # the end
}
`},
		"nothing moves while the author writes": {
			"check \"unit\" {\n  timeout = \"10m\"\n  rnu = \"make\"\n}\n", "check \"unit\" {\n  timeout = \"10m\"\n  rnu     = \"make\"\n}\n"},
		"a comment beside a brace": {
			"check \"unit\" { # one\n  timeout = \"10m\" /* two\n  */\n  run = \"make\"\n/* three */ } # four", "check \"unit\" { # one\n  run     = \"make\"\n  timeout = \"10m\" /* two\n  */\n/* three */ } # four\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, diags := Canonical(syntax.Source{Name: "p", Bytes: []byte(c.in)})
			if len(diags) > 0 {
				t.Fatal(diags[0])
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever order, comments and empty lines a policy has: its canonical form
// says the same, has every comment, and is its own canonical form.
func TestFormatKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := []byte(untidy(t, language.Root, 0))
		once, diags := Canonical(syntax.Source{Name: "p", Bytes: src})
		if len(diags) > 0 {
			t.Fatalf("%s\n%s", diags[0].Detail, src)
		}
		if diff := cmp.Diff(squeezed(t, src), squeezed(t, once)); diff != "" {
			t.Fatalf("not the same:\n%s\n%s\n---\n%s", diff, src, once)
		}
		twice, _ := Canonical(syntax.Source{Name: "p", Bytes: once})
		if diff := cmp.Diff(string(once), string(twice)); diff != "" {
			t.Fatalf("not canonical (%s):\n%s", diff, src)
		}
	})
}

// squeezed is everything that a text says, without the blanks of its layout.
func squeezed(t *rapid.T, src []byte) []string {
	file, diags := hclsyntax.ParseConfig(src, "p", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, src)
	}
	out := append(commentsOf("p", src), contentOf("", file.Body.(*hclsyntax.Body), src)...)
	for i, line := range out {
		out[i] = strings.Join(strings.Fields(line), "")
	}
	return out
}

// untidy draws the inside of a block, as careless as a person can be.
func untidy(t *rapid.T, spec *language.Block, depth int) string {
	var parts []string
	for _, a := range spec.Attributes {
		if rapid.Bool().Draw(t, a.Name) {
			value := rapid.SampledFrom([]string{a.Example, `"x"`, "[ 1,\n  # in it\n2 ]", "<<EOT\n# text\n\n}\nEOT", "1 + 2", "{ a=1\n\n b = 2 }"}).Draw(t, "value")
			parts = append(parts, a.Name+rapid.SampledFrom([]string{"=", " = ", "  /* c */ ="}).Draw(t, "sign")+value)
		}
	}
	for _, b := range spec.Blocks {
		if rapid.IntRange(0, 2+depth).Draw(t, b.Name) == 0 {
			parts = append(parts, b.Name+strings.Repeat(` "l"`, b.Labels)+" {\n"+untidy(t, b, depth+1)+"}")
		}
	}
	parts = rapid.Permutation(parts).Draw(t, "order")
	between := rapid.SampledFrom([]string{"", "", "\n", "\n\n\n", "# above\n", "# alone\n\n", "/* two\nlines */\n", "\t// above\n", "/* before */ "})
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(between.Draw(t, "between") + p)
		if !strings.HasSuffix(p, "EOT") {
			b.WriteString(rapid.SampledFrom([]string{"", "", " # behind", " /* behind */", " /* behind\nand below */"}).Draw(t, "behind"))
		}
		b.WriteString("\n")
	}
	return b.String() + rapid.SampledFrom([]string{"", "\n", "# last\n"}).Draw(t, "end")
}
