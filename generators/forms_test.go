package generators_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// generated calls look for every file of a target in the cases, with the path
// that it has in the repository.
func generated(t *testing.T, target string, look func(name, text string)) {
	t.Helper()
	files := 0
	for _, c := range cases(t) {
		for _, f := range c.repository.Files {
			if strings.HasPrefix(goldenPath(f.Path), target+"/") {
				files++
				look(c.name+"/"+f.Path, string(f.Content))
			}
		}
	}
	if files < 20 {
		t.Fatalf("only %d files of %s", files, target)
	}
}

// A completion trigger of Azure is a resource that is a pipeline.
func TestNoCompletionTrigger(t *testing.T) {
	trigger := regexp.MustCompile(`(?m)^resources:|^\s+- pipeline:`)
	generated(t, "azure", func(name, text string) {
		if trigger.MatchString(text) {
			t.Errorf("%s has a completion trigger", name)
		}
	})
}

// An action is named by its commit, or lies in the repository.
func TestActionsArePinned(t *testing.T) {
	uses := regexp.MustCompile(`(?m)^\s*(?:- )?uses: *(\S+)`)
	pinned := regexp.MustCompile(`^\./|@[0-9a-f]{40}$`)
	found := 0
	generated(t, "github", func(name, text string) {
		for _, m := range uses.FindAllStringSubmatch(text, -1) {
			found++
			if !pinned.MatchString(m[1]) {
				t.Errorf("%s uses %s", name, m[1])
			}
		}
	})
	if found < 50 {
		t.Errorf("only %d actions found", found)
	}
}

// A workflow gives nothing, and each of its jobs what it needs.
func TestEveryJobHasPermissions(t *testing.T) {
	found := 0
	job := regexp.MustCompile(`(?m)^  ([a-z][a-z0-9_-]*):\n((?:    .*\n|\n)*)`)
	generated(t, "github", func(name, text string) {
		if !strings.HasPrefix(filepath.Base(filepath.Dir(name)), "workflows") {
			return
		}
		before, jobs, _ := strings.Cut(text, "\njobs:\n")
		if !strings.Contains(before, "\npermissions: {}\n") {
			t.Errorf("%s gives permissions to all jobs", name)
		}
		for _, m := range job.FindAllStringSubmatch(jobs, -1) {
			found++
			if !strings.Contains(m[2], "    permissions:") {
				t.Errorf("%s: the job %s has none", name, m[1])
			}
		}
	})
	if found < 100 {
		t.Errorf("only %d jobs found", found)
	}
}

// No line of what is generated pushes by force, or pushes what it does not name.
func TestNothingIsForced(t *testing.T) {
	forced := regexp.MustCompile(`push\b[^\n#]*\s(--force\S*|-f|--tags|--all|--mirror|"?\+\S*refs)(\s|$)`)
	for _, file := range glob(t, "../templates/script/*.tmpl") {
		src, err := os.ReadFile(file)
		must(t, err)
		if m := forced.FindString(string(src)); m != "" {
			t.Errorf("%s: %s", file, m)
		}
	}
	for _, c := range everyFolder(t) {
		for _, r := range c.repository.Results {
			if m := forced.FindString(contentOf(c.repository.Files)[r.Plan.Script]); m != "" {
				t.Errorf("%s: %s: %s", c.name, r.Plan.Script, m)
			}
		}
	}
	for _, target := range []string{"github", "gitlab", "azure", "jenkins"} {
		generated(t, target, func(name, text string) {
			if m := forced.FindString(text); m != "" {
				t.Errorf("%s: %s", name, m)
			}
		})
	}
}

