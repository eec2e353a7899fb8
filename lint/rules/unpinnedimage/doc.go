// Package unpinnedimage finds an agent whose image on GitLab can become another one.
//
// A tag of an image can be moved: checks pass in one image, and tomorrow the same
// name is another. A digest cannot. An image under `container` is warned of
// always; one that only GitLab's jobs run in is where a policy asks for it, since
// the runner's own image is as often somebody else's.
//
// Wrong:
//
//	agent "builder" {
//	  github = { runs_on = ["ubuntu-24.04"] }
//	  gitlab = { image = "debian:12" }
//	}
//
//	check "unit" {
//	  run   = "make test"
//	  agent = agent.builder
//	}
//
//	lint "unpinned-image" {
//	  severity = "error"
//	}
//
// Right:
//
//	agent "builder" {
//	  github = { runs_on = ["ubuntu-24.04"] }
//	  gitlab = { image = "debian@sha256:0000000000000000000000000000000000000000000000000000000000000000" }
//	}
//
//	check "unit" {
//	  run   = "make test"
//	  agent = agent.builder
//	}
//
//	lint "unpinned-image" {
//	  severity = "error"
//	}
package unpinnedimage
