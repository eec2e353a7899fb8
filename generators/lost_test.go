package generators_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/internal/test/graph"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Nothing is lost: each rendered file, read back by another parser, has the
// plan's jobs, edges, locks, approvals, conditions, operations and commands.
// Goldens show change; this shows truth.
func TestNothingLost(t *testing.T) {
	for _, c := range everyFolder(t) {
		content := contentOf(c.repository.Files)
		for _, result := range c.repository.Results {
			for _, f := range result.Plan.Flows {
				for _, target := range result.Plan.Targets {
					if lost := compareFlow(target, f, content[readers[target].path(f)]); lost != "" {
						t.Errorf("%s: %s %s: %s", c.name, target, f.Name, lost)
					}
				}
			}
		}
	}
}

// A gate, an edge, a lock or a condition that is dropped from a file is found:
// a comparison that cannot fail proves nothing.
func TestLossIsFound(t *testing.T) {
	result := caseNamed(t, "approvals")
	content := contentOf(result.Files)
	losses := map[string][][2]string{
		"github": {{"needs: [approve-production-change, approve-production-release, ", "needs: ["}, {"      group: production\n", ""}, {"deployment: false", "deployment: true"},
			{"begin production", "payload"}, {"if: needs.identify", "if: always() || needs.identify"}, {"failure() || cancelled()", "false"}, {`./deploy.sh production`, "true"}},
		"gitlab": {{"needs: [approve-production-change, approve-production-release, ", "needs: ["}, {"resource_group: production", "resource_group: other"}, {"when: manual", "when: on_success"},
			{"begin production", "payload"}, {"grep -qx RELEASE_PROCEED=true", "grep -qx x"}, {"after_script:", "before_script:"}, {`./deploy.sh production`, "true"}},
		"azure": {{"dependsOn: [approve_production_change, approve_production_release, ", "dependsOn: ["}, {"environment: production", "variables: []"}, {"ManualValidation@1", "Delay@1"},
			{"begin production", "payload"}, {"and(succeeded(), eq(dependencies", "or(succeeded(), eq(dependencies"}, {"or(failed(), canceled())", "never()"}, {`./deploy.sh production`, "true"}},
		"jenkins": {{"lock(resource: 'approvals/production')", "lock(resource: 'approvals/other')"}, {"input {", "script {"}, {"begin production", "payload"},
			{"environment name: 'RELEASE_PROCEED', value: 'true'", "expression { true }"}, {"unsuccessful {", "never {"}, {`./deploy.sh production`, "true"}},
	}
	f := result.Plan.Flow("hotfix")
	for target, mutations := range losses {
		whole := content[readers[target].path(f)]
		for _, m := range mutations {
			if !strings.Contains(whole, m[0]) {
				t.Errorf("%s: %q is not in the file, the mutation says nothing", target, m[0])
				continue
			}
			if compareFlow(target, f, strings.Replace(whole, m[0], m[1], -1)) == "" {
				t.Errorf("%s: %q → %q goes unnoticed", target, m[0], m[1])
			}
		}
	}
}

// A job that is made one whose failure passes is found: that stands where the
// plan says so, and nowhere else.
func TestGainIsFound(t *testing.T) {
	result := caseNamed(t, "informs")
	content := contentOf(result.Files)
	gains := map[string][2]string{
		"github": {"\n    runs-on: ", "\n    continue-on-error: true"},
		"gitlab": {"\n  timeout: ", "\n  allow_failure: true"},
		"azure":  {"\n    timeoutInMinutes: ", "\n    continueOnError: true"},
	}
	for target, gain := range gains {
		for _, f := range result.Plan.Flows {
			parts := strings.Split(content[readers[target].path(f)], gain[0])
			for i := 1; i < len(parts); i++ {
				changed := strings.Join(parts[:i], gain[0]) + gain[1] + gain[0] + strings.Join(parts[i:], gain[0])
				if compareFlow(target, f, changed) == "" {
					t.Errorf("%s %s: goes unnoticed after %s", target, f.Kind, parts[i-1][max(0, len(parts[i-1])-100):])
				}
			}
		}
	}
}

// Nor is it overlooked when authors may approve.
func TestAuthorsAreFound(t *testing.T) {
	result := caseNamed(t, "authors")
	content, f := contentOf(result.Files), result.Plan.Flow("hotfix")
	for target, part := range map[string]string{"github": `if grep -qxF -e "$approver" authors; then`, "gitlab": `*",$mail,"*`} {
		whole := content[readers[target].path(f)]
		if lost := compareFlow(target, f, whole); lost != "" {
			t.Error(lost)
		}
		if !strings.Contains(whole, part) || compareFlow(target, f, strings.ReplaceAll(whole, part, "false")) == "" {
			t.Errorf("%s: %s goes unnoticed", target, part)
		}
	}
}

