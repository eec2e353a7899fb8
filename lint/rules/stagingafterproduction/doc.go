// Package stagingafterproduction finds an environment of staging that comes after production.
//
// A delivery goes through its environments in the order of the list. What is
// found in staging after production is found too late. An environment of the tier
// staging before another production (the next region's) is in its place.
//
// Wrong:
//
//	environment "staging" {
//	  deploy = "./deploy.sh staging ${release.version}"
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.production, environment.staging]
//	}
//
// Right:
//
//	environment "staging" {
//	  deploy = "./deploy.sh staging ${release.version}"
//	}
//
//	delivery {
//	  checks       = [check.unit]
//	  environments = [environment.staging, environment.production]
//	}
package stagingafterproduction
