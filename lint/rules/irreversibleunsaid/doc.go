// Package irreversibleunsaid finds a redeployment that nothing is too far gone for.
//
// A redeployment puts the program back, and never what a migration did to the
// data. The policy says which files stand for such changes, and a redeployment
// over one is refused. The rule is off until a policy asks for it: not every
// program has such changes.
//
// Wrong:
//
//	redeploy {}
//
//	lint "irreversible-unsaid" {
//	  severity = "warning"
//	}
//
// Right:
//
//	policy "shop" {
//	  targets      = ["github"]
//	  irreversible = ["migrations/**"]
//	}
//
//	redeploy {}
//
//	lint "irreversible-unsaid" {
//	  severity = "warning"
//	}
package irreversibleunsaid
