# One of several policies of a repository: what NAME is stands in the scenario.
policy "NAME" {
  component = "NAME"
  paths     = ["NAME/**"]
  targets   = ["TARGET"]
  forge     = "FORGE"
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

environment "production" {
  deploy = "./deploy.sh NAME ${release.version}"

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
