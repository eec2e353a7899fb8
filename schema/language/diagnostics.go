package language

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

func WrongType(name, want, got string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("wrong-type", at, "Incorrect value type", "%q is %s, and this is %s.", name, want, got)
}

func TooLarge(what string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("too-large", at, "Policy too large", "%s. A policy is read within bounds, so that a broken or hostile file cannot stop the compiler.", what)
}
