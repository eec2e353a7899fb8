# A freeze on the day on which the clocks of its zone are put back: it has 25 hours.
policy "shop" {
  targets  = ["TARGET"]
  forge    = "FORGE"
  timezone = "Europe/Berlin"
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

environment "production" {
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"

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

freeze "clocks" {
  from = "2026-10-25"
  to   = "2026-10-25"
}
