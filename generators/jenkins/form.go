package jenkins

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// What a person is asked for, and when a flow starts by itself, stands in its
// Jenkinsfile and in the seed: Jenkins takes it from the file only when it
// builds, and a seed that runs again writes the project anew, without what it
// does not say.

// inputs are what a person who starts a flow is asked for.
func inputs(f *flow.Flow) []*flow.Input {
	if d := f.OnDemand(); d != nil {
		return d.Inputs
	}
	return nil
}

// times are the schedules of a flow, as literals.
func times(f *flow.Flow) []string {
	var out []string
	for _, t := range f.Triggers {
		if timer, ok := t.(flow.Timer); ok {
			out = append(out, `'TZ=Etc/UTC\n`+timer.Cron+`'`)
		}
	}
	return out
}

func choices(i *flow.Input) string {
	var out []string
	for _, c := range i.Choices {
		out = append(out, Groovy(c))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// parameters are called as jobs receive them: a parameter is an environment
// variable here.
func parameters(f *flow.Flow) []code {
	var body []code
	for _, i := range inputs(f) {
		if len(i.Choices) > 0 {
			body = append(body, line(fmt.Sprintf("choice(name: %s, choices: %s, description: %s)", Groovy(i.Env), choices(i), Groovy(i.Text))))
		} else {
			body = append(body, line(fmt.Sprintf("string(name: %s, defaultValue: '', trim: true, description: %s)", Groovy(i.Env), Groovy(i.Text))))
		}
	}
	if len(body) == 0 {
		return nil
	}
	return []code{block("parameters", body...)}
}

func triggers(f *flow.Flow) []code {
	var out []code
	for _, t := range times(f) {
		out = append(out, block("triggers", line("cron("+t+")")))
	}
	return out
}

// seedForm is the same for the seed, in the words of Job DSL. The form stringParam
// with braces is its dynamic DSL, which knows trim; the trigger is a property of
// a pipeline project, since Job DSL 1.77.
func seedForm(f *flow.Flow) []code {
	var body, out []code
	for _, i := range inputs(f) {
		if len(i.Choices) > 0 {
			body = append(body, line(fmt.Sprintf("choiceParam(%s, %s, %s)", Groovy(i.Env), choices(i), Groovy(i.Text))))
		} else {
			body = append(body, block("stringParam", line("name("+Groovy(i.Env)+")"), line("defaultValue('')"), line("trim(true)"), line("description("+Groovy(i.Text)+")")))
		}
	}
	if len(body) > 0 {
		out = append(out, block("parameters", body...))
	}
	for _, t := range times(f) {
		out = append(out, block("properties", block("pipelineTriggers", block("triggers", block("cron", line("spec("+t+")"))))))
	}
	return out
}
