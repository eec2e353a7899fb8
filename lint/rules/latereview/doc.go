// Package latereview finds a break glass whose review may come after more than two days.
//
// What was done in an emergency is documented and looked at while those who did
// it still know why. Two days are what guides to the regulation recommend, and
// what a policy has that says nothing.
//
// Wrong:
//
//	break_glass {
//	  approvers = [group.managers]
//	  may_skip  = [approval]
//	  review    = "30d"
//	}
//
//	notify "everybody" {
//	  on  = [break_glass]
//	  run = "./tell.sh"
//	}
//
// Right:
//
//	break_glass {
//	  approvers = [group.managers]
//	  may_skip  = [approval]
//	  review    = "48h"
//	}
//
//	notify "everybody" {
//	  on  = [break_glass]
//	  run = "./tell.sh"
//	}
package latereview
