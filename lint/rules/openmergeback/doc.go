// Package openmergeback finds a merge-back without an owner or without a time.
//
// The next delivery waits for a merge-back; somebody must see to it, and within
// a time, before it blocks everybody. The rule is off until a policy
// asks for it: in a small team the author of the hotfix is the owner.
//
// Wrong:
//
//	hotfix {}
//
//	lint "open-merge-back" {
//	  severity = "warning"
//	}
//
// Right:
//
//	hotfix {
//	  merge_back {
//	    owner  = group.managers
//	    within = "72h"
//	  }
//	}
//
//	lint "open-merge-back" {
//	  severity = "warning"
//	}
package openmergeback
