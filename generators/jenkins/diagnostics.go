package jenkins

import (
	"fmt"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

func tooLong(r flow.Run) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "jenkins-too-long", Subject: r.Origin,
		Summary: "Command too long for Jenkins",
		Detail:  fmt.Sprintf("Groovy takes texts of %d bytes at most, and this one has %d. Put it into a script of the repository and call that.", maxLiteral, len(r.Script)),
	}
}

func toolsInside(j *flow.Job) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "jenkins-tools-inside", Subject: j.Origin,
		Summary: "Tools of a check that only informs",
		Detail:  "Jenkins puts tools on the path of a stage that has an agent of its own, and a check that only informs takes its agent inside, so that no machine can stop the delivery. Make the check required, or let its command find the tools.",
	}
}
