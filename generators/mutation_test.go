package generators_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/internal/test/graph"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Whatever is dropped from a file, one gate, edge, lock, condition, operation
// or command at a time, is found: every line that could lose one is deleted
// with what is below it, in every case and on every target. FETTLE_LONG=yes tries
// all of them; without it, a job that is the same in several files is tried in
// the first, and the showcases, which put together what the other cases show,
// are left out.
func TestEveryLossIsFound(t *testing.T) {
	all := cases(t)
	for target := range readers {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			tried, count := map[string]bool{}, 0
			for _, c := range all {
				if !long() && strings.HasPrefix(c.name, "showcase_") {
					continue
				}
				result := c.repository.Results[0] // the others lose in the same way
				content := contentOf(c.repository.Files)
				for _, f := range result.Plan.Flows {
					if !slices.Contains(result.Plan.Targets, target) {
						continue
					}
					want := graph.Of(f).Jobs
					for _, m := range mutants(target, f, content[readers[target].path(f)]) {
						if !long() && tried[m.job+m.what] {
							continue
						}
						tried[m.job+m.what] = true
						count++
						if compareGraph(target, f, want, m.content) == "" {
							t.Errorf("%s: %s: goes unnoticed: %s", c.name, f.Kind, m.what)
						}
					}
				}
			}
			t.Logf("%d losses", count)
			if count < 500 || long() && count < 3500 {
				t.Errorf("only %d losses were tried", count)
			}
		})
	}
}

// The same for the test of ways round a gate, which knows the policy and not the
// plan: a check, an approval, the judgement of the guards or an edge between
// them is dropped, and production can be reached without it.
func TestNoWayRound(t *testing.T) {
	w := wanted{mainline: "main", line: "hotfix/", hotfix: true, redeploy: true, checked: []string{"c0"},
		checks: []wantedCheck{{name: "c0", report: true}, {name: "c1"}, {name: "c2"}},
		environments: []wantedEnvironment{
			{name: "e0", tier: "staging", verify: []string{"c1"}},
			{name: "e1", tier: "production", requires: []string{"c2"}, approvals: []string{"release", "change"}},
		}, glass: true, rest: "hotfix {}\n"}
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(w.String())}}}, nil)
	if diags.HasErrors() {
		t.Fatalf("%s%s", diagnosticsText(diags), w)
	}
	gate := regexp.MustCompile(`check\.sh c|begin e1|release\.sh (candidate|identify|evidence|open|payload|request e1)|the edge from (deploy-e1 to approve|request-e1|candidate)|-approval-|ManualValidation|input \{|when: manual`)
	content := contentOf(result.Files)
	for _, f := range result.Plan.Flows {
		if f.Kind != flow.Delivery && f.Kind != flow.Hotfix && f.Kind != flow.BreakGlassFlow {
			continue
		}
		for _, target := range result.Plan.Targets {
			whole := content[readers[target].path(f)]
			if round := roundIn(w, target, whole, f); round != "" {
				t.Fatalf("%s %s: %s", target, f.Kind, round)
			}
			count := 0
			for _, m := range mutants(target, f, whole) {
				if !gate.MatchString(m.what) || strings.HasSuffix(m.what, " to open") {
					continue // the deployment itself waits for open too
				}
				count++
				if roundIn(w, target, m.content, f) == "" {
					t.Errorf("%s %s: goes unnoticed: %s", target, f.Kind, m.what)
				}
			}
			if count < 10 {
				t.Errorf("%s %s: only %d losses were tried", target, f.Kind, count)
			}
		}
	}
}

// Nor does a version get through a freeze when its second approval, or an edge
// to it, is dropped.
func TestNoWayRoundAFreeze(t *testing.T) {
	w := wanted{mainline: "main", line: "hotfix/", hotfix: true, freeze: true, checked: []string{"c0"}, checks: []wantedCheck{{name: "c0"}},
		environments: []wantedEnvironment{{name: "e0", tier: "production", approvals: []string{"release"}}}, rest: "hotfix {}\n"}
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(w.String())}}}, nil)
	if diags.HasErrors() {
		t.Fatalf("%s%s", diagnosticsText(diags), w)
	}
	gate := regexp.MustCompile(`release\.sh (request|exception) |the edge from exception-e0 to approve|-approval-|ManualValidation|input \{|when: manual`)
	content, f := contentOf(result.Files), result.Plan.Flow("exception")
	for _, target := range result.Plan.Targets {
		whole, count := content[readers[target].path(f)], 0
		for _, m := range mutants(target, f, whole) {
			if !gate.MatchString(m.what) {
				continue
			}
			count++
			if exceptionIn(w, target, m.content, f) == "" {
				t.Errorf("%s: goes unnoticed: %s", target, m.what)
			}
		}
		if count < 3 {
			t.Errorf("%s: only %d losses were tried", target, count)
		}
	}
}

