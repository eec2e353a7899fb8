// Package undeliveredproduction finds an environment of production that no delivery goes to.
//
// A hotfix repairs what a delivery brought, and a redeployment brings back what
// was there before. Where a delivery never goes, there is neither. It is an error
// where a delivery goes to no production at all.
//
// Wrong:
//
//	environment "america" {
//	  like = environment.production
//	  tier = "production"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	redeploy {
//	  environments = [environment.production, environment.america]
//	}
//
// Right:
//
//	environment "america" {
//	  like = environment.production
//	  tier = "production"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.production, environment.america]
//	}
//
//	redeploy {
//	  environments = [environment.production, environment.america]
//	}
package undeliveredproduction
