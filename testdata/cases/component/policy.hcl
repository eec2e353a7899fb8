# One of several in its repository: everything that has a name carries the component.
policy "payments" {
  component = "pay"
  targets   = ["github", "gitlab", "azure", "jenkins"]
  active    = "github"
}
build {
  run      = "make dist"
  artifact = "dist/"
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"
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
