package gitlab

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// mark is the last item of a job, so that the notification of a failure knows
// that it succeeded: GitLab tells no job how another one ended, and one in
// .post inherits the variables of all that came before
// (docs.gitlab.com/ci/variables/dotenv_variables, 18.x).
func mark(j *flow.Job, windows bool) string {
	if windows {
		return `Add-Content -Encoding ascii release.env '` + j.Mark + `=yes'`
	}
	return `echo "` + j.Mark + `=yes" >> release.env`
}

// causes finds what did not succeed: the jobs without a mark, where what they
// wait for has one. Those of a choice that nobody made are not in the pipeline.
func causes(s flow.Causes, windows bool) string {
	if windows {
		return causesWindows(s)
	}
	text := flow.FailureVariable + "=\ncause() { " + flow.FailureVariable + `="${` + flow.FailureVariable + `:+$` + flow.FailureVariable + `; }$1"; }` + "\n"
	for _, j := range s.Of {
		for _, n := range j.Needs {
			text += `[ -z "$` + n.Mark + `" ] || `
		}
		if c := choiceOf(j); c != nil {
			text += fmt.Sprintf(`[ "$%s" != %s ] || `, variable(c.Input), gen.Shell(c.Value))
		}
		text += `[ -n "$` + j.Mark + `" ] || cause '` + j.Cause(flow.BrokenOrStopped) + "'\n"
	}
	return text + "export " + flow.FailureVariable + `="${` + flow.FailureVariable + `:-` + flow.SomeCause + `}"`
}

func causesWindows(s flow.Causes) string {
	text := "$causes = @()\n"
	for _, j := range s.Of {
		var demands []string
		for _, n := range j.Needs {
			demands = append(demands, "$env:"+n.Mark)
		}
		if c := choiceOf(j); c != nil {
			demands = append(demands, "$env:"+variable(c.Input)+" -eq '"+c.Value+"'")
		}
		text += "if (" + strings.Join(append(demands, "-not $env:"+j.Mark), " -and ") + ") { $causes += '" + j.Cause(flow.BrokenOrStopped) + "' }\n"
	}
	return text + "$env:" + flow.FailureVariable + " = if ($causes) { $causes -join '; ' } else { '" + flow.SomeCause + "' }"
}
