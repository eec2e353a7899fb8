# Who is told of a failure is told which jobs did not succeed, and why.
policy "causes" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "lint" { run = "make lint" }
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.lint, check.unit]
  environments = [environment.production]
}
notify "chat" {
  on  = [failure]
  run = "./notify.sh \"${release.version} failed (${run.failure}): ${run.url}\""
}
