# Commands as functions: of the built-in library, of a folder, and of the policy itself.
policy "libraries" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "azure"
}
use "mettleci" { source = "builtin:mettleci" }
use "database" { source = "./database" }
agent "datastage" {
  os       = "windows"
  provides = ["AGENTMETTLEHOME", "IISDOMAINNAME", "IISENGINENAME", "IISUSERNAME", "WORKBENCHURL"]
  github   = { runs_on = ["self-hosted", "Windows"] }
  gitlab   = { tags = ["datastage"] }
  azure    = { pool = "DataStage" }
  jenkins  = { label = "datastage" }
}
secret "iis" {}
secret "database" {}
command "greet" {
  run = ["echo hello ${parameter.whom}", "echo \"and bye, ${parameter.whom}\""]

  parameter "whom" { required = true }
}
check "compliance" {
  run    = mettleci::compliance_test({ rules = "our rules", include_tags = ["fail-ci", "house"] })
  report = "compliance.xml"
}
check "greeting" { run = [command::greet({ whom = "it's ${release.version}" }), command::greet({ whom = "$HOME" })] }
environment "production" {
  values  = { project = "claims prod" }
  deploy  = [mettleci::deploy({ project = deployment.values.project }), database::migrate({ database = "db/${deployment.environment}", steps = 2 })]
  after   = mettleci::set_branch({ project = "claims", branch = release.hotfix_branch })
  agent   = agent.datastage
  secrets = { IISPASSWORD = secret.iis, DATABASE_PASSWORD = secret.database }

  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.compliance, check.greeting]
  environments = [environment.production]
}
