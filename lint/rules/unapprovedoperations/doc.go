// Package unapprovedoperations finds operations in production that one person
// alone can start.
//
// A hold that ends, a withdrawal that is answered, a version that is taken as
// the one that runs: each lets the next deployment go. The ledger keeps who did
// it and why; with `approved_operations` the approvers of the environment are
// asked before. A hold needs no approval, since it only stops deliveries. The
// rule is off until a policy asks for it: at night the second person may be
// asleep.
//
// Wrong:
//
//	policy "shop" {
//	  targets = ["github"]
//	}
//
//	lint "unapproved-operations" {
//	  severity = "warning"
//	}
//
// Right:
//
//	policy "shop" {
//	  targets             = ["github"]
//	  approved_operations = true
//	}
//
//	lint "unapproved-operations" {
//	  severity = "warning"
//	}
package unapprovedoperations
