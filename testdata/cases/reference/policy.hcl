# The same process as four pipelines that were written by hand. docs/architecture.md has how many lines it takes generated.
policy "wwi" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}

use "mettleci" {
  source = "builtin:mettleci"
}

agent "workbench" {
  os       = "windows"
  provides = ["AGENTMETTLEHOME", "IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "IISPASSWORD", "WORKBENCHURL"]
  github   = { runs_on = ["self-hosted", "windows", "mettleci"] }
  gitlab   = { tags = ["windows", "mettleci"] }
  azure    = { pool = "MettleCI" }
  jenkins  = { label = "windows && mettleci" }
}

group "release_managers" {
  github  = "wwi/release-managers"
  gitlab  = "wwi/release-managers"
  azure   = "[WWI]\\Release managers"
  jenkins = "release-managers"
}

build {
  run      = "./ci/build.sh"
  artifact = "dist/"
}

check "unit" {
  run    = "./ci/check.sh"
  report = "reports/*.xml"
}

environment "qa" {
  url    = "https://qa.example.com"
  deploy = "./ci/deploy.sh qa"
}

environment "hf_qa" {
  deploy = "./ci/deploy.sh hf-qa"
}

environment "production" {
  url    = "https://www.example.com"
  deploy = "./ci/deploy.sh production"

  approval "release" {
    approvers = [group.release_managers]
  }
}

environment "dev_hf" {
  tier   = "development"
  values = { project = "WWI_HF" }
  deploy = mettleci::deploy({ project = deployment.values.project })
  after  = mettleci::set_branch({ project = deployment.values.project, branch = release.hotfix_branch })
  agent  = agent.workbench
}

delivery {
  checks       = [check.unit]
  environments = [environment.qa, environment.production]
}

hotfix {
  environments = [environment.hf_qa, environment.production]
  mirror       = environment.dev_hf
}

redeploy {}
