package weakening_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// pair is a change of a policy, as a pair of texts, and what it weakens.
type pair struct{ name, before, now, want string }

// TestCompare makes each change of the corpus, testdata/weakening/pairs.txt, in
// the policy beside it. The change back weakens nothing, unless it says so.
func TestCompare(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	for _, p := range pairs(t) {
		t.Run(p.name, func(t *testing.T) {
			if strings.Count(base, p.before) != 1 {
				t.Fatalf("%q stands %d times in the policy", p.before, strings.Count(base, p.before))
			}
			before, now := pass(t, base), pass(t, strings.Replace(base, p.before, p.now, 1))
			for _, d := range weakening.Compare(before, now) {
				if d.Subject.Filename == "" || d.Subject.Empty() || lint.NumberOf(string(d.Code)) == nil {
					t.Errorf("%s %s is nowhere, or no number", d.Code, d.Summary)
				}
			}
			demand(t, found(before, now), p.want)
			back := ""
			if i := strings.Index(p.want, "and back: "); i >= 0 {
				back = p.want[i+len("and back: "):]
			}
			demand(t, found(now, before), back)
		})
	}
}

func demand(t *testing.T, got []string, want string) {
	t.Helper()
	want, _, _ = strings.Cut(want, "and back: ")
	var wanted []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			wanted = append(wanted, line)
		}
	}
	if len(got) != len(wanted) {
		t.Fatalf("got %q, want %q", got, wanted)
	}
	for i, w := range wanted {
		if !strings.HasPrefix(got[i], w) {
			t.Errorf("got %q, want %q", got[i], w)
		}
	}
}

// What the policy does not have by itself: each block is added to it, and then
// changed.
func TestCompareAdded(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	glass := "break_glass {\n  approvers = [group.risk]\n  may_skip  = [approval]\n  review    = \"24h\"\n}\nnotify \"everybody\" {\n  on  = [break_glass]\n  run = \"./tell.sh\"\n}\n"
	build := "build {\n  run      = \"make dist\"\n  artifact = \"dist/\"\n  store {\n    put = \"./put.sh\"\n    get = \"./get.sh\"\n  }\n}\n"
	rule := "rule \"people\" {\n  condition = length(environment.production.approvals) >= 2\n  message   = \"Two.\"\n  locked    = true\n}\n"
	nightly := "check \"night\" {\n  run = \"make night\"\n}\nschedule \"nightly\" {\n  cron   = \"0 3 * * *\"\n  checks = [check.night]\n}\n"
	for _, p := range []struct{ added, before, now, want string }{
		{glass, glass, "", ""},
		{"", "", glass, "HF024 Break glass added: There was no way past the gates; now a break glass may skip approval."},
		{glass, "may_skip  = [approval]", "may_skip  = [approval, hold]", "HF024 Break glass that opens more: It may skip hold, and could not before."},
		{glass, `review    = "24h"`, `review    = "48h"`, "HF025 Break glass reviewed later: The review was owed within 24h, and is now within 2d."},
		{glass, "  review    = \"24h\"\n", "", "HF025 Break glass reviewed later: The review was owed within 24h, and is now within 2d."},
		{glass, `review    = "24h"`, "review = \"24h\"\n  timeout = \"2h\"", "HF023 Break glass that waits longer: A request was refused after 1h without an answer, and is now only after 2h."},
		{glass, "approvers = [group.risk]", "approvers = [group.risk, group.managers]", "HF024 More people may use break glass: Group \"managers\" may use it"},
		{build, "  store {\n    put = \"./put.sh\"\n    get = \"./get.sh\"\n  }\n", "", "HF042 Artifact that expires now"},
		{build, `"make dist"`, "\"make dist\"\n  github = { id_token = true }", "HF074 Job that may log in: The commands of build may log in"},
		{build, `"make dist"`, "\"make dist\"\n  native \"github\" {\n    steps = \"- run: make extra\"\n  }", "HF079 Native part added: build has a part that goes into the file of github as it is"},
		{rule, ">= 2", ">= 1", "HF079 Rule that demands something else: The rule \"people\" demanded length(environment.production.approvals) >= 2, and demands length(environment.production.approvals) >= 1 now."},
		{rule, "  locked    = true\n", "", "HF079 Lock gone: rule.people was locked: nobody who extends the policy could weaken it. Now they can."},
		{nightly, nightly, "", ""},
	} {
		before, now := pass(t, base+p.added), pass(t, base+strings.Replace(p.added, p.before, p.now, 1))
		demand(t, weakeningsOf(before, now), p.want)
		if !strings.HasPrefix(p.want, "HF079 Rule that") { // of two conditions nobody knows the weaker one
			demand(t, weakeningsOf(now, before), map[string]string{glass: "HF024 Break glass added"}[p.before])
		}
	}
}

