// Package runtoolong finds a flow whose run the CI system may cancel before it ends.
//
// GitHub cancels a run after 35 days, the time in which it waits for approvals
// included. Each approval may wait for 30, so several of them one after the other
// can be too long together. What is cancelled starts again from the beginning.
//
// Wrong:
//
//	environment "staging" {
//	  deploy = "./deploy.sh staging ${release.version}"
//
//	  approval "tests" {
//	    approvers = [group.managers]
//	    timeout   = "20d"
//	  }
//	}
//
//	environment "production" {
//	  deploy = "./deploy.sh production ${release.version}"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	    timeout   = "20d"
//	  }
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
//	  deploy = "./deploy.sh staging ${release.version}"
//
//	  approval "tests" {
//	    approvers = [group.managers]
//	    timeout   = "7d"
//	  }
//	}
//
//	environment "production" {
//	  deploy = "./deploy.sh production ${release.version}"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	    timeout   = "20d"
//	  }
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.staging, environment.production]
//	}
package runtoolong
