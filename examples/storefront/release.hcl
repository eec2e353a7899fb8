policy "storefront" {
  targets = ["github", "gitlab"]
  active  = "github" # one target deploys; the other is kept ready
}

build {
  run      = "make dist"
  artifact = "dist/" # built once, deployed many times
}

check "unit" {
  run    = "make test"
  report = "build/junit/*.xml"
}

check "smoke" {
  run = "./smoke.sh ${deployment.url}"
}

environment "staging" {
  url    = "https://staging.example.com"
  deploy = "./deploy.sh staging ${release.version}"
  verify = [check.smoke]
}

environment "production" {
  url    = "https://example.com"
  deploy = "./deploy.sh production ${release.version}"
  verify = [check.smoke]

  approval "release" {
    approvers = [group.release_managers]
    timeout   = "4h"
  }
}

group "release_managers" {
  github = "acme/release-managers"
  gitlab = "acme/release-managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}

hotfix {}

redeploy {}

notify "chat" {
  on  = [failure, waiting, production]
  run = "./notify.sh \"${release.version}: ${run.url}\""
}
