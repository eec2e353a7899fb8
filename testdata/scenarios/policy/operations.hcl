# What a person records for production is approved.
policy "shop" {
  targets             = ["TARGET"]
  forge               = "FORGE"
  approved_operations = true
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
