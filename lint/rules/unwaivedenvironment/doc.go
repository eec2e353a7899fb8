// Package unwaivedenvironment finds an environment with a gate that delivery
// passes and the hotfix flow leaves out without saying so.
//
// An approval, a check or a freeze of an environment on the way is a gate of
// every version. A hotfix may leave the environment out, in writing: a waive
// block with the environment and a reason, which the ledger and the summary of
// the run then show. An environment that stops nobody needs none, and neither
// does one whose checks a hotfix runs elsewhere before production.
//
// Wrong:
//
//	environment "uat" {
//	  deploy = "./deploy.sh uat"
//
//	  approval "qa" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.uat, environment.production]
//	}
//
//	hotfix {
//	  environments = [environment.production]
//	}
//
// Right:
//
//	environment "uat" {
//	  deploy = "./deploy.sh uat"
//
//	  approval "qa" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.uat, environment.production]
//	}
//
//	hotfix {
//	  waive {
//	    environment = environment.uat
//	    reason      = "QA is asleep at night; the merged fix passes uat with the next delivery"
//	  }
//	}
package unwaivedenvironment
