package generators_test

import (
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/internal/test/graph"
)

// causesLost says which job the notification of a failure would not name, and
// which one does not say that it succeeded.
func causesLost(target string, want graph.Job, got *read) string {
	all := strings.Join(got.texts, "\n") + got.said
	for _, title := range want.Causes {
		if !strings.Contains(all, "'"+title+": ") {
			return "does not name " + title
		}
	}
	said := map[string]string{"gitlab": `echo "` + want.Mark + `=yes" >> release.env`, "jenkins": "env.setProperty('" + want.Mark + "', 'yes')"}[target]
	if want.Mark != "" && !strings.Contains(all, said) && !strings.Contains(all, "Add-Content -Encoding ascii release.env '"+want.Mark+"=yes'") {
		return "does not say that it succeeded"
	}
	return ""
}

// What people are told names each job that did not succeed, with why as far as
// the system says it, and no job that was not reached. The commands are run as
// the files have them; Jenkins is asked by the scenarios.
func TestCauses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		results, github, gitlab string // of the jobs that did not succeed; those after them were skipped
	}{
		{"check-unit=failure", "Check unit: failed", "Check unit: failed, ran out of time or was cancelled"},
		{"check-unit=cancelled", "Check unit: ran out of time or was cancelled", "Check unit: failed, ran out of time or was cancelled"},
		{"check-lint=failure check-unit=cancelled", "Check lint: failed; Check unit: ran out of time or was cancelled",
			"Check lint: failed, ran out of time or was cancelled; Check unit: failed, ran out of time or was cancelled"},
		{"approve-production-release=failure", "Approve production (release): refused or not given in time", "Approve production (release): refused, cancelled or not given in time"},
		{"approve-production-release=cancelled", "Approve production (release): cancelled or not given in time", "Approve production (release): refused, cancelled or not given in time"},
		{"deploy-production=cancelled", "Deploy to production: ran out of time or was cancelled", "Deploy to production: failed, ran out of time or was cancelled"},
		{"identify=failure", "Identify the release: failed", "Identify the release: failed, ran out of time or was cancelled"},
		{"", "a job did not succeed", "a job did not succeed"}, // of another component in the same pipeline
	} {
		result := caseNamed(t, "causes")
		content, f := contentOf(result.Files), result.Plan.Flow("delivery")
		results := resultsOf(f, c.results)
		for target, want := range map[string]string{"github": c.github, "azure": c.github, "gitlab": c.gitlab} {
			if got := causesIn(t, target, f, content, results); got != want {
				t.Errorf("%s: %q: it is told %q, want %q", target, c.results, got, want)
			}
		}
	}
}

// Of the environments that a person can choose, the others have jobs that were
// never wanted, and none of them is named.
func TestCausesOfChoice(t *testing.T) {
	t.Parallel()
	policy := strings.Replace(shopOf(0, 1, 2), "[\"jenkins\"]", "[\"gitlab\", \"jenkins\"]\n  active  = \"gitlab\"", 1)
	policy = strings.Replace(policy, "{ jenkins = \"managers\" }", "{\n  gitlab  = \"acme/managers\"\n  jenkins = \"managers\"\n}", 1)
	result, diags := compileShop(policy + "notify \"chat\" {\n  on  = [failure]\n  run = \"./tell.sh ${run.failure}\"\n}\n")
	if diags.HasErrors() {
		t.Fatal(diagnosticsText(diags))
	}
	files, f := contentOf(result.Files), result.Plan.Flow("redeploy")
	results := map[string]string{"resolve": "success", "request-p1": "success"}
	if got, want := causesIn(t, "gitlab", f, files, results, "INPUT_ENVIRONMENT=p1"), "Approve p1 (release): refused, cancelled or not given in time"; got != want {
		t.Errorf("it is told %q, want %q", got, want)
	}
	for _, want := range []string{"if (causes.isEmpty() && env.REDEPLOY_ENVIRONMENT == 'p0' && env.RELEASE_ENDED_REQUEST_P0 == null) {", "if (causes.isEmpty() && env.REDEPLOY_ENVIRONMENT == 'p1' && env.RELEASE_ENDED_DEPLOY_P1 == null) {"} {
		if !strings.Contains(files[readers["jenkins"].path(f)], want) {
			t.Errorf("there is no %s", want)
		}
	}
}

