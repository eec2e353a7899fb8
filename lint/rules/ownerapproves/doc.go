// Package ownerapproves finds an approval that only the owner of the merge-back gives.
//
// Who brings hotfixes home works on them. Where the same group alone approves
// for production, nobody independent has looked. The rule is off until a policy
// asks for it: a small team has one group.
//
// Wrong:
//
//	hotfix {
//	  merge_back {
//	    owner = group.managers
//	  }
//	}
//
//	lint "owner-approves" {
//	  severity = "warning"
//	}
//
// Right:
//
//	group "developers" {
//	  github = "acme/developers"
//	}
//
//	hotfix {
//	  merge_back {
//	    owner = group.developers
//	  }
//	}
//
//	lint "owner-approves" {
//	  severity = "warning"
//	}
package ownerapproves
