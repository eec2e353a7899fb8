// Package unused finds what the policy defines and nothing uses.
//
// A check in no flow is an error: somebody wrote it to guard something, and it
// guards nothing. An environment, group, secret, agent, library or command
// that nothing refers to is a warning: it misleads the reader and harms nobody.
//
// Wrong:
//
//	check "integration" {
//	  run = "make integration"
//	}
//
// Right:
//
//	check "integration" {
//	  run = "make integration"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.integration]
//	  environments = [environment.production]
//	}
package unused
