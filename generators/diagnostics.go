package generators

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

// The messages about files on the disk that are not what the policy says.

// FileChanged is said of a file that somebody changed by hand, or that an
// older policy or another fettle generated; line is the first that differs.
func FileChanged(path string, line int) *diag.Diagnostic {
	return drift(path, line, fmt.Sprintf("%s differs from what the policy says, from line %d on.", path, line))
}

// FileMissing is said of a file that generate would write.
func FileMissing(path string) *diag.Diagnostic {
	return drift(path, 1, path+" is not there, and the policy asks for it.")
}

// FileTooMany is said of a file that an earlier run generated.
func FileTooMany(path string) *diag.Diagnostic {
	return drift(path, 1, path+" was generated once, and the policy does not ask for it any more.")
}

func drift(path string, line int, what string) *diag.Diagnostic {
	at := hcl.Pos{Line: line, Column: 1}
	return &diag.Diagnostic{
		Code: "drift", Subject: hcl.Range{Filename: path, Start: at, End: at},
		Summary: "Generated file has drifted",
		Detail:  what + " Change the policy if the difference is wanted, then run `fettle generate` and commit.",
	}
}