// TestApprovalIsJudged: GitHub's approvals are judged by a step of ours, and what it does not look at goes unnoticed nowhere.
func TestApprovalIsJudged(t *testing.T) {
	result := caseNamed(t, "authors")
	f := result.Plan.Flow("hotfix")
	whole := contentOf(result.Files)[readers["github"].path(f)]
	for _, part := range []string{
		`"$REQUESTER" | "$ACTOR")`, `comm -13 earlier now`, `.outputs.approved_earlier }}`, `${{ steps.earlier.outputs.approved }}`,
		`$1 == ENVIRON["APPROVAL"]`, `select(.state == "approved")`, `"$GITHUB_RUN_ATTEMPT" -gt 1`, `*" "*)`, `${{ github.triggering_actor }}`, `exit 1 ;;`,
	} {
		if !strings.Contains(whole, part) || compareFlow("github", f, strings.ReplaceAll(whole, part, "other")) == "" {
			t.Errorf("%s goes unnoticed", part)
		}
	}
}

// TestRequesterIsJudged: on GitLab a job hands on who asked, in the words of its own shell, and the approval compares.
func TestRequesterIsJudged(t *testing.T) {
	src, err := os.ReadFile("../testdata/cases/windows/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	operations := strings.Replace(string(src), `agent "build" {`, `agent "operations" {
  os      = "windows"
  github  = { runs_on = ["self-hosted", "Windows"] }
  gitlab  = { tags = ["windows"] }
  azure   = { pool = "Windows" }
  jenkins = { label = "windows" }
}
agent "build" {`, 1) + "hotfix {}\n"
	for _, c := range []struct {
		policy string
		parts  []string
	}{
		{string(src), []string{`"$GITLAB_USER_LOGIN" = "$RELEASE_REQUESTER"`, `-z "$RELEASE_REQUESTER"`, `echo "RELEASE_REQUESTER=$GITLAB_USER_LOGIN" >> release.env`}},
		{operations, []string{`Add-Content -Encoding ascii release.env "RELEASE_REQUESTER=$env:GITLAB_USER_LOGIN"`, `Select-String -Quiet`}},
	} {
		result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(c.policy)}}}, nil)
		if diags.HasErrors() {
			t.Fatal(diagnosticsText(diags))
		}
		for _, f := range result.Plan.Flows {
			for target := range readers {
				if lost := compareFlow(target, f, contentOf(result.Files)[readers[target].path(f)]); lost != "" {
					t.Errorf("%s %s: %s", target, f.Name, lost)
				}
			}
		}
		f := result.Plan.Flows[0]
		if h := result.Plan.Flow("hotfix"); h != nil {
			f = h
		}
		whole := contentOf(result.Files)[readers["gitlab"].path(f)]
		for _, part := range c.parts {
			if !strings.Contains(whole, part) || compareFlow("gitlab", f, strings.ReplaceAll(whole, part, "true")) == "" {
				t.Errorf("%s goes unnoticed", part)
			}
		}
	}
}

// compareFlow says what a file lost, or "".
func compareFlow(target string, f *flow.Flow, content string) string {
	return compareGraph(target, f, graph.Of(f).Jobs, content)
}

// compareGraph is the same with the jobs of the flow, as the plan has them.
func compareGraph(target string, f *flow.Flow, want []graph.Job, content string) string {
	content, lost := withoutNatives(target, want, content)
	if lost != "" {
		return lost
	}
	jobs, err := readers[target].read(f, content)
	if err != nil {
		return err.Error()
	}
	direct := map[string][]string{}
	for id, j := range jobs {
		direct[id] = j.After
	}
	for id := range jobs {
		if !slices.ContainsFunc(want, func(j graph.Job) bool { return j.ID == id }) {
			return "the plan has no job " + id
		}
	}
	chosen := chosenBefore(want)
	for _, want := range want {
		got := jobs[want.ID]
		if got == nil {
			return "no job " + want.ID
		}
		if want.Condition == "" && (target == "gitlab" || target == "jenkins") {
			want.Condition = chosen[want.ID] // repeated there on what follows
		}
		if lost := compareJob(target, f, want, got, graph.Reach(want.ID, direct)); lost != "" {
			return want.ID + ": " + lost
		}
	}
	return ""
}

// withoutNatives takes what is native out of a file, and says what of it is
// missing, changed, or there without being in the plan.
func withoutNatives(target string, jobs []graph.Job, content string) (rest, lost string) {
	var want []string
	for _, j := range jobs {
		for _, n := range j.Natives {
			if n.Target == target {
				want = append(want, squeeze(n.Text))
			}
		}
	}
	var got []string
	for {
		before, after, found := strings.Cut(content, gen.NativeBegin+"\n")
		text, end, closed := strings.Cut(after, gen.NativeEnd)
		if !found || !closed {
			break
		}
		lines := strings.Split(text, "\n")
		got = append(got, squeeze(strings.Join(lines[:len(lines)-1], "\n")))
		content = before + end
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		return content, fmt.Sprintf("native parts %q, want %q", got, want)
	}
	return content, ""
}

func compareJob(target string, f *flow.Flow, want graph.Job, got *read, after []string) string {
	for _, a := range want.After {
		if !slices.Contains(after, a) {
			return "does not wait for " + a
		}
	}
	for _, a := range after { // Jenkins goes from stage to stage: there more is in order than must be
		if target != "jenkins" && want.Condition != "failed" && !slices.Contains(want.After, a) {
			return "waits for " + a + ", and in the plan it does not"
		}
	}
	if want.Condition == "proceed" && target == "gitlab" && f.Kind == flow.Delivery {
		want.Condition = "" // a delivery always has something to release; GitLab has no such condition
	}
	if want.Condition == "failed" && (target == "github" || target == "azure") {
		for _, j := range f.Jobs {
			if j.ID() != want.ID && !j.Informs && !slices.Contains(after, j.ID()) {
				return "does not hear of " + j.ID()
			}
		}
	}
	switch {
	case got.Lock != want.Lock:
		return fmt.Sprintf("lock %q, want %q", got.Lock, want.Lock)
	case got.Approval != want.Approval:
		return fmt.Sprintf("approval %t, want %t", got.Approval, want.Approval)
	case got.Authors != want.Authors:
		return fmt.Sprintf("authors refused %t, want %t", got.Authors, want.Authors)
	case got.Condition != want.Condition:
		return fmt.Sprintf("condition %q, want %q", got.Condition, want.Condition)
	case !slices.Equal(got.Options[target], want.Options[target]):
		return fmt.Sprintf("options %q, want %q", got.Options[target], want.Options[target])
	case got.Informs != want.Informs:
		return fmt.Sprintf("its failure stops nothing: %t, want %t", got.Informs, want.Informs)
	case !got.Timeout:
		return "no timeout"
	case !slices.Equal(got.Operations, want.Operations):
		return fmt.Sprintf("operations %q, want %q", got.Operations, want.Operations)
	}
	for _, passes := range got.loose {
		if lost := tolerated(want, squeeze(readers[target].plain(passes))); lost != "" {
			return lost
		}
	}
	if lost := causesLost(target, want, got); lost != "" {
		return lost
	}
	all := squeeze(readers[target].plain(strings.Join(got.texts, "\n")))
	for _, r := range want.Runs {
		_, rest, found := strings.Cut(all, squeeze(r))
		if !found {
			return fmt.Sprintf("command %q is not there, in its place, in\n%s", r, all)
		}
		all = rest
	}
	return ""
}

// chosenBefore is the choice of a person that each job depends on, through others.
func chosenBefore(jobs []graph.Job) map[string]string {
	out := map[string]string{}
	for _, j := range jobs {
		for _, before := range jobs {
			if out[j.ID] == "" && strings.HasPrefix(before.Condition, "chosen ") && slices.Contains(j.After, before.ID) {
				out[j.ID] = before.Condition
			}
		}
	}
	return out
}

// tolerated: only what the plan lets fail may fail unseen, such as a notification.
func tolerated(want graph.Job, text string) string {
	rest := text
	for _, r := range want.Tolerated {
		rest = strings.Replace(rest, squeeze(r), "", 1)
	}
	required := func(r string) bool { return !slices.Contains(want.Tolerated, r) && strings.Contains(rest, squeeze(r)) }
	if rest == text || call.MatchString(rest) || slices.ContainsFunc(want.Runs, required) {
		return "a failure passes: " + text
	}
	return ""
}

// squeeze takes the indentation away: it means nothing to the shells.
func squeeze(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "\n")
}
