package generators_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// A setting is for all that a number has: two rules of which one is off by
// itself, a rule beside a warning of the compiler.
func TestSettingOfSeveral(t *testing.T) {
	const policy = `policy "p" {
  targets = ["gitlab", "github"]
  active  = "github"
}
check "unit" {
  run   = "make"
  agent = agent.builder
  native "github" { steps = "- uses: acme/login@v2" }
}
agent "builder" {
  container = "debian:12"
  github    = { runs_on = ["ubuntu-24.04"] }
  gitlab    = { tags = ["x"] }
}
agent "plain" {
  github = { runs_on = ["ubuntu-24.04"] }
  gitlab = { image = "debian:12" }
}
environment "production" {
  deploy = "./deploy.sh"
  agent  = agent.plain
  approval "release" { approvers = [group.alice] }
}
group "alice" {
  github = "alice"
  gitlab = "alice"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {
  merge_back { owner = group.alice }
}
`
	for _, tt := range []struct{ number, setting, found, off string }{
		{"HF022", "", "warning one-approver", ""},
		{"HF022", `severity = "warning"`, "warning one-approver, warning owner-approves", ""},
		{"HF022", `severity = "error"`, "error one-approver, error owner-approves", ""},
		{"HF022", "severity = \"off\"\n  reason = \"One team\"", "", "one-approver, owner-approves"},
		{"HF073", "", "warning container-not-pinned, warning unpinned-action", ""},
		{"HF073", `severity = "error"`, "error container-not-pinned, error unpinned-action, error unpinned-image", ""},
		{"HF073", "severity = \"off\"\n  reason = \"Next week\"", "", "container-not-pinned, unpinned-action, unpinned-image"},
	} {
		text := policy
		if tt.setting != "" {
			text += fmt.Sprintf("lint %q {\n  %s\n}\n", tt.number, tt.setting)
		}
		result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(text)}}}, nil)
		var found, off []string
		for _, d := range diags {
			if d.Number == tt.number {
				found = append(found, d.Severity.String()+" "+string(d.Code))
			}
		}
		for _, d := range result.Off {
			if d.Number == tt.number {
				off = append(off, string(d.Code))
			}
		}
		slices.Sort(found)
		slices.Sort(off)
		if strings.Join(found, ", ") != tt.found || strings.Join(off, ", ") != tt.off {
			t.Errorf("%s %s: found %v, off %v", tt.number, tt.setting, found, off)
		}
	}
}
