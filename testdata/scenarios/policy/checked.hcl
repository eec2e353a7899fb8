# The shop, and fettle that looks at its policy on merge requests.
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

environment "hotfix_dev" {
  tier   = "development"
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"
  after  = "./after.sh ${deployment.environment} ${release.hotfix_branch}"
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

  policy_check {
    version = "VERSION"
    url     = "ADDRESS"
    sha256  = "SUM"
  }
}

hotfix {
  mirror = environment.hotfix_dev
}

redeploy {}