// Who may approve by what is excluded: Azure and Jenkins know no authors.
func TestAuthors(t *testing.T) {
	base := strings.NewReplacer(`, "azure", "jenkins"]`, "]").Replace(read(t, "../../testdata/weakening/policy.hcl"))
	excluded := strings.Replace(base, `timeout   = "4h"`, "timeout = \"4h\"\n    exclude = [authors]", 1)
	demand(t, weakeningsOf(pass(t, excluded), pass(t, base)), "HF021 Authors may approve")
	demand(t, weakeningsOf(pass(t, base), pass(t, excluded)), "")
}

// A freeze that is over may go, and one that has begun may not.
func TestPastFreeze(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	before, now := pass(t, base), pass(t, base[:strings.Index(base, "freeze \"year_end\"")])
	for at, want := range map[string]string{"2026-12-01": "HF070 Freeze that holds for less", "2027-01-04": "HF070 Freeze that holds for less", "2027-01-05": ""} {
		var err error
		if now.Now, err = time.Parse(time.DateOnly, at); err != nil {
			t.Fatal(err)
		}
		demand(t, weakeningsOf(before, now), want)
	}
}

// What is only different is told apart from what is weaker.
func TestUnjudged(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	got := weakening.Differences(pass(t, base), pass(t, strings.Replace(base, "make load", "make", 1)), "v1")
	if len(got) != 1 || got[0] != `check "load" has other commands than at v1` {
		t.Error(got)
	}
}

// TestSame: a policy is not weaker than itself.
func TestSame(t *testing.T) {
	p := pass(t, read(t, "../../testdata/weakening/policy.hcl"))
	if got := weakeningsOf(p, pass(t, read(t, "../../testdata/weakening/policy.hcl"))); len(got) > 0 {
		t.Error(got)
	}
}

// An environment that is called otherwise is one finding, and so is all that
// follows from the name.
func TestRename(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	renamed := strings.NewReplacer(`environment "production"`, `environment "live"`, "environment.production", "environment.live").Replace(base)
	demand(t, found(pass(t, base), pass(t, renamed)), "HF052 Production by another name: Environment \"production\" is called \"live\" now.\nnamed: check \"smoke\" has other commands than at then")
	renamed = strings.NewReplacer(`environment "staging"`, `environment "trial"`, "environment.staging", "environment.trial").Replace(base)
	demand(t, found(pass(t, base), pass(t, renamed)), "named: environment \"trial\" was called \"staging\" at then")
}

// A production environment that is gone, and another one that was there before in
// its place: its gates were compared with nothing.
func TestReplaced(t *testing.T) {
	eu := "\nenvironment \"eu\" {\n  tier = \"production\"\n  deploy = \"./eu.sh\"\n}\n"
	base := read(t, "../../testdata/weakening/policy.hcl")
	begin, end := strings.Index(base, "environment \"production\""), strings.Index(base, "group \"managers\"")
	now := strings.ReplaceAll(base[:begin]+base[end:], "environment.production", "environment.eu") + eu
	demand(t, found(pass(t, base+eu), pass(t, now)), "HF079 Production left out of a flow: The flow delivery deployed to the production environment \"production\", and now deploys to \"eu\"\nnamed: environment \"production\" is gone")
}

