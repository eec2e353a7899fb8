// Package idlewaiver finds a waiver that waives nothing.
//
// A waiver for a check that the hotfix flow runs all the same, or that
// delivery does not require, leaves nothing out. It says something else than
// what happens, and the reader of the ledger would believe it.
//
// Wrong:
//
//	hotfix {
//	  checks = [check.unit]
//
//	  waive {
//	    check  = check.unit
//	    reason = "Takes six hours"
//	  }
//	}
//
// Right:
//
//	hotfix {
//	  checks = [check.unit]
//	}
package idlewaiver
