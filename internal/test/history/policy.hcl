# What the histories release: one check, production with an approval and a smoke test, a mirror.
policy "shop" {
  targets = ["github"]
  forge   = "none"
  version = "sequence"
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

check "smoke" {
  run = "./check.sh smoke ${deployment.environment}"
}

environment "hotfix_dev" {
  tier   = "development"
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"
}

environment "production" {
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"
  verify = [check.smoke]

  approval "release" {
    approvers = [group.managers]
  }
}

group "managers" {
  github = "acme/managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

hotfix {
  mirror = environment.hotfix_dev
}

redeploy {}
