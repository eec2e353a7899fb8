# A DataStage shop that keeps the names of its vendor's Azure pipelines: hotfix/hf.20230914.1, hf_ci.20230914.1.3, prod.20230914.1.3.
policy "warehouse" {
  targets     = ["github", "gitlab", "azure", "jenkins"]
  active      = "azure"
  version     = "calendar"
  unmergeable = ["datastage/**/*.isx"]
}

use "mettleci" {
  source = "builtin:mettleci"
}

names {
  candidate        = "ci.${version}"
  release          = "prod.${version}"
  hotfix_branch    = "hotfix/hf.${version}"
  hotfix_candidate = "hf_ci.${version}"
}

agent "datastage" {
  os       = "windows"
  provides = ["AGENTMETTLEHOME", "IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "WORKBENCHURL"]
  github   = { runs_on = ["self-hosted", "Windows", "MettleCI"] }
  gitlab   = { tags = ["mettleci"] }
  azure    = { pool = "DataStage", demands = ["MettleCI.CLI"] }
  jenkins  = { label = "mettleci && datastage11.7" }
}

secret "iis" {
  azure = { group = "MettleCI", name = "IISPassword" }
}

group "operations" {
  github  = "warehouse/operations"
  gitlab  = "warehouse/operations"
  azure   = "[Warehouse]\\Operations"
  jenkins = "operations"
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

environment "ci" {
  tier    = "development"
  values  = { project = "warehouse_ci" }
  deploy  = mettleci::deploy({ project = deployment.values.project })
  verify  = [check.unit]
  agent   = agent.datastage
  secrets = { IISPASSWORD = secret.iis }
}

environment "hotfix_ci" {
  like   = environment.ci
  tier   = "development"
  values = { project = "warehouse_hf_ci" }
}

environment "hotfix" {
  like   = environment.ci
  tier   = "development"
  values = { project = "warehouse_hf" }
  verify = []
  after  = mettleci::set_branch({ project = deployment.values.project, branch = release.hotfix_branch })
}

environment "production" {
  like   = environment.ci
  tier   = "production"
  values = { project = "warehouse" }
  verify = []

  approval "release" {
    approvers = [group.operations]
  }
}

delivery {
  checks       = [check.compliance]
  environments = [environment.ci, environment.production]
}

hotfix {
  environments = [environment.hotfix_ci, environment.production]
  mirror       = environment.hotfix

  merge_back {
    mode = "reapply"
  }
}

redeploy {}
