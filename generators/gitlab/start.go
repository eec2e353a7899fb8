package gitlab

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// start is a pipeline with inputs, by GitLab's command line (which reads a type
// before a parenthesis, so a text says that it is one) or on its pages.
func start(_ *flow.Plan, f *flow.Flow, branch string, fields []gen.Field) gen.Start {
	command := []string{"glab", "ci", "run", "-b", gen.Shell(branch), "-i", gen.Shell("flow:" + f.Name)}
	for _, in := range fields {
		value := in.Value
		if strings.Contains(value, "(") {
			value = "string(" + value + ")"
		}
		command = append(command, "-i", gen.Shell(in.Name+":"+value))
	}
	inputs := gen.Values(fields)
	inputs["flow"] = f.Name
	request := gen.JSON("/projects/{project}/pipeline", map[string]any{"ref": branch, "inputs": inputs})
	return gen.Start{Request: request, Command: strings.Join(command, " "), Button: "Build, Pipelines, New pipeline, on " + branch + ", flow " + f.Name}
}
