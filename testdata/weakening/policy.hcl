# The policy that the pairs beside it weaken, one change at a time.
policy "shop" {
  targets      = ["github", "gitlab", "azure", "jenkins"]
  active       = "github"
  unmergeable  = ["assets/**"]
  irreversible = ["migrations/**"]
}

check "unit" {
  run    = "make test"
  report = "build/*.xml"
}

check "load" {
  run = "make load"
}

check "smoke" {
  run = "./smoke.sh ${deployment.environment}"
}

environment "staging" {
  deploy   = "./deploy.sh staging ${release.version}"
  verify   = [check.load]
}

environment "production" {
  tier     = "production"
  deploy   = "./deploy.sh production ${release.version}"
  requires = [check.smoke]
  verify   = [check.smoke]

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }

  approval "risk" {
    approvers = [group.risk]
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

group "risk" {
  github  = "acme/risk"
  gitlab  = "acme/risk"
  azure   = "[Acme]\\Risk"
  jenkins = "risk"
}

delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}

hotfix {
  incident {
    pattern = "INC[0-9]+"
  }

  merge_back {
    mode        = "reapply"
    on_conflict = "fail"
    owner       = group.managers
    within      = "24h"
  }
}

redeploy {}

lint "HF079" {
  severity = "error"
}

freeze "year_end" {
  from      = "2026-12-19"
  to        = "2027-01-04"
  approvers = [group.risk]

  environments = [environment.production]
}
