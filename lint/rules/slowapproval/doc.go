// Package slowapproval finds an approval on the way of a hotfix that may wait for more than a day.
//
// A hotfix is there because production is broken. What nobody approves within a
// day has to be refused, and requested again by who still needs it. The rule is
// off until a policy asks for it: a delivery passes the same approval, and may
// have a week.
//
// Wrong:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	    timeout   = "48h"
//	  }
//	}
//
//	hotfix {}
//
//	lint "slow-approval" {
//	  severity = "warning"
//	}
//
// Right:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	    timeout   = "4h"
//	  }
//	}
//
//	hotfix {}
//
//	lint "slow-approval" {
//	  severity = "warning"
//	}
package slowapproval
