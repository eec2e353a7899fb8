policy "claims" {
  description = "Claims warehouse, DataStage 11.7 on MettleCI"
  mainline    = "main"
  targets     = ["github", "gitlab", "azure", "jenkins"]
  active      = "azure" # one target deploys; the others are kept ready
  forge       = "azure"
  unmergeable = ["datastage/**/*.isx"]
  timezone    = "Europe/Berlin"
}

use "mettleci" {
  source = "builtin:mettleci"
}

variable "base" {
  type        = string
  default     = "claims"
  description = "What the names of all projects begin with"
}

locals {
  project = { for e in ["ci", "qa", "perf", "prod", "hf", "hf_ci"] : e => "${var.base}_${e}" }
}

names {
  candidate        = "ci-${version}"
  release          = "prod-${version}"
  hotfix_branch    = "hotfix/hf-${version}"
  hotfix_candidate = "ci-hf-${version}"
  hotfix_release   = "prod-hf-${version}"
}

agent "datastage" {
  os       = "windows"
  provides = ["AGENTMETTLEHOME", "IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "WORKBENCHURL"]
  github   = { runs_on = ["self-hosted", "Windows", "MettleCI"] }
  gitlab   = { tags = ["mettleci", "datastage11.7"] }
  azure    = { pool = "DataStage", demands = ["MettleCI.CLI", "DataStage.Version -equals 11.7"] }
  jenkins  = { label = "mettleci && datastage11.7" }
}

secret "iis" {
  azure   = { group = "DEV", name = "IISPassword" }
  jenkins = { credential = "iis-password" }
}

secret "iis_prod" {
  azure   = { group = "PROD", name = "IISPassword" }
  jenkins = { credential = "iis-password-prod" }
}

group "release_managers" {
  github  = "acme/release-managers"
  gitlab  = "acme/release-managers"
  azure   = "[Claims]\\Release Managers"
  jenkins = "release-managers"
}

group "on_call" {
  github  = "acme/on-call"
  gitlab  = "acme/on-call"
  azure   = "[Claims]\\On Call"
  jenkins = "on-call"
}

group "claims_team" {
  azure = "[Claims]\\Claims Team"
}

check "compliance" {
  run    = mettleci::compliance_test({ rules = "compliance", assets = "datastage", include_tags = ["fail-ci"] })
  report = "compliance.xml"
  agent  = agent.datastage
}

check "unit" {
  run     = mettleci::unittest_test({ project = deployment.values.project, specs = "unittest" })
  report  = "reports/**/*.xml"
  secrets = { IISPASSWORD = secret.iis }
}

check "performance" {
  run   = "./perf.ps1"
  shell = "pwsh"
}

environment "ci" {
  tier    = "development"
  values  = { project = local.project.ci }
  deploy  = mettleci::deploy({ project = deployment.values.project })
  verify  = [check.unit]
  agent   = agent.datastage
  secrets = { IISPASSWORD = secret.iis }
}

environment "hotfix_ci" {
  like   = environment.ci
  tier   = "development"
  values = { project = local.project.hf_ci }
}

environment "hotfix_dev" {
  like   = environment.ci
  tier   = "development"
  values = { project = local.project.hf }
  verify = []
  after  = mettleci::set_branch({ project = deployment.values.project, branch = release.hotfix_branch })
}

environment "perf" {
  like   = environment.ci
  tier   = "staging"
  values = { project = local.project.perf }
  verify = [check.performance]
}

environment "production" {
  like    = environment.ci
  tier    = "production"
  values  = { project = local.project.prod }
  verify  = []
  secrets = { IISPASSWORD = secret.iis_prod }

  approval "release" {
    approvers = [group.release_managers]
  }
}

delivery {
  checks       = [check.compliance]
  environments = [environment.ci, environment.perf, environment.production]
}

hotfix {
  environments = [environment.hotfix_ci, environment.production]
  mirror       = environment.hotfix_dev

  incident {
    pattern = "INC[0-9]{7}"
  }

  waive {
    check  = check.performance
    reason = "A fix of one job; performance is proven by the next regular delivery"
  }

  merge_back {
    mode   = "reapply"
    owner  = group.claims_team
    within = "72h"
  }
}

redeploy {}

freeze "year_end" {
  from     = "2026-12-19"
  to       = "2027-01-04"
  hotfix   = "approve"
  redeploy = "allow"
}

break_glass {
  approvers = [group.on_call]
  may_skip  = [approval, freeze, hold]
  review    = "48h"
}

notify "everybody" {
  on  = [break_glass]
  run = "./notify.sh \"BREAK GLASS: ${release.version} to production, ${incident}: ${run.url}\""
}

rule "two_people_for_production" { # the organisation's own rules, in the language itself
  condition = length(environment.production.approvals) >= 1
  message   = "Production needs an approval."
}
