// Package unnamedartifact finds a deployment that names nothing of what was built.
//
// The policy builds an artifact, which is checked and recorded. A command that
// names neither it nor the version deploys something else: what a tag points to
// by then, or what lies in the checkout. A file of the repository that the
// command starts may read RELEASE_VERSION, so it is not asked about.
//
// Wrong:
//
//	build {
//	  run      = "make image"
//	  artifact = image("registry.example.com/acme/shop", "build/digest")
//	}
//
//	environment "production" {
//	  deploy = "kubectl rollout restart deployment/shop"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
// Right:
//
//	build {
//	  run      = "make image"
//	  artifact = image("registry.example.com/acme/shop", "build/digest")
//	}
//
//	environment "production" {
//	  deploy = "kubectl set image deployment/shop shop=${artifact.ref}"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
package unnamedartifact
