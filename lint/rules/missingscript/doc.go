// Package missingscript finds a command that starts a file which is not in the repository.
//
// A misspelt path, or a file that was moved, shows when the command runs: for
// the command of production that is in the middle of a release. `fettle lint` and
// `fettle check` look for scripts where the policy lies in a working tree of git.
// What the build makes, or another command of the list, is not looked for.
//
// Wrong:
//
//	check "unit" {
//	  run = "./ci/tset.sh"
//	}
//	-- .git --
//	-- deploy.sh --
//	-- ci/test.sh --
//
// Right:
//
//	check "unit" {
//	  run = "./ci/test.sh"
//	}
//	-- .git --
//	-- deploy.sh --
//	-- ci/test.sh --
package missingscript
