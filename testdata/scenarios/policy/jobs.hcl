# A required check in two sizes, beside it one that informs, a schedule, and production with a native step.
policy "shop" {
  targets = ["TARGET"]
  forge   = "FORGE"
}

check "unit" {
  run    = "./check.sh unit-${matrix.size}"
  report = "reports/unit-${matrix.size}.xml"
  matrix = { size = ["small", "large"] }
}

check "style" {
  run      = "./check.sh style"
  report   = "reports/style.xml"
  required = false
}

check "soak" {
  run    = "./check.sh soak"
  report = "reports/soak.xml"
}

schedule "nightly" {
  cron   = "0 3 * * *"
  checks = [check.unit, check.soak]
}

environment "production" {
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }

  native "TARGET" {
    steps = "NATIVE"
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit, check.style]
  environments = [environment.production]
}

hotfix {}
