package library_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/library"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// definitions are the commands of a built-in library.
func definitions(t *testing.T, name string) []*schema.Definition {
	t.Helper()
	src, err := library.Files.ReadFile(name + ".release.hcl")
	if err != nil {
		t.Fatal(err)
	}
	all, diags := schema.Library([]syntax.Source{{Name: "builtin:" + name, Bytes: src}})
	if len(diags) > 0 {
		t.Fatalf("%s: %s", diags[0].Summary, diags[0].Detail)
	}
	return all
}

// Each command, called with what it cannot do without and with everything, in
// the shells that machines for it have.
func TestLines(t *testing.T) {
	for name, shells := range map[string][]string{"mettleci": {"sh", "pwsh"}, "cloud": {"sh"}} {
		t.Run(name, func(t *testing.T) { sameLines(t, name, shells) })
	}
}

func sameLines(t *testing.T, library string, shells []string) {
	var b strings.Builder
	for _, c := range definitions(t, library) {
		for _, call := range slices.Compact(calls(c)) {
			fmt.Fprintf(&b, "%s::%s\n", library, call)
			for _, shell := range shells {
				for _, line := range lines(t, library+"::"+call, shell, systemFor(c, shell)) {
					fmt.Fprintf(&b, "  %-4s  %s\n", shell, line)
				}
			}
			b.WriteString("\n")
		}
	}
	golden := "testdata/" + library + ".txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("-golden +rendered:\n%s", diff)
	}
}

// cmd forgets the rest of a script that runs a batch file without call, and
// would execute what is in a variable: a password cannot go through it.
func TestCmd(t *testing.T) {
	want := []string{"call mettleci.cmd compliance test -rules \"our rules\" -assets datastage -report compliance.xml -junit -include-tags \"a,b\""}
	if got := lines(t, `mettleci::compliance_test({ rules = "our rules", include_tags = ["a", "b"] })`, "cmd", "windows"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	_, diags := planOf(`mettleci::unittest_test({ project = "p" })`, "cmd", "windows")
	if len(diags) == 0 {
		t.Fatal("a password goes through cmd")
	}
	for _, d := range diags {
		if d.Code != "run-value-unsafe-in-cmd" || d.Subject.Filename != "release.hcl" {
			t.Errorf("%s: %s", d.Subject, d.Detail)
		}
	}
}

// options are those of the vendor's command line, + for what it demands.
var options = map[string]string{
	"datastage create-project": "+-domain +-server +-project +-username +-password -path",
	"datastage deploy":         "+-domain +-server +-username +-password +-project +-assets +-project-cache -include-job-in-test-name -threads -parameter-sets",
	"datastage compile":        "+-domain +-server +-project +-username +-password -include_server_routines -provision_rulesets -include-job-in-test-name",
	"isx export":               "+-domain +-server +-username +-password +-project -jobname -location -project-cache -threads -include-binaries -preview",
	"isx import":               "+-domain +-server +-username +-password +-project +-location -project-cache -threads -parameter-sets -exclude-designs -whitelist",
	"properties config":        "+-baseDir +-properties +-outDir -filePattern",
	"remote upload":            "+-host -port +-username +-destination +-transferPattern -source +-password -privateKey -passphrase",
	"remote download":          "+-host -port +-username +-source +-transferPattern -destination +-password -privateKey -passphrase",
	"remote execute":           "+-host -port +-username +-script +-password -privateKey -passphrase",
	"unittest test":            "+-domain +-server +-project +-username +-password +-specs +-reports -project-cache -test-suite -threads -ignore-test-failures",
	"compliance test": "+-rules +-assets +-report -junit -include-tags -exclude-tags -project-cache -test-suite -ignore-test-failures " +
		"-include-job-in-test-name",
	"workbench set-branch": "+-url +-username +-password +-project +-branch",
}

// The options are the vendor's, by their exact spelling: a call without any
// gives those that the vendor demands, one with all of them gives all, and no
// call gives another.
func TestOptions(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range definitions(t, "mettleci") {
		both := calls(c)
		short, full := lines(t, "mettleci::"+both[0], "sh", systemFor(c, "sh")), lines(t, "mettleci::"+both[1], "sh", systemFor(c, "sh"))
		if len(full) > 1 { // the sequence is made of the others
			continue
		}
		name, has := optionsOf(short[0])
		_, all := optionsOf(full[0])
		seen[name] = true
		var known []string
		for o := range strings.FieldsSeq(options[name]) {
			o, demanded := strings.CutPrefix(o, "+")
			known = append(known, o)
			if demanded && !slices.Contains(has, o) {
				t.Errorf("%s: the vendor demands %s: %s", name, o, short[0])
			}
			if !slices.Contains(all, o) && !slices.Contains(has, o) {
				t.Errorf("%s: nothing gives %s", name, o)
			}
		}
		for _, o := range slices.Concat(has, all) {
			if !slices.Contains(known, o) {
				t.Errorf("%s: the vendor has no %s", name, o)
			}
		}
	}
	for name := range options {
		if !seen[name] {
			t.Errorf("no command runs %s", name)
		}
	}
}

var optionPattern = regexp.MustCompile(` (-[A-Za-z][A-Za-z_-]*)`)

func optionsOf(line string) (name string, options []string) {
	words := strings.Fields(line)
	for _, m := range optionPattern.FindAllStringSubmatch(line, -1) {
		options = append(options, m[1])
	}
	return words[1] + " " + words[2], options
}

// No password stands in a line, and none can be made to.
func TestNoPasswordInALine(t *testing.T) {
	for _, c := range definitions(t, "mettleci") {
		for _, p := range c.Parameters {
			if strings.Contains(p.Label, "pass") && !p.Secret {
				t.Errorf("%s: the parameter %q is no secret", c.Label, p.Label)
			}
		}
	}
}

// The libraries are in the canonical form, as policies are.
func TestCanonical(t *testing.T) {
	for _, name := range names(t) {
		src, err := library.Files.ReadFile(name + ".release.hcl")
		if err != nil {
			t.Fatal(err)
		}
		if out, _ := format.Canonical(syntax.Source{Name: name, Bytes: src}); !bytes.Equal(out, src) {
			t.Errorf("%s: not as fettle fmt writes it", name)
		}
	}
}

// Every command and parameter says what it is: the documentation is made of it.
func TestEverythingIsDescribed(t *testing.T) {
	for _, name := range names(t) {
		for _, c := range definitions(t, name) {
			if c.Description.V == "" {
				t.Errorf("%s::%s has no description", name, c.Label)
			}
			for _, p := range c.Parameters {
				if p.Description.V == "" {
					t.Errorf("%s::%s: %s has no description", name, c.Label, p.Label)
				}
			}
		}
	}
}

func names(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(library.Files, "*.release.hcl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no library: %v", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, ".release.hcl")
	}
	return files
}

