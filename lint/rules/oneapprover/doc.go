// Package oneapprover finds an approval that one person alone can give.
//
// At three in the morning that person is asleep, or is the one who asks. On
// GitHub a name without an organisation is a person, on Azure one with an `@`.
//
// Wrong:
//
//	group "managers" {
//	  github = "alice"
//	}
//
// Right:
//
//	group "managers" {
//	  github = "acme/managers"
//	}
package oneapprover