// Paths filter deliveries and merge requests, and nothing else.
func TestHotfixHasNoPaths(t *testing.T) {
	src, err := os.ReadFile("../testdata/cases/minimal/policy.hcl")
	must(t, err)
	policy := strings.Replace(string(src), "  active ", "  paths   = [\"shop/**\"]\n  active ", 1) + "hotfix {}\nredeploy {}\n"
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
	if diags.HasErrors() || len(result.Plan.Paths) == 0 {
		t.Fatalf("a policy with paths was looked for: %s", diagnosticsText(diags))
	}
	for _, f := range result.Plan.Flows {
		filtered := slices.ContainsFunc(f.Triggers, func(tr flow.Trigger) bool {
			switch tr := tr.(type) {
			case flow.Push:
				return len(tr.Paths) > 0
			case flow.Request:
				return len(tr.Paths) > 0
			}
			return false
		})
		if filtered != (f.Kind == flow.Delivery || f.Kind == flow.MergeRequest) {
			t.Errorf("the flow %s: filtered %v", f.Kind, filtered)
		}
	}
}

// GitLab refuses a root file with an input of more than fifty options, and then
// no pipeline of the project starts. With more flows the form takes a text.
func TestFormOfManyComponents(t *testing.T) {
	src, err := os.ReadFile("../testdata/cases/minimal/policy.hcl")
	must(t, err)
	for _, c := range []struct {
		components int
		chosen     bool
	}{{8, true}, {30, false}} {
		var ins []schema.Input
		for i := range c.components {
			name := fmt.Sprintf("part%d", i)
			policy := strings.Replace(string(src), `policy "minimal" {`, fmt.Sprintf("policy %q {\n  component = %q", name, name), 1)
			ins = append(ins, schema.Input{Sources: []syntax.Source{{Name: name + "/release.hcl", Bytes: []byte(policy)}}, Dir: name})
		}
		repository, diags := generators.CompileAll(ins, []string{"gitlab"})
		if diags.HasErrors() {
			t.Fatal(diagnosticsText(diags))
		}
		var head struct {
			Spec struct {
				Inputs map[string]struct {
					Options []string
					Regex   string
				}
			}
		}
		text, _, _ := strings.Cut(contentOf(repository.Files)[".gitlab-ci.yml"], "\n---\n")
		must(t, yaml.Unmarshal([]byte(text), &head))
		for name, in := range head.Spec.Inputs {
			if len(in.Options) > 50 {
				t.Errorf("%d components: %d options of %s", c.components, len(in.Options), name)
			}
		}
		start := head.Spec.Inputs["flow"]
		if (start.Regex == "") != c.chosen {
			t.Errorf("%d components: what to start matches %q, with %d options", c.components, start.Regex, len(start.Options))
		}
		for _, r := range repository.Results {
			for _, f := range r.Plan.Flows {
				_, started := f.Triggers[len(f.Triggers)-1].(flow.Dispatch)
				if started && !c.chosen && !regexp.MustCompile(start.Regex).MatchString(f.Name) {
					t.Errorf("%s cannot be started", f.Name)
				}
			}
		}
		if !c.chosen && regexp.MustCompile(start.Regex).MatchString("part1-delivery.") {
			t.Error("more can be typed than there is")
		}
	}
}

// A file that its host would not take is an error at the flow that it is for.
func TestFileBeyondHost(t *testing.T) {
	src, err := os.ReadFile("../testdata/cases/minimal/policy.hcl")
	must(t, err)
	long := fmt.Sprintf("run = %q", "echo "+strings.Repeat("a", 15<<10))
	checks := ""
	for i := range 35 { // as many as no job of GitLab needs too many of
		checks += fmt.Sprintf("check \"c%d\" {\n  %s\n}\n", i, long)
	}
	var names []string
	for i := range 35 {
		names = append(names, fmt.Sprintf("check.c%d", i))
	}
	policy := strings.Replace(string(src)+checks, "[check.unit]", "[check.unit, "+strings.Join(names, ", ")+"]", 1)
	_, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, []string{"github", "gitlab"})
	text := string(diagnosticsText(diags))
	if !strings.Contains(text, "The file .github/workflows/delivery.yml has") || strings.Contains(text, ".gitlab/") {
		t.Errorf("the workflow alone is too large, and not:\n%s", text)
	}
	for _, d := range diags {
		if d.Code == "beyond-host" && !strings.HasPrefix(policy[d.Subject.Start.Byte:], "delivery {") && strings.Contains(d.Detail, "delivery.yml") {
			t.Errorf("said at %v", d.Subject)
		}
	}
}
