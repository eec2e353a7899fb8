package generators_test

import (
	"os"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// A typo of each kind in the calls of an example is one error, which names the
// right word.
func TestTyposInCalls(t *testing.T) {
	src, err := os.ReadFile("../examples/claims/release.hcl")
	must(t, err)
	for name, typo := range map[string][3]string{
		"library":            {"mettleci::deploy(", "metleci::deploy(", `Did you mean "mettleci"?`},
		"source":             {`"builtin:mettleci"`, `"builtin:metleci"`, `Did you mean "mettleci"?`},
		"command":            {"mettleci::deploy(", "mettleci::depoly(", `Did you mean "deploy"?`},
		"parameter":          {"specs =", "spec =", `Did you mean "specs"?`},
		"required":           {`rules = "compliance", `, "", `needs "rules"`},
		"missing":            {"mettleci::deploy({ project = deployment.values.project })", "mettleci::deploy({})", `needs "project"`},
		"kind":               {`include_tags = ["fail-ci"]`, `include_tags = "fail-ci"`, "a list of texts"},
		"twice":              {`assets = "datastage"`, `assets = "datastage", assets = "datastage"`, "defined twice"},
		"run-time value":     {"branch = release.hotfix_branch", "branch = release.hotfix_brnch", `Did you mean "hotfix_branch"?`},
		"deployment value":   {"mettleci::deploy({ project = deployment.values.project })", "mettleci::deploy({ project = deployment.values.projct })", `Did you mean "project"?`},
		"operating system":   {`os       = "windows"`, `os       = "linux"`, "runs on windows only"},
		"what machines have": {`"IISUSERNAME"`, `"IISUSERNAM"`, `Did you mean "IISUSERNAME"?`},
		"secret":             {"  secrets = { IISPASSWORD = secret.iis }\n}\n\ncheck", "  secrets = { IISPASSWROD = secret.iis }\n}\n\ncheck", "IISPASSWORD"},
	} {
		t.Run(name, func(t *testing.T) {
			policy := strings.Replace(string(src), typo[0], typo[1], 1)
			if policy == string(src) {
				t.Fatalf("%q is not in the example", typo[0])
			}
			_, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
			if len(diags) != 1 || !strings.Contains(diags[0].Detail, typo[2]) || diags[0].Subject.Filename != "release.hcl" {
				t.Errorf("got:\n%swant one that holds %q", diagnosticsText(diags), typo[2])
			}
		})
	}
}
