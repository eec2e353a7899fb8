package settings_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

const root = "../.."

// policies are those whose settings stand in testdata/settings.
var policies = map[string]string{
	"claims":           root + "/examples/claims/release.hcl",
	"schedule":         root + "/testdata/cases/schedule/policy.hcl",
	"release-branches": root + "/testdata/cases/release-branches/policy.hcl",
	"forge":            root + "/testdata/settings/forge.hcl",
}

// compiled is the plan of a policy file.
func compiled(t *testing.T, path string) *flow.Plan {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return planOf(t, string(src), filepath.Dir(path))
}

func planOf(t *testing.T, src, dir string) *flow.Plan {
	t.Helper()
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(src)}}, Files: os.DirFS(dir)}, nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return result.Plan
}

func lists(t *testing.T, path string) []settings.List {
	t.Helper()
	return settings.Lists([]*flow.Plan{compiled(t, path)}, nil)
}

// golden compares with a file, which UPDATE=1 writes.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join(root, "testdata", "settings", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-golden +made):\n%s", name, diff)
	}
}

func TestMarkdown(t *testing.T) {
	for name, path := range policies {
		var b bytes.Buffer
		if err := settings.Markdown(&b, lists(t, path)); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".md", b.Bytes())
	}
}

// What a setting says is a sentence, and every setting can be set somehow.
func TestSettingsAreWhole(t *testing.T) {
	for _, path := range policies {
		for _, l := range lists(t, path) {
			for _, s := range l.Settings {
				if s.What == "" || s.Why == "" || !strings.HasSuffix(s.What, ".") || !strings.HasSuffix(s.Why, ".") {
					t.Errorf("%s %s: what and why are sentences", l.Host.Name, s.ID)
				}
				if s.Create == nil && s.Update == nil && s.Hand == "" {
					t.Errorf("%s %s: nobody sets it", l.Host.Name, s.ID)
				}
				if (s.Read == "") != (s.Now == "") || (s.Read == "") != (s.Want == "") {
					t.Errorf("%s %s: what is read is compared", l.Host.Name, s.ID)
				}
			}
		}
	}
}

// What the mainline was called before is protected on every host, and nothing
// is deployed from there.
func TestFormerMainlines(t *testing.T) {
	src, err := os.ReadFile(root + "/testdata/cases/minimal/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	for target, forge := range map[string]string{"github": "github", "gitlab": "gitlab", "azure": "azure", "jenkins": "gitea"} {
		renamed := strings.Replace(string(src), "policy \"minimal\" {\n", "policy \"minimal\" {\n  mainline = \"trunk\"\n  former_mainlines = [\"master\"]\n  forge = \""+forge+"\"\n", 1)
		renamed = strings.Replace(renamed, `["github", "gitlab", "azure", "jenkins"]`, `["`+target+`"]`, 1)
		renamed = strings.Replace(renamed, `active  = "github"`, "", 1)
		protected := 0
		for _, l := range settings.Lists([]*flow.Plan{planOf(t, renamed, root)}, nil) {
			for _, s := range l.Settings {
				if !strings.Contains(fmt.Sprint(s), "master") {
					continue
				}
				protected++
				if strings.Contains(s.ID, "environment") {
					t.Errorf("%s: %s: %s", l.Host.Name, s.ID, s.What)
				}
				t.Log(l.Host.Name, s.ID)
			}
		}
		if protected == 0 {
			t.Errorf("%s: nothing protects it", target)
		}
	}
}

// The page has the table of plugins that the comparison asks for.
func TestPluginsInPage(t *testing.T) {
	path := filepath.Join(root, "docs", "jenkins.md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(page), "<!-- plugins -->\n")
	_, after, found := strings.Cut(rest, "<!-- plugins end -->\n")
	want := before + "<!-- plugins -->\n" + settings.JenkinsPlugins() + "<!-- plugins end -->\n" + after
	if os.Getenv("UPDATE") != "" && found {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(page) != want {
		t.Errorf("%s is stale: UPDATE=1 go test ./generators/settings -run TestPluginsInPage writes it", path)
	}
}
