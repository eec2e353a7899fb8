// Package uncheckedproduction finds a way to production without any check.
//
// Delivery and hotfix must run at least one required check before they deploy
// to production: in the flow's checks, in `verify` or `requires` of an
// environment before it, or in its own `requires`.
// A flow whose every check is waived is one without a check. A redeploy is
// exempt: what it deploys was checked when it was released.
//
// Wrong:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//	  verify = [check.unit] # too late
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	delivery {
//	  environments = [environment.production]
//	}
//
// Right:
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.production]
//	}
package uncheckedproduction
