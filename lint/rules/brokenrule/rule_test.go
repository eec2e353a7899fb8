package brokenrule

import (
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

const policy = `policy "shop" {
  targets = ["github"]
}

check "unit" {
  run    = "make test"
  report = "junit.xml"
}

check "style" {
  run      = "make style"
  required = false
}

check "smoke" { run = "./smoke.sh" }

check "load" { run = "./load.sh" }

check "capacity" { run = "./capacity.sh" }

secret "token" {
  github = { name = "TOKEN" }
}

environment "staging" {
  deploy = "./deploy.sh"
  verify = [check.smoke, check.load]
}

environment "production" {
  url      = "https://example.com"
  deploy   = "./deploy.sh"
  requires = [check.capacity]
  verify   = [check.smoke]
  secrets  = { TOKEN = secret.token }

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }
}

environment "hotfix_dev" {
  deploy = "./deploy.sh"
}

group "managers" { github = "acme/managers" }

delivery {
  checks       = [check.unit, check.style]
  environments = [environment.staging, environment.production]
}

hotfix {
  mirror = environment.hotfix_dev

  waive {
    check  = check.load
    reason = "Six hours"
  }

  merge_back {
    owner  = group.managers
    within = "72h"
  }
}

redeploy {}
`

func pass(t *testing.T, policy string) *lint.Pass {
	t.Helper()
	p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "p.hcl", Bytes: []byte(policy)}}})
	if diags.HasErrors() {
		t.Fatal(diags[0].Detail)
	}
	plan, diags := flow.Lower(p)
	if diags.HasErrors() {
		t.Fatal(diags[0].Detail)
	}
	return &lint.Pass{Policy: p, Plan: plan}
}

// What rules say of a policy, and of its flows: true, or what is told.
func TestRules(t *testing.T) {
	for _, tt := range []struct{ condition, want string }{
		{`length(environment.production.approvals) >= 1`, "true"},
		{`length(environment.staging.approvals) >= 1`, "No. environment.staging.approvals is []."},
		{`environment.production.approvals[0].timeout == 240`, "true"},
		{`environment.production.approvals[0].approvers == ["nobody"]`, `No. environment.production.approvals[0].approvers is ["managers"].`},
		{`alltrue([for e in environment : length(e.approvals) > 0])`, "No. It does not hold for hotfix_dev, staging."},
		{`alltrue([for e in values(environment) : e.tier == "staging"])`, `No. It does not hold for "production".`},
		{`alltrue([for e in environment : length(e.approvals) > 0 if e.tier == "production"])`, "true"},
		{`flow.delivery.checks == ["unit"]`, "true"},
		{`flow.delivery.environments == ["staging", "production"]`, "true"},
		{`flow.delivery.gates.production.checks == ["unit", "smoke", "load", "capacity"]`, "true"},
		{`flow.delivery.gates.staging.checks == ["unit"]`, "true"},
		{`flow.hotfix.gates.production.checks == ["unit", "smoke", "capacity"]`, "true"},
		{`flow.hotfix.gates.production.approvals == ["release"]`, "true"},
		{`flow.hotfix.gates.production.approvers == ["managers"]`, "true"},
		{`contains(flow.hotfix.gates.production.guards, "contains-production")`, "true"},
		{`flow.redeploy.gates.production.checks == ["capacity"]`, "true"},
		{`flow.redeploy.environments == redeploy.environments`, "true"},
		{`contains(flow.redeploy.gates.production.approvals, "release")`, "true"},
		{`length(hotfix.waivers) == 0`, `No. hotfix.waivers is [{"check":"load","environment":"","reason":"Six hours"}].`},
		{`alltrue([for w in hotfix.waivers : length(w.reason) > 20])`, `No. hotfix.waivers is [{"check":"load","environment":"","reason":"Six hours"}]. It does not hold for {"check":"load","environment":"","reason":"Six hours"}.`},
		{`hotfix.merge_back.within <= 1440`, "No. hotfix.merge_back.within is 4320."},
		{`hotfix.mirror == "hotfix_dev" && hotfix.merge_back.mode == "merge"`, "true"},
		{`environment.production.secrets == ["token"] && !contains(environment.staging.secrets, "token")`, "true"},
		{`check.unit.report != "" && !check.style.required`, "true"},
		{`alltrue([for c in check : c.os == "linux" && c.timeout <= 30])`, "true"},
		{`policy.targets == ["github"] && policy.mainline == "main" && policy.component == ""`, "true"},
		{`local.most >= length(delivery.environments)`, "No. local.most is 1. delivery.environments is [\"staging\",\"production\"]."},
		{`environment.prodution.tier == "production"`, `There is no key "prodution". Did you mean "production"?`},
		{`enviroment.production.tier == "production"`, `There is nothing called "enviroment". Did you mean "environment"?`},
		{`release.version == "1"`, "release.version is known only when the pipeline runs; a comparison or calculation would need it now."},
		{`lenght(environment) > 0`, `There is no function lenght(). Did you mean "length"?`},
		{`"yes"`, `"a condition" is true or false, and this is a text.`},
	} {
		p := pass(t, policy+"locals {\n  most = 1\n}\n\nrule \"test\" {\n  condition = "+tt.condition+"\n  message   = \"No.\"\n}\n")
		got := "true"
		if diags := check(p); len(diags) == 1 {
			got = diags[0].Detail
		} else if len(diags) > 1 {
			t.Errorf("%s: %d messages", tt.condition, len(diags))
		}
		if !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s\n got %s\nwant %s", tt.condition, got, tt.want)
		}
	}
}

// What a rule may ask is what the table of the documentation lists: nothing
// less, and nothing more.
func TestFactsAreDocumented(t *testing.T) {
	paths := map[string]bool{}
	for root, v := range newFacts(pass(t, policy)) {
		leaves(root, v, paths)
	}
	var documented []string
	for _, f := range language.NewReference().Facts {
		documented = append(documented, f.Path)
		if !paths[f.Path] {
			t.Errorf("%s is documented, and no rule can ask it", f.Path)
		}
	}
	for path := range paths {
		if !slices.Contains(documented, path) {
			t.Errorf("%s can be asked, and is not documented", path)
		}
	}
}

// leaves notes the path of everything in a value, with the names of labels and
// flows as the table writes them.
func leaves(path string, v cty.Value, out map[string]bool) {
	switch t := v.Type(); {
	case t.IsObjectType():
		for name := range t.AttributeTypes() {
			switch {
			case path == "environment" || path == "check" || strings.HasSuffix(path, ".gates"):
				leaves(path+".NAME", v.GetAttr(name), out)
			case path == "flow":
				leaves(path+".KIND", v.GetAttr(name), out)
			default:
				leaves(path+"."+name, v.GetAttr(name), out)
			}
		}
	case t.IsTupleType() && v.LengthInt() > 0 && v.Index(cty.Zero).Type().IsObjectType():
		out[path] = true
		leaves(path+"[*]", v.Index(cty.Zero), out)
	default:
		out[path] = true
	}
}
