# Migrations that nothing takes back.
policy "shop" {
  targets      = ["TARGET"]
  forge        = "FORGE"
  irreversible = ["migrations/**"]
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

redeploy {}
