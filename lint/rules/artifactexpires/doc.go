// Package artifactexpires finds a redeployment that needs what a CI system throws away.
//
// Files that the build made are kept by the CI system, by the run that the
// ledger names, and for as long as it keeps them: 30 days in the generated files
// of GitLab, what the host says elsewhere. Afterwards the version cannot be put
// back. An image stays in its registry, and what `store` puts somewhere stays there. The rule is off until a policy asks for
// it: who redeploys within days needs no registry.
//
// Wrong:
//
//	build {
//	  run      = "make dist"
//	  artifact = "dist/"
//	}
//
//	redeploy {}
//
//	lint "artifact-expires" {
//	  severity = "warning"
//	}
//
// Right:
//
//	build {
//	  run      = "make image"
//	  artifact = image("registry.example.com/acme/shop", "build/digest")
//	}
//
//	redeploy {}
//
//	lint "artifact-expires" {
//	  severity = "warning"
//	}
package artifactexpires