// A finding is at the attribute that changed; where the policy has it no more, at
// the header of its block.
func TestPlaces(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	for _, c := range []struct{ before, now, at string }{
		{"checks       = [check.unit]", "checks = []", "[]"},
		{"  checks       = [check.unit]\n", "", `delivery`},
		{"[environment.staging, environment.production]", "[environment.production]", "[environment.production]"},
		{"  verify   = [check.load]\n", "", `environment "staging"`},
		{"    timeout   = \"4h\"\n", "    timeout = \"9h\"\n", `"9h"`},
		{"    timeout   = \"4h\"\n", "", `approval "release"`},
		{"run    = \"make test\"", "required = false\n  run = \"make test\"", "false"},
		{"within      = \"24h\"", "within = \"30h\"", `"30h"`},
		{"    within      = \"24h\"\n", "", "merge_back"},
		{"INC[0-9]+", "[0-9]+", `"[0-9]+"`},
		{`unmergeable  = ["assets/**"]`, `unmergeable = ["a/**"]`, `["a/**"]`},
		{`"github", "gitlab", "azure", "jenkins"]`, `"github", "gitlab", "azure"]`, `["github", "gitlab", "azure"]`},
		{`active       = "github"`, `active = "azure"`, `"azure"`},
		{`active       = "github"`, "active = \"github\"\n  mainline = \"trunk\"\n  former_mainlines = [\"main\"]", `"trunk"`},
		{`to        = "2027-01-04"`, `to = "2027-01-03"`, `"2027-01-03"`},
		{`from      = "2026-12-19"`, `from = "2026-12-20"`, `"2026-12-20"`},
		{`approvers = [group.risk]` + "\n\n", "approvers = [group.risk]\n  hotfix = \"allow\"\n", `"allow"`},
		{`gitlab  = "acme/risk"`, `gitlab = "acme"`, `"acme"`},
		{`severity = "error"`, "severity = \"off\"\n  reason = \"So\"", `"off"`},
		{`{ runs_on = ["self-hosted", "release"] }`, `{ runs_on = ["all"] }`, `{ runs_on = ["all"] }`},
		{`secret "smoke_token" {}`, "secret \"smoke_token\" {\n  gitlab = { name = \"ALL\" }\n}", `{ name = "ALL" }`},
		{`"build/*.xml"`, `"all.xml"`, `"all.xml"`},
		{`{ DEPLOY_TOKEN = secret.deploy_token }`, `{ DEPLOY_TOKEN = secret.deploy_token, PROBE = secret.smoke_token }`, "PROBE"},
	} {
		if strings.Count(base, c.before) != 1 {
			t.Errorf("%q is %d times in the policy", c.before, strings.Count(base, c.before))
			continue
		}
		now := strings.Replace(base, c.before, c.now, 1)
		found := weakening.Compare(pass(t, base), pass(t, now))
		if len(found) == 0 {
			t.Errorf("%q: nothing is weaker", c.now)
			continue
		}
		for _, d := range found {
			if at := string(d.Subject.SliceBytes([]byte(now))); at != c.at {
				t.Errorf("%s %s is at %q, and not at %q", d.Code, d.Summary, at, c.at)
			}
		}
	}
}

// found are the findings, and then what is named.
func found(before, now *lint.Pass) []string {
	out := weakeningsOf(before, now)
	for _, named := range weakening.Differences(before, now, "then") {
		out = append(out, "named: "+named)
	}
	return out
}

func weakeningsOf(before, now *lint.Pass) []string {
	var out []string
	for _, d := range weakening.Compare(before, now) {
		out = append(out, string(d.Code)+" "+d.Summary+": "+d.Detail)
	}
	return out
}

var heading = regexp.MustCompile(`(?m)^## (.*)\n`)

// pairs reads the corpus: "## NAME", and then three parts, separated by lines of
// three dashes: what stands in the policy, what stands there now, what is weaker.
func pairs(t *testing.T) []pair {
	t.Helper()
	text := read(t, "../../testdata/weakening/pairs.txt")
	places := heading.FindAllStringSubmatchIndex(text, -1)
	var out []pair
	for i, m := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		parts := strings.Split(text[m[1]:end], "---\n")
		if len(parts) != 3 {
			t.Fatalf("%s: %d parts", text[m[2]:m[3]], len(parts))
		}
		out = append(out, pair{text[m[2]:m[3]], strings.TrimSuffix(parts[0], "\n"), strings.TrimSuffix(parts[1], "\n"), parts[2]})
	}
	if len(out) == 0 {
		t.Fatal("no pairs")
	}
	return out
}

func pass(t *testing.T, policy string) *lint.Pass {
	t.Helper()
	p, diags := compiled(policy)
	for _, d := range diags {
		t.Fatalf("%s: %s: %s", d.Subject, d.Summary, d.Detail)
	}
	return p
}

func compiled(policy string) (*lint.Pass, diag.Diagnostics) {
	p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}})
	plan, more := flow.Lower(p)
	return &lint.Pass{Policy: p, Plan: plan}, append(diags, more...)
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
