package azure

import (
	"fmt"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

func macro(text string, r flow.Run) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "azure-macro", Subject: r.Origin,
		Summary: "Text that Azure would replace",
		Detail: fmt.Sprintf("Azure Pipelines replaces %s before %s reads it, and has no escape for it. Put the command into a script of the repository, or write it without.",
			text, r.Shell),
	}
}

// macroInValue stands at the value: commands that share it share one mistake.
func macroInValue(text string, e flow.EnvVar, r flow.Run) *diag.Diagnostic {
	at := e.Origin
	if at.Filename == "" {
		at = r.Origin
	}
	return &diag.Diagnostic{
		Code: "azure-macro", Subject: at,
		Summary: "Text that Azure would replace",
		Detail:  fmt.Sprintf("Azure Pipelines replaces %s in the value of %s before a command reads it, and has no escape for it. Set the variable in the command, or write its value without.", text, e.Name),
	}
}