// mutant is a file without one thing, and the job that the thing was in.
type mutant struct{ what, content, job string }

// losable are the lines that begin something which may not be lost.
var losable = map[string]*regexp.Regexp{
	"github":  regexp.MustCompile(`^(  [\w-]+:|    (needs|if|concurrency|timeout-minutes):.*|      (queue|group|deployment|name): .*|    environment:|        if: failure.*|        run: .*)$`),
	"gitlab":  regexp.MustCompile(`^([\w-]+:|  (needs|rules|when|allow_failure|resource_group|timeout): ?.*|  (script|after_script):|    - .*)$`),
	"azure":   regexp.MustCompile(`^(lockBehavior: .*|- stage: .*|  (dependsOn|condition|isSkippable): .*|    (timeoutInMinutes|environment): .*|  *- (task|bash|script|powershell|pwsh): .*|  +condition: .*)$`),
	"jenkins": regexp.MustCompile(`^ +(stage\(.*\) \{|when \{|environment name: .*|options \{|lock\(.*|timeout\(.*'\)|input \{|submitter '.*|unsuccessful \{|post \{|sh .*|withToken.*|keepApprover.*|disableRestartFromStage.*)$`),
}

// begins finds the first line of a job.
var begins = map[string]*regexp.Regexp{
	"github":  regexp.MustCompile(`^  [\w-]+:$`),
	"gitlab":  regexp.MustCompile(`^[\w-]+:$`),
	"azure":   regexp.MustCompile(`^- stage: `),
	"jenkins": regexp.MustCompile(`^ +stage\(.*\) \{$`),
}

func mutants(target string, f *flow.Flow, content string) []mutant {
	lines := strings.Split(content, "\n")
	jobs, _ := readers[target].read(f, content)
	var out []mutant
	var job string
	for i, line := range lines {
		if begins[target].MatchString(line) {
			job = strings.Join(lines[i:blockEnd(target, lines, i)], "\n")
		}
		if !losable[target].MatchString(line) {
			continue
		}
		end := blockEnd(target, lines, i)
		if block := strings.Join(lines[i:end], "\n"); matters(target, f, lines, i, block) {
			out = append(out, mutant{block, strings.Join(slices.Concat(lines[:i], lines[end:]), "\n"), job})
		}
		for _, m := range lostEdges(target, f, jobs, lines, i) {
			out = append(out, mutant{m.what, m.content, job})
		}
	}
	if target == "jenkins" {
		out = append(out, swapped(f, lines)...)
	}
	return out
}

// blockEnd is the line after what begins at a line: deeper lines, or a block.
func blockEnd(target string, lines []string, i int) int {
	depth := indent(lines[i])
	end := i + 1
	for end < len(lines) && (lines[end] == "" || indent(lines[end]) > depth) {
		end++
	}
	if target == "jenkins" && strings.HasSuffix(lines[i], "{") {
		end++
	} else if target == "jenkins" {
		end = i + 1
	}
	return end
}

