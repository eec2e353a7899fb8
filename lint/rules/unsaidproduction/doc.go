// Package unsaidproduction finds a policy in which production is not said.
//
// An environment is of the tier production if it is called production, or says
// so. Every guard of production, the hotfix branch, the release tag and the
// redeployment depend on it: an environment "prod" without the tier has none of
// them, and nothing else would tell.
//
// Wrong:
//
//	environment "prod" {
//	  deploy = "./deploy.sh prod"
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.production, environment.prod]
//	}
//
// Right:
//
//	environment "prod" {
//	  tier   = "production"
//	  deploy = "./deploy.sh prod"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.production, environment.prod]
//	}
package unsaidproduction
