package schema_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
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
		{`local.objects[*].tag`, "⟨release.version⟩ | w"},
		{`local.list[*]`, "one | ⟨release.version⟩"},
		{`[for o in local.objects : "t ${o.tag}"]`, "t ⟨release.version⟩ | t w"},
		{`[for o in local.objects : o.tag if o.name == "b"]`, "w"},
		{`[for x in local.list : x if length(local.plain) == 1]`, "one | ⟨release.version⟩"},
		{`[for k, v in { for o in local.objects : o.name => o.tag } : "${k}:${v}"]`, "a:⟨release.version⟩ | b:w"},
		{`[for k, v in { for x in local.list : "all" => x... } : v]`, "one | ⟨release.version⟩"},
		{`release["version"]`, "⟨release.version⟩"},
		{`"${release["version"]}"`, "⟨release.version⟩"},
		{`deployment.values["project"]`, "⟨deployment.values⟩"},
		{`local.nested.inner[0].deep`, "⟨run.url⟩"},
		{`local.nested["inner"][local.zero].deep`, "⟨run.url⟩"},
		{`local.chosen`, "⟨release.version⟩"},
		{`"%{for x in local.list}[${x}]%{endfor}"`, "[one][⟨release.version⟩]"},
		{`"%{for i, x in local.list}${i}%{endfor} ${release.version}"`, "01 ⟨release.version⟩"},
		{`"%{if local.plain == "x"}${release.version}%{else}none%{endif}"`, "⟨release.version⟩"},
		{`"%{if local.plain == "y"}${release.version}%{endif}none"`, "none"},
		{"<<-EOT\n  a\n  %{~ for x in local.list ~}\n  ${x},\n  %{~ endfor ~}\n  b\nEOT\n", "  a\n  one,\n  ⟨release.version⟩,\n  b"},
		{`join(" ", [for x in ["a", "b"] : "-f ${x}"])`, "-f a -f b"},
		{`"${join(",", keys(local.static))} ${release.version}"`, "a,b ⟨release.version⟩"},
		{`try(local.static.none, "else")`, "else"},
		{`can(local.static.a) ? "${release.version}" : "no"`, "⟨release.version⟩"},
		{`[upper("a"), release.version]`, "A | ⟨release.version⟩"},
		{`{ a = release.version, b = "x" }.a`, "⟨release.version⟩"},
		{`{ a = release.version, b = "x" }["b"]`, "x"},
		{"<<-EOT\n    one\n      ${release.version}\n  EOT\n", "one\n  ⟨release.version⟩"},
	} {
		policy := `policy "p" { targets = ["github"] }
variable "tool" { default = "make" }
locals {
  plain  = "x"
  tagged = "v${release.version}"
  list   = ["one", release.version]
  map    = { a = "y", b = release.commit }
  static = { a = "1", b = "2" }
  objects = [{ name = "a", tag = release.version }, { name = "b", tag = "w" }]
  nested = { inner = [{ deep = run.url }] }
  zero   = 0
  chosen = local.later == "late" ? local.tagless : "no"
  later  = "late" # locals stand in any order
  tagless = "${release.version}"
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
		p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "p.hcl", Bytes: []byte(policy)}}})
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

// What cannot be, said once, at the tightest place: the text there, the code,
// and a part of what is said.
func TestExpressionErrors(t *testing.T) {
	for _, tt := range []struct{ expression, place, code, want string }{
		{`upper(release.version)`, "release.version", "run-value-too-early", "upper() would need it now"},
		{`upper(local.prefix)`, "local.prefix", "run-value-too-early", "release.version (through local.prefix, local.tag) is known only"},
		{`[for x in local.list : upper(x)]`, "x", "run-value-too-early", "(through local.list, local.prefix, local.tag)"},
		{`try(upper(release.version), "x")`, "release.version", "run-value-too-early", "upper() would need it now"},
		{`can(release.version == "1") ? "a" : "b"`, "release.version", "run-value-too-early", "a comparison"},
		{`local.prefix == "v1" ? "a" : "b"`, "local.prefix", "run-value-too-early", "through local.prefix, local.tag"},
		{`["a", "b"][run.id]`, "run.id", "run-value-too-early", "an index would need it now"},
		{`"${1 + run.id}"`, "run.id", "run-value-too-early", "calculation"},
		{`"%{if release.version == "1"}a%{endif}"`, "release.version", "run-value-too-early", "a comparison"},
		{`{ (release.version) = "a" }.b`, "release.version", "run-value-too-early", "a key would need it now"},
		{`[for x in ["a"] : x if x == run.id]`, "run.id", "run-value-too-early", "a comparison"},
		{`release.version.major`, "release.version.major", "run-value-too-early", "what follows it"},
		{`local.prefix[0]`, "local.prefix[0]", "run-value-too-early", "local.prefix"},
		{`release.version[*]`, "release.version", "run-value-too-early", "[*] would need it now"},
		{`uper("a")`, "uper", "unknown-function", `Did you mean "upper"?`},
		{`upper(lowr(release.version))`, "lowr", "unknown-function", `Did you mean "lower"?`},
		{`try(lowr("a"), "b")`, "lowr", "unknown-function", `Did you mean "lower"?`},
		{`upper()`, "upper", "wrong-argument", "It is upper(text), and here it gets 0."},
		{`upper("a", "b")`, "upper", "wrong-argument", "It is upper(text), and here it gets 2."},
		{`join(",", "a")`, `"a"`, "wrong-argument", `In join(separator, list…) "list" is a list whose elements are each a text, and this is a text.`},
		{`split(["a"], "b")`, `["a"]`, "wrong-argument", `"separator" is a text, and this is a list`},
		{`element([], 0)`, `element([], 0)`, "wrong-argument", "element(list, index): "},
		{`regex("[", "a")`, `"["`, "wrong-argument", "regex(pattern, text): "},
		{`concat(["a"], local.missing)`, ".missing", "unknown-local", ""},
		{`[for x in local.list2 : x]`, ".list2", "unknown-local", `Did you mean "list"?`},
		{`[for x in [] : local.missing]`, ".missing", "unknown-local", ""},
		{`try(local.missing, "x")`, ".missing", "unknown-local", ""},
		{`try(tonumber("a"))`, `try(tonumber("a"))`, "evaluation", "End with a value that can"},
		{`true || local.missing`, ".missing", "unknown-local", ""},
		{`local.one`, "local.one", "cycle", "local.one → local.two → local.three → local.one"},
	} {
		text := policyOf(tt.expression)
		_, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "p.hcl", Bytes: []byte(text)}}})
		if len(diags) != 1 {
			t.Errorf("%s: %d messages", tt.expression, len(diags))
			for _, d := range diags {
				t.Errorf("  %s: %s", d.Code, d.Detail)
			}
			continue
		}
		d := diags[0]
		if place := text[d.Subject.Start.Byte:d.Subject.End.Byte]; tt.code != "cycle" && place != tt.place {
			t.Errorf("%s: at %q, want %q", tt.expression, place, tt.place)
		}
		if string(d.Code) != tt.code || !strings.Contains(d.Detail, tt.want) {
			t.Errorf("%s: %s: %s\nwant %s: %s", tt.expression, d.Code, d.Detail, tt.code, tt.want)
		}
	}
}

func policyOf(expression string) string {
	cycle := ""
	if expression == "local.one" {
		cycle = `
  one   = [for x in [local.two] : x]
  two   = true ? "${local.three}" : "b"
  three = "%{for x in local.one}${x}%{endfor}"`
	}
	return `policy "p" { targets = ["github"] }
locals {
  tag    = "v${release.version}"
  prefix = "app-${local.tag}"
  list   = ["one", local.prefix]` + cycle + `
}
check "unit" {
  run = ` + expression + `
}
environment "production" { deploy = "x" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
`
}
