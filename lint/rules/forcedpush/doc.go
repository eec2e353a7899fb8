// Package forcedpush finds a command that rewrites what is in git.
//
// The ledger, the tags and the hotfix branches are only added to, and everything that
// fettle checks is based on that. A push by force rewrites them, and one of all tags
// brings those of somebody's experiments with it.
//
// Wrong:
//
//	build {
//	  run      = ["make dist", "git push --force origin HEAD:main"]
//	  artifact = "dist/"
//	}
//
// Right:
//
//	build {
//	  run      = ["make dist", "git push origin HEAD:docs"]
//	  artifact = "dist/"
//	}
package forcedpush
