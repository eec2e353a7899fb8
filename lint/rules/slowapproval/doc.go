// Package slowapproval finds an approval on the way of a hotfix that may wait for more than a day.
//
// A hotfix is there because production is broken. What nobody approves within a
// day is to be refused, and asked for again by who still needs it. The rule is
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
//	lint "HF023" {
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
//	lint "HF023" {
//	  severity = "warning"
//	}
package slowapproval
