package generators_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// byHand is the size of pipelines that were written by hand for the policy of
// testdata/cases/reference, in lines, without their pages for people. They ask
// for approvals and lock as ours do; they keep tags for a ledger, and have no
// guards, no evidence and no checksums.
var byHand = []struct {
	target string
	lines  int
	files  []string // ours for the same flows
	most   float64  // as many times the lines: less is wanted, and docs/architecture.md says what costs them
}{
	{"github", 698, []string{".github/workflows/delivery.yml", ".github/workflows/hotfix.yml", ".github/workflows/redeploy.yml"}, 2.2},
	{"gitlab", 342, []string{".gitlab-ci.yml", ".gitlab/fettle/delivery.yml", ".gitlab/fettle/hotfix.yml", ".gitlab/fettle/redeploy.yml"}, 2.25},
	{"azure", 525, []string{".azure-pipelines/delivery.yml", ".azure-pipelines/hotfix.yml", ".azure-pipelines/redeploy.yml"}, 2.2},
	{"jenkins", 499, []string{".jenkins/delivery.Jenkinsfile", ".jenkins/hotfix.Jenkinsfile", ".jenkins/redeploy.Jenkinsfile"}, 1.45},
}

// The files that a reviewer reads grow no further from what a person would
// write, and docs/architecture.md has the numbers.
func TestSizeOfTheReference(t *testing.T) {
	src, err := os.ReadFile(casesDir + "/reference/policy.hcl")
	must(t, err)
	page, err := os.ReadFile("../docs/architecture.md")
	must(t, err)
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	content := map[string]string{}
	for _, f := range result.Files {
		content[f.Path] = string(f.Content)
	}
	for _, hand := range byHand {
		lines := 0
		for _, path := range hand.files {
			if content[path] == "" {
				t.Errorf("%s: no file %s", hand.target, path)
			}
			lines += strings.Count(content[path], "\n")
		}
		ratio := float64(lines) / float64(hand.lines)
		if ratio > hand.most {
			t.Errorf("%s: %d lines, %.2f times what was written by hand, and at most %.2f", hand.target, lines, ratio, hand.most)
		}
		was := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %s \| %d \| .*$`, hand.target, hand.lines)).FindString(string(page))
		if row := fmt.Sprintf("| %s | %d | %d | %.2f |", hand.target, hand.lines, lines, ratio); row != was {
			page = bytes.Replace(page, []byte(was), []byte(row), 1)
			if !update() {
				t.Errorf("docs/architecture.md says %q, and it is %q", was, row)
			}
		}
	}
	if update() {
		must(t, os.WriteFile("../docs/architecture.md", page, 0o644))
	}
}
