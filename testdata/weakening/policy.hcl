# The policy that the pairs beside it weaken, one change at a time.
policy "shop" {
  targets      = ["github", "gitlab", "azure", "jenkins"]
  active       = "github"
  unmergeable  = ["assets/**"]
  irreversible = ["migrations/**"]
}

delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}

agent "operations" {
  github  = { runs_on = ["self-hosted", "release"] }
  gitlab  = { tags = ["release"] }
  azure   = { pool = "Release" }
  jenkins = { label = "release" }
}

agent "lab" {
  github  = { runs_on = ["self-hosted", "lab"] }
  gitlab  = { tags = ["lab"] }
  azure   = { pool = "Lab" }
  jenkins = { label = "lab" }
}

secret "deploy_token" {}

secret "smoke_token" {}

check "unit" {
  run    = "make test"
  report = "build/*.xml"
  agent  = agent.lab

  native "github" {
    steps = "- run: make cache"
  }
}

check "load" {
  run = "make load"
}

check "smoke" {
  run     = "./smoke.sh ${deployment.environment}"
  env     = { DEPTH = "full" }
  secrets = { SMOKE_TOKEN = secret.smoke_token }
}

environment "staging" {
  deploy   = "./deploy.sh staging ${release.version}"
  verify   = [check.load]
}

environment "production" {
  tier     = "production"
  deploy   = "./deploy.sh production ${release.version}"
  secrets  = { DEPLOY_TOKEN = secret.deploy_token }
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
