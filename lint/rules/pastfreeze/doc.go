// Package pastfreeze finds a freeze that is over.
//
// It holds nothing back any more, and who reads the policy looks for the one that
// does. Only `fettle lint` reads a clock, and what is generated is the same
// before and after: nothing breaks at midnight that nobody asked for.
//
// Wrong:
//
//	freeze "year_end" {
//	  from = "2019-12-19"
//	  to   = "2020-01-04"
//	}
//
// Right:
//
//	freeze "year_end" {
//	  from = "2090-12-19"
//	  to   = "2091-01-04"
//	}
package pastfreeze
