// Package unprovenhotfix finds a hotfix flow that no report proves.
//
// Delivery has a check whose report is evidence: which tests ran, and that they
// passed. A hotfix that waives every one of them goes to production on exit
// codes alone, and a mistake that was fixed once comes back with it.
//
// Wrong:
//
//	check "unit" {
//	  run    = "make test"
//	  report = "build/*.xml"
//	}
//
//	check "build" {
//	  run = "make"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.build]
//	  environments = [environment.production]
//	}
//
//	hotfix {
//	  checks = [check.build]
//
//	  waive {
//	    check  = check.unit
//	    reason = "Takes six hours"
//	  }
//	}
//
// Right:
//
//	check "unit" {
//	  run    = "make test"
//	  report = "build/*.xml"
//	}
//
//	check "build" {
//	  run = "make"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.build]
//	  environments = [environment.production]
//	}
//
//	hotfix {}
package unprovenhotfix
