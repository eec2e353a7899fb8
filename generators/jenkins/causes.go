package jenkins

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
)

// mark is the last step of a stage, so that the notification of a failure knows
// that it succeeded: a pipeline is told its result, and not by which stage.
func (w *writer) mark(j *flow.Job) []code {
	if j.Mark == "" {
		return nil
	}
	return []code{w.call(markEnd, j.Mark)}
}

// causes finds what did not succeed: the stages without a mark, of the first
// ones that have none. No stage after those was reached.
func (w *writer) causes() method {
	body := []code{line("List causes = []"), line("boolean stopped = currentBuild.currentResult == 'ABORTED'")}
	for _, group := range sideBySide(w.jobs()) {
		group = slices.DeleteFunc(slices.Clone(group), func(j *flow.Job) bool { return j.Mark == "" })
		if len(group) == 1 {
			body = append(body, block("if (causes.isEmpty() && "+openMark(group[0])+")", failureCauses(group[0], true)))
			continue
		}
		var side []code
		for _, j := range group {
			side = append(side, block("if ("+openMark(j)+")", failureCauses(j, false)))
		}
		if len(side) > 0 {
			body = append(body, block("if (causes.isEmpty())", side...))
		}
	}
	body = append(body, line("env.setProperty("+Groovy(flow.FailureVariable)+", causes.isEmpty() ? "+Groovy(flow.SomeCause)+" : causes.join('; '))"))
	return method{name: findCauses, why: "What did not succeed: the first stages that did not come to their end.", body: body}
}

// openMark is that a stage did not come to its end, of a choice that was made.
func openMark(j *flow.Job) string {
	text := "env." + j.Mark + " == null"
	if c := choiceOf(j); c != nil {
		text = "env." + c.Input.Env + " == " + Groovy(c.Value) + " && " + text
	}
	return text
}

// failureCauses is what did not succeed, and why. An aborted build can have a stage that failed beside the one
// that was stopped; and a refusal aborts, as a time-out does.
func failureCauses(j *flow.Job, alone bool) code {
	stopped := j.Cause(flow.Stopped)
	if !alone || j.Kind == flow.JobApprove {
		stopped = j.Cause(flow.BrokenOrStopped)
	}
	return line("causes.add(stopped ? " + Groovy(stopped) + " : " + Groovy(j.Cause(flow.Broken)) + ")")
}
