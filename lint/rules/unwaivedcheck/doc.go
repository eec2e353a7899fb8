// Package unwaivedcheck finds a required check that the hotfix flow leaves out
// without saying so.
//
// A hotfix passes the gates of delivery. It may leave one out, in writing: a
// waive block with the check and a reason, which the ledger and the summary of
// the run then show.
//
// Wrong:
//
//	check "regression" {
//	  run = "make regression"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.regression]
//	  environments = [environment.production]
//	}
//
//	hotfix {
//	  checks = [check.unit]
//	}
//
// Right:
//
//	check "regression" {
//	  run = "make regression"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.regression]
//	  environments = [environment.production]
//	}
//
//	hotfix {
//	  checks = [check.unit]
//
//	  waive {
//	    check  = check.regression
//	    reason = "Takes six hours; the next regular delivery proves it"
//	  }
//	}
package unwaivedcheck