// resultsOf is how each job of a flow ended, in GitHub's words.
func resultsOf(f *flow.Flow, said string) map[string]string {
	out := map[string]string{}
	for _, j := range f.Jobs {
		out[j.ID()] = "success"
		if slices.ContainsFunc(j.Needs, func(n *flow.Job) bool { return out[n.ID()] != "success" }) {
			out[j.ID()] = "skipped"
		}
		for word := range strings.FieldsSeq(said) {
			if id, result, _ := strings.Cut(word, "="); id == j.ID() {
				out[id] = result
			}
		}
	}
	return out
}

var (
	resultOf = regexp.MustCompile(`^\$(?:\{\{ needs\.([a-z-]+)\.result \}\}|\[ stageDependencies\.([a-z_]+)\.[a-z_]+\.result \])$`)
	marked   = regexp.MustCompile(`echo "(RELEASE_ENDED_\w+)=yes" >> release\.env`)
)

// causesIn runs the commands of a file that find what did not succeed.
func causesIn(t *testing.T, target string, f *flow.Flow, files map[string]string, results map[string]string, given ...string) string {
	t.Helper()
	content := files[readers[target].path(f)]
	var file struct {
		Jobs map[string]struct {
			Env   map[string]string
			Steps []struct{ Run string }
		}
		Stages yaml.Node
	}
	if err := yaml.Unmarshal([]byte(content), &file); err != nil {
		t.Fatal(err)
	}
	var texts []string
	env := map[string]string{}
	switch target {
	case "github":
		maps.Copy(env, file.Jobs["notify-failure"].Env)
		for _, s := range file.Jobs["notify-failure"].Steps {
			texts = append(texts, s.Run)
		}
	case "azure":
		var stages []struct {
			Jobs []struct {
				Variables map[string]string
				Steps     []struct{ Bash string }
			}
		}
		if err := file.Stages.Decode(&stages); err != nil {
			t.Fatal(err)
		}
		last := stages[len(stages)-1].Jobs[0]
		maps.Copy(env, last.Variables)
		for _, s := range last.Steps {
			texts = append(texts, s.Bash)
		}
	case "gitlab":
		jobs, err := readers["gitlab"].read(f, content)
		if err != nil {
			t.Fatal(err)
		}
		for id, j := range jobs {
			if m := marked.FindStringSubmatch(strings.Join(j.texts, "\n")); m != nil && results[id] == "success" {
				env[m[1]] = "yes"
			}
		}
		texts = jobs["notify-failure"].texts
	}
	text := texts[slices.IndexFunc(texts, func(s string) bool { return strings.Contains(s, "cause() {") })]
	c := exec.Command("sh", "-ec", text+"\necho \"${RELEASE_FAILURE:-}\"\ncat out 2>/dev/null || true")
	c.Dir = t.TempDir()
	c.Env = append([]string{"PATH=/usr/bin:/bin", "GITHUB_ENV=out"}, given...)
	for name, value := range env {
		if m := resultOf.FindStringSubmatch(value); m != nil {
			value = results[m[1]]
			if target == "azure" {
				value = map[string]string{"success": "Succeeded", "failure": "Failed", "cancelled": "Canceled", "skipped": "Skipped"}[results[strings.ReplaceAll(m[2], "_", "-")]]
			}
		}
		c.Env = append(c.Env, name+"="+value)
	}
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	told := strings.TrimSpace(string(out))
	return strings.TrimPrefix(strings.TrimPrefix(told, "##vso[task.setvariable variable=RELEASE_FAILURE]"), "RELEASE_FAILURE=")
}
