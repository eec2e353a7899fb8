package generators_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// scheme is a way to name versions, with what it calls some of them.
type scheme struct {
	version, names string
	base           string            // a release, and what its line is called
	line           string            //
	called         map[string]string // "candidate 44.2": "ci-44.2"
	none           []string          // names that are none of the scheme
}

// schemes are those of MettleCI's pipelines, for Jenkins by version and by
// number, and for Azure by date.
var schemes = map[string]scheme{
	"by version": {
		version: "sequence", base: "43", line: "Hotfix-43",
		names:  `candidate = "ci-${version}"` + "\n" + `release = "prod-${version}"` + "\n" + `hotfix_branch = "Hotfix-${version}"`,
		called: map[string]string{"candidate 43": "ci-43", "candidate 44.2": "ci-44.2", "release 43": "prod-43", "release 44.2": "prod-44.2"},
		none:   []string{"ci-", "ci-x", "ci-44.2.1", "ci-44.", "xci-44", "prod", "ci-hf-43.7"},
	},
	"by number": {
		version: "height", base: "43", line: "hotfix/hf-43",
		names: `candidate = "ci-${version}"` + "\n" + `release = "prod-${version}"` + "\n" + `hotfix_branch = "hotfix/hf-${version}"` + "\n" +
			`hotfix_candidate = "ci-hf-${version}"` + "\n" + `hotfix_release = "prod-hf-${version}"`,
		called: map[string]string{"candidate 43": "ci-43", "candidate 43.7": "ci-hf-43.7", "release 43": "prod-43", "release 43.7": "prod-hf-43.7"},
		none:   []string{"ci-hf-", "ci-hf-hf-43", "prod-hf-43.7.1"},
	},
	"by date": {
		version: "calendar", base: "20230914.1", line: "hotfix/hf.20230914.1",
		names: `candidate = "ci.${version}"` + "\n" + `release = "prod.${version}"` + "\n" + `hotfix_branch = "hotfix/hf.${version}"` + "\n" +
			`hotfix_candidate = "hf_ci.${version}"`,
		called: map[string]string{
			"candidate 20230914.1": "ci.20230914.1", "candidate 20230914.1.3": "hf_ci.20230914.1.3",
			"release 20230914.1": "prod.20230914.1", "release 20230914.1.3": "prod.20230914.1.3",
		},
		none: []string{"ci.20230914", "ci.2023091.1", "hf_ci.20230914.1.3.1", "prod.20230914."},
	},
}

// A name is made and read back by the script that the policy compiles to.
func TestVendorsNames(t *testing.T) {
	for name, s := range schemes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			functions := releaseScript(t, s)
			if got := shell(t, functions, `line_of `+s.base); got != s.line {
				t.Errorf("the line of %s is %q, want %q", s.base, got, s.line)
			}
			for call, want := range s.called {
				kind, version, _ := strings.Cut(call, " ")
				if got := shell(t, functions, kind+"_of "+version); got != want {
					t.Errorf("the %s of %s is %q, want %q", kind, version, got, want)
				}
				if got := shell(t, functions, unwrapAny(want)); got != version {
					t.Errorf("%s is read back as %q, want %q", want, got, version)
				}
			}
			for _, wrong := range s.none {
				if got := shell(t, functions, unwrapAny(wrong)); got != "none" {
					t.Errorf("%s is read as the version %q", wrong, got)
				}
			}
			if got := shell(t, functions, `unwrap `+s.line+` "$LINE_PREFIX" "$LINE_SUFFIX"`); got != s.base {
				t.Errorf("the line %s is read back as %q", s.line, got)
			}
		})
	}
}

// unwrapAny reads a tag back in the order in which the script does.
func unwrapAny(tag string) string {
	var b strings.Builder
	for _, kind := range []string{"CANDIDATE", "RELEASE", "HOTFIX_CANDIDATE", "HOTFIX_RELEASE"} {
		b.WriteString("unwrap " + tag + ` "$` + kind + `_PREFIX" "$` + kind + `_SUFFIX" || `)
	}
	return b.String() + "echo none"
}

// releaseScript compiles a policy with the names of a scheme and returns the
// script without its last line, which would start it.
func releaseScript(t *testing.T, s scheme) string {
	t.Helper()
	policy := `policy "p" {
  targets = ["jenkins"]
  version = "` + s.version + `"
}
names {
` + s.names + `
}
check "unit" { run = "true" }
environment "production" {
  deploy = "true"
  approval "release" { approvers = [group.g] }
}
group "g" { jenkins = "g" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {}
`
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
	if len(diags) > 0 {
		t.Fatalf("%s", diagnosticsText(diags))
	}
	for _, f := range result.Files {
		if f.Path == ".fettle/release.sh" {
			before, found := bytes.CutSuffix(f.Content, []byte("main \"$@\"\n"))
			if !found {
				t.Fatal("the script does not end with the call of main")
			}
			return string(before)
		}
	}
	t.Fatal("no script")
	return ""
}

func shell(t *testing.T, functions, call string) string {
	t.Helper()
	c := exec.Command("sh")
	c.Stdin = strings.NewReader(functions + "\n" + call + "\n")
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	return strings.TrimSpace(string(out))
}
