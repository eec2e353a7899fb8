// Package brokenrule evaluates the rules that the policy itself declares.
//
// A rule block says what an organisation demands of its policies, in the
// language itself. It is evaluated over the policy and the flows that follow from
// it, so that what counts is what happens and not only what is written. Where
// it does not hold, the message of the rule is reported, and the values that made
// it fail.
//
// Wrong:
//
//	rule "two_people" {
//	  condition = length(environment.production.approvals) >= 2
//	  message   = "Production needs two approvals."
//	}
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
// Right:
//
//	rule "two_people" {
//	  condition = length(environment.production.approvals) >= 2
//	  message   = "Production needs two approvals."
//	}
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//
//	  approval "second" {
//	    approvers = [group.managers]
//	  }
//	}
package brokenrule
