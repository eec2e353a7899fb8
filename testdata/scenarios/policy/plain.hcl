# The same without a mirror, where what follows production runs one after the other on every system.
policy "shop" {
  targets = ["TARGET"]
  forge   = "FORGE"
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

check "smoke" {
  run = "./check.sh smoke ${deployment.environment}"
}

environment "production" {
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"
  verify = [check.smoke]

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

merge_request {
  checks = [check.unit]
}

hotfix {}

redeploy {}
