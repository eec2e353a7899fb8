package schema_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/schema"
)

// What an expression becomes: texts with the places of run-time values in
// them, printed as ⟨release.version⟩; several commands are separated by " | ".
func TestExpressions(t *testing.T) {
	for _, tt := range []struct{ expression, want string }{
		{`"make test"`, "make test"},
		{`"a ${release.version} b"`, "a ⟨release.version⟩ b"},
		{`release.version`, "⟨release.version⟩"},
		{`["a", "b ${run.id}"]`, "a | b ⟨run.id⟩"},
		{`"$${HOME} %%{x} $$ $HOME"`, "${HOME} %{x} $$ $HOME"},
		{`local.plain`, "x"},
		{`"${local.tagged}-${local.plain}"`, "v⟨release.version⟩-x"},
		{`local.list`, "one | ⟨release.version⟩"},
		{`local.list[1]`, "⟨release.version⟩"},
		{`local.map.b`, "⟨release.commit⟩"},
		{`local.map["a"]`, "y"},
		{`[for x in local.list : "run ${x}"]`, "run one | run ⟨release.version⟩"},
		{`[for k, v in local.map : "${k}=${v}"]`, "a=y | b=⟨release.commit⟩"},
		{`[for x in ["a", "b", "c"] : x if x != "b"]`, "a | c"},
		{`[for i, x in ["a", "b"] : "${i}${x}"]`, "0a | 1b"},
		{`local.plain == "x" ? release.version : "no"`, "⟨release.version⟩"},
		{`local.plain == "y" ? "yes" : "no ${release.commit}"`, "no ⟨release.commit⟩"},
		{`"${local.plain == "x" ? "-f" : ""} ${release.version}"`, "-f ⟨release.version⟩"},
		{`upper(var.tool)`, "MAKE"},
		{`"${var.tool} ${1 + 2} ${true}"`, "make 3 true"},
		{`(release.version)`, "⟨release.version⟩"},
		{"<<-EOT\n    one\n      ${release.version}\n  EOT\n", "one\n  ⟨release.version⟩"},
	} {
		policy := `policy "p" { targets = ["github"] }
variable "tool" { default = "make" }
locals {
  plain  = "x"
  tagged = "v${release.version}"
  list   = ["one", release.version]
  map    = { a = "y", b = release.commit }
}
check "unit" {
  run = ` + tt.expression + `
}
environment "production" { deploy = "x" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
`
		p, diags := schema.Parse(schema.Input{Sources: []schema.Source{{Name: "p.hcl", Bytes: []byte(policy)}}})
		if len(diags) > 0 {
			t.Errorf("%s: %v", tt.expression, diags[0].Detail)
			continue
		}
		if got := printed(p.Checks[0].Run); got != tt.want {
			t.Errorf("%s\n got %q\nwant %q", tt.expression, got, tt.want)
		}
	}
}

func printed(c schema.Command) string {
	var texts []string
	for _, t := range c.Texts {
		var b strings.Builder
		for _, s := range t.Segs {
			if s.Ref != "" {
				b.WriteString("⟨" + string(s.Ref) + "⟩")
				continue
			}
			b.WriteString(s.Lit)
		}
		texts = append(texts, b.String())
	}
	return strings.Join(texts, " | ")
}
