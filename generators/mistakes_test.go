package generators_test

import (
	"os"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// mistake is one mistake in an example: the first old becomes new, and there is
// one finding, with this code and this word.
type mistake struct{ example, old, new, code, word string }

// One mistake is one finding, which names the right word: of each kind, in
// both examples.
var mistakes = []mistake{
	// A block.
	{"storefront", "delivery {", "delivry {", "unknown-block", `"delivery"`},
	{"storefront", "policy \"storefront\"", "polisy \"storefront\"", "unknown-block", `"policy"`},
	{"storefront", "check \"unit\"", "chek \"unit\"", "unknown-block", `"check"`},
	{"storefront", "environment \"production\"", "enviroment \"production\"", "unknown-block", `"environment"`},
	{"storefront", "approval \"release\"", "aproval \"release\"", "unknown-block", `"approval"`},
	{"storefront", "group \"release_managers\"", "grup \"release_managers\"", "unknown-block", `"group"`},
	{"storefront", "build {", "biuld {", "unknown-block", `"build"`},
	{"storefront", "hotfix {}", "hotfx {}", "unknown-block", `"hotfix"`},
	{"storefront", "redeploy {}", "redeplyo {}", "unknown-block", `"redeploy"`},
	{"storefront", "notify \"chat\"", "notfy \"chat\"", "unknown-block", `"notify"`},
	{"claims", "agent \"datastage\"", "agnet \"datastage\"", "unknown-block", `"agent"`},
	{"claims", "secret \"iis\"", "secrt \"iis\"", "unknown-block", `"secret"`},
	{"claims", "names {", "name {", "unknown-block", `"names"`},
	{"claims", "locals {", "local {", "unknown-block", `"locals"`},
	{"claims", "variable \"base\"", "varible \"base\"", "unknown-block", `"variable"`},
	{"claims", "incident {", "incidnt {", "unknown-block", `"incident"`},
	{"claims", "merge_back {", "mergeback {", "unknown-block", `"merge_back"`},
	{"claims", "waive {", "wave {", "unknown-block", `"waive"`},
	{"storefront", "hotfix {}", "hotfix = {}", "attribute-for-block", "hotfix { … }"},
	{"claims", "incident {", "incident = {", "attribute-for-block", "incident { … }"},
	{"storefront", "check \"unit\" {", "check {", "wrong-labels", `check "name"`},
	{"storefront", "delivery {", "delivery \"x\" {", "wrong-labels", "delivery { … }"},

	// An attribute.
	{"storefront", "targets =", "target =", "unknown-attribute", `"targets"`},
	{"storefront", "active  =", "activ  =", "unknown-attribute", `"active"`},
	{"storefront", "artifact =", "artefact =", "unknown-attribute", `"artifact"`},
	{"storefront", "report =", "reprot =", "unknown-attribute", `"report"`},
	{"storefront", "deploy =", "deplyo =", "unknown-attribute", `"deploy"`},
	{"storefront", "verify =", "verfy =", "unknown-attribute", `"verify"`},
	{"storefront", "url    =", "ulr    =", "unknown-attribute", `"url"`},
	{"storefront", "approvers =", "aprovers =", "unknown-attribute", `"approvers"`},
	{"storefront", "timeout   =", "tiemout   =", "unknown-attribute", `"timeout"`},
	{"storefront", "environments =", "enviroments =", "unknown-attribute", `"environments"`},
	{"storefront", "checks       =", "cheks       =", "unknown-attribute", `"checks"`},
	{"storefront", "on  =", "at  =", "unknown-attribute", "on, "},
	{"storefront", "run    = \"make test\"", "rnu    = \"make test\"", "unknown-attribute", `"run"`},
	{"claims", "tier   =", "teir   =", "unknown-attribute", `"tier"`},
	{"claims", "like   =", "lik   =", "unknown-attribute", `"like"`},
	{"claims", "values =", "vales =", "unknown-attribute", `"values"`},
	{"claims", "mirror       =", "miror       =", "unknown-attribute", `"mirror"`},
	{"claims", "pattern =", "patern =", "unknown-attribute", `"pattern"`},
	{"claims", "reason =", "raeson =", "unknown-attribute", `"reason"`},
	{"claims", "mode   =", "mod   =", "unknown-attribute", `"mode"`},
	{"claims", "within =", "witihn =", "unknown-attribute", `"within"`},
	{"claims", "owner  =", "onwer  =", "unknown-attribute", `"owner"`},
	{"claims", "candidate        =", "candiate        =", "unknown-attribute", `"candidate"`},
	{"claims", "default     =", "defualt     =", "unknown-attribute", `"default"`},
	{"claims", "runs_on =", "run_on =", "unknown-attribute", `"runs_on"`},
	{"claims", "credential =", "credentail =", "unknown-attribute", `"credential"`},
	{"claims", "demands =", "demand =", "unknown-attribute", `"demands"`},
	{"claims", "group = \"DEV\"", "gruop = \"DEV\"", "unknown-attribute", `"group"`},

	// A reference.
	{"storefront", "[check.unit]", "[check.untit]", "unknown-check", `"unit"`},
	{"storefront", "[check.unit]", "[chek.unit]", "not-a-reference", `"check"`},
	{"storefront", "[check.unit]", "[unit]", "not-a-reference", "check.NAME"},
	{"storefront", "[check.unit]", "[\"unit\"]", "not-a-reference", "check.NAME"},
	{"storefront", "[check.unit]", "check.unit", "wrong-type", "[check.NAME]"},
	{"storefront", "environment.staging,", "environment.stagign,", "unknown-environment", `"staging"`},
	{"storefront", "environment.staging,", "enviroment.staging,", "not-a-reference", `"environment"`},
	{"storefront", "group.release_managers", "group.release_manager", "unknown-group", `"release_managers"`},
	{"storefront", "group.release_managers", "grp.release_managers", "not-a-reference", "group.NAME"},
	{"storefront", "release.version", "release.versoin", "unknown-run-value", `"version"`},
	{"storefront", "release.version", "relase.version", "unknown-value", `"release"`},
	{"storefront", "deployment.url", "deployment.uri", "unknown-run-value", `"url"`},
	{"storefront", "deployment.url", "deploment.url", "unknown-value", `"deployment"`},
	{"storefront", "run.url", "run.ulr", "unknown-run-value", `"url"`},
	{"claims", "like   = environment.ci", "like   = environment.c1", "unknown-environment", `"ci"`},
	{"claims", "agent  = agent.datastage", "agent  = agent.datstage", "unknown-agent", `"datastage"`},
	{"claims", "secret.iis }", "secret.iss }", "unknown-secret", `"iis"`},
	{"claims", "group.claims_team", "group.claim_team", "unknown-group", `"claims_team"`},
	{"claims", "check.performance\n", "check.preformance\n", "unknown-check", `"performance"`},
	{"claims", "var.base", "var.bsae", "unknown-variable", `"base"`},
	{"claims", "var.base", "vra.base", "unknown-value", `"var"`},
	{"claims", "local.project.ci", "local.projects.ci", "unknown-local", `"project"`},
	{"claims", "local.project.perf", "local.project.pref", "unknown-key", `"perf"`},

	// A function.
	{"claims", "\"${var.base}_${e}\"", "lowr(e)", "unknown-function", `"lower"`},
	{"storefront", "\"make test\"", "jion(\" \", [\"make\", \"test\"])", "unknown-function", `"join"`},

	// An option of a list of words.
	{"claims", "mode   = \"reapply\"", "mode   = \"reaply\"", "unknown-choice", `"reapply"`},
	{"claims", "\"windows\"", "\"window\"", "unknown-choice", `"windows"`},
	{"claims", "\"azure\", \"jenkins\"]", "\"azure\", \"jenkin\"]", "unknown-choice", `"jenkins"`},
	{"claims", "shell = \"pwsh\"", "shell = \"pwhs\"", "unknown-choice", `"pwsh"`},
	{"claims", "tier    = \"production\"", "tier    = \"prodution\"", "unknown-choice", `"production"`},
	{"claims", "forge       = \"azure\"", "forge       = \"azur\"", "unknown-choice", `"azure"`},
	{"claims", "active      = \"azure\"", "active      = \"azrue\"", "active-unknown", `"azure"`},
	{"storefront", "active  = \"github\"", "active  = \"githb\"", "active-unknown", `"github"`},
	{"storefront", "[\"github\", \"gitlab\"]", "[\"github\", \"gitlb\"]", "unknown-choice", `"gitlab"`},
	{"storefront", "[failure, waiting", "[failur, waiting", "unknown-choice", `"failure"`},

	// A type.
	{"storefront", "targets = [\"github\", \"gitlab\"]", "targets = \"github\"", "wrong-type", "a list of texts"},
	{"storefront", "run    = \"make test\"", "run    = 5", "wrong-type", "a command"},
	{"storefront", "run    = \"make test\"", "run    = { a = \"b\" }", "wrong-type", "a command"},
	{"storefront", "timeout   = \"4h\"", "timeout   = 4", "wrong-type", "a text"},
	{"storefront", "on  = [failure, waiting, production]", "on  = failure", "wrong-type", "a list of"},
	{"storefront", "on  = [failure, waiting, production]", "on  = [\"failure\"]", "wrong-type", "bare words"},
	{"storefront", "report = \"build/junit/*.xml\"", "report = [\"build/junit/*.xml\"]", "wrong-type", "a text"},
	{"claims", "mainline    = \"main\"", "mainline    = true", "wrong-type", "a text"},
	{"claims", "{ label = \"mettleci && datastage11.7\" }", "\"mettleci && datastage11.7\"", "wrong-type", "an object"},
	{"claims", "check  = check.performance", "check  = \"performance\"", "not-a-reference", "check.NAME"},

	// A value.
	{"storefront", "\"4h\"", "\"4 hours\"", "bad-duration", "4h"},
	{"storefront", "\"4h\"", "\"90d\"", "bad-duration", "30 days"},
	{"storefront", "\"make test\"", "\"\"", "empty-text", `"run"`},
	{"storefront", "\"make test\"", "\"make 'test\"", "invalid-shell", "shell"},
	{"storefront", "\"dist/\"", "\"../dist/\"", "path-outside", `"artifact"`},
	{"storefront", "[environment.staging, environment.production]", "[]", "empty-list", `"environments"`},
	{"claims", "INC[0-9]{7}", "INC\\\\d{7}", "bad-expression", "[0-9]"},
	{"claims", "prod-${version}", "prod-", "bad-name-pattern", "${version}"},
	{"claims", "ci-${version}", "prod-${version}", "names-collide", "release"},
	{"storefront", "check \"unit\"", "check \"Unit\"", "bad-label", "lower-case"},

	// The syntax.
	{"storefront", "\"make test\"", "<<-EOT\n    make test", "syntax", "EOT, alone on a line"},
	{"storefront", "run    = \"make test\"", "run    \"make test\"", "syntax", "run = …"},
	{"storefront", "run    = \"make test\"", "run    = 'make test'", "syntax", "double quotes"},
	{"storefront", "run    = \"make test\"", "run    = \"make test", "missing-quote", "missing \""},
	{"storefront", "[check.unit]", "[check.unit", "syntax", "no partner"},
	{"storefront", "artifact = \"dist/\" # built once, deployed many times\n}", "artifact = \"dist/\"", "syntax", "Write }"},
	{"claims", "INC[0-9]{7}", "INC\\d{7}", "bad-escape", "write \\\\"},

	// Something missing.
	{"storefront", "  targets = [\"github\", \"gitlab\"]\n", "", "missing-attribute", `"targets"`},
	{"storefront", "  active  = \"github\" # one target deploys; the other is kept ready\n", "", "active-missing", "active"},
	{"storefront", "  run    = \"make test\"\n", "", "missing-attribute", `"run"`},
	{"storefront", "  artifact = \"dist/\" # built once, deployed many times\n", "", "missing-attribute", `"artifact"`},
	{"storefront", "    approvers = [group.release_managers]\n", "", "missing-attribute", `"approvers"`},
	{"storefront", "delivery {\n  checks       = [check.unit]\n  environments = [environment.staging, environment.production]\n}\n", "", "missing-block", "delivery {"},
	{"storefront", "  url    = \"https://staging.example.com\"\n", "", "no-deployment-url", `"staging"`},
	{"claims", "    reason = \"A fix of one job; performance is proven by the next regular delivery\"\n", "", "missing-attribute", `"reason"`},
	{"claims", "    pattern = \"INC[0-9]{7}\"\n", "", "missing-attribute", `"pattern"`},
	{"claims", "  default     = \"claims\"\n", "", "missing-variable", "--var base="},

	// Something twice.
	{"storefront", "check \"smoke\"", "check \"unit\"", "duplicate", `check "unit"`},
	{"storefront", "hotfix {}", "delivery {}", "duplicate", "delivery"},
	{"storefront", "  run    = \"make test\"\n", "  run    = \"make test\"\n  run    = \"make test\"\n", "duplicate", `"run"`},
	{"storefront", "[check.unit]", "[check.unit, check.unit]", "duplicate", `"unit"`},
	{"storefront", "\"github\", \"gitlab\"]", "\"github\", \"github\"]", "duplicate", `"github"`},
	{"claims", "secret \"iis_prod\"", "secret \"iis\"", "duplicate", `secret "iis"`},
	{"claims", "environment \"hotfix_ci\"", "environment \"ci\"", "duplicate", `environment "ci"`},
	{"claims", "secret \"iis_prod\"", "secret \"iis-\"", "unknown-secret", `"iis_prod"`},

	// A circle.
	{"claims", "like   = environment.ci\n  tier   = \"development\"\n  values = { project = local.project.hf_ci }", "like = environment.hotfix_ci\n  tier = \"development\"", "cycle", "environment.hotfix_ci → environment.hotfix_ci"},
	{"claims", "locals {", "locals {\n  first  = local.second\n  second = local.first\n", "cycle", "local.first → local.second → local.first"},
}

func TestOneMistakeOneFinding(t *testing.T) {
	for _, x := range mistakes {
		src, err := os.ReadFile("../examples/" + x.example + "/release.hcl")
		must(t, err)
		if !strings.Contains(string(src), x.old) {
			t.Errorf("%s has no %q", x.example, x.old)
			continue
		}
		wrong := strings.Replace(string(src), x.old, x.new, 1)
		_, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(wrong)}}}, nil)
		if len(diags) != 1 || diags[0].Code != diag.Code(x.code) || !strings.Contains(diags[0].Detail, x.word) {
			t.Errorf("%s: %q for %q: want %s with %s, got:\n%s", x.example, x.new, x.old, x.code, x.word, diagnosticsText(diags))
		}
	}
}
