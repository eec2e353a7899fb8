package github

import (
	"fmt"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

func tooLong(r flow.Run) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "github-too-long", Subject: r.Origin,
		Summary: "Command too long for GitHub",
		Detail:  fmt.Sprintf("GitHub evaluates texts of %d characters at most, and this one has %d. Put it into a script of the repository and call that.", maxExpression, len(r.Script)),
	}
}