func indent(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

var notCommand = regexp.MustCompile(`^(needs|if|concurrency|timeout-minutes|queue|group|deployment|rules|when|allow_failure|resource_group|timeout|lockBehavior|dependsOn|condition|timeoutInMinutes|environment name|options|lock|input|submitter|keepApprover|disableRestartFromStage)\b`)

// matters tells whether a block holds something of the plan. Commands that are
// the target's own (a checkout, a token, handing values on) are no gates; their
// loss shows on an engine.
func matters(target string, f *flow.Flow, lines []string, i int, block string) bool {
	text := strings.TrimLeft(lines[i], " -")
	switch {
	case strings.HasPrefix(text, "needs: []"), strings.HasPrefix(text, "dependsOn: []"), strings.HasPrefix(text, "timeout(") && strings.HasSuffix(text, "{"):
		return false
	case target == "github" && (strings.HasPrefix(text, "name: ") || text == "environment:"):
		return strings.Contains(block, "-approval-")
	case target == "github" && indent(lines[i]) == 2, target == "gitlab" && indent(lines[i]) == 0, strings.HasPrefix(text, "stage"):
		return slices.ContainsFunc(f.Jobs, func(j *flow.Job) bool { return holdsJob(target, text, j) })
	case target == "azure" && strings.HasPrefix(text, "environment:"):
		return locked(f, strings.TrimPrefix(text, "environment: "))
	case text == "lockBehavior: sequential":
		return slices.ContainsFunc(f.Jobs, func(j *flow.Job) bool { return j.Lock != "" })
	case target == "azure" && strings.HasPrefix(text, "condition: always()"):
		return false
	case notCommand.MatchString(text):
		return true
	}
	return holdsCommand(target, f, block)
}

func holdsJob(target, text string, j *flow.Job) bool {
	switch target {
	case "azure":
		return text == "stage: "+strings.ReplaceAll(j.ID(), "-", "_")
	case "jenkins":
		return text == "stage('"+j.Title+"') {"
	}
	return text == j.ID()+":"
}

func locked(f *flow.Flow, environment string) bool {
	return slices.ContainsFunc(f.Jobs, func(j *flow.Job) bool { return j.Lock == environment })
}

func holdsCommand(target string, f *flow.Flow, block string) bool {
	if call.MatchString(block) || strings.Contains(block, "task: ManualValidation") {
		return true
	}
	text := squeeze(readers[target].plain(block))
	for _, j := range graph.Of(f).Jobs {
		for _, r := range j.Runs {
			if strings.Contains(text, strings.TrimSpace(squeeze(r))) {
				return true
			}
		}
	}
	return false
}

var edges = regexp.MustCompile(`^( *(?:needs|dependsOn): )\[(.*)\]$`)

// lostEdges drops each edge of the plan from a list of edges. One that the plan
// does not have hands a value on, and is implied by others.
func lostEdges(target string, f *flow.Flow, jobs map[string]*read, lines []string, i int) []mutant {
	m := edges.FindStringSubmatch(lines[i])
	if m == nil || m[2] == "" {
		return nil
	}
	var id string
	for k := i; k >= 0 && id == ""; k-- {
		for _, j := range f.Jobs {
			if holdsJob(target, strings.TrimLeft(lines[k], " -"), j) {
				id = j.ID()
			}
		}
	}
	all := strings.Split(m[2], ", ")
	var out []mutant
	for _, edge := range all {
		without := map[string][]string{}
		for other, j := range jobs {
			without[other] = slices.Clone(j.After)
		}
		to := strings.ReplaceAll(edge, "_", "-")
		without[id] = slices.DeleteFunc(without[id], func(s string) bool { return s == to })
		if slices.Contains(graph.Reach(id, without), to) || jobs[id] == nil || jobs[id].Condition == "failed" {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == edge })
		changed := slices.Clone(lines)
		changed[i] = m[1] + "[" + strings.Join(rest, ", ") + "]"
		out = append(out, mutant{what: "the edge from " + id + " to " + edge, content: strings.Join(changed, "\n")})
	}
	return out
}

// swapped exchanges each stage with the next one beside it: in a Jenkinsfile the
// order is the edge. Stages that are parallel in the file have none.
func swapped(f *flow.Flow, lines []string) []mutant {
	var out []mutant
	for i, line := range lines {
		if !strings.HasPrefix(strings.TrimSpace(line), "stage(") {
			continue
		}
		end := blockEnd("jenkins", lines, i)
		if end >= len(lines) || indent(lines[end]) != indent(line) || !strings.HasPrefix(strings.TrimSpace(lines[end]), "stage(") || within(lines, i) == "parallel {" || unrelated(f, line, lines[end]) {
			continue
		}
		after := blockEnd("jenkins", lines, end)
		out = append(out, mutant{what: "the order of " + strings.TrimSpace(line) + " and " + strings.TrimSpace(lines[end]),
			content: strings.Join(slices.Concat(lines[:i], lines[end:after], lines[i:end], lines[after:]), "\n"), job: strings.Join(lines[i:after], "\n")})
	}
	return out
}

// unrelated tells whether the plan has no order between two stages: those of
// two environments of which a person chooses one.
func unrelated(f *flow.Flow, a, b string) bool {
	var first, second *flow.Job
	for _, j := range f.Jobs {
		if holdsJob("jenkins", strings.TrimSpace(a), j) {
			first = j
		}
		if holdsJob("jenkins", strings.TrimSpace(b), j) {
			second = j
		}
	}
	if first == nil || second == nil {
		return first == nil && second == nil && (f.Kind == flow.Redeploy || f.Kind == flow.Exception || f.Kind == flow.BreakGlassFlow)
	}
	for _, j := range graph.Of(f).Jobs {
		if j.ID == second.ID() {
			return !slices.Contains(j.After, first.ID())
		}
	}
	return true
}

// within is the block that a line stands in.
func within(lines []string, i int) string {
	for k := i - 1; k >= 0; k-- {
		if lines[k] != "" && indent(lines[k]) < indent(lines[i]) {
			return strings.TrimSpace(lines[k])
		}
	}
	return ""
}
