# Narrow settings of single targets, each in the one job that needs it: tokens to log in without a secret, tools.
policy "settings" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" {
  run     = "mvn test"
  jenkins = { tools = { jdk = "temurin-21", maven = "3.9" } }
}
check "drift" {
  run   = ["az account show", "./drift.ps1 ${deployment.environment}"]
  shell = "pwsh"
  azure = { service_connection = "reader" }
}
environment "production" {
  deploy = "./deploy.sh ${release.version}"
  verify = [check.drift]
  github = { id_token = true }
  gitlab = { id_tokens = { VAULT_ID_TOKEN = "https://vault.example.com" } }
  azure  = { service_connection = "production" }
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
