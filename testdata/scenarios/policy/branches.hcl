# Deliveries from release branches.
policy "shop" {
  release_branches = "release/*"
  targets          = ["TARGET"]
  forge            = "FORGE"
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
  from         = "release/*"
  environments = [environment.production]
}

hotfix {}