// calls are two calls of a command: with what it demands, and with everything.
func calls(c *schema.Definition) []string {
	var demanded, all []string
	for _, p := range c.Parameters {
		text := p.Label + " = " + valueFor(p)
		all = append(all, text)
		if p.Required {
			demanded = append(demanded, text)
		}
	}
	return []string{c.Label + "({ " + strings.Join(demanded, ", ") + " })", c.Label + "({ " + strings.Join(all, ", ") + " })"}
}

func valueFor(p *schema.Parameter) string {
	switch {
	case p.Secret:
		return "env.OTHER_" + strings.ToUpper(p.Label)
	case len(p.Values) > 0:
		return `"` + p.Values[0].V + `"`
	case p.Type.V == "number":
		return "4"
	case p.Type.V == "bool":
		return "true"
	case p.Type.V == "list(string)":
		return `["*.one", "two"]`
	default:
		return `"the ` + strings.ReplaceAll(p.Label, "_", " ") + `"`
	}
}

func systemFor(c *schema.Definition, shell string) string {
	if shell == "sh" && c.OS.V == "" {
		return "linux"
	}
	return "windows"
}

// lines are what a call runs, by the plan that a policy with it becomes.
func lines(t *testing.T, call, shell, system string) []string {
	t.Helper()
	plan, diags := planOf(call, shell, system)
	for _, d := range diags {
		t.Fatalf("%s: %s: %s", call, d.Summary, d.Detail)
	}
	var out []string
	for _, j := range plan.Flow("delivery").Jobs {
		for _, s := range j.Steps {
			if r, ok := s.(flow.Run); ok && r.Purpose == flow.ToCheck && r.Of == "c" {
				out = append(out, r.Script)
			}
		}
	}
	return out
}

// planOf is the plan of a policy whose check is a call.
func planOf(call, shell, system string) (*flow.Plan, diag.Diagnostics) {
	policy := `policy "p" { targets = ["jenkins"] }
use "mettleci" { source = "builtin:mettleci" }
use "cloud" { source = "builtin:cloud" }
secret "s" {}
agent "a" {
  os       = "` + system + `"
  provides = ["AGENTMETTLEHOME", "AWS_SHARED_CREDENTIALS_FILE", "AZURE_CONFIG_DIR", "CLOUDSDK_CONFIG", "ID_TOKEN", "KUBECONFIG", "IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "MCIUSERNAME", "WORKBENCHURL"]
}
check "c" {
  agent   = agent.a
  shell   = "` + shell + `"
  secrets = { IISPASSWORD = secret.s, MCIPASSWORD = secret.s, OTHER_PASSWORD = secret.s, OTHER_ENGINE_PASSWORD = secret.s, OTHER_PASSPHRASE = secret.s }
  run     = ` + call + `
}
environment "production" { deploy = "true" }
delivery {
  checks       = [check.c]
  environments = [environment.production]
}
`
	p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}})
	plan, more := flow.Lower(p)
	return plan, slices.Concat(diags, more)
}
