package schema

import (
	"os"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

const referencePage = "../docs/reference.md"

// The page is what the tables say.
func TestReference(t *testing.T) {
	want := language.NewReference().Markdown()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(referencePage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(referencePage)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is stale: UPDATE=1 go test ./schema -run TestReference", referencePage)
	}
}

// Every word of the reference has an entry of its own.
func TestEntries(t *testing.T) {
	r := language.NewReference()
	for _, w := range r.Words() {
		text, ok := r.Entry(w)
		if !ok || !strings.Contains(text, w[strings.LastIndex(w, ".")+1:]) {
			t.Errorf("%s has the entry %q", w, text)
		}
	}
	if _, ok := r.Entry("environment.deplyo"); ok {
		t.Error("a word that is none has an entry")
	}
	for root, members := range language.RunRoots {
		for name := range members {
			if _, ok := r.Entry(root + "." + name); !ok && root != "deployment" {
				t.Errorf("the run-time value %s.%s is not documented", root, name)
			}
		}
	}
}

// context are the blocks that the examples of the table refer to.
var context = []struct{ block, label, text string }{
	{"policy", "", "policy \"storefront\" {\n targets = [\"github\", \"gitlab\", \"azure\", \"jenkins\"]\n active = \"github\"\n}"},
	{"variable", "region", `variable "region" { default = "eu-1" }`},
	{"agent", "builder", `agent "builder" { os = "windows" }`},
	{"group", "managers", `group "managers" { github = "acme/managers" }`},
	{"secret", "deploy_token", `secret "deploy_token" { github = { name = "TOKEN" } }`},
	{"check", "unit", `check "unit" { run = "make" }`},
	{"check", "smoke", `check "smoke" { run = "make" }`},
	{"check", "capacity", `check "capacity" { run = "make" }`},
	{"check", "soak", `check "soak" { run = "make" }`},
	{"check", "performance", `check "performance" { run = "make" }`},
	{"environment", "staging", `environment "staging" { deploy = "make" }`},
	{"environment", "production", `environment "production" { deploy = "make" }`},
	{"environment", "hotfix_dev", `environment "hotfix_dev" { deploy = "make" }`},
	{"delivery", "", `delivery { environments = [environment.staging] }`},
}

// alone are the examples that a policy by itself cannot show, and why.
var alone = map[string]string{
	"policy.extends":          "it needs a repository",
	"environment.native.keys": "those of a deployment are refused",
}

// beside are attributes without which an example of their block is none.
var beside = map[string]string{"environment": "deploy", "policy": "active", "variable": "default", "command": "program", "native": "steps", "waive": "check"}

// instead are attributes that stand in the place of such a one.
var instead = map[string]string{"waive": "environment"}

// Every example of the table, in its block, is a policy without a mistake.
func TestExamplesDecode(t *testing.T) {
	for _, b := range language.Root.Blocks {
		examples(t, b, b.Name, func(text string) string { return text })
	}
}

func examples(t *testing.T, b *language.Block, path string, inside func(string) string) {
	t.Helper()
	for _, a := range b.Attributes {
		if alone[path+"."+a.Name] == "" {
			decodes(t, path+"."+a.Name, language.Root.Block(strings.Split(path, ".")[0]), inside(exampleBlock(b, a, "")))
		}
	}
	for _, c := range b.Blocks {
		examples(t, c, path+"."+c.Name, func(text string) string { return inside(exampleBlock(b, language.Attribute{}, text)) })
	}
}

// exampleBlock is a block with what it must have, one attribute and a block in it.
func exampleBlock(b *language.Block, shown language.Attribute, inside string) string {
	text := b.Name
	if b.Labels == 1 {
		text += ` "` + b.Label + `"`
	}
	text += " {\n"
	for _, a := range b.Attributes {
		if a.Name == shown.Name || a.Required || beside[b.Name] == a.Name && (shown.Name == "" || instead[b.Name] != shown.Name) {
			text += a.Name + " = " + a.Example + "\n"
		}
	}
	return text + inside + "}\n"
}

func decodes(t *testing.T, path string, top *language.Block, text string) {
	t.Helper()
	_, diags := Parse(Input{Sources: []syntax.Source{{Name: "p.hcl", Bytes: []byte(inContext(top, text))}}})
	for _, d := range diags {
		t.Errorf("%s: %s %s\n%s", path, d.Code, d.Detail, text)
	}
}

// inContext is an example with the blocks that it refers to.
func inContext(top *language.Block, text string) string {
	for _, c := range context {
		if c.block != top.Name || top.Labels == 1 && !top.Once && c.label != top.Label {
			text += c.text + "\n"
		}
	}
	return text
}
