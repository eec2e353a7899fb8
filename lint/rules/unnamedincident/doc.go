// Package unnamedincident finds a hotfix that may name anything as its incident.
//
// Every hotfix names an incident. With a pattern, it is one that the ticket
// system knows, and the auditor finds it. The rule is off until a policy asks
// for it: not every team has a ticket system.
//
// Wrong:
//
//	hotfix {}
//
//	lint "unnamed-incident" {
//	  severity = "warning"
//	}
//
// Right:
//
//	hotfix {
//	  incident {
//	    pattern = "INC[0-9]{7}"
//	  }
//	}
//
//	lint "unnamed-incident" {
//	  severity = "warning"
//	}
package unnamedincident
