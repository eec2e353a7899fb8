package azure

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// start is a run of the pipeline, by Azure's command line or on its pages. What
// the pipeline is called there, the file does not say: the name of the file is
// what docs/setup.md gives it.
func start(p *flow.Plan, f *flow.Flow, branch string, fields []gen.Field) gen.Start {
	command := []string{"az", "pipelines", "run", "--name", gen.Shell(f.Name), "--branch", gen.Shell(branch)}
	if len(fields) > 0 {
		command = append(command, "--parameters")
	}
	for _, in := range fields {
		command = append(command, gen.Shell(in.Name+"="+in.Value))
	}
	self := map[string]any{"self": map[string]any{"refName": "refs/heads/" + branch}}
	request := gen.JSON("/{project}/_apis/pipelines/{pipeline}/runs?api-version=7.1", map[string]any{"resources": map[string]any{"repositories": self}, "templateParameters": gen.Values(fields)})
	return gen.Start{Request: request, Command: strings.Join(command, " "), Button: "Pipelines, the pipeline of " + locate(p, f, f.Jobs[0]).Path + ", Run pipeline, on " + branch}
}
