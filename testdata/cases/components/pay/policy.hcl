# Three policies of one repository: two components, and a supported line of one of them with a mainline of its own.
policy "pay" {
  component = "pay"
  paths     = ["services/pay/**"]
  targets   = ["github", "gitlab", "azure", "jenkins"]
  active    = "github"
}
check "unit" { run = "make -C services/pay test" }
environment "production" {
  deploy = "./services/pay/deploy.sh ${deployment.environment} ${release.version}"
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
hotfix {}
redeploy {}
