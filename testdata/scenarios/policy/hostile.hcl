# Every command, and a native step, set what would steer the steps after them.
policy "shop" {
  targets     = ["TARGET"]
  forge       = "FORGE"
  version_run = "./version.sh && . ./poison.sh >&2"
}

build {
  run      = [". ./poison.sh", "./build.sh"]
  artifact = "dist/"
}

check "unit" {
  run    = [". ./poison.sh", "./check.sh unit"]
  report = "reports/unit.xml"

  native "TARGET" {
    steps = "POISON"
  }
}

check "smoke" {
  run = [". ./poison.sh", "./check.sh smoke ${deployment.environment}"]
}

environment "production" {
  deploy = [". ./poison.sh", "./deploy.sh ${deployment.environment} ${release.version}"]
  verify = [check.smoke]
  after  = ". ./poison.sh"

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

hotfix {}

redeploy {}
