// Package ungatedproduction finds a way to production without an approval.
//
// Every flow that deploys to an environment of the tier production must pass
// at least one approval of that environment first: delivery, hotfix and
// redeploy alike. Checks say that a version works; that it may go to
// production now is a person's decision, and the auditor asks whose it was.
//
// Wrong:
//
//	environment "staging" {
//	  deploy = "./deploy.sh staging"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	environment "production" {
//	  deploy = "./deploy.sh production"
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.staging, environment.production]
//	}
//
// Right:
//
//	environment "staging" {
//	  deploy = "./deploy.sh staging"
//	}
//
//	environment "production" {
//	  deploy = "./deploy.sh production"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.staging, environment.production]
//	}
package ungatedproduction
