package schema

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// What somebody writes who knows another tool gets one message, which says what
// is written here.
func TestForeignWordsAreAnswered(t *testing.T) {
	for text, want := range map[string]string{
		`on = "push"`:                                     `The flow says when it starts`,
		`resource "a" "b" {}`:                             `fettle calls it: environment "production"`,
		`module "a" {}`:                                   `use "NAME" { source`,
		`stage "a" {}`:                                    `There are no steps here`,
		`rollback {}`:                                     `redeploy { }`,
		`approval "a" {}`:                                 `It belongs to environment.`,
		`check "a" { needs = ["b"] }`:                     `The flow gives the order`,
		`check "a" { if = "b" }`:                          `A job has no condition`,
		`check "a" { fetch-depth = 0 }`:                   `says history = true`,
		`check "a" { runs-on = "b" }`:                     `agent = agent.NAME`,
		`check "a" { deploy = "b" }`:                      `It belongs to environment.`,
		`check "a" { line = "b" }`:                        `has no attribute "line".`,
		`check "a" { timeuot = "1h" }`:                    `Did you mean "timeout"?`,
		`check "a" { timeout = 30 }`:                      `a text with a unit, such as "30m", and this is a number`,
		`check "a" { run = file("b") }`:                   `script("ci/build.sh")`,
		`check "a" { run = env("b") }`:                    `var.NAME`,
		`check "a" { run = "${secret.b}" }`:               `secrets = { TOKEN = secret.NAME }`,
		`check "a" { run = "${github.sha}" }`:             `release, deployment, run, incident and artifact`,
		"check \"a\" {\n  run = \"${{ github.sha }}\"\n}": `${{ … }} means nothing here`,
		"check \"a\" {\n  run = |\n    make\n}":           `A text of several lines is <<-EOT`,
	} {
		src := "policy \"shop\" {\n  targets = [\"github\"]\n}\n" + text + "\n"
		_, diags := Parse(Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(src)}}})
		var got []string
		for _, d := range diags {
			got = append(got, d.Summary+": "+d.Detail)
		}
		if all := strings.Join(got, "\n"); !strings.Contains(all, want) {
			t.Errorf("%s\ngot  %s\nwant %s", text, all, want)
		}
	}
}
