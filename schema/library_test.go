package schema

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// usePolicy is a policy in services/pay that uses a library and calls it.
func usePolicy(source, call string) string {
	return `policy "p" { targets = ["github"] }
use "lib" { source = "` + source + `" }
secret "s" {}
check "c" {
  env     = { DATABASE = "db" }
  secrets = { DATABASE_PASSWORD = secret.s }
  run     = ` + call + `
}
environment "production" { deploy = "true" }
delivery {
  checks       = [check.c]
  environments = [environment.production]
}
`
}

func parseUse(t *testing.T, source, call string, files map[string]string) (*Policy, diag.Diagnostics) {
	t.Helper()
	repository := fstest.MapFS{}
	for name, text := range files {
		repository[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Parse(Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(usePolicy(source, call))}}, Files: repository, Dir: "services/pay"})
}

const greet = `command "greet" {
  parameter "whom" { required = true }
  run = "echo ${local.word} ${parameter.whom}"
}
locals { word = "hello" }
`

func TestUse(t *testing.T) {
	example, err := os.ReadFile("../testdata/cases/libraries/database/migrate.release.hcl")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		source, call string
		files        map[string]string
		want         string
	}{
		"a file beside the policy": {"./lib.release.hcl", `lib::greet({ whom = "you" })`, map[string]string{"services/pay/lib.release.hcl": greet}, "echo hello ‹you›"},
		"a file elsewhere":         {"../../shared/lib.hcl", `lib::greet({ whom = "you" })`, map[string]string{"shared/lib.hcl": greet}, "echo hello ‹you›"},
		"a folder": {"../../shared", `lib::both({})`, map[string]string{
			"shared/a.release.hcl": greet, "shared/README.md": "no policy",
			"shared/b.release.hcl": `command "both" { run = [command::greet({ whom = "you" }), command::greet({ whom = "me" })] }`,
		}, "echo hello ‹you›\necho hello ‹me›"},
		"a library of a library": {"../../shared/top.release.hcl", `lib::all({ whom = release.version })`, map[string]string{
			"shared/parts/lib.release.hcl": greet,
			"shared/top.release.hcl":       "use \"parts\" { source = \"parts\" }\ncommand \"all\" {\n  parameter \"whom\" {}\n  run = parts::greet({ whom = \"${parameter.whom}!\" })\n}\n",
		}, "echo hello ‹release.version!›"},
		"the example of the documentation": {"database.release.hcl", `lib::migrate({ steps = 2 })`, map[string]string{"services/pay/database.release.hcl": string(example)},
			"program up --database ‹env.DATABASE› --password ‹env.DATABASE_PASSWORD› --steps ‹2›"},
		"a call in a list, a condition and a for expression": {"./lib.release.hcl", `[for w in ["a", "b"] : true ? lib::greet({ whom = w }) : "no"]`,
			map[string]string{"services/pay/lib.release.hcl": greet}, "echo hello ‹a›\necho hello ‹b›"},
	} {
		t.Run(name, func(t *testing.T) {
			p, diags := parseUse(t, tt.source, tt.call, tt.files)
			for _, d := range diags {
				t.Errorf("%s: %s: %s", d.Subject, d.Summary, d.Detail)
			}
			var lines []string
			for _, text := range p.Checks[0].Run.Texts {
				lines = append(lines, spell(text.Segs))
				if text.Range.Filename != "release.hcl" {
					t.Errorf("the text stands at %s, not at the call", text.Range)
				}
			}
			if got := strings.Join(lines, "\n"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A command travels through a local, and a base brings its library: what a
// base names is relative to the base.
func TestUseOfABase(t *testing.T) {
	base := `use "lib" { source = "./commands" }
locals { hello = [lib::greet({ whom = "you" }), "echo bye"] }
`
	own := `policy "p" {
  extends = "../../platform"
  targets = ["github"]
}
check "c" { run = local.hello }
environment "production" { deploy = lib::greet({ whom = release.version }) }
delivery {
  checks       = [check.c]
  environments = [environment.production]
}
`
	files := fstest.MapFS{"platform/release.hcl": {Data: []byte(base)}, "platform/commands/greet.release.hcl": {Data: []byte(greet)}}
	p, diags := Parse(Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(own)}}, Files: files, Dir: "services/pay"})
	if len(diags) > 0 {
		t.Fatal(details(diags))
	}
	if got := p.Checks[0].Run.Texts; len(got) != 2 || spell(got[0].Segs) != "echo hello ‹you›" || spell(got[1].Segs) != "echo bye" {
		t.Errorf("the check runs %v", got)
	}
	if got := p.Environments[0].Deploy.Texts; len(got) != 1 || spell(got[0].Segs) != "echo hello ‹release.version›" {
		t.Errorf("the deployment runs %v", got)
	}
}

// spell writes segments for people: a word in ‹›.
func spell(segs []eval.Seg) string {
	var b strings.Builder
	for _, s := range segs {
		switch {
		case s.Word != nil:
			b.WriteString("‹" + spell(s.Word) + "›")
		case s.Key != "":
			b.WriteString(string(s.Ref) + "." + s.Key)
		default:
			b.WriteString(s.Lit + string(s.Ref))
		}
	}
	return b.String()
}

// What is wrong with the files of a library is one error: at `source` if they
// cannot be read, in the library if they can.
func TestUseOfWhatIsNotThere(t *testing.T) {
	for name, tt := range map[string]struct {
		source string
		files  map[string]string
		want   string
		in     string
	}{
		"no file":      {"nowhere.release.hcl", nil, `There is neither a file nor a directory "nowhere.release.hcl"`, "release.hcl"},
		"empty folder": {"../../shared", map[string]string{"shared/README.md": ""}, `The directory "../../shared" has no file to read`, "release.hcl"},
		"outside":      {"../../../other", nil, `leads out of the repository`, "release.hcl"},
		"absolute":     {"/etc/passwd", nil, `is no path from this file`, "release.hcl"},
		"address":      {"https://example.com/lib.release.hcl", nil, `There is neither a file nor a directory`, "release.hcl"},
		"a circle": {"../../a/a.release.hcl", map[string]string{
			"a/a.release.hcl": `use "b" { source = "../b/b.release.hcl" }`, "b/b.release.hcl": `use "a" { source = "../a/a.release.hcl" }`,
		}, "a/a.release.hcl → b/b.release.hcl → a/a.release.hcl", "../../b/b.release.hcl"},
		"another language": {"lib.release.hcl", map[string]string{"services/pay/lib.release.hcl": "environment \"x\" {\n}\n"}, `There is no block "environment" here`, "lib.release.hcl"},
		"a variable":       {"lib.release.hcl", map[string]string{"services/pay/lib.release.hcl": "variable \"x\" {\n  default = 1\n}\n"}, `There is no block "variable" here`, "lib.release.hcl"},
		"a broken file":    {"lib.release.hcl", map[string]string{"services/pay/lib.release.hcl": "command \"x\" {\n  run = \"echo\n}\n"}, `ends on the same line`, "lib.release.hcl"},
		"a wrong command": {"lib.release.hcl", map[string]string{"services/pay/lib.release.hcl": "command \"greet\" {\n  run = \"echo ${parameter.x}\"\n}\n"},
			`There is no parameter "x"`, "lib.release.hcl"},
	} {
		t.Run(name, func(t *testing.T) {
			_, diags := parseUse(t, tt.source, `lib::greet({})`, tt.files)
			if len(diags) != 1 {
				t.Fatalf("%d errors: %v", len(diags), details(diags))
			}
			if d := diags[0]; !strings.Contains(d.Detail, tt.want) || !strings.HasSuffix(d.Subject.Filename, tt.in) {
				t.Errorf("%s: %s, want %q in %s", d.Subject, d.Detail, tt.want, tt.in)
			}
		})
	}
}

func details(diags diag.Diagnostics) []string {
	var out []string
	for _, d := range diags {
		out = append(out, d.Subject.String()+": "+d.Detail)
	}
	return out
}

// What commands make of a policy is bounded, however they call each other.
func TestCallsAreBounded(t *testing.T) {
	var doubles, grows strings.Builder
	for i := range 40 {
		fmt.Fprintf(&doubles, "command \"c%d\" { run = [command::c%d({}), command::c%d({})] }\n", i, i+1, i+1)
		fmt.Fprintf(&grows, "command \"c%d\" {\n  parameter \"p\" { default = \"x\" }\n  run = command::c%d({ p = \"${parameter.p}${parameter.p}\" })\n}\n", i, i+1)
	}
	doubles.WriteString(`command "c40" { run = "true" }`)
	grows.WriteString("command \"c40\" {\n  parameter \"p\" {}\n  run = \"echo ${parameter.p}\"\n}\n")
	var defaults strings.Builder
	defaults.WriteString("command \"c0\" {\n  parameter \"p0\" { default = \"x\" }\n")
	for i := range 40 {
		fmt.Fprintf(&defaults, "  parameter \"p%d\" { default = \"${parameter.p%d}${parameter.p%d}\" }\n", i+1, i, i)
	}
	defaults.WriteString("  run = \"echo ${parameter.p40}\"\n}\n")
	for name, text := range map[string]string{"calls": doubles.String(), "words": grows.String(), "defaults": defaults.String()} {
		t.Run(name, func(t *testing.T) {
			_, diags := parseUse(t, "lib.release.hcl", "lib::c0({})", map[string]string{"services/pay/lib.release.hcl": text})
			if len(diags) != 1 || diags[0].Code != "too-large" {
				t.Errorf("got %v", details(diags))
			}
		})
	}
}
