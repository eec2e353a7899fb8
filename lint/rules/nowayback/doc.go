// Package nowayback finds a hotfix flow without a redeployment beside it.
//
// A hotfix is made in a hurry; when it makes things worse, the version before it
// must come back without another hotfix. The rule is off until a policy asks
// for it: some deployments can only go forward.
//
// Wrong:
//
//	hotfix {}
//
//	lint "no-way-back" {
//	  severity = "warning"
//	}
//
// Right:
//
//	hotfix {}
//
//	redeploy {}
//
//	lint "no-way-back" {
//	  severity = "warning"
//	}
package nowayback
