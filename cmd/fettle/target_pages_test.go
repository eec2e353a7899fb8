package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// The page of each target lists the files and the settings of examples/storefront
// there, as the compiler has them now.
func TestTargetPages(t *testing.T) {
	repository := storefrontEverywhere(t)
	for _, target := range generators.All {
		name := "../../docs/" + target.Name + ".md"
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := between(t, string(page), "files", generatedFor(t, repository, target.Name))
		demandPage(t, name, []byte(between(t, text, "settings", neededBy(t, repository, target.Name))))
	}
}

// between puts a text between the two marks of a page.
func between(t *testing.T, page, mark, text string) string {
	t.Helper()
	before, rest, found := strings.Cut(page, "<!-- "+mark+" -->\n")
	_, after, closed := strings.Cut(rest, "<!-- /"+mark+" -->\n")
	if !found || !closed {
		t.Fatalf("the page has no marks for %s", mark)
	}
	return before + "<!-- " + mark + " -->\n" + text + "<!-- /" + mark + " -->\n" + after
}

// storefrontEverywhere is the example, for all targets.
func storefrontEverywhere(t *testing.T) *generators.Repository {
	t.Helper()
	src, err := os.ReadFile("../../examples/storefront/release.hcl")
	if err != nil {
		t.Fatal(err)
	}
	policy := string(src)
	for old, now := range map[string]string{
		`targets = ["github", "gitlab"]`:         `targets = ["github", "gitlab", "azure", "jenkins"]`,
		"  gitlab = \"acme/release-managers\"\n": "  gitlab = \"acme/release-managers\"\n  azure = \"[Acme]\\\\Release managers\"\n  jenkins = \"release-managers\"\n",
	} {
		if strings.Count(policy, old) != 1 {
			t.Fatalf("examples/storefront has not one %q", old)
		}
		policy = strings.Replace(policy, old, now, 1)
	}
	repository, diags := generators.CompileAll([]schema.Input{{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags[0].Summary, diags[0].Detail)
	}
	return repository
}

// sharedFiles are the files that belong to no one flow.
var sharedFiles = map[string]string{
	".fettle/.gitattributes":  "keeps the script's line ends as they are",
	".fettle/files":           "the list of what is generated, and the format",
	".fettle/release.sh":      "the release script: every step that touches git",
	".github/actionlint.yaml": "tells the linter of workflows what it does not know yet",
	".gitlab-ci.yml":          "the root file: the form, and which flow starts",
	".jenkins/jobs.groovy":    "the seed of the projects",
}

// generatedFor are the files of one target, with the flow that each is, and how it starts.
func generatedFor(t *testing.T, repository *generators.Repository, target string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| file | what it is |\n| --- | --- |\n")
	plan := repository.Results[0].Plan
	for _, f := range repository.Files {
		what, known := sharedFiles[f.Path]
		name := path.Base(f.Path)
		if fl := plan.Flow(strings.TrimSuffix(strings.TrimSuffix(name, ".yml"), ".Jenkinsfile")); fl != nil && !known {
			what, known = "the flow *"+fl.Title+"*", true
		}
		if !known {
			t.Errorf("nobody says what %s is", f.Path)
		}
		if strings.HasPrefix(f.Path, ".fettle/") || of(target, f.Path) {
			fmt.Fprintf(&b, "| `%s` | %s |\n", f.Path, what)
		}
	}
	return b.String()
}

// of tells whether a target writes a file of that name.
func of(target, file string) bool {
	for _, t := range generators.All {
		for _, pattern := range t.Files {
			if ok, _ := path.Match(pattern, file); ok {
				return t.Name == target
			}
		}
	}
	return false
}

// neededBy are the settings of one target, in their order.
func neededBy(t *testing.T, repository *generators.Repository, target string) string {
	t.Helper()
	plan := repository.Results[0].Plan
	var out bytes.Buffer
	if err := settings.JSON(&out, settings.Lists([]*flow.Plan{plan}, []string{target})); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Hosts []struct {
			Host     string
			Settings []struct {
				What   string
				Script bool
				ByHand string `json:"by_hand"`
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, h := range read.Hosts {
		if h.Host != target {
			continue
		}
		for i, s := range h.Settings {
			how := "*script*"
			if !s.Script {
				how = s.ByHand
			}
			fmt.Fprintf(&b, "%d. %s %s\n", i+1, s.What, how)
		}
	}
	if b.Len() == 0 {
		t.Fatalf("%s has no settings", target)
	}
	return b.String()
}
