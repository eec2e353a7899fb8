// Package timeoutbeyondhost finds a `timeout` that is longer than the CI system lets a job run.
//
// The system ends the job at its own limit, whatever the pipeline says: 6 hours on a
// machine of GitHub or Azure, 3 on one of GitLab.com, 5 days on a machine of your own
// at GitHub. A deployment that ends so has begun, and no step is left to record how it
// ended. The time of a deployment is its own and that of the checks in its job.
//
// Wrong:
//
//	check "soak" {
//	  run     = "make soak"
//	  timeout = "8h"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.soak]
//	  environments = [environment.production]
//	}
//
// Right:
//
//	agent "lab" {
//	  github = { runs_on = ["self-hosted", "lab"] }
//	}
//
//	check "soak" {
//	  agent   = agent.lab
//	  run     = "make soak"
//	  timeout = "8h"
//	}
//
//	delivery {
//	  checks       = [check.unit, check.soak]
//	  environments = [environment.production]
//	}
package timeoutbeyondhost
