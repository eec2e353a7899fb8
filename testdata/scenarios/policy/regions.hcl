# Two production environments, one after the other.
policy "shop" {
  targets = ["TARGET"]
  forge   = "FORGE"
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

environment "production_eu" {
  tier   = "production"
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"

  approval "release" {
    approvers = [group.managers]
  }
}

environment "production_us" {
  tier   = "production"
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"

  approval "release" {
    approvers = [group.managers]
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
  environments = [environment.production_eu, environment.production_us]
}

redeploy {}
