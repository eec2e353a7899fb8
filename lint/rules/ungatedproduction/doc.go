// Package ungatedproduction finds a way to production without an approval.
//
// Every flow that deploys to an environment of the tier production must pass
// at least one approval of that environment first: delivery, hotfix and
// redeploy alike. Checks say that a version works; that it may go to
// production now is a person's decision, and the auditor asks whose it was.
//
// Wrong:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//	}
//
// Right:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.release_managers]
//	  }
//	}
package ungatedproduction
