# Notifications tell of failures, of waiting approvals and of production, and hold nothing up; secrets go where they are said.
policy "notify" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
secret "webhook" { azure = { group = "chat", name = "Webhook" } }
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh"
  env    = { CHANNEL = "release ${release.version}", REGION = "eu" }
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
notify "chat" {
  on      = [failure, waiting, production]
  run     = "./notify.sh \"${release.version} ${run.url}\""
  secrets = { WEBHOOK = secret.webhook }
}
