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

func tooLarge(f *flow.Flow, size int) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "jenkins-too-large", Subject: f.Origin,
		Summary: "Pipeline too large for Jenkins",
		Detail: fmt.Sprintf("The pipeline %s is about %d bytes of one Java method by our estimate. Jenkins takes 65535, and more than %d are refused here. Give the flow fewer environments and checks, or start the controller with -D%s and write jenkins = { script_splitting = true } into the policy.",
			f.Name, size, maxMethod, flow.ScriptSplitting),
	}
}

func toolsInside(j *flow.Job) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "jenkins-tools-inside", Subject: j.Origin,
		Summary: "Tools of a check that only informs",
		Detail:  "Jenkins puts tools on the path of a stage that has an agent of its own, and a check that only informs takes its agent inside, so that no machine can stop the delivery. Make the check required, or let its command find the tools.",
	}
}
