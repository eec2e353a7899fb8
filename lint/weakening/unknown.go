package weakening

import (
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Unknown is for a policy of which nobody can tell what it was before, although
// something was there: anything could have got weaker.
func Unknown(why string, now *schema.Policy) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "HF079", Subject: now.Range, Summary: "Nothing to compare with",
		Detail: why + ": what got weaker is not known. Compare with a revision that has the policy, or acknowledge it in the commit that makes the change: \"Weakens: HF079 REASON\".",
	}
}
