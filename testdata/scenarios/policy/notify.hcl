# The shop, with two who are notified of every run that fails.
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
}

hotfix {
  mirror = environment.hotfix_dev
}

redeploy {}

notify "chat" {
  on  = [failure]
  run = "./notify.sh chat ${release.version} \"${run.failure}\""
}

notify "pager" {
  on  = [failure]
  run = "./notify.sh pager ${release.version} \"${run.failure}\""
}
