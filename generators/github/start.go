package github

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// start is a run of the workflow, by GitHub's command line or on its pages.
func start(_ *flow.Plan, f *flow.Flow, branch string, fields []gen.Field) gen.Start {
	command := []string{"gh", "workflow", "run", f.Name + ".yml", "--ref", gen.Shell(branch)}
	for _, in := range fields {
		command = append(command, "-f", gen.Shell(in.Name+"="+in.Value))
	}
	// With return_run_details the answer names the run (docs.github.com, "Create a workflow dispatch event").
	body := map[string]any{"ref": branch, "return_run_details": true}
	if len(fields) > 0 {
		body["inputs"] = gen.Values(fields)
	}
	request := gen.JSON("/repos/{repository}/actions/workflows/"+f.Name+".yml/dispatches", body)
	return gen.Start{Request: request, Command: strings.Join(command, " "), Button: "Actions, " + f.Title + ", Run workflow, on " + branch}
}
