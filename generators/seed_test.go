package generators_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
)

// The seed asks for what the Jenkinsfiles ask for, and starts them when they
// say: it writes a project anew each time it runs.
func TestSeedAgrees(t *testing.T) {
	forms, times := 0, 0
	for _, c := range everyFolder(t) {
		content := contentOf(c.repository.Files)
		for _, result := range c.repository.Results {
			for _, f := range result.Plan.Flows {
				if !slices.Contains(result.Plan.Targets, "jenkins") || followsBranches(f) {
					continue
				}
				s := seededProject(content, f)
				forms, times = forms+len(s.form), times+len(s.times)
				if lost := seedLost(f, content); lost != "" {
					t.Errorf("%s %s: %s", c.name, f.ID(), lost)
				}
			}
		}
	}
	if forms < 100 || times < 3 {
		t.Errorf("only %d parameters and %d times were compared", forms, times)
	}
}

// Each line of a form, and a time, that the seed lacks or says differently is
// found.
func TestSeedLossIsFound(t *testing.T) {
	tried := 0
	for _, name := range []string{"schedule", "showcase_bank"} {
		result := caseNamed(t, name)
		content := contentOf(result.Files)
		whole := content[".jenkins/jobs.groovy"]
		for _, f := range result.Plan.Flows {
			if followsBranches(f) {
				continue
			}
			block := seedBlock(whole, f)
			lines := strings.Split(block, "\n")
			for i, line := range lines {
				if strings.TrimSpace(line) == "definition {" {
					break // what follows is the source
				}
				if indent(line) < 4 || strings.TrimSpace(line) == "}" {
					continue
				}
				tried++
				content[".jenkins/jobs.groovy"] = strings.Replace(whole, block, strings.Join(slices.Concat(lines[:i], lines[blockEnd("jenkins", lines, i):]), "\n"), 1)
				if seedLost(f, content) == "" {
					t.Errorf("%s %s: goes unnoticed: without %s", name, f.ID(), line)
				}
			}
		}
		content[".jenkins/jobs.groovy"] = whole
	}
	if tried < 50 {
		t.Errorf("only %d losses were tried", tried)
	}
}

// followsBranches tells whether a project has a job for each branch: those have
// their form from the file of the branch.
func followsBranches(f *flow.Flow) bool {
	return slices.ContainsFunc(f.Triggers, func(t flow.Trigger) bool {
		switch t.(type) {
		case flow.Push, flow.Request:
			return true
		}
		return false
	})
}

// starts are how a flow starts without a push: parameters, one a text, and
// times.
type starts struct{ form, times []string }

// seedLost says how the seed and the Jenkinsfile differ, or "".
func seedLost(f *flow.Flow, content map[string]string) string {
	file, seed := inFile(content[readers["jenkins"].path(f)]), seededProject(content, f)
	if !slices.Equal(file.form, seed.form) || !slices.Equal(file.times, seed.times) {
		return fmt.Sprintf("the file asks for %q at %q, the seed for %q at %q", file.form, file.times, seed.form, seed.times)
	}
	return ""
}

// Nor may a stage of an earlier build be started alone, past its gates, after a
// run of the seed; and a branch that is gone keeps its builds: without a number
// Jenkins removes it at once, with the artifact of its hotfix.
func TestSeedKeepsTheGates(t *testing.T) {
	for _, c := range everyFolder(t) {
		content := contentOf(c.repository.Files)
		seed, there := content[".jenkins/jobs.groovy"]
		if !there {
			continue
		}
		for _, project := range parseGroovy(seed).body {
			name, _, _ := strings.Cut(project.head, "(")
			restart := strings.Contains(project.text(), "configure { it / 'actions' / 'org.jenkinsci.plugins.pipeline.modeldefinition.actions.DisableRestartFromStageAction' }\n")
			keeps := regexp.MustCompile(`\norphanedItemStrategy \{ discardOldItems \{ numToKeep\([1-9][0-9]*\) \} \}`).MatchString(project.text())
			if name == "pipelineJob" && !restart || name == "multibranchPipelineJob" && !keeps {
				t.Errorf("%s: %s", c.name, project.text())
			}
		}
	}
}

var (
	fileChoice = regexp.MustCompile(`^choice\(name: ('.*?'), choices: (\[.*\]), description: ('.*')\)$`)
	fileString = regexp.MustCompile(`^string\(name: ('.*?'), defaultValue: ('.*?'), trim: (\w+), description: ('.*')\)$`)
	seedChoice = regexp.MustCompile(`^choiceParam\(('.*?'), (\[.*?\]), ('.*')\)$`)
	seedString = regexp.MustCompile(`(?s)^stringParam\nname\(('.*?')\)\ndefaultValue\(('.*?')\)\ntrim\((\w+)\)\ndescription\(('.*')\)\n$`)
	seedTime   = regexp.MustCompile(`^pipelineTriggers\ntriggers\ncron\nspec\(('.*')\)\n$`)
)

// inFile is what a Jenkinsfile says.
func inFile(content string) starts {
	var s starts
	pipeline := parseGroovy(content).find("pipeline")
	if parameters := pipeline.find("parameters"); parameters != nil {
		for _, p := range parameters.body {
			if m := fileChoice.FindStringSubmatch(p.head); m != nil {
				s.form = append(s.form, strings.Join(m[1:], " "))
			} else if m := fileString.FindStringSubmatch(p.head); m != nil {
				s.form = append(s.form, strings.Join(m[1:], " "))
			} else {
				s.form = append(s.form, "unknown: "+p.head)
			}
		}
	}
	if triggers := pipeline.find("triggers"); triggers != nil {
		for _, c := range triggers.body {
			s.times = append(s.times, strings.TrimSuffix(strings.TrimPrefix(c.head, "cron("), ")"))
		}
	}
	return s
}

// seedBlock is the project of a flow in the seed.
func seedBlock(seed string, f *flow.Flow) string {
	m := regexp.MustCompile(`\npipelineJob\('[^'/]*/` + regexp.QuoteMeta(f.Name) + `'\)`).FindStringIndex(seed)
	if m == nil {
		return ""
	}
	after := seed[m[0]+1:]
	block, _, _ := strings.Cut(after, "\n}\n")
	return block
}

// seededProject is what the seed says of the same flow.
func seededProject(content map[string]string, f *flow.Flow) starts {
	var s starts
	root := parseGroovy(seedBlock(content[".jenkins/jobs.groovy"], f) + "\n}")
	if len(root.body) == 0 {
		return s
	}
	project := root.body[0]
	if parameters := project.find("parameters"); parameters != nil {
		for _, p := range parameters.body {
			if m := seedChoice.FindStringSubmatch(p.head); m != nil {
				s.form = append(s.form, strings.Join(m[1:], " "))
			} else if m := seedString.FindStringSubmatch(p.text()); m != nil {
				s.form = append(s.form, strings.Join(m[1:], " "))
			} else {
				s.form = append(s.form, "unknown: "+p.text())
			}
		}
	}
	if properties := project.find("properties"); properties != nil {
		for _, p := range properties.body {
			if m := seedTime.FindStringSubmatch(p.text()); m != nil {
				s.times = append(s.times, m[1])
			} else {
				s.times = append(s.times, "unknown: "+p.text())
			}
		}
	}
	return s
}
